"""Numbers as people write them."""

from __future__ import annotations

import re

_SPACES = r" \u00a0\u2009\u202f"
NUMBER = rf"\d+(?:[.,{_SPACES}']\d{{3}})*(?:[.,]\d+)?"

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
WORDS = {word: n for n, word in enumerate([*_UNITS, *_TEENS])} | _TENS | {"dozen": 12}
_WORD = re.compile(rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})(?:[- ]({'|'.join(_UNITS[1:10])}))?\b", re.IGNORECASE)
_TIME = r"(?=\s+(?:business |working )?(?:second(?!\s+[a-z])|minute|hour|day|week|month|year)s?\b)"
_ONE = re.compile(rf"\b(?:an?|one){_TIME}|\bone(?=\s+(?:to|or)\s+(?:two|three|\d))", re.IGNORECASE)
_SPOKEN = [
    (r"\bthree[- ]quarters of an hour\b", "45 minutes"),
    (r"\b(?:a |one )?quarter of an hour\b|\ba quarter hour\b", "15 minutes"),
    (r"\ban hour and a half\b|\bone and a half hours\b", "90 minutes"),
    (r"\bhalf (?:an|of an) hour\b|\ba half[- ]hour\b", "30 minutes"),
    (r"\bhalf a year\b", "6 months"),
    (r"\bhalf a day\b", "12 hours"),
    (r"\bfortnight\b", "2 weeks"),
    (r"\bevery (?=(?:day|week|month|year)\b)", "every 1 "),
    (r"\bhalf a dozen\b", "6"),
    (r"\ba dozen\b", "12"),
    (r"\ba couple of\b", "2"),
    (r"\btwice(?! as\b)", "2 times"),
    (r"\bthrice\b", "3 times"),
    (r"\bevery other (?=day|week|month|year)", "every 2 "),
]
_UNIT = r"(?=\s+(?:litre|liter|metre|meter|kilo(?:gram)?|kilometre|kilometer|inch|degree)s?\b)"
_SPOKEN += [
    (rf"\bthree[- ]quarters of an?{_UNIT}", "0.75"),
    (rf"\b(?:a |one )?quarter of an?{_UNIT}", "0.25"),
    (rf"\bhalf (?:of )?an?{_UNIT}|\ba half{_UNIT}", "0.5"),
    (rf"\b(?:one|an?) and a half{_UNIT}", "1.5"),
]
_ANY_SPOKEN = re.compile("|".join(pattern for pattern, _ in _SPOKEN), re.IGNORECASE)
_SPOKEN_RULES = [(re.compile(pattern, re.IGNORECASE), new) for pattern, new in _SPOKEN]


def in_digits(text: str) -> str:
    """Write number words as digits: "two weeks" becomes "2 weeks". "One" counts only before a time; else it is often a pronoun."""
    if _ANY_SPOKEN.search(text):
        for pattern, new in _SPOKEN_RULES:
            text = pattern.sub(new, text)
    text = _ONE.sub("1", text)
    return _WORD.sub(_digits, text)


_COUNTED = re.compile(rf"\b(\d+|{'|'.join(_UNITS[2:])}) (?=(?:[a-z-]+ ){{0,2}}[a-z-]+(?::|, (?=[A-Z\d])) ?([^:.;!?]+)[.!]?$)")
_ITEMS = re.compile(r",\s+(?:and |or )?|\s+(?:and|or)\s+")


def without_own_count(sentence: str) -> str:
    """Leave out a number that only counts what the sentence goes on to list: "in two sizes: 80 cm and 90 cm"."""
    match = _COUNTED.search(sentence)
    if match is None:
        return sentence
    count = WORDS.get(match.group(1)) or int(match.group(1))
    listed = len(_ITEMS.split(match.group(2)))
    return sentence[: match.start()] + sentence[match.end() :] if 1 < count == listed else sentence


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
    text = re.sub(rf"[{_SPACES}']", "", text)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return float(text)
    separators = {character for character in text if character in ".,"}
    if len(separators) == 1 and (len(text) - last == 4 or text.count(text[last]) > 1):
        return float(re.sub(r"[.,]", "", text))
    return float(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])
