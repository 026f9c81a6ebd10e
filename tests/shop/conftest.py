"""What the shop's tests share."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shop.backends import build
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.shop.builders import NOW, small_shop


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> ShopSettings:
    return ShopSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")


@pytest.fixture
async def shop(settings: ShopSettings, clock: Clock) -> AsyncIterator[Shop]:
    """The small shop in a fresh SQLite file."""
    opened = Shop(build(settings), settings, clock)
    await opened.load(small_shop())
    yield opened
    await opened.close()
