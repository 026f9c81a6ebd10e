"""What an answer may rest on: live facts, receipts, and the sentences of passages, each with how well it fits the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from answers.confidence import sure
from answers.familiar import NOT_FAMILIAR, Nearness
from answers.hearsay import quoted
from answers.models import Fact
from answers.passages import PassageReader, embed_units
from answers.units import Kind, Unit
from knowledge_base.embedders.base import Embedder
from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import Candidate, FloatArray, ProductLine
from knowledge_base.retrievers.product_evidence import EvidenceRanker, EvidenceRanking
from knowledge_base.screening.screen import Screen
from knowledge_base.vocabulary import readings

_WORD_WEIGHT = 0.1
"""BM25 beside the cosine; measured on public sets of product questions (docs/answers.md)."""
_ASKED_WEIGHT = 0.3
"""How far a section counts as near where a question that it answers is nearer than its own words."""
_TOPIC_BONUS = 0.03
_ELSEWHERE_FROM, _ELSEWHERE_WEIGHT = 0.45, 0.3
"""What records seldom tell costs a fact some of its confidence; chosen on our own questions about products (benchmarks/idk/dev.yml)."""


@dataclass(frozen=True)
class Evidence:
    """All that one answer may rest on, facts and receipts first, passages in the order of their fit.

    Attributes:
        facts_confidence: How sure it is that the best fact answers, comparable across questions; -1 without facts.
        nearness: How near the question is to those that are asked again and again.
    """

    units: tuple[Unit, ...] = ()
    facts_confidence: float = -1.0
    nearness: Nearness = NOT_FAMILIAR

    @property
    def passages_confidence(self) -> float:
        """How sure it is that the best passage answers, 0 to 1, comparable across questions."""
        best = self.best(Kind.PASSAGE)
        if best is None:
            return 0.0
        near = self.nearness
        return sure(best.cosine, best.coverage, near.nearest, near.elsewhere, near.leaning, on_topic=best.on_topic)

    def of_kind(self, kind: Kind) -> list[Unit]:
        """Give the units of one kind, in order."""
        return [unit for unit in self.units if unit.kind is kind]

    def for_model(self) -> Evidence:
        """Give what a model may read and rest on: everything but customers' words, in which instructions may hide."""
        return replace(self, units=tuple(unit for unit in self.units if unit.kind is not Kind.HEARSAY))

    def best(self, kind: Kind) -> Unit | None:
        """Give the unit of a kind that fits best, or None."""
        return max(self.of_kind(kind), key=lambda unit: unit.score, default=None)


def gather(
    question: str,
    candidates: Sequence[Candidate],
    facts: Sequence[Fact],
    receipts: Sequence[str],
    topic: str | None,
    embedder: Embedder,
    nearness: Nearness = NOT_FAMILIAR,
    reader: PassageReader | None = None,
) -> Evidence:
    """Collect and score everything that an answer may rest on. Blocking.

    Args:
        question: The customer's words.
        candidates: The passages that were found, best first.
        facts: Live lines from records.
        receipts: The texts of committed operations.
        topic: What the question was understood to be about.
        embedder: Compares them.
        nearness: How near the question is to familiar ones.
        reader: Remembers passages from earlier questions.
    """
    ranking, facts_units = _rank_facts(question, facts, embedder)
    facts_confidence = ranking.confidence - _ELSEWHERE_WEIGHT * max(nearness.elsewhere - _ELSEWHERE_FROM, 0.0)
    units, vectors = _told(candidates, receipts, embedder, reader or PassageReader(embedder))
    if not units:
        return Evidence(tuple(facts_units), facts_confidence, nearness)
    cosines = (vectors @ embedder.embed(readings(question)).T).max(axis=1)
    words = _share_words(question, units)
    scored = [_scored(unit, float(cosines[n]), float(words[n]), topic, nearness) for n, unit in enumerate(units)]
    return Evidence((*facts_units, *scored), facts_confidence, nearness)


def _rank_facts(question: str, facts: Sequence[Fact], embedder: Embedder) -> tuple[EvidenceRanking, list[Unit]]:
    """Score the facts as what is known of one thing, in the reading of the question that they answer best."""
    screen = Screen(embedder)
    spoken = [(fact, unit) for fact in facts if (unit := _of_fact(fact, screen)) is not None]
    lines = [ProductLine(fact.line or unit.text) for fact, unit in spoken]
    ranker, about = EvidenceRanker(embedder), next((fact.about for fact in facts if fact.about), None)
    ranking = max((ranker.rank(reading, lines, about) for reading in readings(question)), key=lambda one: one.confidence)
    scores = zip(spoken, ranking.scores.tolist(), ranking.cosines.tolist(), strict=True)
    return ranking, [replace(unit, score=score, cosine=cosine) for (_, unit), score, cosine in scores]


def _scored(unit: Unit, cosine: float, words: float, topic: str | None, nearness: Nearness) -> Unit:
    on_topic = bool(topic) and unit.passage is not None and unit.passage.topic == topic
    nearer = max(nearness.of(unit.evidence_id) - cosine, 0.0)
    score = cosine + _ASKED_WEIGHT * nearer + _WORD_WEIGHT * words + (_TOPIC_BONUS if on_topic else 0.0)
    return replace(unit, score=score, cosine=cosine, on_topic=on_topic)


def _of_fact(fact: Fact, screen: Screen) -> Unit | None:
    if not fact.by_customer:
        return Unit(fact.fact_id, Kind.FACT, fact.text)
    text = quoted(fact.text, screen)
    return Unit(fact.fact_id, Kind.HEARSAY, text) if text else None


def _told(
    candidates: Sequence[Candidate], receipts: Sequence[str], embedder: Embedder, reader: PassageReader
) -> tuple[list[Unit], FloatArray]:
    """Give the units of receipts and passages, and their vectors, one row each."""
    done = [Unit(f"receipt:{number}", Kind.RECEIPT, receipt) for number, receipt in enumerate(receipts)]
    read = [(candidate, reader.read(candidate.passage)) for candidate in candidates]
    units = [replace(unit, coverage=candidate.coverage) for candidate, passage in read for unit in passage.units]
    return [*done, *units], np.vstack([embed_units(done, embedder), *(passage.vectors for _, passage in read)])


def _share_words(question: str, units: Sequence[Unit]) -> FloatArray:
    index = _index(tuple(unit.placed for unit in units))
    scores = np.max([index.score(reading) for reading in readings(question)], axis=0)
    return np.asarray(scores / max(float(scores.max()), 1e-6), dtype=np.float32)


@lru_cache(maxsize=256)
def _index(texts: tuple[str, ...]) -> LexicalIndex:
    """Kept: questions about one matter find the same passages."""
    return LexicalIndex(texts)
