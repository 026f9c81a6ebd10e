"""Whatever dies in between: each message is answered exactly once, and never over a person's head."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server.conversations import repository, turns
from server.dialogue.base import DialogueEvents, Reply, TurnInput
from server.handover import service as handover
from server.storage.models import Turn
from server.storage.types import Mode, TurnState, utc_now
from tests.fakes.counter import Counter, eventually, open_counter


async def hang(turn: TurnInput) -> list[Reply]:
    await asyncio.sleep(3600)
    return []


async def abandon(counter: Counter) -> None:
    """Stop working as a killed process does: nothing is finished, nothing is released."""
    for task in list(counter.gateway.turns._running):
        task.cancel()
    await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_an_open_turn_is_answered_once_by_the_next_gateway(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else f"sqlite+aiosqlite:///{tmp_path / 'shared.db'}"
    async with open_counter(tmp_path / "first", url, script=hang) as first:
        visitor = await first.customer()
        await visitor.say("one", wait=0)
        await visitor.say("two", wait=0)
        await visitor.say("three", wait=0)
        await eventually(lambda: len(first.dialogue.turns) == 1)
        await abandon(first)
        async with first.gateway.database.write() as db:
            await db.execute(update(Turn).values(leased_until=utc_now()))
    async with open_counter(tmp_path / "second", url) as second:
        visitor.browser = second.browser()

        async def all_answered() -> bool:
            return ("bot", "You said: two\nthree") in await visitor.read()

        await eventually(all_answered)
        assert [text for author, text in await visitor.read() if author == "bot"][1:] == ["You said: one", "You said: two\nthree"]
        assert [turn.attempt for turn in second.dialogue.turns] == [2, 1]


async def test_the_slower_of_two_attempts_is_thrown_away(counter: Counter) -> None:
    go_on = asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        if turn.attempt == 1:
            await go_on.wait()
        return [Reply(f"attempt {turn.attempt}")]

    counter.dialogue.script = slow
    visitor = await counter.customer()
    await visitor.say("hello", wait=0)
    await eventually(lambda: len(counter.dialogue.turns) == 1)
    await counter.gateway.turns._take_over(all_open=True)
    await eventually(lambda: len(counter.dialogue.turns) == 2)

    async def answered() -> bool:
        return ("bot", "attempt 2") in await visitor.read()

    await eventually(answered)
    go_on.set()
    await asyncio.sleep(0.2)
    assert ("bot", "attempt 1") not in await visitor.read()


async def test_a_reply_in_flight_is_dropped_when_a_person_claims(counter: Counter) -> None:
    go_on = asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        await go_on.wait()
        return [Reply("too late")]

    counter.dialogue.script = slow
    visitor = await counter.customer()
    await visitor.say("hello", wait=0)
    await eventually(lambda: len(counter.dialogue.turns) == 1)
    await visitor.ask_for_person()
    await visitor.say("hello, person?", wait=0)
    go_on.set()

    async def discarded() -> bool:
        async with counter.gateway.database.read() as db:
            return await db.scalar(select(Turn.state)) == TurnState.DISCARDED

    await eventually(discarded)
    assert "too late" not in [text for _, text in await visitor.read()]
    assert len(counter.dialogue.turns) == 1, "what was written meanwhile is the person's to answer"


async def test_a_claim_and_a_release_in_between_still_drop_the_old_reply(counter: Counter) -> None:
    go_on = asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        if turn.text == "old":
            await go_on.wait()
        return [Reply(f"to {turn.text}")]

    counter.dialogue.script = slow
    visitor = await counter.customer()
    await visitor.say("old", wait=0)
    await eventually(lambda: len(counter.dialogue.turns) == 1)
    async with counter.gateway.database.write() as db:
        conversation = await repository.get_conversation(db, visitor.conversation_id, lock=True)
        await handover.request(db, conversation, "test", "")
        await repository.change_mode(db, conversation, Mode.BOT, reason="released")
    waiting = asyncio.create_task(visitor.say("new"))
    await asyncio.sleep(0.1)
    go_on.set()
    assert (await waiting).json()["replies"][0]["text"] == "to new"
    assert "to old" not in [text for _, text in await visitor.read()]
    assert counter.dialogue.turns[-1].person_between


async def test_a_poison_message_is_handed_to_the_fallback_after_three_attempts(counter: Counter) -> None:
    counter.dialogue.script = hang
    visitor = await counter.customer()
    await visitor.say("poison", wait=0)
    for attempt in (1, 2, 3):
        await eventually(lambda expected=attempt: len(counter.dialogue.turns) == expected)
        await counter.gateway.turns._take_over(all_open=True)

    async def answered() -> bool:
        return any("trouble" in text for author, text in await visitor.read() if author == "bot")

    await eventually(answered)
    assert len(counter.dialogue.turns) == 3
    counter.dialogue.script = lambda turn: _say("fine")
    assert (await visitor.say("and now?")).json()["replies"][0]["text"] == "fine"


async def _say(text: str) -> list[Reply]:
    return [Reply(text)]


async def test_each_turns_record_is_kept_and_given_back(counter: Counter) -> None:
    counter.dialogue.recalls = True
    visitor = await counter.customer()
    for text in ("one", "two", "three"):
        await visitor.say(text)
    history = counter.dialogue.histories[counter.dialogue.turns[-1].turn_id]
    assert [(past.said, list(past.replies)) for past in history] == [("one", ["You said: one"]), ("two", ["You said: two"])]
    assert [past.events for past in history] == [[{"event": "turn", "text": text, "payload": None}] for text in ("one", "two")]


async def test_a_lease_is_renewed_while_its_gateway_lives(counter: Counter) -> None:
    counter.dialogue.script = hang
    visitor = await counter.customer()
    await visitor.say("hello", wait=0)
    gateway = counter.gateway
    async with gateway.database.write() as db:
        await db.execute(update(Turn).values(leased_until=utc_now()))
        await turns.renew(db, gateway.turns.gateway_id, list(gateway.turns._turn_ids))
    async with gateway.database.read() as db:
        assert not await turns.is_any_left(db, all_open=False)


async def test_a_settled_conversation_opens_again_with_the_bot(counter: Counter) -> None:
    visitor = await counter.customer()
    agent = await counter.agent()
    await visitor.ask_for_person()
    await agent.post(f"/conversations/{visitor.conversation_id}/claim")
    await agent.post(f"/conversations/{visitor.conversation_id}/resolve")
    assert (await visitor.say("one more thing")).json()["replies"][0]["text"] == "You said: one more thing"


async def recorded(counter: Counter) -> list[str | None]:
    """What the log has of the dialogue manager's record, turn by turn."""
    async with counter.gateway.database.read() as db:
        kept = await db.scalars(select(Turn.dialogue_events).order_by(Turn.first_seq))
    return [events[0]["text"] if events else None for events in kept]


async def test_a_record_that_could_not_be_had_is_asked_for_again(counter: Counter) -> None:
    fetch, asked = counter.dialogue.record, []

    async def away(conversation_id: str, turn_ids: Sequence[str]) -> dict[str, DialogueEvents]:
        asked.append(turn_ids)
        return {}

    counter.dialogue.record = away  # type: ignore[method-assign]
    visitor = await counter.customer()
    await visitor.say("one")
    await eventually(lambda: len(asked) == 1)
    assert await recorded(counter) == [None]
    counter.dialogue.record = fetch  # type: ignore[method-assign]
    await visitor.say("two")

    async def complete() -> bool:
        return await recorded(counter) == ["one", "two"]

    await eventually(complete)


async def test_the_next_gateway_fetches_the_record_that_a_dead_one_did_not(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'shared.db'}"
    async with open_counter(tmp_path / "first", url) as first:
        first.gateway.turns.recorder.turn_done = lambda *_: None  # type: ignore[method-assign]  # the process dies in the moment of quiet
        visitor = await first.customer()
        await visitor.say("one")
        await visitor.say("two")
        assert await recorded(first) == [None, None]
    async with open_counter(tmp_path / "second", url) as second:
        second.dialogue._records = first.dialogue._records  # the dialogue manager lived on
        await second.gateway.turns.recorder.catch_up()

        async def complete() -> bool:
            return await recorded(second) == ["one", "two"]

        await eventually(complete)
