"""The servers that a language model runs on: which one to ask, and how each has been lately."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from contextlib import aclosing
from time import monotonic
from typing import Any

import structlog

from answers.breaker import Breaker
from answers.errors import AnswerError, DraftCutShort, GenerationTimeout, GeneratorUnavailable

log = structlog.get_logger(__name__)

Ask = Callable[[Any], AsyncGenerator[str]]


class Replica:
    """One server, with its own breaker.

    Attributes:
        in_flight: How many drafts it is writing for us.
    """

    def __init__(self, url: str, ask: Ask, breaker: Breaker, first_token_s: float) -> None:
        """Take how to ask it; it is not contacted yet."""
        self.url = url
        self.breaker = breaker
        self.in_flight = 0
        self._ask = ask
        self._first_token_s = first_token_s

    async def stream(self, request: Any, until: float) -> AsyncGenerator[str]:
        """Ask, and give the pieces as they come, until a moment of the monotonic clock.

        Raises:
            AnswerError: If the server failed; its breaker knows. Closing the stream early is no failure.
        """
        self.in_flight += 1
        began = False
        try:
            async with aclosing(self._ask(request)) as pieces:
                async for piece in self._timed(pieces, until):
                    began = True
                    yield piece
            self.breaker.succeed()
        except DraftCutShort:
            self.breaker.succeed()
            raise
        except AnswerError as exc:
            self.breaker.fail()
            log.warning("llm.replica_failed", url=self.url, error=type(exc).__name__, detail=str(exc))
            raise
        except GeneratorExit:
            if began:
                self.breaker.succeed()
            raise
        finally:
            self.in_flight -= 1

    async def _timed(self, pieces: AsyncIterator[str], until: float) -> AsyncIterator[str]:
        patience = min(until, monotonic() + self._first_token_s)
        while True:
            try:
                async with asyncio.timeout(max(patience - monotonic(), 0.0)):
                    piece = await anext(pieces, None)
            except TimeoutError as exc:
                message = "The language model's server did not answer in time."
                raise GenerationTimeout(message) from exc
            if piece is None:
                return
            patience = until
            yield piece


class Replicas:
    """All servers of one model. The one that writes least for us is asked first; those that fail are left alone for a while."""

    def __init__(self, replicas: Collection[Replica]) -> None:
        """Take at least one."""
        self._all = tuple(replicas)

    async def stream(self, request: Any, deadline_s: float) -> AsyncGenerator[str]:
        """Ask one after the other until one begins to write; once it has begun, its failure is the draft's.

        Raises:
            GeneratorUnavailable: If none is left that may be asked.
            GenerationTimeout: If the time is over.
        """
        until = monotonic() + deadline_s
        tried: list[Replica] = []
        while True:
            replica = self._choose(tried)
            tried.append(replica)
            began = False
            try:
                async with aclosing(replica.stream(request, until)) as pieces:
                    async for piece in pieces:
                        began = True
                        yield piece
            except AnswerError:
                if began or len(tried) == len(self._all) or monotonic() >= until:
                    raise
                continue
            return

    def _choose(self, tried: Collection[Replica]) -> Replica:
        for replica in sorted((one for one in self._all if one not in tried), key=lambda one: one.in_flight):
            if replica.breaker.allows():
                return replica
        message = "No server of the language model may be asked now; all failed lately."
        raise GeneratorUnavailable(message)
