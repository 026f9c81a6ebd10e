"""Every event bus keeps the same promises."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from server.events.base import EventBus, Lagged
from server.events.memory import MemoryBus
from server.events.redis import RedisBus


@pytest.fixture(params=["memory", "redis"])
async def make_bus(request: pytest.FixtureRequest) -> AsyncIterator[Callable[[], EventBus]]:
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    made: list[EventBus] = []

    def make() -> EventBus:
        made.append(RedisBus(url, queue_frames=8) if url else MemoryBus(queue_frames=8))
        return made[-1]

    yield make
    for bus in made:
        await bus.close()


async def test_frames_come_in_order_to_every_listener_of_the_topic(make_bus: Callable[[], EventBus]) -> None:
    bus = make_bus()
    async with bus.subscribe("a") as one, bus.subscribe("a") as two, bus.subscribe("b") as other:
        for number in range(5):
            await bus.publish("a", {"n": number, "text": "grüße 🙂"})
        await bus.publish("b", {"n": "b"})
        for listener in (one, two):
            heard = [await asyncio.wait_for(listener.get(), 5) for _ in range(5)]
            assert heard == [{"n": number, "text": "grüße 🙂"} for number in range(5)]
        assert await asyncio.wait_for(other.get(), 5) == {"n": "b"}


async def test_publishing_to_nobody_is_fine(make_bus: Callable[[], EventBus]) -> None:
    await make_bus().publish("nobody", {"n": 1})


async def test_a_slow_listener_is_told_once_and_goes_on_with_news(make_bus: Callable[[], EventBus]) -> None:
    bus = make_bus()
    async with bus.subscribe("a") as slow:
        for number in range(30):
            await bus.publish("a", {"n": number})
        await asyncio.sleep(0.2)
        with pytest.raises(Lagged):
            await asyncio.wait_for(slow.get(), 5)
        await bus.publish("a", {"n": "new"})
        heard: object = None
        while heard != {"n": "new"}:
            heard = await asyncio.wait_for(slow.get(), 5)


async def test_who_stops_listening_is_forgotten(make_bus: Callable[[], EventBus]) -> None:
    bus = make_bus()
    async with bus.subscribe("a"):
        assert await bus.is_heard("a")
    assert not await bus.is_heard("nobody")


async def test_other_gateways_hear_too_over_redis(redis_url: str) -> None:
    one, other = RedisBus(redis_url), RedisBus(redis_url)
    async with other.subscribe("a") as listener:
        await one.publish("a", {"from": "elsewhere"})
        assert await asyncio.wait_for(listener.get(), 5) == {"from": "elsewhere"}
        assert await one.is_heard("a")
    await one.close()
    await other.close()


async def test_without_redis_this_gateways_listeners_still_hear() -> None:
    bus = RedisBus("redis://127.0.0.1:1/0")
    async with bus.subscribe("a") as listener:
        await bus.publish("a", {"n": 1})
        assert await asyncio.wait_for(listener.get(), 5) == {"n": 1}
    await bus.close()
