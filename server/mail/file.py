"""E-mails as files, for a shop without a mail server yet: one `.eml` each, and one line that says where it lies."""

import asyncio
import os
import secrets
from pathlib import Path

import structlog

from server.errors import DeliveryFailed
from server.mail.compose import compose, sender_of
from server.settings import Settings
from server.storage.types import utc_now

log = structlog.get_logger(__name__)


def create(settings: Settings) -> "FileMailer":
    """Build the mailer; files go below the data folder."""
    return FileMailer(settings.data_dir / "outbox", sender_of(settings))


class FileMailer:
    """Writes e-mails into a folder that only its owner reads: they hold codes and addresses."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, to: str, subject: str, text: str) -> None:
        """Write one e-mail.

        Raises:
            DeliveryFailed: If the file cannot be written.
        """
        content = compose(self._sender, to, subject, text).as_bytes()
        path = self._folder / f"{utc_now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
        try:
            await asyncio.to_thread(self._write, path, content)
        except OSError as exc:
            raise DeliveryFailed(f"The e-mail cannot be written to {path.parent} ({exc.strerror}).") from exc
        log.info("mail.written", to=to, subject=subject, path=str(path))

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".tmp")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
