"""A customer who waits for a person can always go back to the assistant, and is never left without a word."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from server.handover.service import KEEP_ASSISTANT
from server.storage.models import Button, Conversation, Handover
from server.storage.types import Mode
from tests.fakes.counter import Counter, Visitor, eventually

WAY_BACK = "Keep talking to the assistant"


async def messages(visitor: Visitor) -> list[dict[str, Any]]:
    page = await visitor.browser.get(f"/api/v1/conversations/{visitor.conversation_id}/messages", headers=visitor.headers)
    found: list[dict[str, Any]] = page.json()["messages"]
    return found


async def press(visitor: Visitor, button: dict[str, str], number: int = 1) -> httpx.Response:
    body = {"payload": button["payload"], "client_message_id": f"press{number}"}
    headers = {**visitor.headers, "Prefer": "wait=10"}
    return await visitor.browser.post(f"/api/v1/conversations/{visitor.conversation_id}/messages", json=body, headers=headers)


async def queued(counter: Counter) -> tuple[Visitor, dict[str, str]]:
    visitor = await counter.customer()
    await visitor.ask_for_person()
    (button,) = (await messages(visitor))[-1]["buttons"]
    return visitor, button


async def conversation(counter: Counter, visitor: Visitor) -> Conversation:
    async with counter.gateway.database.read() as db:
        return await db.get_one(Conversation, visitor.conversation_id)


async def test_who_is_queued_is_offered_the_way_back_by_an_opaque_button(counter: Counter):
    visitor, button = await queued(counter)
    assert button["title"] == WAY_BACK
    assert KEEP_ASSISTANT not in button["payload"]
    async with counter.gateway.database.read() as db:
        assert (await db.get_one(Button, button["payload"])).payload == KEEP_ASSISTANT
    assert (await conversation(counter, visitor)).mode == Mode.QUEUED


async def test_pressing_it_withdraws_the_handover_and_the_assistant_answers_again(counter: Counter):
    mara = await counter.agent()
    visitor, button = await queued(counter)
    before, turns = await conversation(counter, visitor), len(counter.dialogue.turns)
    async with counter.gateway.bus.subscribe("staff") as console:
        pressed = (await press(visitor, button)).json()
        told = [await console.get() for _ in range(3)]
    assert (pressed["mode"], pressed["replies"]) == ("bot", [])
    assert {"mode", "message"} <= {frame["type"] for frame in told}
    after = await conversation(counter, visitor)
    assert (after.mode, after.owner_epoch, after.open_turn_id) == (Mode.BOT, before.owner_epoch + 1, None)
    async with counter.gateway.database.read() as db:
        (stretch,) = await db.scalars(select(Handover))
    assert (stretch.outcome, stretch.closed_at is not None) == ("withdrawn", True)
    assert (await mara.get("/conversations", state="queued")).json()["items"] == []
    said = await visitor.read()
    assert said[-2] == ("customer", WAY_BACK)
    assert said[-1][1].startswith("You are talking to the AI assistant of Harbour & Pine again, a computer program.")
    assert len(counter.dialogue.turns) == turns, "the dialogue manager never hears of it"
    assert (await visitor.say("opening hours")).json()["replies"][0]["text"] == "You said: opening hours"


async def test_pressing_it_twice_changes_nothing_more(counter: Counter):
    visitor, button = await queued(counter)
    await press(visitor, button, 1)
    epoch = (await conversation(counter, visitor)).owner_epoch
    assert (await press(visitor, button, 1)).json()["mode"] == "bot"
    assert (await press(visitor, button, 2)).json()["mode"] == "bot"
    assert (await conversation(counter, visitor)).owner_epoch == epoch
    assert [text for _, text in await visitor.read()].count("You are talking to the AI assistant of Harbour & Pine already.") == 1


async def test_a_person_who_came_meanwhile_stays(counter: Counter):
    mara = await counter.agent("Mara Lind")
    visitor, button = await queued(counter)
    await mara.post(f"/conversations/{visitor.conversation_id}/claim")
    assert (await press(visitor, button)).json()["mode"] == "agent"
    assert (await visitor.read())[-1][1].startswith("Mara Lind from Harbour & Pine has come meanwhile and answers you.")
    async with counter.gateway.database.read() as db:
        (stretch,) = await db.scalars(select(Handover))
    assert stretch.closed_at is None


async def test_who_writes_on_while_nobody_is_there_is_told_so_once(counter: Counter):
    visitor, _ = await queued(counter)
    for text in ("hello?", "anybody?", "no wait"):
        assert (await visitor.say(text)).json()["replies"] == []
    told = [message for message in await messages(visitor) if message["author"] == "system"]
    assert len(told) == 2
    assert told[1]["text"].startswith("Nobody is at the desk")
    (button,) = told[1]["buttons"]
    assert (await press(visitor, button)).json()["mode"] == "bot"
    await visitor.ask_for_person()
    await visitor.say("hello again?")
    told = [message for message in await messages(visitor) if message["author"] == "system"]
    assert len(told) == 5, "a new time in the queue has a reminder of its own"


async def test_who_writes_on_while_somebody_is_there_is_left_to_them(counter: Counter):
    await counter.agent()
    visitor, _ = await queued(counter)
    await visitor.say("it is the green one")
    assert (await visitor.read())[-1] == ("customer", "it is the green one")


@pytest.mark.parametrize("word", [KEEP_ASSISTANT, f"{KEEP_ASSISTANT} please"])
async def test_the_words_of_the_payload_do_nothing(counter: Counter, word: str):
    visitor, _ = await queued(counter)
    assert (await visitor.say(word)).json()["mode"] == "queued"


async def test_a_late_answer_of_the_bot_from_before_the_queue_stays_unsaid(counter: Counter):
    visitor, button = await queued(counter)
    await press(visitor, button)
    await visitor.say("and now?")
    await eventually(lambda: not counter.gateway.turns._running)
    assert [text for author, text in await visitor.read() if author == "bot"][1:] == ["You said: and now?"]
