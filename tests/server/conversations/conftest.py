"""One gateway per test, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.counter import Counter, open_counter


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url) as counter:
        yield counter
