"""Finds sentences that turn their evidence round: a "not" lost or added, an "only" dropped, "free" for "paid".

Neither shared words nor similar vectors see this (measured, docs/answers.md), so it is looked for word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from answers.checks.antonyms import harmless, pairs
from answers.checks.values import find_values, without_values
from knowledge_base.text import STOP_WORDS, stemmer, words

_NEGATIONS = {
    "not",
    "no",
    "never",
    "none",
    "without",
    "cannot",
    "nor",
    "neither",
    "unable",
    "nobody",
    "nothing",
    "nowhere",
    "hardly",
    "non",
}
_CLASSES = {
    "all": {
        "all",
        "every",
        "each",
        "any",
        "always",
        "everything",
        "everyone",
        "anything",
        "anyone",
        "whole",
        "entire",
        "anytime",
        "unlimited",
        "whatever",
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
    },
    "only": {"only", "solely", "exclusively"},
    "once": {"once", "single"},
    "both": {"both"},
    "either": {"either"},
}
_ADDED = ("all", "only", "once", "both", "either")
"""Classes that a sentence may not have unless its evidence has them."""
_LOST = ("some", "only", "once")
"""Classes of the evidence that a sentence may not leave out."""
_CONDITION = re.compile(
    r"\b(if|unless|while|as long as|until|once|when|provided|except|only for|in case|without|after|before|(?<!so )that|which|who|whose)\b"
    r"([^,.;:]*)",
    re.I,
)
_HARD_STOP = re.compile(r"[,.;:!?()]|\bbut\b")


def find_flip(sentence: str, aligned: Iterable[str]) -> str | None:
    """Say how a sentence contradicts the evidence that it is aligned with; None where it does not.

    Args:
        sentence: What was written.
        aligned: The evidence sentences nearest to it.
    """
    evidence = list(aligned)
    return (
        _find_negation(sentence, evidence)
        or _find_quantifier(sentence, evidence)
        or _find_antonym(sentence, evidence)
        or _find_lost_condition(sentence, evidence)
        or _find_lost_modifier(sentence, evidence)
        or _find_lost_limit(sentence, evidence)
    )


def _clauses(text: str) -> list[str]:
    return [clause for clause in _HARD_STOP.split(text.replace("’", "'")) if clause.strip()]


def _content(text: str) -> list[str]:
    stem = stemmer()
    return [stem(word) for word in words(text) if word not in STOP_WORDS and word not in _NEGATIONS and not word.endswith("n't")]


def _negated(text: str) -> tuple[set[str], set[str]]:
    """Give the heads that negations stand before, and all stems that they reach: the first two after each, within its clause."""
    heads: set[str] = set()
    reached: set[str] = set()
    for clause in _clauses(text):
        tokens = words(clause)
        for position, token in enumerate(tokens):
            if token in _NEGATIONS or token.endswith("n't"):
                following = _content(" ".join(tokens[position + 1 :]))
                heads.update(following[:1])
                reached.update(following[:2])
    return heads, reached


def _find_negation(sentence: str, evidence: list[str]) -> str | None:
    said_heads, said = _negated(sentence)
    known_heads: set[str] = set()
    known: set[str] = set()
    for text in evidence:
        heads, reached = _negated(text)
        known_heads |= heads
        known |= reached
    said_stems, known_stems = set(_content(sentence)), {stem for text in evidence for stem in _content(text)}
    if added := sorted((said_heads & known_stems) - known):
        return f"negates {added[0]!r}"
    if said_heads and not known_heads:
        return "negates what its evidence affirms"
    if lost := sorted((known_heads & said_stems) - said):
        return f"no longer negates {lost[0]!r}"
    if known_heads and not said_heads:
        return "affirms what its evidence negates"
    return None


def _classes(text: str) -> set[str]:
    tokens = set(words(text))
    found = {name for name, members in _CLASSES.items() if tokens & members}
    if re.search(r"\bat once\b", text, re.I) and "single" not in tokens:
        found.discard("once")
    return found


def _find_quantifier(sentence: str, evidence: list[str]) -> str | None:
    said = _classes(sentence)
    known = set().union(*(_classes(text) for text in evidence)) if evidence else set()
    if added := [name for name in _ADDED if name in said - known]:
        return f"adds {added[0]!r}"
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


def _find_lost_condition(sentence: str, evidence: list[str]) -> str | None:
    said = set(_content(sentence))
    for text in evidence:
        for match in _CONDITION.finditer(text):
            condition = set(_content(match.group(2)))
            if condition and len(condition & said) < len(condition) / 2:
                return f"drops the condition {match.group(0).strip()!r}"
    return None


def _find_lost_modifier(sentence: str, evidence: list[str]) -> str | None:
    """A "gift card" is not any "card": the word right before a noun may not be left out."""
    said = set(_content(sentence))
    for text in evidence:
        for clause in _clauses(text):
            tokens = words(without_values(clause))
            for modifier, noun in pairwise(tokens):
                one, other = _content(modifier), _content(noun)
                if one and other and other[0] in said - harmless() and one[0] not in said | harmless():
                    return f"drops {modifier!r} before {noun!r}"
    return None


def _find_lost_limit(sentence: str, evidence: list[str]) -> str | None:
    """What is free "from 60 EUR" is not simply free."""
    said = {value.key for value in find_values(sentence)}
    lost = [value for text in evidence for value in find_values(text) if value.limit and value.key not in said]
    return f"drops the limit {lost[0].limit} {lost[0].text!r}" if lost else None
