"""Finds sentences that turn their evidence round: a "not" lost or added, an "only" dropped, "free" for "paid".

Neither shared words nor similar vectors see this (measured, docs/answers.md), so it is looked for word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from answers.checks.antonyms import opposites_in, strangers_in
from answers.checks.lexicon import concept, concepts, near_concepts
from answers.checks.numbers import in_digits
from answers.checks.polarity import find_negation, is_negated, stems_of
from answers.checks.values import find_values
from knowledge_base.text import stemmer, words

_CLASSES = {
    "all": {
        "all",
        "every",
        "each",
        "always",
        "everything",
        "everyone",
        "everybody",
        "anytime",
        "unlimited",
    },
    "some": {
        "some",
        "few",
        "several",
        "sometimes",
        "many",
        "lots",
        "certain",
        "plenty",
        "most",
        "usually",
        "often",
        "mostly",
        "approximately",
        "roughly",
        "nearly",
        "almost",
        "normally",
        "generally",
        "typically",
        "commonly",
    },
    "only": {"only", "solely", "exclusively"},
    "once": {"once"},
    "both": {"both"},
    "either": {"either"},
}
_ADDED = ("all", "only", "once")
"""Classes that a sentence may not have unless its evidence has them."""
_LOST = ("some", "only", "once")
"""Classes of the evidence that a sentence may not leave out."""
_CONDITION = re.compile(r"\b(if|unless|while|except|only for|in case|without)\b([^,.;:]*)", re.I)
_AGAIN = re.compile(r"\b(?:again|twice|second time|more than once|2 times)\b", re.I)
"""What cannot be done again is done once."""
_CONTRAST = re.compile(r"(?:,|\band|\bbut) not\b", re.I)
_LISTED_ALL = re.compile(r"\w,? and (?:[\w-]+ ){1,4}?(?:(?:can|may|must|will|are|were|have|get|do) )?all\b", re.I)
"""Of the things just named, each of which is looked for by itself."""
_ONE = re.compile(r"\b(?:one|single|1)\b", re.I)
_AT_ONCE = re.compile(r"\bat once\b", re.I)
_ABOUT = re.compile(r"\b(?:about|around|some) \d", re.I)
_ANY = re.compile(r"\b(?:any|whatever|whichever|whole|no)\b", re.I)
_EACH = re.compile(r"\b(?:each|every) (\w+?)s?\b", re.I)
_THINGS = frozenset(["order", "item", "parcel", "piece", "product", "account", "customer", "person", "request"])
_PERIODS = frozenset(["day", "week", "month", "year", "hour"])
_OR = re.compile(r"\b(?:or|either|cho(?:ose|ice)|between|whichever|not both)\b", re.I)
_BOTH = re.compile(r"\bboth\b", re.I)
_BETWEEN = re.compile(r"\bbetween (?:an? |the )?([^,.;]+?) and (?:an? |the )?([^,.;]+)", re.I)
_EXCEPT = re.compile(r"\b(?:except|excluding|apart from|other than|minus|without|but not)\b", re.I)
_LISTED = re.compile(r"\bor if\b", re.I)
_GONE = ("state", "soldout")
_ANCHOR = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?)(?: \w+)? (?:from|after|since|of|before|on) "
    r"(?:the |your |our |its |placing )*(?:(?:day|date|time) of )?"
    r"(?:the |your )?(\w+)",
    re.I,
)
_ANCHORS = frozenset(
    stemmer()(word)
    for word in ("order", "purchase", "delivery", "request", "return", "payment", "shipment", "dispatch", "arrival", "invoice", "receipt")
)
_UNIVERSAL = re.compile(r"\b(?:all|every|each)\b[^,.;:]{1,40}?\b(?:that|which|who)\b([^,.;:]*)", re.I)
_ADVERBS = r"(?:(?:now|already|still|also|successfully|then|usually) )*"
_CAN_BE = re.compile(rf"\b(?:can|may|could) {_ADVERBS}be {_ADVERBS}(\w+)", re.I)
_IS_DONE = re.compile(rf"\b(?:is|are|was|were|has been|have been) {_ADVERBS}(\w+(?:ed|en|nt|ld|id|wn))\b", re.I)
_NAMED_AS = re.compile(r"\b(?:an?|the|your|our|for|of|all|these) (\w+(?:ed|en|wn|ld|nt))(?= [a-z]+)", re.I)
_EVERY_FEW = re.compile(r"\b(?:every|each)(?= (?:\d+|month|week|day|year|two|three|few|item|time|one)\b)|\beach(?= order\b)", re.I)
_AT_MOST = re.compile(r"\b(?:at|the) most\b", re.I)

def find_flip(clause: str, sentence: str, aligned: Iterable[str]) -> str | None:
    """Say how a clause contradicts the evidence that it is aligned with; None where it does not.

    Args:
        clause: What is looked at.
        sentence: All of what was written: a condition may stand in another clause of it.
        aligned: The lines of evidence that the clause rests on.
    """
    evidence = list(aligned)
    return (
        find_negation(clause, evidence)
        or _find_quantifier(clause, sentence, evidence)
        or _find_antonym(clause, evidence)
        or _find_done(clause, evidence)
        or _find_possible(clause, evidence)
        or find_lost_condition(sentence, evidence)
        or _find_moved_anchor(clause, evidence)
        or _find_moved_each(clause, evidence)
        or _find_choice(clause, evidence)
        or _find_exception(clause, evidence)
        or _find_lost_limit(sentence, evidence)
        or _find_sold_out(clause, evidence)
    )


def _classes(text: str) -> set[str]:
    tokens = set(words(_LISTED_ALL.sub(" ", _AT_MOST.sub(" ", _EVERY_FEW.sub(" ", text)))))
    found = {name for name, members in _CLASSES.items() if tokens & members}
    if "once" in found:
        found.discard("only")
    if _AT_ONCE.search(text):
        found.discard("once")
    if _ABOUT.search(in_digits(text)):
        found.add("some")
    return found


def _find_quantifier(clause: str, sentence: str, evidence: list[str]) -> str | None:
    """What a clause adds, and what the whole sentence leaves out."""
    said = _classes(clause)
    known = set().union(*(_classes(text) for text in evidence)) if evidence else set()
    if any(_ANY.search(text) for text in evidence):
        known.add("all")
    denied = {"only"} if _CONTRAST.search(sentence) and any(is_negated(text) for text in evidence) else set()
    if added := [name for name in _ADDED if name in said - known - denied]:
        return f"adds {added[0]!r}"
    if "some" in said - known and "all" in known:
        return "says 'some' of all"
    once = _ONE.search(sentence) or (_AGAIN.search(sentence) and is_negated(sentence))
    said |= _classes(sentence) | ({"once"} if once else set())
    if lost := [name for name in _LOST if name in known - said]:
        return f"drops {lost[0]!r}"
    return None


def _find_antonym(sentence: str, evidence: list[str]) -> str | None:
    """What is turned into its opposite and denied as well stays what it was: `find_negation` has seen to it."""
    told = " ".join(evidence)
    turned = strangers_in(frozenset(words(sentence)), frozenset(words(told)))
    if is_negated(sentence) == any(is_negated(text) for text in evidence):
        turned += opposites_in(stems_of(sentence), stems_of(told))
    if not turned:
        return None
    one, other = turned[0]
    return f"says {one!r} where the evidence says {other!r}"


def _find_done(clause: str, evidence: list[str]) -> str | None:
    """What "can be cancelled" is not cancelled."""
    said = {one for match in _IS_DONE.finditer(clause) for one in concepts(match.group(1))}
    possible = {one for text in evidence for match in _CAN_BE.finditer(text) for one in concepts(match.group(1))}
    known = {one for text in evidence for match in _IS_DONE.finditer(text) for one in concepts(match.group(1))}
    done = sorted(said & possible - known)
    return f"says {done[0]!r} is done where it can be done" if done else None


def _find_possible(clause: str, evidence: list[str]) -> str | None:
    """Where only "a cancelled order" is spoken of, nothing is said of what can be cancelled."""
    said = {one for match in _CAN_BE.finditer(clause) for one in concepts(match.group(1))}
    named = {one for text in evidence for match in _NAMED_AS.finditer(text) for one in concepts(match.group(1))}
    told = {one for text in evidence for one in concepts(_NAMED_AS.sub(" ", text))}
    lent = sorted(said & named - told)
    return f"says {lent[0]!r} can be done where it only names it" if lent else None


def find_lost_condition(sentence: str, evidence: list[str]) -> str | None:
    """Say which condition of its evidence a sentence leaves out."""
    said = set(concepts(sentence)).union(*(near_concepts(sentence)))
    general = "all" in _classes(sentence)
    for text in evidence:
        found = [*_CONDITION.finditer(text), *(_UNIVERSAL.finditer(text) if general else ())]
        lost = [match.group(0).strip() for match in found if _is_lost(set(concepts(match.groups()[-1])), said)]
        if lost and (len(lost) == len(found) or not _LISTED.search(text)):
            return f"drops the condition {lost[0]!r}"
    return None


def _is_lost(condition: set[str], said: set[str]) -> bool:
    return bool(condition) and len(condition & said) < len(condition) / 2


def _find_moved_anchor(clause: str, evidence: list[str]) -> str | None:
    """Days "from delivery" are not days "from the order"."""
    stem = stemmer()
    known = {stem(word) for text in evidence for word in words(text)}
    meant = {concept(one) for one in known}
    named = {concept(stem(match.group(1).lower())) for text in evidence for match in _ANCHOR.finditer(text)}
    anchors = named & {concept(one) for one in _ANCHORS}
    for match in _ANCHOR.finditer(clause):
        anchor = stem(match.group(1).lower())
        if anchor in _ANCHORS and concept(anchor) not in (anchors or meant):
            return f"counts from {match.group(1)!r}"
    return None


def _find_moved_each(clause: str, evidence: list[str]) -> str | None:
    """A fee each item is not a fee each order, and what is done every day is not done every week."""
    said = {match.group(1) for match in _EACH.finditer(clause)}
    known = {match.group(1) for text in evidence for match in _EACH.finditer(text)}
    for group in (_THINGS, _PERIODS):
        if (said & group) and (known & group) and not said & known & group:
            return f"says 'each {min(said & group)}'"
    return None


def _find_choice(clause: str, evidence: list[str]) -> str | None:
    """Who may choose between two things does not get both."""
    if _OR.search(clause):
        return None
    if _BOTH.search(clause) and not is_negated(clause) and any(_OR.search(text) for text in evidence):
        return "gives both where its evidence gives one"
    for match in (match for text in evidence for match in _BETWEEN.finditer(text)):
        one, other = (frozenset(concepts(part)) for part in match.groups())
        if one - other and other - one and (one | other) <= frozenset(concepts(clause)):
            return "gives both where its evidence gives one"
    return None


def _find_exception(clause: str, evidence: list[str]) -> str | None:
    """An exception takes back what its evidence says of all."""
    if _EXCEPT.search(clause) and not any(_EXCEPT.search(text) or is_negated(text) for text in evidence):
        return "adds an exception"
    return None


def _find_lost_limit(sentence: str, evidence: list[str]) -> str | None:
    """What is free "from 60 EUR" is not simply free."""
    said = find_values(sentence)
    limits = [value for text in evidence for value in find_values(text) if value.limit in {"least", "most"}]
    known = [value for value in limits if value.key[0] in {"money", "percent"}]
    lost = [value for value in known if not any(value.figures & one.figures for one in said)]
    return f"drops the limit {lost[0].limit} {lost[0].text!r}" if lost else None


def _find_sold_out(clause: str, evidence: list[str]) -> str | None:
    """Whatever is said of a variant that is sold out has to say so."""
    gone = any(value.key == _GONE for text in evidence for value in find_values(text))
    told = any(value.key == _GONE for value in find_values(clause)) or is_negated(clause)
    return "keeps silent that it is sold out" if gone and not told else None
