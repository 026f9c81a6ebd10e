"""What an answer may rest on: live facts, receipts, and the sentences of passages, each with how well it fits the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import structlog

from answers.confidence import sure
from answers.familiar import NOT_FAMILIAR, Nearness
from answers.hearsay import quoted
from answers.models import Fact
from knowledge_base.embedders.base import Embedder
from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import Candidate, FloatArray, Passage, ProductLine
from knowledge_base.retrievers.product_evidence import EvidenceRanker, EvidenceRanking
from knowledge_base.screening.screen import Screen, Suspicion, asks
from knowledge_base.text import sentences
from knowledge_base.vocabulary import readings

log = structlog.get_logger(__name__)

_WORD_WEIGHT = 0.1
"""BM25 beside the cosine; measured on public sets of product questions (docs/answers.md)."""
_ASKED_WEIGHT = 0.3
"""How far a section counts as near where a question that it answers is nearer than its own words."""
_TOPIC_BONUS = 0.03
_ELSEWHERE_FROM, _ELSEWHERE_WEIGHT = 0.45, 0.3
"""What records seldom tell costs a fact some of its confidence; chosen on our own questions about products (benchmarks/idk/dev.yml)."""
_MAX_LIST_CHARS = 700


class Kind(StrEnum):
    """Where a unit comes from."""

    FACT = "fact"
    """A live record."""
    RECEIPT = "receipt"
    """A committed operation."""
    PASSAGE = "passage"
    """An article."""
    HEARSAY = "hearsay"
    """A customer's words, quoted as such."""
    AUDITED = "audited"
    """Words that a person stands for."""


@dataclass(frozen=True)
class Unit:
    """A complete thought: a sentence, or a list with the line that leads in.

    Attributes:
        evidence_id: Names the fact, receipt or passage.
        score: How well it fits the question; comparable within one question.
        cosine: Its similarity in meaning, -1 to 1.
        coverage: The share of the question's words that its passage holds, weighted by rarity, 0 to 1.
        on_topic: Whether its article is about what the question was understood to be about.
    """

    evidence_id: str
    kind: Kind
    text: str
    passage: Passage | None = None
    position: int = 0
    score: float = 0.0
    cosine: float = 0.0
    coverage: float = 0.0
    on_topic: bool = False


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
        return sure(best.cosine, best.coverage, self.nearness.nearest, self.nearness.elsewhere, on_topic=best.on_topic)

    def of_kind(self, kind: Kind) -> list[Unit]:
        """Give the units of one kind, in order."""
        return [unit for unit in self.units if unit.kind is kind]

    def for_model(self) -> Evidence:
        """Give what a model may read and rest on: everything but customers' words, in which instructions may hide."""
        return replace(self, units=tuple(unit for unit in self.units if unit.kind is not Kind.HEARSAY))

    def best(self, kind: Kind) -> Unit | None:
        """Give the unit of a kind that fits best, or None."""
        return max(self.of_kind(kind), key=lambda unit: unit.score, default=None)


def split_units(text: str) -> list[str]:
    """Split a passage's text into complete thoughts; a list stays with the line that leads in."""
    units: list[str] = []
    for line in text.splitlines():
        if not line.startswith("- "):
            units.extend(sentences(line))
        elif units and _takes_item(units[-1], line):
            units[-1] = f"{units[-1]}\n{line}"
        else:
            units.append(line)
    return units


def _takes_item(unit: str, line: str) -> bool:
    return (unit.endswith(":") or "\n- " in unit) and len(unit) + len(line) < _MAX_LIST_CHARS


def gather(
    question: str,
    candidates: Sequence[Candidate],
    facts: Sequence[Fact],
    receipts: Sequence[str],
    topic: str | None,
    embedder: Embedder,
    nearness: Nearness = NOT_FAMILIAR,
) -> Evidence:
    """Collect and score everything that an answer may rest on. Blocking."""
    screen = Screen(embedder)
    ranking, facts_units = _rank_facts(question, facts, embedder, screen)
    facts_confidence = ranking.confidence - _ELSEWHERE_WEIGHT * max(nearness.elsewhere - _ELSEWHERE_FROM, 0.0)
    units = [*_of_receipts(receipts), *_of_passages(candidates, screen)]
    if not units:
        return Evidence(tuple(facts_units), facts_confidence, nearness)
    cosines = np.max([_cosines(reading, units, embedder) for reading in readings(question)], axis=0)
    words = _share_words(question, units)
    scored = [_scored(unit, float(cosines[n]), float(words[n]), topic, nearness) for n, unit in enumerate(units)]
    return Evidence((*facts_units, *scored), facts_confidence, nearness)


def _rank_facts(question: str, facts: Sequence[Fact], embedder: Embedder, screen: Screen) -> tuple[EvidenceRanking, list[Unit]]:
    """Score the facts as what is known of one thing, in the reading of the question that they answer best."""
    spoken = [(fact, unit) for fact in facts if (unit := _of_fact(fact, screen)) is not None]
    lines = [ProductLine(fact.line or unit.text) for fact, unit in spoken]
    ranker = EvidenceRanker(embedder)
    ranking = max((ranker.rank(reading, lines) for reading in readings(question)), key=lambda one: one.confidence)
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


def _of_receipts(receipts: Sequence[str]) -> Iterator[Unit]:
    for number, receipt in enumerate(receipts):
        yield Unit(f"receipt:{number}", Kind.RECEIPT, receipt)


def _of_passages(candidates: Sequence[Candidate], screen: Screen) -> Iterator[Unit]:
    """Give what passages state. An article may have been crawled, or tampered with: what the screen finds in one is no evidence."""
    for candidate in candidates:
        passage, units = candidate.passage, split_units(candidate.passage.text)
        found = screen.judge_passage(units, passage.above)
        if any(found):
            log.warning("evidence.left_out", passage_id=passage.passage_id, reasons=sorted({str(one) for one in found if one}))
        for position, (text, suspicion) in enumerate(zip(units, found, strict=True)):
            # A question states nothing, and whoever wrote it wants something else to be answered.
            if suspicion is Suspicion.NONE and not asks(text):
                yield Unit(passage.passage_id, Kind.PASSAGE, text, passage, position, coverage=candidate.coverage)


def _in_context(unit: Unit) -> str:
    """A sentence says little without the headings that it stands under."""
    if unit.passage is None:
        return unit.text
    return f"{unit.passage.above}. {unit.text}"


def _cosines(question: str, units: Sequence[Unit], embedder: Embedder) -> FloatArray:
    vectors = embedder.embed([question, *[unit.text for unit in units], *[_in_context(unit) for unit in units]])
    asked, bare, placed = vectors[0], vectors[1 : 1 + len(units)], vectors[1 + len(units) :]
    return np.asarray(0.5 * (bare @ asked) + 0.5 * (placed @ asked), dtype=np.float32)


def _share_words(question: str, units: Sequence[Unit]) -> FloatArray:
    index = LexicalIndex([_in_context(unit) for unit in units])
    scores = np.max([index.score(reading) for reading in readings(question)], axis=0)
    return np.asarray(scores / max(float(scores.max()), 1e-6), dtype=np.float32)
