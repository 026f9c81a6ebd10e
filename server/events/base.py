"""Live fan-out: what happened, told to whoever listens right now. Never the truth; the log is."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

STAFF = "staff"
"""The topic that all consoles listen to."""

Frame = dict[str, Any]


class Lagged(Exception):
    """The listener fell behind; frames were dropped and it has to read the log."""


class Subscription(Protocol):
    """What one listener hears, in order, from the moment it began to listen."""

    def __aiter__(self) -> AsyncIterator[Frame]:
        """Give frames as they come.

        Raises:
            Lagged: Once after frames were dropped; listening again goes on with newer ones.
        """

    async def get(self) -> Frame:
        """Wait for the next frame; raises `Lagged` like iteration does."""


class EventBus(Protocol):
    """Topics are conversation ids, and `STAFF`."""

    async def publish(self, topic: str, frame: Frame) -> None:
        """Tell every listener of a topic; nobody listening is fine. Never waits for a slow listener."""

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        """Listen to a topic while the context is open."""

    async def is_heard(self, topic: str) -> bool:
        """Tell whether anybody listens to a topic now, on any gateway; a listener just gone may still count for a minute."""

    async def close(self) -> None:
        """End all listening."""
