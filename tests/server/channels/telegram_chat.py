"""A chat on Telegram as these tests hold it: real HTTP in, and what is in the chat afterwards."""

from typing import Any

import httpx
from sqlalchemy import func, select

from tests.fakes.counter import Counter
from tests.fakes.telegram import FakeTelegram

SECRET = "a-secret-of-ours_0123456789"
CHAT = 4242
PUBLIC = "https://help.harbour.example"
WEBHOOK = "/channels/telegram/webhook"


def telegram_settings(telegram: FakeTelegram, **more: Any) -> dict[str, Any]:
    return {
        "channels": ("web", "telegram"), "telegram_token": telegram.token, "telegram_secret": SECRET, "telegram_api_url": telegram.url,
        "public_url": PUBLIC, **more,
    }  # fmt: skip


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
