"""Lets a model write, and sends on only what is verified."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, cast

import structlog

from answers.admission import Admission
from answers.drafting import cut
from answers.entailers.base import Entailer
from answers.errors import AnswerError, DraftCutShort, GenerationTimeout, GeneratorBusy, NoGroundedAnswer
from answers.evidence import Evidence
from answers.generators.base import AnswerGenerator
from answers.ledger import Ledger
from answers.models import Method, Sentence
from answers.placeholders import Placeholders
from answers.sense import Sense
from answers.settings import AnswerSettings
from answers.verifier import Verdict, Verifier
from knowledge_base.embedders.base import Embedder

log = structlog.get_logger(__name__)

_GRACE_S = 0.25
"""A generator that keeps its deadline says more about the failure than one that is cut off; so it may be a little late."""


class Writer:
    """Streams a draft, checks each sentence as it is complete, and puts those that pass into the ledger."""

    def __init__(self, settings: AnswerSettings, generator: AnswerGenerator, embedder: Embedder, entailer: Entailer | None = None) -> None:
        """Take the generator; it may be down at any time."""
        self._deadline_s = settings.llm_deadline_s
        self._generator = generator
        self._embedder = embedder
        self._entailer = entailer
        self._admission = Admission(settings.llm_concurrency, settings.llm_queue, settings.llm_queue_wait_s)

    async def write(self, question: str, evidence: Evidence, ledger: Ledger) -> bool:
        """Write an answer into the ledger.

        Returns:
            Whether enough of it passed. Failures of the model's server are logged and give False; a cancellation goes through
            and closes the connection.
        """
        try:
            await self._write(question, evidence, ledger)
        except NoGroundedAnswer:
            return False
        except GeneratorBusy as exc:
            log.info("answer.generator_busy", generator=self._generator.name, detail=str(exc))
            return False
        except AnswerError as exc:
            log.warning("answer.generator_failed", generator=self._generator.name, error=type(exc).__name__, detail=str(exc))
            return False
        return True

    async def _write(self, question: str, evidence: Evidence, ledger: Ledger) -> None:
        draft = _Draft(evidence, Verifier(evidence, self._embedder, self._entailer), ledger)
        try:
            # The port promises an iterator; every one of ours is a generator that can be closed.
            stream = cast(Any, self._generator.stream(question, evidence))
            async with asyncio.timeout(self._deadline_s + _GRACE_S), self._admission.admitted(), aclosing(stream) as pieces:
                await draft.check(cut(pieces))
        except DraftCutShort as exc:
            log.info("answer.draft_cut_short", generator=self._generator.name, detail=str(exc))
        except TimeoutError as exc:
            message = f"No complete draft within {self._deadline_s} s."
            raise GenerationTimeout(message) from exc
        if ledger.accepted == 0 or ledger.refused > ledger.accepted:
            message = f"{ledger.accepted} sentences passed and {ledger.refused} did not."
            raise NoGroundedAnswer(message)


class _Draft:
    """The sentences of one draft on their way through the checks."""

    def __init__(self, evidence: Evidence, verifier: Verifier, ledger: Ledger) -> None:
        self._slots = Placeholders(evidence)
        self._verifier = verifier
        self._ledger = ledger
        self._sense = Sense()

    async def check(self, sentences: AsyncGenerator[str]) -> None:
        """Accept or refuse sentence by sentence, as they come."""
        async with aclosing(sentences):
            async for written in sentences:
                sentence = self._sense.mend(self._slots.fill(written))
                verdict = await self._judge(sentence)
                self._sense.note(verdict.passed)
                if not verdict.passed:
                    self._ledger.refuse(sentence, verdict.reason, verdict.score)
                    continue
                accepted = Sentence(text=sentence, evidence_ids=verdict.evidence_ids, method=Method.VERIFIED, score=verdict.score)
                await self._ledger.accept(accepted)

    async def _judge(self, sentence: str) -> Verdict:
        if dangling := self._sense.find_dangling(sentence):
            return Verdict(dangling)
        return await asyncio.to_thread(self._verifier.verify, sentence)
