"""Live fan-out within one process."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from server.events.base import Frame, Lagged

QUEUE_FRAMES = 256
"""Frames a listener may be behind before it is told to read the log instead."""


def create(_settings: Any = None) -> "MemoryBus":
    """Build the bus."""
    return MemoryBus()


class MemorySubscription:
    """A bounded queue of one listener. When it is full everything in it is dropped and the listener told so."""

    def __init__(self, size: int) -> None:
        self._frames: deque[Frame] = deque()
        self._size = size
        self._lagged = False
        self._ready = asyncio.Event()

    def put(self, frame: Frame) -> None:
        """Add a frame, or give up on this listener's backlog."""
        if len(self._frames) >= self._size:
            self.lag()
        elif not self._lagged:
            self._frames.append(frame)
        self._ready.set()

    def lag(self) -> None:
        """Drop the backlog and have the listener told."""
        self._frames.clear()
        self._lagged = True
        self._ready.set()

    async def get(self) -> Frame:
        """Wait for the next frame.

        Raises:
            Lagged: Once after frames were dropped.
        """
        await self._ready.wait()
        if self._lagged:
            self._lagged = False
            self._ready.clear()
            raise Lagged
        frame = self._frames.popleft()
        if not self._frames:
            self._ready.clear()
        return frame

    async def __aiter__(self) -> AsyncIterator[Frame]:
        """Give frames as they come."""
        while True:
            yield await self.get()


class MemoryBus:
    """The default bus."""

    def __init__(self, queue_frames: int = QUEUE_FRAMES) -> None:
        self._queue_frames = queue_frames
        self._listeners: dict[str, set[MemorySubscription]] = {}

    async def publish(self, topic: str, frame: Frame) -> None:
        """Tell every listener of a topic."""
        self.publish_now(topic, frame)

    def publish_now(self, topic: str, frame: Frame) -> None:
        """Tell every listener of a topic, without a chance to be interrupted."""
        for listener in self._listeners.get(topic, ()):
            listener.put(frame)

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[MemorySubscription]:
        """Listen to a topic while the context is open."""
        listener = MemorySubscription(self._queue_frames)
        self._listeners.setdefault(topic, set()).add(listener)
        try:
            yield listener
        finally:
            listeners = self._listeners[topic]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[topic]

    async def is_heard(self, topic: str) -> bool:
        """Tell whether anybody listens to a topic now."""
        return topic in self._listeners

    def topics(self) -> list[str]:
        """List the topics that are listened to."""
        return list(self._listeners)

    def lag_all(self) -> None:
        """Tell every listener that frames may have been lost."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.lag()

    async def close(self) -> None:
        """Forget every listener."""
        self._listeners.clear()
