"""The one door to answering."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from answers.audited import AuditedAnswers
from answers.entailers.base import Entailer
from answers.evidence import Evidence, gather
from answers.familiar import NOT_FAMILIAR, FamiliarQuestions
from answers.generators.base import AnswerGenerator
from answers.generators.extractive import ExtractiveGenerator
from answers.ledger import Ledger, OnSentence
from answers.models import Answer, Fact, Method
from answers.passages import PassageReader
from answers.settings import AnswerSettings
from answers.writer import Writer
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase


class Answerer:
    """Finds evidence for a question and says what it supports, no more."""

    def __init__(
        self,
        settings: AnswerSettings,
        knowledge: KnowledgeBase,
        embedder: Embedder,
        generator: AnswerGenerator,
        *,
        audited: AuditedAnswers | None = None,
        familiar: FamiliarQuestions | None = None,
        entailer: Entailer | None = None,
    ) -> None:
        """Take the parts."""
        self._settings = settings
        self._knowledge = knowledge
        self._embedder = embedder
        self._generator = generator
        self._audited = audited
        self._familiar = familiar
        self._writer = None if isinstance(generator, ExtractiveGenerator) else Writer(settings, generator, embedder, entailer)
        # The shop's own name says nothing of the matter, and stands on pages that do not answer.
        self._brand = re.compile(re.escape(settings.brand_name or "the shop").replace(r"\&", "(?:&|and)"), re.IGNORECASE)
        self._passages = PassageReader(embedder, settings.familiar_vectors)
        self._extractive = ExtractiveGenerator(settings.min_confidence, settings.min_fact_confidence)

    async def prepare(self) -> None:
        """Do what the first question would wait for."""
        if self._familiar is not None:
            await asyncio.to_thread(self._familiar.prepare)
        read = await self._knowledge.list_public_passages()
        await asyncio.to_thread(self._passages.prepare, read)

    async def answer(
        self,
        question: str,
        *,
        facts: Sequence[Fact] = (),
        receipts: Sequence[str] = (),
        topic: str | None = None,
        on_sentence: OnSentence | None = None,
    ) -> Answer:
        """Answer a question from articles and records.

        Args:
            question: The customer's words.
            facts: Live lines from records that may answer; those that fit come first in the answer.
            receipts: The texts of committed operations; only they allow a model to say that something was done.
            topic: The topic that the question is known to be about; articles on it are preferred.
            on_sentence: Called with (text, offset) as sentences are accepted; an offset of 0 begins anew.

        Returns:
            The answer with citations, or `known=False` where the evidence does not answer.
        """
        ledger = Ledger(on_sentence)
        # Live records know better than any text that was audited once.
        if not facts and not receipts and (answer := await self._repeat_audited(question, ledger)) is not None:
            return answer
        evidence = await self._gather(question, facts, receipts, topic)
        chosen = self._extractive.choose(evidence)
        if not chosen:
            return ledger.give_up()
        readable = evidence.for_model()
        if self._writer is not None and readable.units and await self._writer.write(question, readable, ledger):
            return ledger.close(self._generator.name, evidence)
        ledger.start_over()
        for unit in chosen:
            await ledger.quote(unit)
        return ledger.close(self._extractive.name, evidence)

    async def _repeat_audited(self, question: str, ledger: Ledger) -> Answer | None:
        found = await self._audited.find(question) if self._audited is not None else None
        if found is None:
            return None
        for unit in found.units:
            await ledger.quote(unit, Method.AUDITED)
        return ledger.close("audited", Evidence(found.units))

    async def _gather(self, question: str, facts: Sequence[Fact], receipts: Sequence[str], topic: str | None) -> Evidence:
        question = await self._knowledge.spell_out(self._brand.sub("the shop", question))
        nearness = await asyncio.to_thread(self._familiar.near, question) if self._familiar is not None else NOT_FAMILIAR
        candidates = await self._knowledge.search(question, self._settings.passages, also=nearness.sections)
        nearness = nearness.within([candidate.passage.passage_id for candidate in candidates])
        return await asyncio.to_thread(gather, question, candidates, facts, receipts, topic, self._embedder, nearness, self._passages)
