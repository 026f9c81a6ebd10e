"""Has a language model fill in a form. What it fills in is a guess, for the caller to hold against the records."""

from __future__ import annotations

import json
from contextlib import aclosing
from time import monotonic
from typing import Any

import structlog

from answers import completions
from answers.admission import Admission
from answers.errors import AnswerError, DraftCutShort
from answers.settings import AnswerSettings

log = structlog.get_logger(__name__)

_MOST_CHARS = 6000
"""A server that does not keep to `max_tokens` is not listened to for longer."""


class GuidedReader:
    """Asks for JSON that a schema describes. A server that is dead, slow, busy or babbling costs its deadline at most, and gives None."""

    def __init__(self, settings: AnswerSettings) -> None:
        """Take where the servers are and how long one may take; they are not contacted yet."""
        self._deadline_s = settings.llm_deadline_s
        self._replicas = completions.connect(settings)
        self._admission = Admission(settings.llm_concurrency, settings.llm_queue, settings.llm_queue_wait_s)
        self.model = settings.llm_model

    async def read(self, system: str, user: str, schema: dict[str, Any]) -> Any | None:
        """Have the form filled in.

        Args:
            system: What is the same for every request, so that the server's prefix cache helps.
            user: The rest.
            schema: The JSON schema that the server is asked to hold the model to. Nothing here checks that it did.

        Returns:
            The parsed JSON, or None for whatever reason there is none.
        """
        held = {"type": "json_schema", "json_schema": {"name": "form", "strict": True, "schema": schema}}
        until = monotonic() + self._deadline_s
        try:
            async with self._admission.admitted():
                text = await self._collect(completions.Request(system, user, held), until)
            return json.loads(text[text.index("{") : text.rindex("}") + 1])
        except (AnswerError, ValueError, RecursionError) as exc:
            log.info("guided.nothing_read", error=type(exc).__name__)
            return None

    async def _collect(self, request: completions.Request, until: float) -> str:
        text = ""
        async with aclosing(self._replicas.stream(request, until - monotonic())) as pieces:
            async for piece in pieces:
                text += piece
                if len(text) > _MOST_CHARS:
                    message = "The form is longer than may be."
                    raise DraftCutShort(message)
        return text


def create(settings: AnswerSettings, deadline_s: float) -> GuidedReader:
    """Build a reader for forms of a few words."""
    short = {"llm_deadline_s": deadline_s, "llm_first_token_s": deadline_s, "llm_max_tokens": 200, "llm_queue_wait_s": deadline_s}
    return GuidedReader(settings.model_copy(update=short))
