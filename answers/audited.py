"""Answers that a person has read and stands for, given to the very questions that they were written for, without search or model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import structlog
import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from answers.errors import AuditedAnswersUnreadable
from answers.units import Kind, Unit, split_units
from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import Passage

log = structlog.get_logger(__name__)

_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|excuse me|sorry|quick question)\s+)+|\s+(?:please|thanks|thank you)$"
)
_NOT_WORDS = re.compile(r"[^\w']+")


class AuditedAnswer(BaseModel):
    """One entry of the file.

    Attributes:
        questions: Wordings that it answers.
        text: What is said, word by word.
        section: The passage that the text is taken from, such as "gift-cards#lost-codes"; empty where the auditor alone vouches.
        auditor: Who stands for it.
        audited: When they read it.
        valid_from, valid_to: The days between which it may be said, both included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    questions: tuple[str, ...] = Field(min_length=1)
    text: str = Field(min_length=1)
    section: str = ""
    auditor: str = Field(min_length=1)
    audited: date
    valid_from: date = date.min
    valid_to: date

    def holds_on(self, day: date) -> bool:
        """Whether it may be said on a day."""
        return max(self.audited, self.valid_from) <= day <= self.valid_to


@dataclass(frozen=True)
class Audited:
    """An entry that holds now, with the passage that bears it."""

    entry: AuditedAnswer
    units: tuple[Unit, ...]


class AuditedAnswers:
    """All entries, by the questions that they answer."""

    def __init__(self, entries: Sequence[AuditedAnswer], knowledge: KnowledgeBase, today: Callable[[], date] | None = None) -> None:
        """Take the entries.

        Raises:
            AuditedAnswersUnreadable: If two entries answer one question.
        """
        self._knowledge = knowledge
        self._today = today or (lambda: datetime.now(UTC).date())
        self._by_question: dict[str, AuditedAnswer] = {}
        for entry in entries:
            for question in map(normalise, entry.questions):
                other = self._by_question.setdefault(question, entry)
                if other is not entry:
                    message = f"Two audited answers, {other.id!r} and {entry.id!r}, answer {question!r}. Take it out of one."
                    raise AuditedAnswersUnreadable(message)

    async def find(self, question: str) -> Audited | None:
        """Find the entry for exactly this question; None where there is none, or where it does not hold any more."""
        entry = self._by_question.get(normalise(question))
        if entry is None or not entry.holds_on(self._today()):
            return None
        if not entry.section:
            return Audited(entry, _units(entry, None))
        try:
            passage = await self._knowledge.get_passage(entry.section)
        except KnowledgeBaseError as exc:
            log.warning("audited.section_missing", entry=entry.id, section=entry.section, error=type(exc).__name__)
            return None
        if _flat(entry.text) not in _flat(passage.text):
            log.warning("audited.section_changed", entry=entry.id, section=entry.section)
            return None
        return Audited(entry, _units(entry, passage))


def normalise(question: str) -> str:
    """Bring wordings that differ in case, punctuation, spaces or courtesy to one form."""
    plain = unicodedata.normalize("NFKC", question).casefold().replace("’", "'")
    return _GREETING.sub("", _NOT_WORDS.sub(" ", plain).strip()).strip()


def load(path: Path, knowledge: KnowledgeBase) -> AuditedAnswers:
    """Read the file.

    Raises:
        AuditedAnswersUnreadable: If it is missing or malformed.
    """
    try:
        entries = TypeAdapter(list[AuditedAnswer]).validate_python(yaml.safe_load(path.read_text("utf8")) or [])
    except (OSError, yaml.YAMLError, ValidationError) as exc:
        message = f"The audited answers in {str(path)!r} cannot be read: {exc}"
        raise AuditedAnswersUnreadable(message) from exc
    return AuditedAnswers(entries, knowledge)


def _units(entry: AuditedAnswer, passage: Passage | None) -> tuple[Unit, ...]:
    kind = Kind.AUDITED if passage is None else Kind.PASSAGE
    evidence_id = f"audited:{entry.id}" if passage is None else passage.passage_id
    texts = split_units(entry.text)
    return tuple(Unit(evidence_id, kind, text, passage, position, score=1.0, cosine=1.0) for position, text in enumerate(texts))


def _flat(text: str) -> str:
    return " ".join(text.split())
