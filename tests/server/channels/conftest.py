"""A gateway with Telegram at the wire, on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.counter import Counter, open_counter
from tests.fakes.telegram import FakeTelegram
from tests.server.channels.telegram_chat import telegram_settings


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url, **telegram_settings(telegram)) as counter:
        yield counter


@pytest.fixture
async def sqlite(tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[Counter]:
    async with open_counter(tmp_path, **telegram_settings(telegram)) as counter:
        yield counter
