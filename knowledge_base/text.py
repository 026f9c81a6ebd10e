"""Small tools on plain text: words, sentences, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from threading import local

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
# A full stop ends a sentence only before a new one, so that "4.90 EUR", "e.g. wool" and "approx. 3 days" stay whole.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[\"“'(]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|approx|incl|excl|no|nos|art|vs|etc|st|dr|mr|mrs|ms|z\.b)\.|\b[A-Z]\.)$", re.IGNORECASE)

_STOP_WORDS = """
a an and are as at be been but by can could did do does for from had has have how i if in into is it its may me my of on or our
should so than that the their them then there these they this to us was we were what when where which who will with would you your
am im i'm it's i've there's what's please hello hi hey thanks thank just any some about also get got want like need know tell
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about the matter, in a shop's questions."""

_threads = local()


def stemmer() -> Callable[[str], str]:
    """Give this thread's English stemmer; the library's object must not be shared."""
    if not hasattr(_threads, "stem"):
        _threads.stem = cache(Stemmer.Stemmer("english").stemWord)
    stem: Callable[[str], str] = _threads.stem
    return stem


def words(text: str) -> list[str]:
    """Split a text into lower-case words; "don't" is one word."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def stems(text: str, keep_stop_words: bool = False) -> list[str]:
    """Split a text into stemmed words, in order, without the little ones unless they are asked for."""
    stem = stemmer()
    return [stem(word) for word in words(text) if keep_stop_words or word not in STOP_WORDS]


def sentences(text: str) -> list[str]:
    """Split running text into sentences."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def slugify(text: str) -> str:
    """Make a name for addresses: lower case, ASCII, hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "section"
