"""Quotes the sentences of the evidence that answer. Needs no model, and says nothing that nobody wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator

from answers.evidence import Evidence, Kind, Unit
from answers.settings import AnswerSettings

_MAX_UNITS = 3
_MAX_FACTS = 3
_MAX_CHARS = 600
_CLOSE = 0.1
"""A further sentence is added while it fits nearly as well as the best one."""
_FACT_CLOSE = 0.12
_OTHER_PASSAGE_CLOSE = 0.03
_POINTING = (
    "this ",
    "that ",
    "these ",
    "those ",
    "it ",
    "they ",
    "then ",
    "otherwise",
    "if so",
    "in that case",
    "in this case",
    "after that",
)


class ExtractiveGenerator:
    """Live facts first, then one to three sentences of the passages that fit best, in reading order."""

    name = "extractive"

    def __init__(self, min_score: float, min_fact_score: float) -> None:
        """Take the scores below which evidence is not spoken of."""
        self._min_score = min_score
        self._min_fact_score = min_fact_score

    def choose(self, evidence: Evidence) -> list[Unit]:
        """Choose what to quote; empty when nothing fits well enough."""
        facts = _close(evidence.of_kind(Kind.FACT), self._min_fact_score, _FACT_CLOSE)[:_MAX_FACTS]
        best = evidence.best(Kind.PASSAGE)
        if best is None or best.score < self._min_score or (facts and facts[0].score >= best.score):
            return facts
        return [*facts, *self._quote(best, evidence)]

    def _quote(self, best: Unit, evidence: Evidence) -> list[Unit]:
        passages = evidence.of_kind(Kind.PASSAGE)
        chosen = [best]
        for unit in _close(passages, self._min_score, _CLOSE):
            near = unit.evidence_id == best.evidence_id or unit.score >= best.score - _OTHER_PASSAGE_CLOSE
            if near and unit not in chosen and len(chosen) < _MAX_UNITS and _length(chosen) + len(unit.text) <= _MAX_CHARS:
                chosen.append(unit)
        return _in_reading_order(_completed(chosen, passages), best)

    async def generate(self, question: str, evidence: Evidence) -> str:
        """Quote what answers."""
        return "".join([piece async for piece in self.stream(question, evidence)])

    async def stream(self, question: str, evidence: Evidence) -> AsyncIterator[str]:
        """Quote what answers, sentence by sentence."""
        for number, unit in enumerate(self.choose(evidence)):
            yield f"\n{unit.text}" if number else unit.text


def _close(units: list[Unit], least: float, distance: float) -> list[Unit]:
    """Give the units that fit nearly as well as the best of them, best first."""
    ranked = sorted((unit for unit in units if unit.score >= least), key=lambda unit: -unit.score)
    return [unit for unit in ranked if unit.score >= ranked[0].score - distance]


def _length(units: list[Unit]) -> int:
    return sum(len(unit.text) for unit in units)


def _completed(chosen: list[Unit], passages: list[Unit]) -> list[Unit]:
    """Add the sentence before one that points back at it ("This also holds for …")."""
    known = {(unit.evidence_id, unit.position): unit for unit in passages}
    completed = list(chosen)
    for unit in chosen:
        before = known.get((unit.evidence_id, unit.position - 1))
        if before is not None and before not in completed and unit.text.lower().startswith(_POINTING):
            completed.append(before)
    return completed


def _in_reading_order(units: list[Unit], best: Unit) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.evidence_id != best.evidence_id, unit.evidence_id, unit.position))


def create(settings: AnswerSettings) -> ExtractiveGenerator:
    """Build the generator."""
    return ExtractiveGenerator(settings.min_score, settings.min_fact_score)
