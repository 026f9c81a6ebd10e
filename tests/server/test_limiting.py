"""Limits hold with Redis and without it; a Redis that is gone, or comes and goes, turns nobody away."""

import time

import pytest

from server.errors import RateLimited
from server.limiting import Limiter
from server.settings import Settings
from tests.conftest import free_port


def limiter(**settings: object) -> Limiter:
    return Limiter(Settings(rate_messages="2/minute", **settings))


async def test_limits_hold_while_redis_is_gone():
    limits = limiter(events="redis", redis_url=f"redis://127.0.0.1:{free_port()}/0")
    begun = time.monotonic()
    for _ in range(2):
        await limits.check("messages", "c")
    with pytest.raises(RateLimited):
        await limits.check("messages", "c")
    assert time.monotonic() - begun < 3


async def test_limits_are_shared_over_redis(redis_url: str):
    one, other = limiter(events="redis", redis_url=redis_url), limiter(events="redis", redis_url=redis_url)
    await one.check("messages", "c")
    await other.check("messages", "c")
    with pytest.raises(RateLimited):
        await one.check("messages", "c")
