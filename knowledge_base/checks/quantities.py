"""Reads figures with their units, in the ways that people write them: "two weeks" is "14 days", "1.299,00 €" is "EUR 1,299"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.text import stemmer

_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()  # noqa: SIM905
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"]
_NUMBER_WORDS = {word: float(number) for number, word in enumerate(_WORDS)} | {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
_NUMBER = rf"(?:\d[\d.,]*\d|\d|\b(?:{'|'.join(_NUMBER_WORDS)})\b)"
_DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_SPAN = rf"(?P<low>{_NUMBER})(?:\s*(?P<money1>EUR|€|euros?)?\s*(?:to|-|–|and|or)\s*(?P<high>{_NUMBER}))?"
_DURATION = re.compile(rf"{_SPAN}[\s-]*(?:business |working |calendar |full |more )?(?P<unit>{'|'.join(_DAYS)})s?\b", re.IGNORECASE)
_MONEY = re.compile(
    rf"(?:(?:EUR|€)\s?(?P<before>{_NUMBER})(?:\s*(?:to|-|–)\s*(?:EUR|€)?\s?(?P<before_high>{_NUMBER}))?)|(?:{_SPAN}\s?(?:EUR\b|€|euros?\b))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?P<low>[0-2]?\d:[0-5]\d)(?:\s*(?:to|-|–|and|until)\s*(?P<high>[0-2]?\d:[0-5]\d))?")
_PERCENT = re.compile(rf"(?P<low>{_NUMBER})\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
# What is said without a figure: "a fortnight", "half an hour", "a day".
_SPOKEN = re.compile(
    rf"\b(?:(?P<fortnight>(?:a )?fortnight)|(?P<part>half|(?:a )?quarter of) an? (?P<of>{'|'.join(_DAYS)})|"
    r"an? (?P<one>hour|day|week|month|year))\b(?! (?:before|ago|later))",
    re.IGNORECASE,
)
_TIMES = {"once": 1.0, "twice": 2.0}
_OFTEN = re.compile(
    rf"\b(?:(?:(?P<times>once|twice)|(?P<number>{_NUMBER}) times) (?:a|an|every|each|per) (?P<per>{'|'.join(_DAYS)})"
    rf"|every (?:(?P<every>{_NUMBER})(?: (?:to|or) (?P<most>{_NUMBER}))? )?(?P<unit>{'|'.join(_DAYS)})s?"
    r"|(?P<adverb>daily|weekly|monthly|yearly|annually))\b",
    re.IGNORECASE,
)
_ADVERBS = {"daily": 1.0, "weekly": 7.0, "monthly": 365.25 / 12, "yearly": 365.25, "annually": 365.25}
_AT_ONCE = re.compile(r"\b(?:at once|immediately|instantly|right away)\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?P<low>{_NUMBER})(?:\s*(?:to|-|–)\s*(?P<high>{_NUMBER}))?\s(?P<unit>[^\W\d_]+|°C)", re.IGNORECASE)
_NO_UNITS = frozenset(
    ("of", "to", "or", "and", "the", "a", "in", "on", "at", "for", "from", "by", "is", "are", "was", "with", "as", "that", "than")
)
_TOLERANCE = 0.02
TYPED = frozenset({"days", "interval", "money", "clock", "percent"})
"""Kinds of figure that are comparable whatever they stand beside."""


@dataclass(frozen=True)
class Quantity:
    """A figure or a span of figures.

    Attributes:
        kind: What it counts: `days`, `interval` (days from one time to the next), `money` (cents), `clock` (minutes), `percent`, or the
            stem of the word behind the figure.
        low: The lower end.
        high: The upper end; the same for a single figure.
        start: Where it stands in the text.
        end: Where it ends.
    """

    kind: str
    low: float
    high: float
    start: int
    end: int

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both can be true of one thing: they are the same, or one is a figure within the other's span."""
        if self.low == self.high or other.low == other.high:
            return self._holds(other) or other._holds(self)
        return _near(self.low, other.low) and _near(self.high, other.high)

    def _holds(self, other: Quantity) -> bool:
        slack = _TOLERANCE * max(abs(self.high), abs(self.low))
        return self.low - slack <= other.low and other.high <= self.high + slack


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))


def find_quantities(text: str) -> list[Quantity]:
    """Give the figures of a text, in order; none overlaps another."""
    found: list[Quantity] = []
    for quantity in _candidates(text):
        if all(quantity.end <= other.start or other.end <= quantity.start for other in found):
            found.append(quantity)
    return sorted(found, key=lambda quantity: quantity.start)


def without_quantities(text: str, found: list[Quantity]) -> str:
    """Give the text with its figures and units left out."""
    for quantity in reversed(found):
        text = f"{text[: quantity.start]} {text[quantity.end :]}"
    return text


def _candidates(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        yield _span("clock", match, _minutes(match["low"]), _minutes(match["high"] or match["low"]))
    for match in _MONEY.finditer(text):
        low = read_number(match["before"] or match["low"]) * 100
        high = match["before_high"] or match["high"]
        yield _span("money", match, low, read_number(high) * 100 if high else low)
    for match in _OFTEN.finditer(text):
        yield _span("interval", match, *_interval(match))
    for match in _DURATION.finditer(text):
        scale = _DAYS[match["unit"].lower()]
        low = read_number(match["low"]) * scale
        yield _span("days", match, low, read_number(match["high"]) * scale if match["high"] else low)
    for match in _SPOKEN.finditer(text):
        yield _span("days", match, _spoken(match), _spoken(match))
    for match in _AT_ONCE.finditer(text):
        yield _span("days", match, 0.0, 0.0)
    for match in _PERCENT.finditer(text):
        yield _span("percent", match, read_number(match["low"]), read_number(match["low"]))
    stem = stemmer()
    for match in _COUNT.finditer(text):
        if match["unit"].lower() not in _NO_UNITS:
            low = read_number(match["low"])
            high = read_number(match["high"]) if match["high"] else low
            yield _span(stem(match["unit"].lower()), match, low, high)


def _interval(match: re.Match[str]) -> tuple[float, float]:
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()], _ADVERBS[match["adverb"].lower()]
    if match["per"]:
        times = _TIMES[match["times"].lower()] if match["times"] else read_number(match["number"])
        return _DAYS[match["per"].lower()] / (times or 1.0), _DAYS[match["per"].lower()] / (times or 1.0)
    least = read_number(match["every"]) if match["every"] else 1.0
    most = read_number(match["most"]) if match["most"] else least
    return least * _DAYS[match["unit"].lower()], most * _DAYS[match["unit"].lower()]


def _spoken(match: re.Match[str]) -> float:
    if match["fortnight"]:
        return 14.0
    if match["part"]:
        return (0.5 if match["part"].lower() == "half" else 0.25) * _DAYS[match["of"].lower()]
    return _DAYS[match["one"].lower()]


def _span(kind: str, match: re.Match[str], low: float, high: float) -> Quantity:
    return Quantity(kind, min(low, high), max(low, high), match.start(), match.end())


def _minutes(clock: str) -> float:
    hours, minutes = clock.split(":")
    return int(hours) * 60.0 + int(minutes)


def read_number(text: str) -> float:
    """Read a number as it is written: 1,299.00, 1.299,00, 4,90, twelve."""
    if (word := text.lower()) in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return float(text)
    whole, fraction = re.sub(r"[.,]", "", text[:last]), text[last + 1 :]
    is_fraction = len(fraction) != 3 or (text.count(text[last]) == 1 and ("." in text[:last] or "," in text[:last]))
    return float(f"{whole}.{fraction}") if is_fraction else float(whole + fraction)
