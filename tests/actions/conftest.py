"""Real parts for the actions; the articles are read once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.actions.parts import Library, Parts, make_library, make_parts

_LIBRARY: list[Library] = []


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    if not _LIBRARY:
        _LIBRARY.append(await make_library(tmp_path))
    made = await make_parts(tmp_path, library=_LIBRARY[0])
    yield made
    await made.shop.close()
