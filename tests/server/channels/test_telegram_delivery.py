"""What goes out to Telegram, and what is done when it is not taken."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from server.storage.models import Conversation, Delivery
from tests.fakes.counter import Counter, eventually, open_counter
from tests.fakes.telegram import FakeTelegram, Fault
from tests.server.channels.telegram_chat import CHAT, post, telegram_settings, write


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
