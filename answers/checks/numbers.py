"""Numbers as people write them."""

from __future__ import annotations

import re

NUMBER = r"\d+(?:[.,   ']\d{3})*(?:[.,]\d+)?"

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
WORDS = {word: n for n, word in enumerate([*_UNITS, *_TEENS])} | _TENS | {"dozen": 12}
_WORD = re.compile(rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})(?:[- ]({'|'.join(_UNITS[1:10])}))?\b", re.IGNORECASE)
_TIME = r"(?=\s+(?:business |working )?(?:second|minute|hour|day|week|month|year)s?\b)"
_ONE = re.compile(rf"\b(?:an?|one){_TIME}|\bone(?=\s+(?:to|or)\s+(?:two|three|\d))", re.IGNORECASE)
_HALF = re.compile(r"\bhalf an hour\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """Write number words as digits: "two weeks" becomes "2 weeks". "One" counts only before a time; else it is often a pronoun."""
    text = _HALF.sub("30 minutes", text)
    text = _ONE.sub("1", text)
    return _WORD.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    first, second = match.group(1).lower(), match.group(2)
    if first == "one" and second is None:
        return match.group(0)
    if second is not None and WORDS[first] < 20:
        return match.group(0)
    return str(WORDS[first] + (WORDS[second.lower()] if second else 0))


def parse(text: str) -> float:
    """Read a number in English or continental writing: 1,299.00 and 1.299,00 are the same.

    One separator before exactly three digits parts thousands ("1.299"); evidence and claim are read alike.
    """
    text = re.sub(r"[   ']", "", text)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return float(text)
    separators = {character for character in text if character in ".,"}
    if len(separators) == 1 and (len(text) - last == 4 or text.count(text[last]) > 1):
        return float(re.sub(r"[.,]", "", text))
    return float(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])
