"""How the webhook is announced, and updates are fetched where there is none."""

from pathlib import Path

import pytest

from server.channels.telegram import create
from server.channels.telegram.updates import read_update
from server.errors import ChannelMisconfigured
from server.settings import Settings
from server.storage.models import Inbox
from tests.fakes.counter import Counter, open_counter
from tests.fakes.telegram import FakeTelegram, Fault
from tests.server.channels.telegram_chat import CHAT, PUBLIC, SECRET, WEBHOOK, count, telegram_settings


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
