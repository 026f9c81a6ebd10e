"""Ties a sentence to the lines of the evidence that it could rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.checks.values import without_values
from answers.evidence import Evidence, Kind, Unit
from knowledge_base.text import sentences, stems

_CLAUSE = re.compile(r";\s+|,?\s+(?:while|whereas)\s+|,\s+(?:and|but)\s+|\s+and\s+(?=(?:it|they|you|we|is|are|takes?|costs?)\b)", re.I)
_NO_SUBJECT = re.compile(r"(?:it|they|this|these|is|are|takes?|costs?|can|cannot|has|have|does|do)\b", re.I)
_OWN_WORDS = 2
_BEST = 0.85
"""Lines that share nearly as many words with the sentence as the best one count as aligned with it."""


@dataclass(frozen=True)
class Line:
    """One statement of the evidence: a sentence or list item, or a clause of it that stands on its own.

    Attributes:
        text: Its words; a list item carries the line that leads in.
        context: Stems of the text, of what it stands under, and of the subject that it shares.
    """

    unit: Unit
    text: str
    context: frozenset[str]


@dataclass(frozen=True)
class Match:
    """A line that a clause could rest on.

    Attributes:
        overlap: The share of the clause's words that the line has, 0 to 1.
        novel: The clause's stems that the line lacks; values are left to their own check.
    """

    line: Line
    overlap: float
    novel: frozenset[str]


def split_lines(evidence: Evidence) -> list[Line]:
    """Split the evidence into statements."""
    return [line for unit in evidence.units for text in _sentences(unit.text) for line in _statements(unit, text)]


def receipts_only(lines: Sequence[Line]) -> list[Line]:
    """Keep the lines of committed operations."""
    return [line for line in lines if line.unit.kind is Kind.RECEIPT]


def split_clauses(sentence: str) -> list[str]:
    """Split a sentence into the clauses that can be checked on their own."""
    return [clause.strip() for clause in _CLAUSE.split(sentence) if clause and clause.strip()] or [sentence]


def align(clause: str, subject: str, lines: Sequence[Line]) -> list[Match]:
    """Find the lines nearest to a clause, best first; empty when none shares a word.

    Args:
        clause: The clause.
        subject: What a pronoun in it stands for: the words before it; may be empty.
        lines: The evidence.
    """
    wanted = frozenset(stems(without_values(f"{subject} {clause}")))
    if not wanted:
        return []
    found = [Match(line, len(wanted & line.context) / len(wanted), wanted - line.context) for line in lines]
    best = max((match.overlap for match in found), default=0.0)
    near = [match for match in found if match.overlap > 0 and match.overlap >= _BEST * best]
    return sorted(near, key=lambda match: -match.overlap)


def _sentences(text: str) -> list[str]:
    lead, *items = text.split("\n- ")
    return [f"{lead} {item}" for item in items] if items else sentences(text)


def _statements(unit: Unit, sentence: str) -> list[Line]:
    headings = [unit.passage.title, *unit.passage.headings] if unit.passage is not None else []
    first, *others = split_clauses(sentence)
    found = [Line(unit, first, frozenset(stems(" ".join([*headings, first]))))]
    for clause in others:
        subject = [first] if needs_subject(clause) else []
        found.append(Line(unit, clause, frozenset(stems(" ".join([*headings, *subject, clause])))))
    return found


def needs_subject(clause: str) -> bool:
    """Whether a clause speaks about what stands before it: "and is free from 60 EUR", "it takes 3 days"."""
    return bool(_NO_SUBJECT.match(clause)) or len(stems(without_values(clause))) < _OWN_WORDS
