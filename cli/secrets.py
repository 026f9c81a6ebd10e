"""The installation's own secrets: made once, kept readable by their owner alone, handed to the parts as settings."""

import json
import os
import secrets
from pathlib import Path

NAMES = ("COUNTERHAND_IDENTITY_SECRET", "COUNTERHAND_ACTION_SECRET", "COUNTERHAND_RASA_TOKEN")


def ensure(folder: Path) -> dict[str, str]:
    """Give the secrets of an installation, making those that are missing.

    What the environment already sets wins and is not written down.
    """
    path = folder / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_text("utf8")) if path.exists() else {}
    missing = [name for name in NAMES if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        _write(path, kept)
    return {name: os.environ.get(name, kept[name]) for name in NAMES}


def _write(path: Path, kept: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf8") as out:
        json.dump(kept, out, indent=2)
    beside.replace(path)
