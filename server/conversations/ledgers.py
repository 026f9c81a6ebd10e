"""Keeps what each sentence of an answer rests on, together with the message that says it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.engine import Database
from server.storage.models import StoredAnswer

if TYPE_CHECKING:
    from answers.answerer import Answerer
    from answers.ledger import OnSentence
    from answers.models import Answer, Fact


class Turning(NamedTuple):
    """The conversation and turn that an action works for."""

    conversation_id: str
    turn_id: str


CURRENT_TURN: ContextVar[Turning | None] = ContextVar("counterhand_current_turn", default=None)
_MOST_KEPT = 1000


class Ledgers:
    """Answers of turns that this gateway commits wait for that commit; those of other gateways' turns are stored at once."""

    def __init__(self, database: Database, is_running: Callable[[str], bool]) -> None:
        self._database = database
        self._is_running = is_running
        self._waiting: OrderedDict[str, StoredAnswer] = OrderedDict()
        self._writing: dict[str, set[asyncio.Task[Any]]] = {}

    async def take(self, question: str, answer: "Answer") -> None:
        """Take an answer that an action is about to give; one outside any turn of a conversation is nobody's to look up."""
        turning = CURRENT_TURN.get()
        if turning is None or not turning.turn_id:
            return
        stored = StoredAnswer(
            answer_id=answer.answer_id,
            conversation_id=turning.conversation_id,
            question=question,
            text=answer.text,
            generator=answer.generator,
            known=answer.known,
            ledger=[entry.model_dump(mode="json") for entry in answer.ledger],
        )
        if self._is_running(turning.turn_id):
            self._waiting[stored.answer_id] = stored
            if len(self._waiting) > _MOST_KEPT:
                self._waiting.popitem(last=False)
            return
        async with self._database.write() as db:
            db.add(stored)

    async def write(self, work: "Coroutine[Any, Any, Answer]") -> "Answer":
        """Wait for an answer; one that is stopped meanwhile says that nothing is known, and nobody will be sent it."""
        from answers.ledger import Ledger

        turning = CURRENT_TURN.get()
        conversation_id = turning.conversation_id if turning else ""
        task = asyncio.create_task(work)
        self._writing.setdefault(conversation_id, set()).add(task)
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            self._writing[conversation_id].discard(task)
            if not self._writing[conversation_id]:
                del self._writing[conversation_id]
        return Ledger().give_up() if task.cancelled() else task.result()

    def stop(self, conversation_id: str) -> None:
        """Stop the answers in the making of a conversation that is not the bot's any more: a language model's server is freed at once."""
        for task in self._writing.get(conversation_id, ()):
            task.cancel()

    def keep(self, db: AsyncSession, conversation_id: str, answer_id: str | None) -> None:
        """Store the answer behind a message in the message's own transaction."""
        stored = self._waiting.pop(answer_id, None) if answer_id else None
        if stored is not None:
            stored.conversation_id = conversation_id
            db.add(stored)


class RecordedAnswers:
    """An answerer whose every answer can be looked up later, with its evidence."""

    def __init__(self, answerer: "Answerer", ledgers: Ledgers) -> None:
        self._answerer = answerer
        self._ledgers = ledgers

    async def prepare(self) -> None:
        """Do what the first question would wait for."""
        await self._answerer.prepare()

    async def answer(
        self,
        question: str,
        *,
        facts: "Sequence[Fact]" = (),
        receipts: Sequence[str] = (),
        topic: str | None = None,
        on_sentence: "OnSentence | None" = None,
    ) -> "Answer":
        """Answer as `answers.answerer.Answerer.answer` does, and keep the ledger."""
        work = self._answerer.answer(question, facts=facts, receipts=receipts, topic=topic, on_sentence=on_sentence)
        answer = await self._ledgers.write(work)
        await self._ledgers.take(question, answer)
        return answer
