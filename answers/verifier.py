"""Decides whether a written sentence may be sent. Whatever cannot be tied to evidence may not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from answers.checks import wording
from answers.checks.flips import find_flip, find_lost_condition
from answers.checks.lexicon import concepts, light_concepts, near_concepts
from answers.checks.normal import normalise
from answers.checks.numbers import without_own_count
from answers.checks.polarity import find_affirmed, find_duty, find_negation
from answers.checks.support import Line, Support, find_support, like, needs_subject, receipts_only, split_clauses, split_lines
from answers.checks.values import find_values, without_values
from answers.entailers.base import Entailer
from answers.evidence import Evidence
from answers.units import Kind
from knowledge_base.embedders.base import Embedder
from knowledge_base.text import sentences, stems

_MIN_OVERLAP = 1.0
_MIN_COSINE = 0.35
_MAX_CHARS = 400
_NAMED = 2
_FREE = "free"
_MONEY = "money"
_IS_FREE = re.compile(r"\b(?:is|are|was|were|comes?|stays?|remains?) (?:\w+ ){0,2}?free\b", re.IGNORECASE)


_ALSO = re.compile(r"\balso,?\s+", re.IGNORECASE)
"""Is taken off a sentence whose forerunner is not sent."""


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

    Values, names and links have to stand in the lines that the sentence rests on; its words in those lines and what they stand
    under; nothing may be turned round; deeds need a receipt; promises only where the evidence makes them.
    """

    def __init__(self, evidence: Evidence, embedder: Embedder, entailer: Entailer | None = None) -> None:
        """Take the evidence of one question, and a model's second opinion where one is configured."""
        self._evidence = evidence
        self._entailer = entailer
        self._lines = split_lines(evidence)
        texts = [*(unit.text for unit in evidence.units), *dict.fromkeys(line.above for line in self._lines)]
        self._raw = " ".join(texts).casefold()
        self._names: frozenset[str] = frozenset().union(*map(_words, texts))
        self._embedder = embedder
        self._sent: frozenset[str] | None = None
        self._before = ""
        self._first = True

    def verify(self, sentence: str) -> Verdict:
        """Check the next sentence of the draft."""
        verdict = self._judge(sentence)
        if verdict.passed and not self._is_entailed(sentence, verdict):
            verdict = Verdict("not entailed by its evidence", verdict.evidence_ids, verdict.score)
        self._sent, self._before, self._first = None, "", False
        if verdict.passed:
            self._sent = frozenset(line.subject for line in self._lines if line.unit.evidence_id in verdict.evidence_ids)
            self._before = f"{sentence} "
        return verdict

    def _is_entailed(self, sentence: str, verdict: Verdict) -> bool:
        if self._entailer is None:
            return True
        premise = " ".join(unit.text for unit in self._evidence.units if unit.evidence_id in verdict.evidence_ids)
        return self._entailer.entails(premise, (self._before if wording.points_back(sentence) else "") + sentence)

    def _judge(self, sentence: str) -> Verdict:
        if reason := self._find_forbidden(sentence):
            return Verdict(reason)
        lines = receipts_only(self._lines) if self._says_done(sentence) else self._lines
        if wording.points_back(normalise(sentence)):
            meant = self._pointed_at(sentence)
            lines = [line for line in lines if line in meant]
            if not lines:
                return Verdict("points back at nothing that was sent")
        elif quoted := self._find_quoted(sentence, lines):
            return Verdict("", (quoted,), 1.0)
        return self._judge_clauses(without_own_count(normalise(sentence)), lines)

    def _find_quoted(self, sentence: str, lines: list[Line]) -> str | None:
        """The evidence that says a sentence word for word, as an answer without a model would quote it."""
        said = _ALSO.sub("", sentence.strip())
        return next((line.unit.evidence_id for line in lines if said in _quotable(line.unit.text)), None)

    def _pointed_at(self, sentence: str) -> list[Line]:
        """What "it" can mean: what was sent just before; at the beginning the one record there is, or an article where words name it."""
        if self._sent is not None:
            return [line for line in self._lines if line.subject in self._sent]
        if not self._first:
            return []
        records = {line.page for line in self._lines if line.unit.kind is Kind.FACT}
        named = len(set(concepts(normalise(sentence)))) >= _NAMED
        return [line for line in self._lines if (len(records) == 1 if line.unit.kind is Kind.FACT else named)]

    def _find_forbidden(self, sentence: str) -> str:
        if len(sentence) > _MAX_CHARS:
            return "too long"
        if sentence.rstrip().endswith("?"):
            return "asks instead of answering"
        if wording.has_markup(sentence):
            return "markup"
        if links := [link for link in wording.find_links(sentence) if link.casefold() not in self._raw]:
            return f"a link that no evidence has: {links[0]}"
        if self._says_done(sentence) and not receipts_only(self._lines):
            return "says that something was done, without a receipt"
        if (grant := wording.find_grant(sentence)) and grant.casefold() not in self._raw:
            return f"a favour, or talk of itself, that no evidence has: {grant}"
        if wording.promises(sentence) and not wording.keeps_promise(sentence, self._raw):
            return "promises"
        if names := [name for name in wording.find_names(sentence) if not frozenset(stems(name, keep_stop_words=True)) <= self._names]:
            return f"a name that no evidence has: {names[0]}"
        return "" if self._says_something(normalise(sentence)) else "says nothing"

    def _says_something(self, sentence: str) -> bool:
        """Everyday words alone say something where a line of the evidence has all of them."""
        said = frozenset(stems(sentence))
        if concepts(sentence) or find_values(sentence):
            return bool(said)
        return len(said) >= _NAMED and any(said <= frozenset(stems(line.text)) for line in self._lines)

    def _says_done(self, sentence: str) -> bool:
        return any(" " not in deed or deed.casefold() not in self._raw for deed in wording.find_deeds(sentence))

    def _judge_clauses(self, sentence: str, lines: list[Line]) -> Verdict:
        found: list[Support] = []
        before = self._before if wording.points_back(sentence) else ""
        for clause in split_clauses(sentence):
            support = find_support(clause, before if needs_subject(clause) or before == self._before else "", lines)
            if fault := support.fault or self._find_fault(clause, sentence, support):
                return Verdict(fault)
            found.append(support)
            before = f"{before} {clause}"
        rested = [line for support in found for line in support.lines]
        weak = any(support.weak for support in found)
        if weak and (cosine := self._compare(sentence, [line.text for line in rested])) < _MIN_COSINE:
            return Verdict("another matter than its evidence", score=max(cosine, 0.0))
        ids = dict.fromkeys(line.unit.evidence_id for line in rested)
        return Verdict("", tuple(ids), round(min(0.5 * (support.overlap + support.likeness) for support in found), 3))

    def _compare(self, sentence: str, lines: list[str]) -> float:
        evidence = " ".join(dict.fromkeys(lines))
        if evidence == sentence:
            return 1.0
        vectors = self._embedder.embed([sentence, evidence])
        return float(np.dot(vectors[0], vectors[1]))

    def _about(self, clause: str, support: Support) -> list[Line]:
        """The lines that speak of all that a clause speaks of, wherever they stand: one of them may say the opposite."""
        spoken = frozenset(concepts(clause))
        if any(line.unit.kind is Kind.FACT for line in support.lines):
            return list(support.lines)
        return [line for line in self._lines if spoken and spoken <= line.own] or list(support.lines)

    def _find_fault(self, clause: str, sentence: str, support: Support) -> str:
        if support.novel and support.overlap < _MIN_OVERLAP:
            return f"words that its evidence lacks: {', '.join(sorted(support.novel))}"
        page = [line for line in self._lines if support.lines and line.page == support.lines[0].page]
        if apart := _joined_from_apart(clause, support, page) or _borrowed(clause, support, page) or _free_elsewhere(clause, support):
            return f"joins what its evidence has apart: {apart}"
        if unnamed := _price_of_anything(clause, support, page):
            return f"does not say what costs that: {unnamed}"
        flip = find_flip(clause, sentence, [line.text for line in support.lines])
        about = [line.text for line in self._about(clause, support)]
        if len(frozenset(concepts(clause))) > 1:
            flip = flip or (find_lost_condition(sentence, about) if wording.says_possible(clause) else None)
            flip = flip or find_negation(clause, about)
        if support.lines and support.lines[0].unit.kind is Kind.PASSAGE:
            told = [line.text for line in page]
            flip = flip or find_duty(clause, told) or find_affirmed(clause, told)
        return f"turns its evidence round: {flip}" if flip else ""


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """All words of a text, as stems. Kept, like the lines of the evidence."""
    return frozenset(stems(text, keep_stop_words=True))


@lru_cache(maxsize=4096)
def _quotable(text: str) -> frozenset[str]:
    """The sentences that an answer without a model would quote of a unit."""
    return frozenset(sentences(_ALSO.sub("", text.replace("\n- ", " "))))


def _joined_from_apart(clause: str, support: Support, page: Sequence[Line]) -> str:
    """Find the subject of a clause that stands elsewhere than what is said of it: one sentence's subject must not get another's verb."""
    light = light_concepts(clause)
    spoken = [one for one in concepts(clause) if one not in light]
    if not support.lines or support.lines[0].unit.kind is Kind.FACT or not spoken:
        return ""
    line, subject = support.lines[0], spoken[0]
    told = [other for other in support.lines if other.unit == line.unit]
    if not any(subject in other.reach for other in told):
        return subject
    if subject in line.own_reach or line.subject_word in {*spoken, ""}:
        return ""
    return subject if any(subject == other.subject_word for other in page if other.unit != line.unit) else ""


def _borrowed(clause: str, support: Support, page: Sequence[Line]) -> str:
    """Find what a clause says like another line than the one with its subject: that line's word stands in the heading of this one too."""
    if len(support.lines) != 1 or support.lines[0].unit.kind is not Kind.PASSAGE:
        return ""
    [line] = support.lines
    solid = frozenset(concepts(clause)) - light_concepts(clause)
    rest = solid - line.own_reach
    for other in page:
        if other is not line and rest & other.own and solid - other.reach and like(clause, other) > like(clause, line):
            return min(rest & other.own)
    return ""


def _price_of_anything(clause: str, support: Support, page: Sequence[Line]) -> str:
    """Find a price that the clause gives no name of its own, where other prices stand beside it: it could be that of any of them."""
    stated = {value.key: value.text for value in find_values(clause) if value.key[0] == _MONEY}
    priced = [(line, {value.key for value in line.values if value.key[0] == _MONEY}) for line in page]
    others = [line.words for line, keys in priced if keys - stated.keys()]
    if not stated or support.likeness or not others:
        return ""
    named = frozenset(stems(without_values(clause))).difference(*others)
    return "" if any(named & line.words for line, keys in priced if keys & stated.keys()) else next(iter(stated.values()))


def _free_elsewhere(clause: str, support: Support) -> str:
    """Find that "free" is said of something else: a return label that costs nothing does not make the delivery free."""
    told = [line for line in support.lines if _FREE in line.own and line.unit.kind is Kind.PASSAGE]
    solid = frozenset(concepts(clause)) - light_concepts(clause) - {_FREE}
    if _FREE not in concepts(clause) or not solid or not told:
        return ""
    return "" if any((_said_free(clause) or solid) & _free_reach(line) for line in told) else _FREE


def _free_reach(line: Line) -> frozenset[str]:
    """What a line with "free" in it can be understood to call free."""
    if said := _said_free(line.text):
        return said.union(*near_concepts(_IS_FREE.split(line.text)[0]))
    return line.own_reach if line.own - {_FREE} else line.reach


def _said_free(text: str) -> frozenset[str]:
    """What stands before "is free"; nothing where a text words it in another way, or a pronoun stands there."""
    subject, *rest = _IS_FREE.split(text)
    return frozenset(concepts(subject)) if rest else frozenset()
