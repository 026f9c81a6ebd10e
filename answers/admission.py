"""Keeps the language model from being asked more than it can answer in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from answers.errors import GeneratorBusy


class Admission:
    """Lets a number in, has some wait for a moment, and sends the rest away at once."""

    def __init__(self, limit: int, queue: int, wait_s: float) -> None:
        """Take how many may be in, how many may wait, and for how long."""
        self._free = asyncio.Semaphore(limit)
        self._queue = queue
        self._wait_s = wait_s
        self._waiting = 0

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[None]:
        """Be in for the length of a block.

        Raises:
            GeneratorBusy: If the queue is full, or nothing became free in time.
        """
        await self._enter()
        try:
            yield
        finally:
            self._free.release()

    async def _enter(self) -> None:
        if self._free.locked() and self._waiting >= self._queue:
            message = f"{self._waiting} answers wait for the language model already."
            raise GeneratorBusy(message)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError as exc:
            message = f"The language model had no time within {self._wait_s} s."
            raise GeneratorBusy(message) from exc
        finally:
            self._waiting -= 1
