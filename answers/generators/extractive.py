"""Quotes the sentences of the evidence that answer. Needs no model, and says nothing that nobody wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator

from answers.evidence import Evidence
from answers.settings import AnswerSettings
from answers.units import Kind, Unit

_MAX_UNITS = 3
_MAX_FACTS = 3
_MAX_CHARS = 420
_FACT_CLOSE = 0.12
_SPREAD = 0.4
"""How far below the best sentence its neighbours may fit: an answer is a stretch of text, not a list of hits."""
_LEAD_CLOSE = 0.2
"""How far below a page's lead the section may fit that says more than the lead."""


class ExtractiveGenerator:
    """Live facts first, then one to three sentences of the passages that fit best, in reading order."""

    name = "extractive"

    def __init__(self, min_confidence: float, min_fact_confidence: float) -> None:
        """Take what evidence has to reach to be spoken of."""
        self._min_confidence = min_confidence
        self._min_fact_confidence = min_fact_confidence

    def choose(self, evidence: Evidence) -> list[Unit]:
        """Choose what to quote; empty when nothing fits well enough."""
        facts = self._choose_facts(evidence)
        best = evidence.best(Kind.PASSAGE)
        if best is None or evidence.passages_confidence < self._min_confidence or (facts and facts[0].score >= best.score):
            return facts
        return [*facts, *_quote(best, evidence.of_kind(Kind.PASSAGE))]

    def _choose_facts(self, evidence: Evidence) -> list[Unit]:
        if evidence.facts_confidence < self._min_fact_confidence:
            return []
        ranked = sorted([*evidence.of_kind(Kind.FACT), *evidence.of_kind(Kind.HEARSAY)], key=lambda unit: -unit.score)
        return [unit for unit in ranked if unit.score >= ranked[0].score - _FACT_CLOSE][:_MAX_FACTS]

    async def generate(self, question: str, evidence: Evidence) -> str:
        """Quote what answers."""
        return "".join([piece async for piece in self.stream(question, evidence)])

    async def stream(self, question: str, evidence: Evidence) -> AsyncIterator[str]:
        """Quote what answers, sentence by sentence."""
        for number, unit in enumerate(self.choose(evidence)):
            yield f"\n{unit.text}" if number else unit.text


def _quote(best: Unit, passages: list[Unit]) -> list[Unit]:
    if (section := _section_below(best, passages)) is None:
        return _stretch(best, passages)
    return [*_stretch(best, passages, most=2), *_stretch(section, passages, most=2)]


def _stretch(best: Unit, passages: list[Unit], most: int = _MAX_UNITS) -> list[Unit]:
    """Give the stretch of a passage around its best sentence, growing towards the neighbour that fits better."""
    around = {unit.position: unit for unit in passages if unit.evidence_id == best.evidence_id and unit.score >= best.score - _SPREAD}
    chosen = [best]
    while len(chosen) < most:
        beside = [around.get(chosen[0].position - 1), around.get(chosen[-1].position + 1)]
        room = _MAX_CHARS - sum(len(unit.text) for unit in chosen)
        fitting = [unit for unit in beside if unit is not None and len(unit.text) <= room]
        if not fitting:
            break
        chosen = sorted([*chosen, max(fitting, key=lambda unit: unit.score)], key=lambda unit: unit.position)
    return chosen


def _section_below(best: Unit, passages: list[Unit]) -> Unit | None:
    """A page's lead says what the page is about; the section below it that fits best says the thing itself."""
    if best.passage is None or best.passage.headings:
        return None
    below = [unit for unit in passages if unit.passage is not None and unit.passage.slug == best.passage.slug and unit.passage.headings]
    found = max(below, key=lambda unit: unit.score, default=None)
    return found if found is not None and found.score >= best.score - _LEAD_CLOSE else None


def create(settings: AnswerSettings) -> ExtractiveGenerator:
    """Build the generator."""
    return ExtractiveGenerator(settings.min_confidence, settings.min_fact_confidence)
