"""Lets a model write, and sends on only what is verified."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any, cast

import structlog

from answers.breaker import Breaker
from answers.drafting import cut
from answers.errors import AnswerError, GenerationTimeout, NoGroundedAnswer
from answers.evidence import Evidence
from answers.generators.base import AnswerGenerator
from answers.ledger import Ledger
from answers.models import Method, Sentence
from answers.settings import AnswerSettings
from answers.verifier import Verifier
from knowledge_base.embedders.base import Embedder

log = structlog.get_logger(__name__)


class Writer:
    """Streams a draft, checks each sentence as it is complete, and puts those that pass into the ledger."""

    def __init__(self, settings: AnswerSettings, generator: AnswerGenerator, embedder: Embedder) -> None:
        """Take the generator; it may be down at any time."""
        self._deadline_s = settings.llm_deadline_s
        self._generator = generator
        self._embedder = embedder
        self._breaker = Breaker(settings.breaker_failures, settings.breaker_pause_s)

    async def write(self, question: str, evidence: Evidence, ledger: Ledger) -> bool:
        """Write an answer into the ledger.

        Returns:
            Whether enough of it passed. Failures of the model's server are logged and give False; a cancellation goes through
            and closes the connection.
        """
        if not self._breaker.allows():
            return False
        try:
            await self._write(question, evidence, ledger)
        except NoGroundedAnswer:
            self._breaker.succeed()
            return False
        except AnswerError as exc:
            self._breaker.fail()
            log.warning("answer.generator_failed", generator=self._generator.name, error=type(exc).__name__, detail=str(exc))
            return False
        self._breaker.succeed()
        return True

    async def _write(self, question: str, evidence: Evidence, ledger: Ledger) -> None:
        verifier = Verifier(evidence, self._embedder)
        try:
            async with asyncio.timeout(self._deadline_s):
                # The port promises an iterator; every one of ours is a generator that can be closed.
                async with aclosing(cast(Any, self._generator.stream(question, evidence))) as pieces:
                    await self._check(cut(pieces), verifier, ledger)
        except TimeoutError as exc:
            message = f"No complete draft within {self._deadline_s} s."
            raise GenerationTimeout(message) from exc
        if ledger.accepted == 0 or ledger.refused > ledger.accepted:
            message = f"{ledger.accepted} sentences passed and {ledger.refused} did not."
            raise NoGroundedAnswer(message)

    async def _check(self, sentences: Any, verifier: Verifier, ledger: Ledger) -> None:
        async with aclosing(sentences):
            async for sentence in sentences:
                verdict = await asyncio.to_thread(verifier.verify, sentence)
                if not verdict.passed:
                    ledger.refuse(sentence, verdict.reason, verdict.score)
                    continue
                accepted = Sentence(text=sentence, evidence_ids=verdict.evidence_ids, method=Method.VERIFIED, score=verdict.score)
                await ledger.accept(accepted)
