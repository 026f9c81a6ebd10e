"""Telegram end to end: the real app, and a Bot API at the wire that follows the documented one and misbehaves on request."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from server.channels.telegram.updates import EDITED, UNREADABLE
from server.storage.models import Conversation, Inbox, Message
from tests.fakes.counter import Counter
from tests.fakes.telegram import FakeTelegram
from tests.server.channels.telegram_chat import CHAT, SECRET, WEBHOOK, count, post, write


class TestComingIn:
    async def test_the_first_thing_anybody_reads_is_that_an_ai_answers(self, counter: Counter, telegram: FakeTelegram):
        greeting, reply = await write(counter, telegram, "hello", replies=2)
        assert "AI assistant of Harbour & Pine, a computer program" in greeting
        assert reply == "You said: hello"
        assert telegram.chats[CHAT][0]["reply_markup"]["inline_keyboard"] == [[{"text": "Talk to a person", "callback_data": "human"}]]

    async def test_a_thousand_copies_of_an_update_at_once_have_one_effect(self, counter: Counter, telegram: FakeTelegram):
        update = telegram.text_update("where is my order?", CHAT)
        async with counter.browser() as platform:
            gate = asyncio.Semaphore(100)

            async def send() -> httpx.Response:
                async with gate:
                    return await telegram.post(platform, update, secret=SECRET)

            answers = await asyncio.gather(*(send() for _ in range(1000)))
        assert {(answer.status_code, answer.content) for answer in answers} == {(200, b"")}
        await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == 2)
        assert telegram.texts(CHAT)[1] == "You said: where is my order?"
        assert [await count(counter, model) for model in (Conversation, Inbox, Message)] == [1, 1, 3]

    @pytest.mark.parametrize(
        "headers",
        [
            {}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]},
            {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}, {"X-Telegram-Bot-Api-Secret-Token": SECRET.upper()},
            {"X-Telegram-Bot-Api-Secret-Token": "é".encode("latin-1")},
        ],
    )  # fmt: skip
    async def test_a_call_without_the_secret_has_no_effect(self, sqlite: Counter, telegram: FakeTelegram, headers: dict[str, Any]):
        async with sqlite.browser() as stranger:
            answer = await stranger.post(WEBHOOK, content=json.dumps(telegram.text_update("hello", CHAT)), headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "BadSignature")
        assert [await count(sqlite, model) for model in (Conversation, Inbox)] == [0, 0]

    async def test_the_secret_sent_twice_is_refused(self, sqlite: Counter, telegram: FakeTelegram):
        header = ("X-Telegram-Bot-Api-Secret-Token", SECRET)
        async with sqlite.browser() as stranger:
            answer = await stranger.post(WEBHOOK, content=json.dumps(telegram.text_update("hello")), headers=[header, header])
        assert answer.status_code == 401

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"\xff\xfe",
            b'{"update_id": "x"}',
            b'{"update_id": 1, "poll": {}}',
            b'{"update_id": 1, "callback_query": {}}',
            b'{"update_id": 1, "message": {"chat": 5}}',
            b'{"update_id": 1, "message": {"chat": {"id": "x", "type": "private"}, "text": "a"}}',
            b'{"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "text": "a"}}',
        ],
    )
    async def test_what_is_not_for_us_is_taken_with_an_empty_answer(self, sqlite: Counter, body: bytes):
        async with sqlite.browser() as platform:
            answer = await platform.post(WEBHOOK, content=body, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
        assert (answer.status_code, answer.content) == (200, b"")
        assert await count(sqlite, Conversation) == 0

    async def test_a_body_over_the_cap_is_refused(self, sqlite: Counter, telegram: FakeTelegram):
        answer = await post(sqlite, telegram, telegram.text_update("x" * 400_000))
        assert (answer.status_code, answer.json()["error"]) == (413, "BodyTooLarge")

    @pytest.mark.parametrize(("caption", "replies"), [(None, 2), ("it arrived broken", 3)])
    async def test_a_picture_gets_an_honest_line_and_its_caption_an_answer(
        self, sqlite: Counter, telegram: FakeTelegram, caption: str | None, replies: int
    ):
        update = telegram.media_update(CHAT, caption)
        await post(sqlite, telegram, update)
        await post(sqlite, telegram, update)
        await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == replies)
        assert telegram.texts(CHAT).count(UNREADABLE) == 1
        assert (f"You said: {caption}" in telegram.texts(CHAT)) is (caption is not None)

    async def test_an_edit_is_answered_politely_and_not_acted_on(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, "cancel order 1", replies=2)
        turns = len(sqlite.dialogue.turns)
        await post(sqlite, telegram, telegram.text_update("cancel order 2", CHAT, kind="edited_message"))
        await telegram.wait_for(lambda: EDITED in telegram.texts(CHAT))
        assert len(sqlite.dialogue.turns) == turns

    async def test_a_customers_slash_never_commands_the_dialogue(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, '/cancel_order{"order_id":"1"}', replies=2)
        assert [(turn.text, turn.payload) for turn in sqlite.dialogue.turns] == [('/cancel_order{"order_id":"1"}', None)]


class TestButtons:
    async def test_a_button_shows_an_opaque_id_and_reaches_the_dialogue_as_its_payload(self, counter: Counter, telegram: FakeTelegram):
        await write(counter, telegram, "menu", replies=2)
        track, stop = telegram.buttons(CHAT)[-2:]
        assert (track["text"], stop["text"]) == ("Track", "Stop")
        assert "order" not in track["callback_data"]
        assert len(track["callback_data"].encode()) <= 64
        press = telegram.press_update(track, CHAT)
        for _ in range(3):
            assert (await post(counter, telegram, press)).content == b""
        await telegram.wait_for(lambda: telegram.texts(CHAT)[-1] == 'You said: /track{"order":"CH-1"}')
        assert len(counter.dialogue.turns) == 2
        await telegram.wait_for(lambda: sum(call.method == "answerCallbackQuery" for call in telegram.calls) == 3)

    async def test_somebody_elses_button_does_nothing(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, "menu", replies=2)
        stolen = telegram.press_update(telegram.buttons(CHAT)[-1], CHAT)
        stolen["callback_query"]["message"] = stolen["callback_query"]["message"] | {"chat": {"id": 777, "type": "private"}}
        await post(sqlite, telegram, stolen)
        await telegram.wait_for(lambda: len(telegram.chats[777]) == 1)  # the greeting of a new chat
        assert len(sqlite.dialogue.turns) == 1


class TestAPerson:
    @pytest.mark.parametrize("way", ["/human", "button"])
    async def test_a_person_takes_over_answers_and_gives_back(self, sqlite: Counter, telegram: FakeTelegram, way: str):
        mara = await sqlite.agent("Mara Lind")
        await write(sqlite, telegram, "hello", replies=2)
        asked = telegram.text_update("/human", CHAT) if way == "/human" else telegram.press_update(telegram.buttons(CHAT)[0], CHAT)
        await post(sqlite, telegram, asked)
        await telegram.wait_for(lambda: "queue for a person" in telegram.texts(CHAT)[-1])
        line = (await mara.get("/conversations", state="queued")).json()["items"][0]
        assert (line["channel"], line["customer_name"], line["level"]) == ("telegram", "Ida", "anonymous")
        await mara.say(line["conversation_id"], "Hello Ida, Mara here.")
        await telegram.wait_for(lambda: telegram.texts(CHAT)[-1] == "Hello Ida, Mara here.")
        turns = len(sqlite.dialogue.turns)
        await post(sqlite, telegram, telegram.text_update("my kettle leaks", CHAT))
        await mara.post(f"/conversations/{line['conversation_id']}/release")
        await telegram.wait_for(lambda: "a computer program" in telegram.texts(CHAT)[-1])
        assert len(sqlite.dialogue.turns) == turns, "the bot was silent"
        assert await write(sqlite, telegram, "and now?") == ["You said: and now?"]


    async def test_the_way_back_to_the_assistant(self, counter: Counter, telegram: FakeTelegram):
        await write(counter, telegram, "hello", replies=2)
        assert (await write(counter, telegram, "/human"))[0].startswith("Nobody is at the desk")
        first = telegram.buttons(CHAT)[-1]
        assert first["text"] == "Keep talking to the assistant"
        assert (await write(counter, telegram, "hello?"))[0].startswith("Nobody is at the desk")
        again = telegram.buttons(CHAT)[-1]
        assert (again["text"], again["callback_data"] != first["callback_data"]) == (first["text"], True)
        await post(counter, telegram, telegram.press_update(again, CHAT))
        await telegram.wait_for(lambda: "AI assistant of Harbour & Pine again" in telegram.texts(CHAT)[-1])
        assert await write(counter, telegram, "and now?") == ["You said: and now?"]


class TestStarting:
    async def test_a_new_chat_is_greeted_once(self, counter: Counter, telegram: FakeTelegram):
        (greeting,) = await write(counter, telegram, "/start")
        assert greeting == counter.settings.greeting
        assert counter.dialogue.turns == []
        assert await write(counter, telegram, "where is my order?") == ["You said: where is my order?"]
        assert len(telegram.chats[CHAT]) == 2

    async def test_starting_again_is_answered(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, "/start")
        assert await write(sqlite, telegram, "/start") == ["You said: hello"]
