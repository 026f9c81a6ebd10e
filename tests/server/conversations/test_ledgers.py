"""An answer in the making is stopped when its conversation is not the bot's any more."""

import asyncio

import pytest

from answers.models import Answer, AnswerId
from server.conversations.ledgers import CURRENT_TURN, Turning
from tests.fakes.counter import Counter


async def write(counter: Counter, conversation_id: str, ended: list[str], seconds: float) -> Answer:
    async def work() -> Answer:
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            ended.append(conversation_id)
            raise
        return Answer(answer_id=AnswerId("ans_1"), text="Done.", known=True, generator="llm")

    CURRENT_TURN.set(Turning(conversation_id, "turn-1"))
    return await counter.gateway.turns.ledgers.write(work())


async def test_a_person_who_takes_over_stops_what_is_being_written(counter: Counter):
    taken, other, ended = await counter.customer(), await counter.customer(), []
    writing = [asyncio.create_task(write(counter, one.conversation_id, ended, 2.0)) for one in (taken, other)]
    await asyncio.sleep(0.05)
    await taken.ask_for_person()
    first, second = await asyncio.gather(*writing)
    assert ended == [taken.conversation_id]
    assert (first.known, second.text) == (False, "Done.")


async def test_a_cancelled_turn_cancels_its_answer(counter: Counter):
    ended: list[str] = []
    writing = asyncio.create_task(write(counter, "c", ended, 60.0))
    await asyncio.sleep(0.05)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await asyncio.sleep(0)
    assert ended == ["c"]


async def test_what_goes_wrong_in_an_answer_is_told_as_it_is(counter: Counter):
    async def fail() -> Answer:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await counter.gateway.turns.ledgers.write(fail())
