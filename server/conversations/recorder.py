"""Keeps the dialogue manager's own record of each turn in the log, shortly after the customer has the answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import select, update

from server.dialogue.base import Dialogue
from server.errors import ServerError
from server.storage.engine import Database
from server.storage.models import Turn
from server.storage.types import TurnState, utc_now

log = structlog.get_logger()

_QUIET_S = 0.1
_MOST_PENDING = 5
_MOST_LATE = 20
"""Turns of a conversation whose record could not be had, and is asked for once more with the next one's."""
_CAUGHT_UP = timedelta(hours=24)
_MOST_CAUGHT_UP = 500


@dataclass
class _Pending:
    turn_ids: list[str] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


class Recorder:
    """Waits for a moment of quiet in a conversation, so that a customer who writes at once does not wait for bookkeeping.

    Words, answers and receipts are committed before; what a crash in that moment can cost is the dialogue manager's memory of the
    turn, such as which question is open, and that only where both processes die in it. Where the dialogue manager lives, the next
    gateway catches up; where it did not answer, it is asked again.
    """

    def __init__(self, database: Database, dialogue: Dialogue) -> None:
        self._database = database
        self._dialogue = dialogue
        self._pending: dict[str, _Pending] = {}
        self._late: dict[str, list[str]] = {}
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
        wanted = [*self._late.pop(conversation_id, []), *pending.turn_ids]
        try:
            found = await self._dialogue.record(conversation_id, wanted)
            await self._store(found)
        except ServerError as exc:
            found = {}
            log.warning("turn.record_failed", conversation_id=conversation_id, error=type(exc).__name__)
        self._ask_again(conversation_id, [turn_id for turn_id in wanted if turn_id not in found])

    async def catch_up(self) -> None:
        """Fetch what a gateway that died could not: the records of lately finished turns that are not in the log."""
        lacking = select(Turn.conversation_id, Turn.turn_id).where(
            Turn.state == TurnState.DONE,
            Turn.answered_by == self._dialogue.name,
            Turn.finished_at > utc_now() - _CAUGHT_UP,
            Turn.dialogue_events == None,  # noqa: E711  # SQL's IS NULL
        )
        async with self._database.read() as db:
            rows = (await db.execute(lacking.order_by(Turn.finished_at.desc()).limit(_MOST_CAUGHT_UP))).all()
        for conversation_id, turn_id in reversed(rows):
            self._pending.setdefault(conversation_id, _Pending()).turn_ids.append(turn_id)
        for conversation_id in {row.conversation_id for row in rows}:
            self._flush_soon(conversation_id)

    async def close(self) -> None:
        """Fetch and store all that is pending."""
        for conversation_id in list(self._pending):
            await self.flush(conversation_id)
        await asyncio.gather(*self._tasks)

    def _ask_again(self, conversation_id: str, turn_ids: Sequence[str]) -> None:
        if turn_ids:
            self._late[conversation_id] = list(turn_ids[-_MOST_LATE:])
        while len(self._late) > _MOST_CAUGHT_UP:
            del self._late[next(iter(self._late))]

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
