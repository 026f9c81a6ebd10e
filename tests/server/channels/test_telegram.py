"""Telegram end to end: the real app, and a Bot API at the wire that follows the documented one and misbehaves on request."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from server.channels.telegram import create
from server.channels.telegram.updates import EDITED, UNREADABLE, read_update
from server.errors import ChannelMisconfigured
from server.settings import Settings
from server.storage.models import Conversation, Delivery, Inbox, Message
from tests.fakes.counter import Counter, eventually, open_counter
from tests.fakes.telegram import FakeTelegram, Fault

SECRET = "a-secret-of-ours_0123456789"
CHAT = 4242
PUBLIC = "https://help.harbour.example"
WEBHOOK = "/channels/telegram/webhook"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


def telegram_settings(telegram: FakeTelegram, **more: Any) -> dict[str, Any]:
    return {
        "channels": ("web", "telegram"), "telegram_token": telegram.token, "telegram_secret": SECRET, "telegram_api_url": telegram.url,
        "public_url": PUBLIC, **more,
    }  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url, **telegram_settings(telegram)) as counter:
        yield counter


@pytest.fixture
async def sqlite(tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[Counter]:
    async with open_counter(tmp_path, **telegram_settings(telegram)) as counter:
        yield counter


async def post(counter: Counter, telegram: FakeTelegram, update: dict[str, Any], secret: str | None = SECRET) -> httpx.Response:
    async with counter.browser() as platform:
        return await telegram.post(platform, update, secret=secret)


async def write(counter: Counter, telegram: FakeTelegram, text: str, replies: int = 1) -> list[str]:
    """Write as the customer and wait until that many more messages are in the chat."""
    before = len(telegram.chats[CHAT])
    answer = await post(counter, telegram, telegram.text_update(text, CHAT))
    assert (answer.status_code, answer.content) == (200, b"")
    await telegram.wait_for(lambda: len(telegram.chats[CHAT]) >= before + replies)
    return telegram.texts(CHAT)[before:]


async def count(counter: Counter, model: type) -> int:
    async with counter.gateway.database.read() as db:
        return await db.scalar(select(func.count()).select_from(model)) or 0


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


class TestGoingOut:
    @pytest.mark.parametrize(
        "faults", [[Fault("rate_limited", 1)], [Fault("server_error")], [Fault("server_error"), Fault("rate_limited", 1)]]
    )
    async def test_what_telegram_surely_did_not_take_is_sent_again_in_order(
        self, counter: Counter, telegram: FakeTelegram, faults: list[Fault]
    ):
        await write(counter, telegram, "hello", replies=2)
        telegram.fail_next("sendMessage", *faults)
        began = time.monotonic()
        for text in ("one", "two", "three"):
            await post(counter, telegram, telegram.text_update(text, CHAT))
            await asyncio.sleep(0.3)
        await telegram.wait_for(lambda: len(telegram.chats[CHAT]) >= 5, timeout_s=20)
        assert telegram.texts(CHAT)[2:] == ["You said: one", "You said: two", "You said: three"]
        if faults[-1].kind == "rate_limited":
            assert time.monotonic() - began >= 1.0

    async def test_a_send_with_an_unknown_result_is_marked_and_never_repeated(self, counter: Counter, telegram: FakeTelegram):
        await write(counter, telegram, "hello", replies=2)
        telegram.fail_next("sendMessage", Fault("drop_after_accept"))
        await write(counter, telegram, "one")
        await write(counter, telegram, "two")
        await asyncio.sleep(1.5)
        assert telegram.texts(CHAT)[2:] == ["You said: one", "You said: two"]
        async with counter.gateway.database.read() as db:
            states = list(await db.scalars(select(Delivery.state).order_by(Delivery.seq)))
        assert states == ["sent", "sent", "uncertain", "sent"]

    async def test_a_proxys_error_page_leaves_the_result_unknown(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, "hello", replies=2)
        telegram.fail_next("sendMessage", Fault("html"))
        await post(sqlite, telegram, telegram.text_update("one", CHAT))
        await eventually(lambda: delivery_states(sqlite, "uncertain"))
        assert len(telegram.chats[CHAT]) == 2

    async def test_a_customer_who_blocked_the_bot_is_left_alone(self, sqlite: Counter, telegram: FakeTelegram):
        await write(sqlite, telegram, "hello", replies=2)
        telegram.fail_next("sendMessage", Fault("blocked"))
        await post(sqlite, telegram, telegram.text_update("one", CHAT))
        await eventually(lambda: delivery_states(sqlite, "failed"))
        calls = len(telegram.calls)
        await asyncio.sleep(1.5)
        assert len(telegram.calls) == calls

    async def test_a_telegram_that_is_down_gets_everything_when_it_is_back(self, tmp_path: Path):
        async with FakeTelegram() as telegram, open_counter(tmp_path, **telegram_settings(telegram)) as counter:
            channel = counter.gateway.channels["telegram"]
            real = channel._client._http
            channel._client._http = httpx.AsyncClient(base_url="http://127.0.0.1:9/")  # nobody listens on the discard port
            await post(counter, telegram, telegram.text_update("hello", CHAT))
            await eventually(lambda: delivery_states(counter, "pending"))
            channel._client._http = real
            await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == 2, timeout_s=20)
            assert telegram.texts(CHAT)[1] == "You said: hello"

    async def test_a_long_answer_comes_in_parts_and_a_part_is_not_doubled(self, sqlite: Counter, telegram: FakeTelegram):
        mara = await sqlite.agent()
        await write(sqlite, telegram, "hello", replies=2)
        async with sqlite.gateway.database.read() as db:
            conversation_id = await db.scalar(select(Conversation.conversation_id))
        await mara.post(f"/conversations/{conversation_id}/claim")
        await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == 3)
        telegram.fail_next("sendMessage", Fault("drop_before_accept"))
        words = "🎉 long words " * 280
        await mara.say(conversation_id, words, "long")
        await eventually(lambda: delivery_states(sqlite, "uncertain"))
        assert len(telegram.chats[CHAT]) == 3
        await mara.say(conversation_id, words, "again")
        await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == 4)
        assert telegram.texts(CHAT)[3] == words.strip()


async def delivery_states(counter: Counter, wanted: str) -> bool:
    async with counter.gateway.database.read() as db:
        return wanted in set(await db.scalars(select(Delivery.state)))


class TestSettingUp:
    async def test_the_webhook_is_announced_with_its_secret(self, sqlite: Counter, telegram: FakeTelegram):
        await telegram.wait_for(lambda: bool(telegram.webhook))
        assert telegram.webhook["url"] == f"{PUBLIC}{WEBHOOK}"
        assert telegram.webhook["secret_token"] == SECRET
        assert telegram.webhook["allowed_updates"] == ["message", "edited_message", "callback_query"]

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"telegram_token": ""}, "COUNTERHAND_TELEGRAM_TOKEN"),
            ({"telegram_token": "not a token"}, "COUNTERHAND_TELEGRAM_TOKEN"),
            ({"telegram_secret": ""}, "COUNTERHAND_TELEGRAM_SECRET"),
            ({"telegram_secret": "short"}, "COUNTERHAND_TELEGRAM_SECRET"),
            ({"telegram_secret": "with spaces in it, sadly"}, "COUNTERHAND_TELEGRAM_SECRET"),
            ({"public_url": ""}, "COUNTERHAND_PUBLIC_URL"),
            ({"public_url": "http://help.harbour.example"}, "COUNTERHAND_PUBLIC_URL"),
        ],
    )
    def test_what_is_unsafe_or_missing_stops_the_start(self, change: dict[str, str], named: str):
        given = {"telegram_token": "123456:" + "A" * 30, "telegram_secret": SECRET, "public_url": PUBLIC, **change}
        with pytest.raises(ChannelMisconfigured, match=named):
            create(Settings(**given))

    def test_polling_needs_neither_secret_nor_public_address(self):
        assert create(Settings(telegram_token="123456:" + "A" * 30, telegram_mode="polling")).name == "telegram"


class TestPolling:
    async def test_updates_are_fetched_and_forgotten_only_after_their_commit(self, tmp_path: Path, telegram: FakeTelegram):
        settings = telegram_settings(telegram, telegram_mode="polling", telegram_secret="", public_url="")
        telegram.webhook = {"url": "https://old.example"}
        telegram.fail_next("getUpdates", Fault("server_error"), Fault("drop_after_accept"))
        async with open_counter(tmp_path, **settings) as counter:
            telegram.queue(telegram.text_update("one", CHAT), telegram.text_update("two", 77))
            await telegram.wait_for(lambda: len(telegram.chats[CHAT]) == 2 and len(telegram.chats[77]) == 2, timeout_s=15)
            assert telegram.texts(CHAT)[1] == "You said: one"
            await telegram.wait_for(lambda: not telegram._updates)
            assert [turn.text for turn in counter.dialogue.turns] == ["one", "two"]
            async with counter.browser() as stranger:
                assert (await stranger.post(WEBHOOK, content=b"{}")).status_code in {404, 405}

    async def test_updates_from_before_a_crash_come_again_and_count_once(self, tmp_path: Path, telegram: FakeTelegram):
        settings = telegram_settings(telegram, telegram_mode="polling")
        update = telegram.text_update("one", CHAT)
        for _ in range(2):
            telegram.queue(update)
            async with open_counter(tmp_path, **settings) as counter:
                await telegram.wait_for(lambda: not telegram._updates and len(telegram.chats[CHAT]) == 2, timeout_s=15)
                assert await count(counter, Inbox) == 1


def test_the_channels_parse_reads_what_the_webhook_reads():
    fake = FakeTelegram()
    update = fake.text_update("hello", CHAT)
    channel = create(Settings(telegram_token=fake.token, telegram_mode="polling"))
    (incoming,) = channel.parse(update)
    assert incoming == read_update(update, fake.token.split(":")[0]).incoming
    assert (incoming.account, incoming.external_id, incoming.text, incoming.customer_name) == ("123456789", "4242", "hello", "Ida")
    assert channel.parse({"update_id": 5}) == []
