"""Deletes what is older than the shop wants to keep: whole conversations with everything that hangs on them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import delete, or_, select

from server.errors import StorageUnavailable
from server.storage.engine import Database
from server.storage.models import AuditEntry, Conversation, Email, Inbox, StaffSession, StoredAnswer
from server.storage.types import utc_now

log = structlog.get_logger(__name__)

_BATCH = 200
_REPLAYS_POSSIBLE = timedelta(days=8)
"""Platforms repeat an event for up to a week; its id has to be known that long."""


@dataclass(frozen=True)
class Deleted:
    """What a run deleted."""

    conversations: int = 0
    emails: int = 0
    files: int = 0
    audit_entries: int = 0


class Retention:
    """Runs once a day, and by hand with `counterhand retention run`."""

    def __init__(self, database: Database, days: int, outbox: Path | None = None, every_s: float = 86_400) -> None:
        self._database = database
        self._keep = timedelta(days=days)
        self._outbox = outbox
        self._every_s = every_s

    async def run(self) -> None:
        """Delete what is too old now, and every day from now on."""
        while True:
            try:
                deleted = await self.delete_old()
                log.info("retention.done", conversations=deleted.conversations, emails=deleted.emails, files=deleted.files)
            except StorageUnavailable:
                log.warning("retention.storage_unavailable")
            await asyncio.sleep(self._every_s)

    async def delete_old(self) -> Deleted:
        """Delete everything that was last touched before the limit. A conversation that waits for a person is not spared."""
        before = utc_now() - self._keep
        conversations = 0
        while ids := await self._delete_batch(before):
            conversations += len(ids)
        emails, audit_entries = await self._delete_rest(before)
        files = await asyncio.to_thread(_delete_files, self._outbox, before) if self._outbox else 0
        return Deleted(conversations, emails, files, audit_entries)

    async def _delete_batch(self, before: datetime) -> Sequence[str]:
        # Small transactions: customers who write meanwhile do not wait for the cleaning.
        async with self._database.write() as db:
            query = select(Conversation.conversation_id).where(Conversation.updated_at < before).limit(_BATCH)
            ids = list(await db.scalars(query))
            for model in (StoredAnswer, Email):
                await db.execute(delete(model).where(model.conversation_id.in_(ids)))
            await db.execute(delete(Conversation).where(Conversation.conversation_id.in_(ids)))
            return ids

    async def _delete_rest(self, before: datetime) -> tuple[int, int]:
        now = utc_now()
        async with self._database.write() as db:
            emails = await db.execute(delete(Email).where(Email.created_at < before))
            audit = await db.execute(delete(AuditEntry).where(AuditEntry.at < before))
            await db.execute(delete(StoredAnswer).where(StoredAnswer.created_at < before, StoredAnswer.conversation_id.is_(None)))
            await db.execute(delete(Inbox).where(Inbox.received_at < min(before, now - _REPLAYS_POSSIBLE)))
            await db.execute(
                delete(StaffSession).where(or_(StaffSession.expires_at < now, StaffSession.created_at < now - timedelta(days=1)))
            )
            return emails.rowcount, audit.rowcount  # type: ignore[attr-defined]  # a DELETE always gives a cursor result


def _delete_files(folder: Path, before: datetime) -> int:
    old = [path for path in folder.glob("*.eml") if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
