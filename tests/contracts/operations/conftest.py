"""The back ends that the operations are proved over."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shop.coherence import find_problems
from shop.models import ShopData
from shop.settings import ShopSettings
from tests.contracts.operations.counter import ORDERS, Counter
from tests.shop.builders import (
    small_shop,
)
from tests.shop.conftest import Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def counter(url: str, clock: Clock) -> AsyncIterator[Counter]:
    opened = Counter(url, clock)
    await opened.shop.load(small_shop(*ORDERS))
    yield opened
    assert find_problems(await opened.shop.dump(), ShopData(products=[], customers=[], orders=[]), ShopSettings()) == []
    for shop in opened.shops:
        await shop.close()
