"""Questions that are asked again and again: which section answers them, and which of them help pages seldom answer.

A question is nearer to another question than to the text that answers it. So the ways of asking that a shop knows lead to its sections, and
a question that is nearest to what shops are asked beside that ("who is your CEO") is one to be wary of. Nothing is decided here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import structlog
import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from answers.errors import FamiliarQuestionsUnreadable
from answers.leaning import Leaning
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import FloatArray, PassageId
from knowledge_base.vector_cache import VectorCache
from knowledge_base.vocabulary import readings

log = structlog.get_logger(__name__)

_ELSEWHERE = Path(__file__).with_name("elsewhere.yml")
_MOST_SECTIONS = 4
_ENOUGH = 300
"""With fewer ways of asking than these, what lies around a question says more about who wrote them than about what is answered."""


class AskedSection(BaseModel):
    """One entry of the file: a section of an article, such as "gift-cards#lost-codes", and how customers ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str = Field(min_length=1)
    questions: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Nearness:
    """How near a question is to those that are familiar; all figures are cosines.

    Attributes:
        sections: The sections that answer the nearest ones, nearest first.
        elsewhere: How near the nearest question is that help pages seldom answer; 0 where none is known.
        leaning: To which side all of them lean, about -1 (seldom answered) to 1; None where too few ways of asking are known.
    """

    sections: Mapping[PassageId, float] = field(default_factory=dict)
    elsewhere: float = 0.0
    leaning: float | None = None

    @property
    def nearest(self) -> float | None:
        """How near the nearest question with an answer is; None where none is known."""
        return max(self.sections.values(), default=None)

    def of(self, section: str) -> float:
        """How near the nearest question is that a section answers; 0 where none of its questions is near."""
        return self.sections.get(PassageId(section), 0.0)

    def within(self, sections: Collection[PassageId]) -> Nearness:
        """Leave out sections that are not there, or that customers may not see."""
        kept = {section: near for section, near in self.sections.items() if section in sections}
        # All of them lean as if every section were shown; where the nearest one is not, they say nothing.
        nearest = max(self.sections, key=lambda section: self.sections[section], default=None)
        return replace(self, sections=kept, leaning=self.leaning if nearest in kept else None)


NOT_FAMILIAR = Nearness()


class FamiliarQuestions:
    """Finds what is asked in other words. Embeds its questions at the first use."""

    def __init__(self, sections: Sequence[AskedSection], elsewhere: Sequence[str], embedder: Embedder, cache: Path | None = None) -> None:
        """Take the questions with an answer, those that help pages seldom answer, the embedder, and a file that keeps vectors."""
        self._sections = [PassageId(one.section) for one in sections for _ in one.questions]
        self._questions = [question for one in sections for question in one.questions]
        self._elsewhere = list(elsewhere)
        self._embedder = embedder
        self._keeper = VectorCache(embedder, cache) if cache else embedder
        self._lock = Lock()

    def prepare(self) -> None:
        """Embed all questions now, before somebody waits for it. Blocking."""
        with self._lock:
            _ = self._vectors, self._leaning

    def near(self, question: str, *, leave_out: str = "") -> Nearness:
        """Say how near a question is, in the reading that is nearest. Blocking.

        Args:
            question: The customer's words.
            leave_out: A question that counts as unfamiliar though it stands here: one that is judged while thresholds are fitted.
        """
        with self._lock:
            (known, elsewhere), leaning = self._vectors, self._leaning
        asked = self._embedder.embed(readings(question)).T
        here, there = known @ asked, elsewhere @ asked
        place = self._places.get(_plain(leave_out)) if leave_out else None
        lean = leaning.of(np.concatenate([here[:, 0], there[:, 0]]), without=place) if leaning else None
        if place is not None:
            rows, row = (here, place) if place < len(here) else (there, place - len(here))
            rows[row] = -1.0
        return Nearness(self._nearest_sections(here), float(there.max(initial=0.0)), lean)

    def _nearest_sections(self, cosines: FloatArray) -> dict[PassageId, float]:
        found: dict[PassageId, float] = {}
        nearness = cosines.max(axis=1)
        for place in np.argsort(-nearness, kind="stable"):
            if len(found) == _MOST_SECTIONS:
                break
            found.setdefault(self._sections[place], float(nearness[place]))
        return found

    @cached_property
    def _leaning(self) -> Leaning | None:
        return Leaning(*self._vectors) if len(self._questions) >= _ENOUGH else None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {_plain(question): place for place, question in enumerate([*self._questions, *self._elsewhere])}

    @cached_property
    def _vectors(self) -> tuple[FloatArray, FloatArray]:
        try:
            return self._keeper.embed(self._questions), self._keeper.embed(self._elsewhere)
        except (sqlite3.Error, OSError) as exc:
            log.warning("familiar.vectors_not_kept", error=type(exc).__name__)
            return self._embedder.embed(self._questions), self._embedder.embed(self._elsewhere)


def _plain(question: str) -> str:
    return question.casefold().strip("?.! ")


def load(path: Path | None, embedder: Embedder, cache: Path | None = None) -> FamiliarQuestions:
    """Read a shop's questions by section, and the shipped ones that help pages seldom answer.

    Args:
        path: The file; None for a shop that keeps none.
        embedder: Compares questions.
        cache: Keeps their vectors between starts; None to embed them at every start.

    Raises:
        FamiliarQuestionsUnreadable: If the file is missing or malformed.
    """
    return FamiliarQuestions(read_sections(path) if path else [], read_elsewhere(), embedder, cache)


def read_sections(path: Path) -> list[AskedSection]:
    """Read the ways of asking by section.

    Raises:
        FamiliarQuestionsUnreadable: If the file is missing or malformed.
    """
    try:
        return TypeAdapter(list[AskedSection]).validate_python(yaml.safe_load(path.read_text("utf8")) or [])
    except (OSError, yaml.YAMLError, ValidationError) as exc:
        message = f"The familiar questions in {str(path)!r} cannot be read: {exc}"
        raise FamiliarQuestionsUnreadable(message) from exc


def read_elsewhere() -> list[str]:
    """Read the shipped questions that help pages seldom answer."""
    by_matter: dict[str, list[str]] = yaml.safe_load(_ELSEWHERE.read_text("utf8"))
    return [question for questions in by_matter.values() for question in questions]
