"""Ties what a sentence says to the lines of the evidence that could bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from answers.checks.lexicon import concepts, light_concepts, near_concepts
from answers.checks.normal import normalise
from answers.checks.numbers import in_digits
from answers.checks.values import Value, find_values, without_values
from answers.evidence import Evidence
from answers.units import Kind, Unit
from knowledge_base.text import sentences, stems

_CLAUSE = re.compile(
    r";\s+|:\s+(?=(?:it|they|this|that|these|those)\b)|,?\s+(?:while|whereas)\s+|,\s+(?:and|but|so|though|although)\s+|"
    r",\s+(?:because|since|as(?! (?:well|long|soon|usual|always|in|with|for|an?|of|to)\b))\s+|"
    r"\s+so\s+(?=(?:that )?(?:you|it|they|we|your|the|our)\b)|"
    r"\s+and\s+(?=(?:it|they|you|we|is|are|has|have|takes?|costs?)\b)",
    re.I,
)
_NO_SUBJECT = re.compile(r"(?:not|never|it|they|this|these|is|are|takes?|costs?|can|cannot|has|have|does|do)\b", re.I)
_OWN_WORDS = 2
_VARIANT = re.compile(r"(?<=\));\s+(?=[^()]+(?:\(|$|,))|;\s+(?=[\w\s,]+(?:[.]|$))|,\s+(?=soldout in\b)|\)\s+or\s+(?=\d)")
_FIGURE = re.compile(r"(?<=\d [A-Z]{3}),\s+(?=[a-z])")
_STATE = re.compile(r"^(?:instock|soldout)(?: in)?\b", re.I)
_PART = re.compile(
    r",\s+(?!\d{4}\b)|\s+(?:and|or)\s+(?!\d|(?:more|less|fewer|older|longer|over|under|above|up)\b)|"
    r"\s+(?:and|or)\s+(?=\d\S*(?: [A-Z]{3}| €)? (?:in|for|to|with|from)\b)"
)
_WITHIN = re.compile(r",\s+(?!\d{4}\b)|\s+(?:and|but|while|or)\s+(?!\d)")
_STOCK = "state"
_MOST_LINES = 3
_FEW = 2
_LITTLE = 0.4
"""What the little words weigh beside the others, where two lines bear a clause out."""


@dataclass(frozen=True)
class Line:
    """One statement of the evidence: a sentence or list item, or a clause of it that stands on its own.

    Attributes:
        text: Its words as `normalise` gives them; a list item carries the line that leads in.
        above: What it stands under: title and headings.
        variant: Whether it is about one of several variants, so that no other line of its record adds to it.
    """

    unit: Unit
    text: str
    above: str = ""
    variant: bool = False

    @property
    def page(self) -> str:
        """What it is about as a whole: one passage, one product, one order, one receipt."""
        if self.unit.kind is Kind.FACT:
            return ":".join(self.unit.evidence_id.split(":")[:2])
        return self.unit.evidence_id

    @property
    def subject(self) -> str:
        """What "it" goes on to mean: the whole article, the product, the order."""
        return self.unit.passage.slug if self.unit.passage is not None else self.page

    @cached_property
    def own(self) -> frozenset[str]:
        """The concepts of its own words."""
        return frozenset(concepts(self.text))

    @cached_property
    def context(self) -> frozenset[str]:
        """Its own concepts and those of what it stands under."""
        return self.own | frozenset(concepts(self.above))

    @cached_property
    def reach(self) -> frozenset[str]:
        """Its context and what that may be worded as. What a receipt says is said in its own words."""
        if self.unit.kind is Kind.RECEIPT:
            return self.context
        return self.context.union(self.own_reach, *near_concepts(self.above))

    @cached_property
    def own_reach(self) -> frozenset[str]:
        """Its own concepts and what they may be worded as."""
        return self.own.union(*near_concepts(self.text))

    @cached_property
    def subject_word(self) -> str:
        """The concept that it begins with; empty where there is none."""
        return next(iter(concepts(self.text)), "")

    @cached_property
    def words(self) -> frozenset[str]:
        """Its own words, fillers too: they tell one figure of a record from another."""
        return self.own | frozenset(stems(without_values(self.text)))

    @cached_property
    def little(self) -> frozenset[str]:
        """All words of it and of what it stands under, as stems."""
        return frozenset(stems(f"{self.above} {self.text}", keep_stop_words=True))

    @cached_property
    def values(self) -> list[Value]:
        """The values it states."""
        return find_values(self.text)


@dataclass(frozen=True)
class Support:
    """The lines that a clause rests on.

    Attributes:
        fault: Why they do not bear it out; empty when they do.
        novel: The concepts that none of them has.
        overlap: The share of the clause's concepts that they have, 0 to 1.
        likeness: How much else the nearest of them says: concepts shared by all concepts of both, 0 to 1.
        weak: Whether there is too little to compare, so that only the meaning as a whole can tell.
    """

    lines: tuple[Line, ...]
    fault: str = ""
    novel: frozenset[str] = frozenset()
    overlap: float = 1.0
    likeness: float = 0.0
    weak: bool = False


def split_lines(evidence: Evidence) -> list[Line]:
    """Split the evidence into statements."""
    # How well a unit fits a question is no part of what it states.
    bare = (replace(unit, score=0.0, cosine=0.0, coverage=0.0, on_topic=False) for unit in evidence.units)
    return [line for unit in bare for line in _lines(unit)]


@lru_cache(maxsize=4096)
def _lines(unit: Unit) -> tuple[Line, ...]:
    """Kept with all that is worked out of them: many questions rest on the same articles."""
    return tuple(line for text in _sentences(unit.text) for line in _statements(unit, normalise(text)))


def receipts_only(lines: Sequence[Line]) -> list[Line]:
    """Keep the lines of committed operations."""
    return [line for line in lines if line.unit.kind is Kind.RECEIPT]


def split_clauses(sentence: str) -> list[str]:
    """Split a sentence into the clauses that can be checked on their own."""
    return [clause.strip() for clause in _CLAUSE.split(sentence) if clause and clause.strip()] or [sentence]


def like(clause: str, line: Line) -> float:
    """How alike a clause and a line are, word by word, 0 to 1."""
    said, told = (frozenset(stems(text, keep_stop_words=True)) for text in (clause, line.text))
    return len(said & told) / len(said | told)


def needs_subject(clause: str) -> bool:
    """Whether a clause speaks about what stands before it: "and is free from 60 EUR", "it takes 3 days"."""
    return bool(_NO_SUBJECT.match(clause)) or len(stems(without_values(clause))) < _OWN_WORDS


def find_support(clause: str, subject: str, lines: Sequence[Line]) -> Support:
    """Find the lines of one page that a clause rests on, best page first.

    Args:
        clause: The clause, normalised.
        subject: What a pronoun in it stands for: the words before it; may be empty.
        lines: The evidence.
    """
    pages: dict[str, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    wanted = frozenset(concepts(clause))
    found = [_rest_on(clause, wanted, subject, page) for page in pages.values()]
    little = frozenset(stems(f"{subject} {clause}", keep_stop_words=True))

    def fit(one: Support) -> tuple[float, ...]:
        alike = max((len(little & line.little) / len(little | line.little) for line in one.lines), default=0.0)
        return -bool(one.fault), one.overlap, len(wanted & _own(one.lines)), one.likeness + _LITTLE * alike

    best = max(found, key=fit, default=Support((), "no evidence"))
    if not best.fault and (other := _said_otherwise(find_values(clause), wanted, best, lines)):
        return replace(best, fault=f"a value of something narrower: where all of this is said it is {other}")
    return best


def _said_otherwise(stated: Sequence[Value], wanted: frozenset[str], best: Support, lines: Sequence[Line]) -> str:
    """Find another figure on another page, in a line that says just this: what the team lead needs days for is not the team's time."""
    pages = {line.page for line in best.lines}
    if len(wanted) < _FEW:
        return ""
    nearer = [line for line in lines if line.unit.kind is Kind.PASSAGE and line.page not in pages and wanted <= line.own]
    for value in stated:
        for line in nearer:
            if len(wanted) / len(line.own) > best.likeness and not _states(line, value):
                rivals = [known.text for known in line.values if known.kind == value.kind]
                if rivals:
                    return rivals[0]
    return ""


def _rest_on(clause: str, wanted: frozenset[str], about: str, page: Sequence[Line]) -> Support:
    subject = frozenset(concepts(about))
    chosen: list[Line] = []
    for values, near in _with_words(clause):
        # What is in stock is spoken of as stock, whatever the words before it were about.
        own = near & wanted or any(value.key[0] == _STOCK for value in values)
        held = _hold(values, near if own else near | subject, wanted | subject, page)
        if not held:
            stated = ", ".join(value.text for value in values)
            return Support((), f"a value that its evidence lacks: {stated}", wanted, _share(wanted, wanted - _all(page)))
        if lent := _said_of_another(near, held, page) or _swapped(values, near, held):
            return Support((), f"a value of something else: {lent}", wanted, _share(wanted, wanted - _all(page)))
        chosen += [line for line in held if line not in chosen]
    solid = wanted - light_concepts(clause)
    chosen += _cover(f"{about} {clause}", solid or wanted, chosen, page)
    novel = solid - _all(chosen)
    weak = len(wanted & _own(chosen)) < _FEW and not find_values(clause)
    return Support(tuple(chosen), "", novel, _share(wanted, novel), _likeness(wanted, chosen), weak)


def _cover(said: str, wanted: frozenset[str], chosen: Sequence[Line], page: Sequence[Line]) -> list[Line]:
    """Find further lines for the words that those chosen for their values lack. Of one record's variants only one can be meant."""
    found: list[Line] = []
    little = frozenset(stems(said, keep_stop_words=True))
    for _ in range(_MOST_LINES):
        taken = [*chosen, *found]
        missing = wanted - _all(taken)
        records = {line.unit.evidence_id for line in taken if line.variant}
        free = [line for line in page if line.unit.evidence_id not in records]
        best = max(free, key=lambda line: _fit(line, wanted, missing, little), default=None)
        if best is None or (taken and not missing & best.reach):
            break
        found.append(best)
    return found


def _fit(line: Line, wanted: frozenset[str], missing: frozenset[str], little: frozenset[str]) -> tuple[float, ...]:
    """What it adds, what it shares, and among equals how many of all words, those of the subject and the little ones too."""
    every = line.little
    return len(missing & line.reach) + len(missing & line.own_reach), len(wanted & line.own), len(little & every) / len(little | every)


def _likeness(wanted: frozenset[str], lines: Sequence[Line]) -> float:
    return max((len(wanted & line.own) / len(wanted | line.own) for line in lines if wanted | line.own), default=0.0)


def _share(wanted: frozenset[str], novel: frozenset[str]) -> float:
    return 1 - len(novel) / len(wanted) if wanted else 1.0


def _own(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset().union(*(line.own for line in lines))


def _all(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset().union(*(line.reach for line in lines))


@lru_cache(maxsize=1024)
def _with_words(clause: str) -> tuple[tuple[list[Value], frozenset[str]], ...]:
    """Give the values of each part of a clause, with the concepts beside them. Kept: every page is held against them."""
    parts = [(find_values(part), part) for part in _PART.split(in_digits(clause))]
    return tuple((values, frozenset([*concepts(part), *stems(without_values(part))])) for values, part in parts if values)


def _hold(values: Sequence[Value], near: frozenset[str], wanted: frozenset[str], page: Sequence[Line]) -> list[Line]:
    """Find what states the values of one part: one line of an article, or lines of one record. Empty where they stand apart."""
    named = [value for value in values if value.key[-1] not in page[0].page.upper().split(":")]
    together: dict[str, list[Line]] = {}
    for number, line in enumerate(page):
        together.setdefault(str(number) if line.unit.kind is Kind.PASSAGE else line.page, []).append(line)
    found = [[_holder(value, near, wanted, lines, page) for value in named] for lines in together.values()]
    whole = [[line for line in held if line is not None] for held in found if None not in held]
    best = max(whole, key=lambda held: sum(len((near | wanted) & line.own) for line in held), default=[])
    return best or ([page[0]] if not named else [])


def _holder(value: Value, near: frozenset[str], wanted: frozenset[str], lines: Sequence[Line], page: Sequence[Line]) -> Line | None:
    """Find the line that states the value of what is spoken of; none where another value of its kind fits the words better."""

    def fit(line: Line) -> tuple[int, int]:
        return len(near & line.words), len(wanted & line.context)

    best = max((line for line in lines if _states(line, value)), key=fit, default=None)
    if best is None:
        return None
    rivals = [line for line in page if not _states(line, value) and any(known.can_stand_for(value) for known in line.values)]
    return None if any(len(near & rival.words) > len(near & best.words) for rival in rivals) else best


def _said_of_another(near: frozenset[str], held: Sequence[Line], page: Sequence[Line]) -> str:
    """Find a word that the lines with the values lack and that a line like them has: what one says is not said of the other."""
    if len(held) != 1 or held[0].unit.kind is not Kind.PASSAGE:
        return ""
    [line] = held
    lacking = near - line.context - line.words
    alike = [other for other in page if other is not line and len(other.own & line.own) * 2 >= min(len(other.own), len(line.own)) > 1]
    rivals = [other for other in alike if not any(_states(other, value) for value in line.values)]
    return next((word for other in rivals for word in sorted(lacking & other.own)), "")


def _swapped(values: Sequence[Value], near: frozenset[str], held: Sequence[Line]) -> str:
    """Find a value that its line has beside other words than the sentence: "2 weeks, in summer 1 week" turned round."""
    for line in (line for line in held if line.unit.kind is Kind.PASSAGE):
        parts = [(find_values(part), frozenset([*concepts(part), *stems(without_values(part))])) for part in _WITHIN.split(line.text)]
        for value in values:
            own = [words for known, words in parts if any(one.stands_for(value) for one in known)]
            others = [words for known, words in parts if any(one.kind == value.kind and not one.stands_for(value) for one in known)]
            if own and others and max(len(near & words) for words in others) > max(len(near & words) for words in own):
                return value.text
    return ""


def _states(line: Line, value: Value) -> bool:
    return any(known.stands_for(value) for known in line.values)


def _sentences(text: str) -> list[str]:
    lead, *items = text.split("\n- ")
    return [f"{lead} {item}" for item in items] if items else sentences(text)


def _statements(unit: Unit, sentence: str) -> list[Line]:
    above = ". ".join([unit.passage.title, *unit.passage.headings]) if unit.passage is not None else ""
    if unit.kind is Kind.FACT:
        return _of_record(unit, sentence)
    first, *others = split_clauses(sentence)
    return [Line(unit, first, above), *(Line(unit, text, f"{above}. {first}" if needs_subject(text) else above) for text in others)]


def _of_record(unit: Unit, sentence: str) -> list[Line]:
    """Split a record's line into one statement per variant or figure: each carries the subject and the state that it is listed under."""
    first, *others = _VARIANT.split(sentence)
    if others:
        return [Line(unit, text, variant=True) for text in _carried(first, others)]
    first, *others = _FIGURE.split(sentence)
    subject = first.partition(": ")[0]
    return [Line(unit, first), *(Line(unit, f"{subject}: {text}") for text in others)]


def _carried(first: str, others: Sequence[str]) -> Iterator[str]:
    subject, colon, rest = first.partition(": ")
    if not colon:
        subject = re.split(r"\s(?=\d)", first)[0]
    state = match.group(0) if (match := _STATE.match(rest)) else ""
    yield first
    for item in others:
        named = _STATE.match(item)
        state = named.group(0) if named else state
        yield f"{subject}{colon} {item if named else f'{state} {item}'}"
