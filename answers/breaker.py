"""Leaves a failing server alone for a while, so that customers do not wait for it again and again."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Breaker:
    """Opens after some failures in a row; after a pause one try is let through, and its outcome decides."""

    def __init__(self, failures: int, pause_s: float, clock: Callable[[], float] = monotonic) -> None:
        """Take after how many failures it opens, and for how long."""
        self._limit = failures
        self._pause_s = pause_s
        self._clock = clock
        self._failed = 0
        self._open_until = 0.0

    def allows(self) -> bool:
        """Whether a try may be made now. Where one may after a pause, only one may."""
        now = self._clock()
        if now < self._open_until:
            return False
        if self._failed >= self._limit:
            self._open_until = now + self._pause_s
        return True

    def succeed(self) -> None:
        """The server answered."""
        self._failed = 0
        self._open_until = 0.0

    def fail(self) -> None:
        """The server did not."""
        self._failed += 1
        if self._failed >= self._limit:
            self._open_until = self._clock() + self._pause_s
