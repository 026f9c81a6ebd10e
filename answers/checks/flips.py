"""Finds sentences that turn their evidence round: a "not" lost or added, an "only" dropped, "free" for "paid".

Neither shared words nor similar vectors see this (measured, docs/answers.md), so it is looked for word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from answers.checks.antonyms import pairs
from answers.checks.lexicon import NEGATIONS, concept, concepts
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
                "anytime",
        "unlimited",
    },
    "some": {
        "some",
        "few",
        "several",
        "sometimes",
        "many",
        "most",
        "usually",
        "often",
        "mostly",
        "about",
        "around",
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
_EVERY_FEW = re.compile(r"\bevery(?= (?:\d|month|week|day|year|two|three|few))", re.I)
_SCOPE = re.compile(
    r"[.;:!?()]|\bbut\b|,? and (?=(?:to )?no\b)| and (?=(?:(?:can|do|does|is|are|will|was|were|has|have) not|cannot|never)\b)|"
    r", (?:so|because|which|while|and (?:you|we|it|they|a|the|our|your))\b"
)
_HARD_STOP = re.compile(r"[,.;:!?()]|\bbut\b")


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
        or _find_quantifier(clause, evidence)
        or _find_antonym(clause, evidence)
        or _find_done(clause, evidence)
        or find_lost_condition(sentence, evidence)
        or _find_moved_anchor(clause, evidence)
        or _find_lost_limit(sentence, evidence)
        or _find_sold_out(clause, evidence)
    )


def _scopes(text: str) -> list[str]:
    """Split where what a "not" says ends."""
    return [scope for scope in _SCOPE.split(text) if scope.strip()]


def _clauses(text: str) -> list[str]:
    return [clause for clause in _HARD_STOP.split(text.replace("’", "'")) if clause.strip()]


def _is_negated(clause: str) -> bool:
    return any(word in NEGATIONS or word == "soldout" for word in words(clause))


def _heads(text: str) -> set[str]:
    """Give the first content word after each negation."""
    found: set[str] = set()
    for clause in _scopes(text):
        tokens = words(clause)
        for position, token in enumerate(tokens):
            if token in NEGATIONS:
                found.update(concepts(" ".join(tokens[position + 1 :]))[:1])
    return found


def find_negation(sentence: str, evidence: list[str]) -> str | None:
    """Say which "not" a sentence adds to what its evidence says, or drops from it."""
    known = [clause for text in evidence for clause in _scopes(text)]
    for clause in _scopes(sentence):
        said = set(concepts(clause))
        shares = [len(said & other) / len(said | other) if (other := set(concepts(one))) else 0.0 for one in known]
        if not said or not max(shares, default=0):
            continue
        nearest = {_is_negated(one) for one, share in zip(known, shares, strict=True) if share == max(shares)}
        if _is_negated(clause) not in nearest:
            return "affirms what its evidence negates" if True in nearest else "negates what its evidence affirms"
    return _find_moved_negation(sentence, evidence)


def _find_moved_negation(sentence: str, evidence: list[str]) -> str | None:
    said, known = set(concepts(sentence)), {one for text in evidence for one in concepts(text)}
    said_under, known_under = _under_negation([sentence]), _under_negation(evidence)
    if added := sorted((_heads(sentence) & known) - known_under):
        return f"negates {added[0]!r}"
    lost = {head for text in evidence for head in _heads(text)} & said - said_under
    return f"no longer negates {min(lost)!r}" if lost else None


def _under_negation(texts: Iterable[str]) -> set[str]:
    return {one for text in texts for clause in _scopes(text) if _is_negated(clause) for one in concepts(clause)}


def _classes(text: str) -> set[str]:
    tokens = set(words(_EVERY_FEW.sub(" ", text)))
    found = {name for name, members in _CLASSES.items() if tokens & members}
    if "once" in found:
        found.discard("only")
    if re.search(r"\bat once\b", text, re.I):
        found.discard("once")
    return found


def _find_quantifier(sentence: str, evidence: list[str]) -> str | None:
    said = _classes(sentence)
    known = set().union(*(_classes(text) for text in evidence)) if evidence else set()
    if added := [name for name in _ADDED if name in said - known]:
        return f"adds {added[0]!r}"
    if "some" in said - known and "all" in known:
        return "says 'some' of all"
    if lost := [name for name in _LOST if name in known - said]:
        return f"drops {lost[0]!r}"
    return None


def _find_antonym(sentence: str, evidence: list[str]) -> str | None:
    stem = stemmer()
    said, known = ({stem(word) for word in words(text)} for text in (sentence, " ".join(evidence)))
    for pair in pairs():
        for one, other in (pair, pair[::-1]):
            if one in said and one not in known and other in known and other not in said:
                return f"says {one!r} where the evidence says {other!r}"
    return None


def _find_done(clause: str, evidence: list[str]) -> str | None:
    """What "can be cancelled" is not cancelled."""
    said = {one for match in _IS_DONE.finditer(clause) for one in concepts(match.group(1))}
    possible = {one for text in evidence for match in _CAN_BE.finditer(text) for one in concepts(match.group(1))}
    known = {one for text in evidence for match in _IS_DONE.finditer(text) for one in concepts(match.group(1))}
    done = sorted(said & possible - known)
    return f"says {done[0]!r} is done where it can be done" if done else None


def find_lost_condition(sentence: str, evidence: list[str]) -> str | None:
    """Say which condition of its evidence a sentence leaves out."""
    said = set(concepts(sentence))
    general = "all" in _classes(sentence)
    for text in evidence:
        found = [*_CONDITION.finditer(text), *(_UNIVERSAL.finditer(text) if general else ())]
        for match in found:
            condition = set(concepts(match.groups()[-1]))
            if condition and len(condition & said) < len(condition) / 2:
                return f"drops the condition {match.group(0).strip()!r}"
    return None


def _find_moved_anchor(clause: str, evidence: list[str]) -> str | None:
    """Days "from delivery" are not days "from the order"."""
    stem = stemmer()
    known = {stem(word) for text in evidence for word in words(text)}
    meant = {concept(one) for one in known}
    for match in _ANCHOR.finditer(clause):
        anchor = stem(match.group(1).lower())
        if anchor in _ANCHORS and anchor not in known and concept(anchor) not in meant:
            return f"counts from {match.group(1)!r}"
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
    told = any(value.key == _GONE for value in find_values(clause)) or any(_is_negated(scope) for scope in _scopes(clause))
    return "keeps silent that it is sold out" if gone and not told else None
