"""`counterhand kb status`: asked of the running server, which alone may open the index; else read from the files."""

from typing import Any

import httpx

from knowledge_base.models import KnowledgeBaseStatus
from server.settings import Settings, read_kept_secret

_WITHIN_S = 5.0


def ask_server(settings: Settings) -> KnowledgeBaseStatus | None:
    """Give what the running server says; None where none runs, or none of this installation."""
    secret = settings.action_secret or read_kept_secret(settings.data_dir, "action_secret")
    if not secret:
        return None
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104  # where one listens is not where one calls
    url = f"http://{host}:{settings.port}/internal/knowledge/status"
    try:
        answer = httpx.get(url, headers={"Authorization": f"Bearer {secret}"}, timeout=_WITHIN_S, trust_env=False)
        told: dict[str, Any] = answer.json() if answer.is_success else {}
        return KnowledgeBaseStatus(**told) if told else None
    except (httpx.HTTPError, ValueError, TypeError):
        return None


def describe(found: KnowledgeBaseStatus, *, running: bool) -> list[str]:
    """Say it in lines."""
    counted = f"{found.documents} documents, {found.passages} passages"
    if found.locked:
        return [
            f"{counted}. The vector index is open in another process, which does not answer here: how much it holds is not known.",
            "If that is the server, run this command with its settings (COUNTERHAND_PORT, COUNTERHAND_DATA_DIR); else stop that process.",
        ]
    lines = [f"{counted}, {found.indexed} of them in the vector index{' (as the running server has them)' if running else ''}"]
    return lines if found.dense else [*lines, f"Searching by keywords alone: {found.detail}"]
