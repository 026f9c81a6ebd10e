"""Complete thoughts, the pieces that evidence is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.models import Passage
from knowledge_base.text import sentences

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

    @property
    def placed(self) -> str:
        """Its text under its headings: a sentence says little without them."""
        return self.text if self.passage is None else f"{self.passage.above}. {self.text}"


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
