"""Keeps the dialogue manager's own record of each turn in the log, shortly after the customer has the answer."""

import asyncio
from dataclasses import dataclass, field

import structlog
from sqlalchemy import update

from server.dialogue.base import Dialogue
from server.errors import ServerError
from server.storage.engine import Database
from server.storage.models import Turn

log = structlog.get_logger()

_QUIET_S = 0.1
_MOST_PENDING = 5


@dataclass
class _Pending:
    turn_ids: list[str] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


class Recorder:
    """Waits for a moment of quiet in a conversation, so that a customer who writes at once does not wait for bookkeeping.

    A crash in that moment costs nothing while either side lives: the record is read later from the one, or kept by the other.
    """

    def __init__(self, database: Database, dialogue: Dialogue) -> None:
        self._database = database
        self._dialogue = dialogue
        self._pending: dict[str, _Pending] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def turn_begins(self, conversation_id: str) -> None:
        """Put bookkeeping off while a turn runs."""
        pending = self._pending.get(conversation_id)
        if pending is not None and pending.timer is not None:
            pending.timer.cancel()
            pending.timer = None

    def turn_done(self, conversation_id: str, turn_id: str) -> None:
        """Note a committed turn whose record is to be fetched."""
        pending = self._pending.setdefault(conversation_id, _Pending())
        pending.turn_ids.append(turn_id)
        if pending.timer is not None:
            pending.timer.cancel()
        quiet_s = _QUIET_S if len(pending.turn_ids) < _MOST_PENDING else 0
        pending.timer = asyncio.get_running_loop().call_later(quiet_s, self._flush_soon, conversation_id)

    async def flush(self, conversation_id: str) -> None:
        """Fetch and store what is pending of a conversation."""
        pending = self._pending.pop(conversation_id, None)
        if pending is None:
            return
        if pending.timer is not None:
            pending.timer.cancel()
        try:
            found = await self._dialogue.record(conversation_id, pending.turn_ids)
            await self._store(found)
        except ServerError as exc:
            log.warning("turn.record_failed", conversation_id=conversation_id, error=type(exc).__name__)

    async def close(self) -> None:
        """Fetch and store all that is pending."""
        for conversation_id in list(self._pending):
            await self.flush(conversation_id)
        await asyncio.gather(*self._tasks)

    async def _store(self, found: dict[str, list[dict[str, object]]]) -> None:
        if not found:
            return
        async with self._database.write() as db:
            for turn_id, events in found.items():
                await db.execute(update(Turn).where(Turn.turn_id == turn_id).values(dialogue_events=events))

    def _flush_soon(self, conversation_id: str) -> None:
        task = asyncio.get_running_loop().create_task(self.flush(conversation_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
