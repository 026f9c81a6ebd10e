"""Live fan-out between gateways, over Redis publish/subscribe."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from answers.breaker import Breaker
from server.events.base import Frame
from server.events.memory import MemoryBus, MemorySubscription

log = structlog.get_logger()

T = TypeVar("T")

_PREFIX = "counterhand:live:"
_HEARD = "counterhand:heard:"
_HEARD_S = 60
_RENEW_S = 20
_RETRY_S = 0.5
_READY_S = 2.0
_WITHIN_S = 0.5
_PAUSE_S = 2.0
"""A slow Redis is as good as none: nobody's turn waits for it, and a turn tells of much."""


def create(settings: Any) -> "RedisBus":
    """Build the bus from `settings.redis_url`."""
    return RedisBus(settings.redis_url)


class RedisBus:
    """Every gateway hears every frame and hands it to its own listeners.

    While Redis is away frames reach the listeners of this process alone; when it is back every listener is told to read the log.
    """

    def __init__(self, url: str, queue_frames: int = 256) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=None)
        self._local = MemoryBus(queue_frames)
        self._tasks: list[asyncio.Task[None]] = []
        self._ready = asyncio.Event()
        self._ready_by = 0.0
        self._breaker = Breaker(failures=1, pause_s=_PAUSE_S)

    async def publish(self, topic: str, frame: Frame) -> None:
        """Tell the listeners of every gateway."""
        if await self._try(self._redis.publish, _PREFIX + topic, json.dumps(frame)) is None:
            await self._local.publish(topic, frame)

    async def is_heard(self, topic: str) -> bool:
        """Tell whether anybody listens to a topic now, on any gateway."""
        if await self._local.is_heard(topic):
            return True
        return bool(await self._try(self._redis.exists, _HEARD + topic))

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[MemorySubscription]:
        """Listen to a topic while the context is open."""
        return _Listening(self, topic, self._local.subscribe(topic))

    async def start(self) -> None:
        """Begin to hear other gateways; who comes first waits until Redis has confirmed, for a moment at most."""
        clock = asyncio.get_running_loop()
        if not self._tasks:
            self._ready_by = clock.time() + _READY_S
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._keep_heard())]
        if clock.time() < self._ready_by:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._ready_by):
                    await self._ready.wait()

    async def close(self) -> None:
        """End all listening."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._local.close()
        await self._redis.aclose()

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except (RedisError, OSError) as exc:
                log.warning("events.redis_lost", error=type(exc).__name__)
            self._ready.clear()
            await asyncio.sleep(_RETRY_S)

    async def mark_heard(self, topics: Sequence[str]) -> None:
        """Tell other gateways that these topics have listeners here."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for topic in topics:
                pipe.set(_HEARD + topic, 1, ex=_HEARD_S)
            await self._try(pipe.execute)

    async def _try(self, ask: Callable[..., Awaitable[T]], *given: Any) -> T | None:
        """Ask Redis, not for long, and not at all for a while after it failed; None where it did not answer."""
        if not self._breaker.allows():
            return None
        try:
            async with asyncio.timeout(_WITHIN_S):
                found = await ask(*given)
        except (RedisError, OSError) as exc:
            self._breaker.fail()
            log.warning("events.redis_unreachable", error=type(exc).__name__)
            return None
        self._breaker.succeed()
        return found

    async def _keep_heard(self) -> None:
        while True:
            await asyncio.sleep(_RENEW_S)
            await self.mark_heard(self._local.topics())

    async def _hear(self) -> None:
        async with self._redis.pubsub() as heard:
            await heard.psubscribe(f"{_PREFIX}*")
            async for item in heard.listen():
                if item["type"] == "psubscribe":
                    self._local.lag_all()
                    self._ready.set()
                elif item["type"] == "pmessage":
                    topic = item["channel"].decode().removeprefix(_PREFIX)
                    self._local.publish_now(topic, json.loads(item["data"]))


class _Listening(AbstractAsyncContextManager[MemorySubscription]):
    def __init__(self, bus: RedisBus, topic: str, inner: AbstractAsyncContextManager[MemorySubscription]) -> None:
        self._bus = bus
        self._topic = topic
        self._inner = inner

    async def __aenter__(self) -> MemorySubscription:
        await self._bus.start()
        listener = await self._inner.__aenter__()
        if not self._topic.startswith("turns/"):  # those who wait for replies are no readers
            await self._bus.mark_heard([self._topic])
        return listener

    async def __aexit__(self, *exc: Any) -> None:
        await self._inner.__aexit__(*exc)
