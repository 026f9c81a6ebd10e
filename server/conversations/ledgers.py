"""Keeps what each sentence of an answer rests on, together with the message that says it."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

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
        answer = await self._answerer.answer(question, facts=facts, receipts=receipts, topic=topic, on_sentence=on_sentence)
        await self._ledgers.take(question, answer)
        return answer
