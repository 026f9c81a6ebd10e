"""Words that stand near each other without being the same, and forms that no stemmer brings together: `thesaurus.yml`, read once.

A word may be near several others ("save" is near "keep" and near "spare"); nearness does not carry over.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from knowledge_base.text import stemmer

_FILE = Path(__file__).with_name("thesaurus.yml")


@cache
def _read() -> dict[str, str]:
    """Read the file's sections; each is one block of words, so that reading takes milliseconds."""
    sections: dict[str, str] = yaml.safe_load(_FILE.read_text("utf8"))
    return sections


def _stem(word: str) -> str:
    return stemmer()(word)


@cache
def _bases() -> dict[str, str]:
    """Map the stem of each form to the stem of its base form."""
    found: dict[str, str] = {}
    for line in _read()["forms"].splitlines():
        first, *others = map(_stem, line.split())
        for form in (first, *others):
            found.setdefault(form, first)
    for word in _read()["compared"].split():
        root = word[:-1] if word.endswith(("e", "y")) else word
        root += "i" if word.endswith("y") else ""
        for form in (f"{root}er", f"{root}est", f"{word}{word[-1]}er", f"{word}{word[-1]}est"):
            found.setdefault(_stem(form), _stem(word))
    return found


def base(stemmed: str) -> str:
    """Give the stem of a word's base form: of "thrown" that of "throw", of "quickest" that of "quick"."""
    return _bases().get(stemmed, stemmed)


@cache
def near_groups() -> tuple[tuple[str, ...], ...]:
    """Give the groups of words that stand near each other, as stems of base forms. The first is near each of the others."""
    return tuple(tuple(base(_stem(word)) for word in line.split()) for line in _read()["near"].splitlines())


@cache
def light_stems() -> frozenset[str]:
    """Give the words that carry no matter of their own, as stems of base forms."""
    return frozenset(base(_stem(word)) for word in _read()["light"].split())
