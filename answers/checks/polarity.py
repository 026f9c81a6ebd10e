"""Finds a "not" that a sentence adds to its evidence or drops from it.

A text is cut where what a "not" says ends. Each such scope of the sentence is held against the scopes of the evidence that are most
like it: they have to be of one mind, unless a word is turned into its opposite as well ("not open" is "closed").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from answers.checks.antonyms import are_opposed
from answers.checks.lexicon import NEGATIONS, concepts
from answers.checks.thesaurus import base
from knowledge_base.text import stemmer, stems, words

_SCOPE = re.compile(
    r"[;!?()]|\.(?!\d)|:(?!\d)|\bbut\b|,? and (?=(?:to )?no\b)|"
    r" and (?=(?:(?:can|do|does|is|are|will|was|were|has|have) not|need not|not|cannot|never|nobody|nothing|none)\b)|"
    r",? (?:so(?! that| long| far)|because|which|while|though|although|since|whereas|rather)\b|"
    r", and (?:you|we|it|they|a|the|our|your)\b|[,;]? (?:or )?(?:otherwise|or else)\b|"
    r",? (?=(?:if|until|unless|when|except|without)\b)|, (?=not\b)|,? as (?=(?:the|it|they|you|we|that|this)\b)",
    re.I,
)
_INTRODUCED = re.compile(r"^\s*(?:if|when|while|after|before|unless|until|where|for|with|without|because|since|as|in|on)\b[^,]*,\s+", re.I)
_NEARLY = 0.75
"""Scopes of the evidence this near to the most like one have a say as well: a free rewording is like several, a flip like one."""
_LITTLE = 0.4
"""What the little words weigh where two scopes are compared."""
_CONDITION = re.compile(r"^\W*(?:even )?(?:if|when|until|unless|once|while|after|before|where|whose|that|which|who)\b", re.I)
_SOLD_OUT = re.compile(r"\bsoldout\b(?! (?:items?|products?|articles?|things?|goods|variants?)\b)", re.I)
_RELATIVE = re.compile(
    r"\b(?:that|which|who) (?:is|are|was|were|do|does|did|has|have|can|will) not \w+"
    r"(?: (?:within|in|by|for|on|at|after) (?:\d+ \w+|\w+))?",
    re.I,
)
_DUTY = re.compile(r"\b(?:must|needs?|needed|required?|requires|necessary|ha(?:ve|s) to|mandatory|compulsory)\b", re.I)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_TOO = re.compile(r"\btoo (?!(?:and|or|if|when)\b)\w+", re.I)
"""What is too loud for a room does not go with it; "not too loud" does."""
_LEANS = re.compile(r"\W*(?:not|never|no longer)\b", re.I)
_ENOUGH = 2
_SAYS = frozenset(["you", "we", "it", "they", "i", "is", "are", "can", "has", "have", "do", "does", "will", "may", "must", "was", "were"])


@dataclass(frozen=True)
class _Scope:
    """A stretch of text that one "not" would deny.

    Attributes:
        led_by_not: Whether it is an item of a list under a line that denies.
        before: What it leans on: "welcome, but not required" speaks of what is welcome.
    """

    text: str
    led_by_not: bool = False
    before: str = ""

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(concepts(f"{self.before} {self.text}"))

    @cached_property
    def stems(self) -> frozenset[str]:
        stem = stemmer()
        return frozenset(base(stem(word)) for word in words(f"{self.before} {self.text}"))

    @cached_property
    def matter(self) -> frozenset[str]:
        """All that is no little word: what is left to compare where everything is a shop's everyday word."""
        return frozenset(stems(f"{self.before} {self.text}"))

    @cached_property
    def negated(self) -> bool:
        denied = any(word in NEGATIONS for word in words(self.text))
        return self.led_by_not or bool(_SOLD_OUT.search(self.text)) or denied != bool(_TOO.search(self.text))

    @cached_property
    def is_condition(self) -> bool:
        return bool(_CONDITION.match(self.text))

    def likeness(self, other: _Scope) -> float:
        """Shared concepts by all of both, and the little words; 0 where no concept is shared."""
        said, known = (self.concepts, other.concepts) if self.concepts else (self.matter, other.matter)
        if not (shared := said & known):
            return 0.0
        alike = len(self.stems & other.stems) / len(self.stems | other.stems)
        return (1 - _LITTLE) * len(shared) / len(said | known) + _LITTLE * alike


def find_negation(sentence: str, evidence: Iterable[str]) -> str | None:
    """Say which "not" a sentence adds to what its evidence says, or drops from it."""
    texts = list(evidence)
    known = [scope for text in texts for scope in _scopes(text)]
    for scope in _scopes(sentence):
        minds = _minds(scope, known)
        if minds and scope.negated not in minds:
            return "affirms what its evidence negates" if True in minds else "negates what its evidence affirms"
    return _find_moved(sentence, texts)


def find_duty(clause: str, page: Iterable[str]) -> str | None:
    """Say whether a clause demands what its page says is not needed, or the other way round. Words of duty are no matter of their own."""
    said = [scope for scope in _scopes(clause) if _DUTY.search(scope.text) and scope.concepts]
    known = [scope for text in page for scope in _scopes(text) if _DUTY.search(scope.text)]
    for scope in said:
        alike = [one for one in known if scope.concepts & one.concepts and len(one.concepts - scope.concepts) <= 1]
        if alike and all(one.negated != scope.negated for one in alike):
            return "needs what its evidence does not" if not scope.negated else "does not need what its evidence does"
    return None


def find_affirmed(clause: str, page: Iterable[str]) -> str | None:
    """Find what a clause affirms and all its page speaks of under a "not" alone: where a shop does not deliver, what it does not take."""
    scopes = [scope for text in page for scope in _scopes(text)]
    denied = {one for scope in scopes if scope.negated for one in concepts(scope.text)}
    affirmed = {one for scope in scopes if not scope.negated for one in concepts(scope.text)}
    said = {one for scope in _scopes(clause) if not scope.negated and not scope.is_condition for one in concepts(scope.text)}
    lost = said & denied - affirmed
    named = {one for word in _NAME.findall(clause) for one in concepts(word)}
    if (len(lost) < _ENOUGH and not lost & named) or _under_negation([clause]) or are_opposed(stems_of(clause), stems_of(" ".join(page))):
        return None
    return f"affirms {min(lost)!r}"


def is_negated(text: str) -> bool:
    """Whether something in it is denied."""
    return any(scope.negated for scope in _scopes(text))


def _minds(scope: _Scope, known: list[_Scope]) -> set[bool]:
    """What the nearest scopes of the evidence would have this one be: negated, affirmed, or either; empty where it cannot be told."""
    shares = [scope.likeness(one) for one in known]
    best = max(shares, default=0.0)
    near = [one for one, share in zip(known, shares, strict=True) if best and share >= best * _NEARLY]
    if scope.is_condition and not any(one.is_condition for one in near):
        return set()
    return {one.negated ^ are_opposed(scope.stems, one.stems) for one in near}


def _find_moved(sentence: str, evidence: list[str]) -> str | None:
    said, known = set(concepts(sentence)), {one for text in evidence for one in concepts(text)}
    said_under, known_under = _under_negation([sentence]), _under_negation(evidence)
    if added := sorted((_heads([sentence]) & known) - known_under - _opposed_in(sentence, evidence)):
        return f"negates {added[0]!r}"
    affirmed = {one for text in evidence for scope in _scopes(text) if not scope.negated for one in scope.concepts}
    lost = (_heads(evidence) - affirmed) & said - said_under - _opposed_in(sentence, evidence)
    return f"no longer negates {min(lost)!r}" if lost else None


def _opposed_in(sentence: str, evidence: list[str]) -> frozenset[str]:
    """All that a sentence says, where it says it by an opposite."""
    said, known = stems_of(sentence), stems_of(" ".join(evidence))
    return frozenset(concepts(sentence)) if are_opposed(said, known) else frozenset()


def stems_of(text: str) -> frozenset[str]:
    """Give the base forms of all words of a text, the little ones too."""
    return _Scope(text).stems


def _heads(texts: Iterable[str]) -> set[str]:
    """Give the first content word after each negation."""
    found: set[str] = set()
    for text in texts:
        for scope in _scopes(text):
            tokens = words(scope.text)
            for position, token in enumerate(tokens):
                if token in NEGATIONS:
                    found.update(concepts(" ".join(tokens[position + 1 :]))[:1])
    return found


def _under_negation(texts: Iterable[str]) -> set[str]:
    negated = (scope for text in texts for scope in _scopes(text) if scope.negated or NEGATIONS & set(words(scope.text)))
    return {one for scope in negated for one in concepts(scope.text)}


@lru_cache(maxsize=4096)
def _scopes(text: str) -> tuple[_Scope, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[_Scope]:
    """Cut where what a "not" says ends; the items of a list are under the "not" of the line that leads in."""
    lead, colon, item = text.partition(": ")
    led = bool(colon) and not (NEGATIONS | _SAYS) & set(words(item)) and any(scope.negated and scope.concepts for scope in _cut(lead))
    for number, part in enumerate([lead, item] if colon else [text]):
        before = ""
        for piece in _SCOPE.split(part):
            for scope in _without_introduction(piece):
                if scope.strip():
                    leans = _LEANS.match(scope) and len(frozenset(concepts(scope))) < _ENOUGH
                    yield _Scope(scope, led_by_not=led and number == 1, before=before if leans else "")
                    before = scope


def _without_introduction(scope: str) -> list[str]:
    if match := _INTRODUCED.match(scope):
        return [match.group(0), scope[match.end() :]]
    if match := _RELATIVE.search(scope):
        return [match.group(0), f"{scope[: match.start()]} {scope[match.end() :]}"]
    return [scope]
