"""Decides whether a written sentence may be sent. Whatever cannot be tied to evidence may not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from answers.checks import wording
from answers.checks.antonyms import harmless
from answers.checks.flips import find_flip
from answers.checks.support import Line, Match, align, needs_subject, receipts_only, split_clauses, split_lines
from answers.checks.values import find_values, unsupported, without_values
from answers.entailers.base import Entailer
from answers.evidence import Evidence
from knowledge_base.embedders.base import Embedder
from knowledge_base.text import stems

_MIN_WORDS = 2
_MIN_OVERLAP = 0.6
_MIN_COSINE = 0.6
_MAX_CHARS = 400


@dataclass(frozen=True)
class Verdict:
    """Whether a sentence may be sent.

    Attributes:
        reason: Why not; empty when it may.
        evidence_ids: What it rests on.
        score: How well it is supported, 0 to 1.
    """

    reason: str
    evidence_ids: tuple[str, ...] = ()
    score: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether it may be sent."""
        return not self.reason


class Verifier:
    """Checks the sentences of one draft, in order. Blocking.

    Values, names and links have to stand in the lines that the sentence is nearest to; its words in those lines and their
    passage; nothing may be turned round; deeds need a receipt; promises never pass.
    """

    def __init__(self, evidence: Evidence, embedder: Embedder, entailer: Entailer | None = None) -> None:
        """Take the evidence of one question, and a model's second opinion where one is configured."""
        self._evidence = evidence
        self._entailer = entailer
        self._lines = split_lines(evidence)
        self._text = "\n".join([line.text for line in self._lines] + [_titles(line) for line in self._lines])
        self._words = self._text.casefold()
        self._embedder = embedder
        self._sent: tuple[str, Verdict] | None = None

    def verify(self, sentence: str) -> Verdict:
        """Check the next sentence of the draft."""
        verdict = self._judge(sentence)
        if verdict.passed and not self._is_entailed(sentence, verdict):
            verdict = Verdict("not entailed by its evidence", verdict.evidence_ids, verdict.score)
        self._sent = (sentence, verdict) if verdict.passed else None
        return verdict

    def _is_entailed(self, sentence: str, verdict: Verdict) -> bool:
        if self._entailer is None:
            return True
        premise = " ".join(unit.text for unit in self._evidence.units if unit.evidence_id in verdict.evidence_ids)
        before = f"{self._sent[0]} " if self._sent is not None and wording.points_back(sentence) else ""
        return self._entailer.entails(premise, before + sentence)

    def _judge(self, sentence: str) -> Verdict:
        if reason := self._find_forbidden(sentence):
            return Verdict(reason)
        lines = receipts_only(self._lines) if wording.says_done(sentence) else self._lines
        if not wording.points_back(sentence):
            return self._judge_clauses(sentence, "", lines)
        if self._sent is None:
            return Verdict("points back at nothing that was sent")
        before, verdict = self._sent
        # "It" means what the sentence before is about: with a value, that has to stand in the same line; else on the same page.
        subject = before if find_values(sentence) else ""
        pages = {_page(line) for line in lines if line.unit.evidence_id in verdict.evidence_ids}
        return self._judge_clauses(sentence, subject, [line for line in lines if _page(line) in pages])

    def _find_forbidden(self, sentence: str) -> str:
        if len(sentence) > _MAX_CHARS:
            return "too long"
        if sentence.rstrip().endswith("?"):
            return "asks instead of answering"
        if wording.has_markup(sentence):
            return "markup"
        if links := [link for link in wording.find_links(sentence) if link.casefold() not in self._words]:
            return f"a link that no evidence has: {links[0]}"
        if wording.says_done(sentence) and not receipts_only(self._lines):
            return "says that something was done, without a receipt"
        if wording.promises(sentence):
            return "promises"
        if names := [name for name in wording.find_names(sentence) if name.casefold() not in self._words]:
            return f"a name that no evidence has: {names[0]}"
        return "" if len(stems(sentence)) >= _MIN_WORDS else "says nothing"

    def _judge_clauses(self, sentence: str, subject: str, lines: list[Line]) -> Verdict:
        found: list[Match] = []
        for clause in split_clauses(sentence):
            about = subject if not found else sentence.split(clause)[0] if needs_subject(clause) else ""
            match, reason = _find_support(clause, about, lines)
            if match is None:
                return Verdict(reason)
            found.append(match)
        cosine = self._compare(sentence, [match.line.text for match in found])
        if cosine < _MIN_COSINE:
            return Verdict("another matter than its evidence", score=cosine)
        ids = dict.fromkeys(match.line.unit.evidence_id for match in found)
        return Verdict("", tuple(ids), round(min([cosine, 1.0, *(match.overlap for match in found)]), 3))

    def _compare(self, sentence: str, lines: list[str]) -> float:
        evidence = " ".join(dict.fromkeys(lines))
        if evidence == sentence:
            return 1.0
        vectors = self._embedder.embed([sentence, evidence])
        return float(np.dot(vectors[0], vectors[1]))


def _find_support(clause: str, subject: str, lines: list[Line]) -> tuple[Match | None, str]:
    """Find one line that bears everything a clause says; else the reason why the nearest does not."""
    reason = ""
    for match in align(clause, subject, lines):
        fault = _find_fault(clause, match)
        if not fault:
            return match, ""
        reason = reason or fault
    return None, reason or "no evidence"


def _find_fault(clause: str, match: Match) -> str:
    if missing := list(unsupported(find_values(clause), find_values(match.line.text))):
        return f"a value that its evidence lacks: {missing[0].text}"
    if match.overlap < _MIN_OVERLAP:
        return "too far from its evidence"
    if novel := sorted(match.novel - harmless()):
        return f"words that its evidence lacks: {', '.join(novel)}"
    if apart := _joined_from_apart(clause, match.line):
        return f"joins words that its evidence has apart: {apart}"
    flip = find_flip(clause, [match.line.text])
    return f"turns its evidence round: {flip}" if flip else ""


def _joined_from_apart(clause: str, line: Line) -> str:
    """Find two neighbouring words that the line itself lacks and that nothing above it has side by side.

    Titles lend a line its subject. "Gift wrapping and greeting cards" must not lend it gift cards.
    """
    headings = [line.unit.passage.title, *line.unit.passage.headings] if line.unit.passage is not None else []
    above = [*headings, line.unit.text]
    known = {pair for text in above for pair in pairwise(stems(text))}
    own, words = frozenset(stems(line.text)), stems(without_values(clause))
    lent = [pair for pair in pairwise(words) if not own & set(pair) and set(pair) <= line.context]
    return next((" ".join(pair) for pair in lent if pair not in known), "")


def _titles(line: Line) -> str:
    return " ".join([line.unit.passage.title, *line.unit.passage.headings]) if line.unit.passage is not None else ""


def _page(line: Line) -> str:
    return line.unit.passage.slug if line.unit.passage is not None else line.unit.evidence_id
