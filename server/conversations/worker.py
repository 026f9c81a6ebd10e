"""Answers turns: one at a time per conversation, each exactly once, whatever dies in between."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository, turns
from server.conversations.ledgers import Ledgers
from server.conversations.live import Streams
from server.conversations.recorder import Recorder
from server.conversations.repository import NewMessage
from server.conversations.schemas import message_json
from server.conversations.turns import TurnWork
from server.dialogue.base import Dialogue, PastTurn, Reply, TurnInput
from server.errors import DialogueError, DialogueTimeout, StorageUnavailable
from server.events.base import EventBus, Lagged
from server.ids import new_id
from server.metrics import Metrics
from server.storage.engine import Database
from server.storage.models import Conversation, Message
from server.storage.types import Author, Mode, TurnState

log = structlog.get_logger()

Fallback = Callable[[TurnInput], Awaitable[list[Reply]]]
AskPerson = Callable[[AsyncSession, Conversation, str, str], Awaitable[None]]
"""Puts a locked conversation in the queue for a person: reason, summary."""
Meet = Callable[[TurnInput], Awaitable[TurnInput]]
"""Takes a proof of identity out of a turn's words, before the dialogue manager reads them."""

_MOST_ATTEMPTS = 3
_RENEW_S = 4.0
_SCAN_S = 2.0
_STOP_WITHIN_S = 3.0
_STORAGE_RETRY_S = 0.5


class Turns:
    """Runs the turns that this gateway took, and takes over those whose gateway died."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        dialogue: Dialogue,
        fallback: Fallback,
        ask_person: AskPerson,
        metrics: Metrics,
        meet: Meet,
    ) -> None:
        self.gateway_id = new_id("gw")
        self._database = database
        self._bus = bus
        self._dialogue = dialogue
        self._fallback = fallback
        self._ask_person = ask_person
        self._metrics = metrics
        self._meet = meet
        self.ledgers = Ledgers(database, self.is_running)
        self.streams = Streams()
        self.recorder = Recorder(database, dialogue)
        self._running: set[asyncio.Task[None]] = set()
        self._turn_ids: set[str] = set()
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take up the turns that were open when the last gateway stopped, and watch for others from then on."""
        await self._take_over(all_open=self._database.is_sqlite)
        await self.recorder.catch_up()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Let running turns end for a moment; those that do not are taken up by the next gateway."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_STOP_WITHIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.recorder.close()

    def run(self, work: TurnWork) -> None:
        """Begin to answer a turn that has been committed."""
        self._turn_ids.add(work.turn_id)
        task = asyncio.create_task(self._run(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def is_running(self, turn_id: str) -> bool:
        """Tell whether this gateway works on a turn."""
        return turn_id in self._turn_ids

    @asynccontextmanager
    async def awaiting(self, conversation_id: str) -> AsyncIterator["Answers"]:
        """Listen for finished turns of a conversation; open it before the message is committed."""
        async with self._bus.subscribe(turns.turn_topic(conversation_id)) as told:
            yield Answers(told.get)

    async def _run(self, work: TurnWork) -> None:
        following: TurnWork | None = work
        while following is not None:
            turn_id = following.turn_id
            self._turn_ids.add(turn_id)
            try:
                with structlog.contextvars.bound_contextvars(turn_id=turn_id, conversation_id=following.conversation_id):
                    following = await self._answer(following)
            finally:
                self._turn_ids.discard(turn_id)

    async def _answer(self, work: TurnWork) -> TurnWork | None:
        begun = time.monotonic()
        self.recorder.turn_begins(work.conversation_id)
        await self._bus.publish(work.conversation_id, {"type": "typing", "author": "bot", "on": True})
        with self._metrics.turns_running.track_inprogress():
            replies, answered_by = await self._ask(work)
            state, following = await self._commit_surely(work, replies, answered_by)
        self._metrics.turns.labels(outcome=answered_by if state is TurnState.DONE else str(state)).inc()
        self._metrics.turn_seconds.observe(time.monotonic() - begun)
        if state is TurnState.DONE and answered_by == self._dialogue.name:
            self.recorder.turn_done(work.conversation_id, work.turn_id)
        else:
            self._dialogue.forget(work.conversation_id)
        log.info(
            "turn.finished", outcome=str(state), answered_by=answered_by, attempt=work.attempt, ms=round((time.monotonic() - begun) * 1000)
        )
        return following

    async def _ask(self, work: TurnWork) -> tuple[list[Reply], str]:
        turn = self._input(work)
        if work.attempt <= _MOST_ATTEMPTS:
            try:
                return await self._dialogue.reply(await self._meet(turn)), self._dialogue.name
            except DialogueError as exc:
                kind = "timeout" if isinstance(exc, DialogueTimeout) else "unavailable"
                self._metrics.dialogue_failures.labels(kind=kind).inc()
                log.warning("turn.dialogue_failed", error=type(exc).__name__, detail=str(exc))
            except Exception:
                self._metrics.dialogue_failures.labels(kind="error").inc()
                log.exception("turn.failed")
        return await self._fallback(turn), "fallback"

    async def _commit_surely(self, work: TurnWork, replies: list[Reply], answered_by: str) -> tuple[TurnState, TurnWork | None]:
        # A database that is away for a moment must not cost a customer the answer; the turn stays leased meanwhile.
        while True:
            try:
                return await self._commit(work, replies, answered_by)
            except StorageUnavailable:
                log.warning("turn.storage_unavailable")
                await asyncio.sleep(_STORAGE_RETRY_S)
            except IntegrityError:
                log.warning("turn.message_id_taken")
                replies = [_without_id(reply) for reply in replies]

    async def _commit(self, work: TurnWork, replies: list[Reply], answered_by: str) -> tuple[TurnState, TurnWork | None]:
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, work.conversation_id, lock=True)
            turn = await turns.find_open(db, work)
            if turn is None:  # another gateway took it over, and its answer counts
                return TurnState.DISCARDED, None
            allowed = conversation.mode == Mode.BOT and conversation.owner_epoch == turn.owner_epoch
            said = await self._say(db, conversation, work, replies) if allowed else []
            state = TurnState.DONE if allowed else TurnState.DISCARDED
            await turns.close(db, conversation, turn, state, answered_by)
            turns.tell(db, conversation, work, [message_json(message) for message in said])
            following = await turns.take_waiting(db, conversation, self.gateway_id)
        await self._end_stream(work, {message.message_id for message in said})
        return state, following

    async def _say(self, db: AsyncSession, conversation: Conversation, work: TurnWork, replies: list[Reply]) -> list[Message]:
        said = []
        for reply in replies:
            if reply.text or reply.cards:
                said.append(await repository.append_message(db, conversation, Author.BOT, _new_message(work, reply)))
                self.ledgers.keep(db, conversation.conversation_id, reply.answer_id)
        wish = next((reply.handover for reply in replies if reply.handover), None)
        if wish is not None:
            await self._ask_person(db, conversation, wish.reason, wish.summary)
        return said

    async def _end_stream(self, work: TurnWork, committed: set[str]) -> None:
        for message_id in self.streams.end(work.conversation_id, work.turn_id) - committed:
            await self._bus.publish(work.conversation_id, {"type": "answer.dropped", "message_id": message_id})

    def _input(self, work: TurnWork) -> TurnInput:
        async def load_history() -> list[PastTurn]:
            await self.recorder.flush(work.conversation_id)
            async with self._database.read() as db:
                return await turns.list_past(db, work)

        return TurnInput(
            turn_id=work.turn_id,
            conversation_id=work.conversation_id,
            text=work.text,
            channel=work.channel,
            locale=work.locale,
            sign_in=work.sign_in,
            payload=work.payload,
            language=work.language,
            attempt=work.attempt,
            has_history=work.has_history,
            person_between=work.person_between,
            load_history=load_history,
        )

    async def _keep(self) -> None:
        renewed = time.monotonic()
        while True:
            await asyncio.sleep(_SCAN_S)
            try:
                if self._turn_ids and time.monotonic() - renewed > _RENEW_S:
                    async with self._database.write() as db:
                        await turns.renew(db, self.gateway_id, list(self._turn_ids))
                    renewed = time.monotonic()
                await self._take_over(all_open=False)
            except StorageUnavailable:
                log.warning("turns.storage_unavailable")

    async def _take_over(self, *, all_open: bool) -> None:
        async with self._database.read() as db:
            if not await turns.is_any_left(db, all_open=all_open):
                return
        async with self._database.write() as db:
            works = await turns.take_over(db, self.gateway_id, all_open=all_open)
        for work in works:
            log.info("turn.taken_over", turn_id=work.turn_id, conversation_id=work.conversation_id, attempt=work.attempt)
            self.run(work)


class Answers:
    """Finished turns of one conversation, as they come."""

    def __init__(self, get: Callable[[], Awaitable[dict[str, object]]]) -> None:
        self._get = get

    async def of(self, message_id: str, timeout_s: float) -> dict[str, object] | None:
        """Wait for the turn that took a message; None when the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while True:
                    try:
                        told = await self._get()
                    except Lagged:  # the bus was away for a moment; what it lost is in the log, and the turn may still run
                        continue
                    if message_id in told["message_ids"]:  # type: ignore[operator]  # written by `turns.tell`
                        return told
        return None


def _new_message(work: TurnWork, reply: Reply) -> NewMessage:
    return NewMessage(
        text=reply.text,
        buttons=reply.buttons,
        cards=reply.cards,
        citations=reply.citations,
        answer_id=reply.answer_id,
        message_id=reply.message_id,
        turn_id=work.turn_id,
    )


def _without_id(reply: Reply) -> Reply:
    return Reply(reply.text, reply.buttons, reply.cards, reply.citations, reply.answer_id, None, reply.handover)
