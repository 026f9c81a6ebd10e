"""Finds the values that a sentence states: money, times, dates, measures, ids, plain numbers, each with its limit word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from answers.checks.numbers import NUMBER, in_digits, parse

_CURRENCIES = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD"}
_CURRENCIES |= {"£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "chf": "CHF", "franc": "CHF", "francs": "CHF"}
_DURATIONS = {"second": ("s", 1), "minute": ("s", 60), "min": ("s", 60), "hour": ("s", 3600), "day": ("s", 86400), "week": ("s", 604800)}
_DURATIONS |= {"month": ("months", 1), "year": ("months", 12)}
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTH = "|".join([*_MONTHS, *(f"{name[:3]}\\b\\.?" for name in _MONTHS)])
_MEASURES = (
    "cm|mm|km|m|kg|g|mg|ml|l|litres?|liters?|w|kw|v|mah|wh|db|hz|khz|mhz|ghz|gb|tb|mb|k|lm|lumens?|bar|px|inch(?:es)?|°\\s?c|degrees?|"
)
_MEASURES += "kilometres?|kilometers?|centimetres?|centimeters?|millimetres?|millimeters?|kilograms?|kilos?|grams?|milligrams?|"
_MEASURES += "millilitres?|milliliters?|watts?|volts?|decibels?|hertz|"
_MEASURES += "characters?|points?|pieces?|items?|times?|persons?|metres?|meters?|square metres?"

_RANGE = rf"({NUMBER})(?:\s*(?:to|-|–|—|and|or)\s*({NUMBER}))?"
_DATE_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?({_MONTH})(?:,?\s+(\d{{4}}))?|\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?",
    re.I,
)
_DATE_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DATE_DOTS = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})\b")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|o'clock)|\b(\d{1,2}):(\d{2})\b", re.I)
_MONEY = re.compile(
    rf"([€$£]|\b(?:eur|usd|gbp|chf)\b)\s*({NUMBER})|{_RANGE}\s*([€$£]|\b(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|francs?)\b)", re.I
)
_CENTS = re.compile(rf"({NUMBER})\s*cents?\b", re.I)
_PERCENT = re.compile(rf"{_RANGE}\s*(?:%|per\s?cent\b)", re.I)
_DURATION = re.compile(rf"{_RANGE}[\s-]*(business |working |week)?\s*(seconds?|minutes?|min|hours?|days?|weeks?|months?|years?)\b", re.I)
_SIZE = re.compile(rf"({NUMBER})\s*[x×]\s*({NUMBER})(?:\s*[x×]\s*({NUMBER}))?\s*(cm|mm|m)?\b", re.I)
_MEASURE = re.compile(rf"{_RANGE}\s*({_MEASURES})\b", re.I)
_ID = re.compile(r"#?\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*\b|#\d+\b|\b\d{6,}\b")
_FRACTION = re.compile(
    r"\b(?:(\d+|an?|one) (half|third|quarter|fifth)s?"
    r"(?=\s+(?:of|as|less|more|off|full|the)\b|\s*[.,;:)]|$)|(half)(?= (?:of|as|the|price)\b))",
    re.I,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_PLAIN = re.compile(rf"({NUMBER})(?:\s*(?:to|-|–|—)\s*({NUMBER}))?")
_AT_ONCE = re.compile(r"\bat once\b", re.I)
_STATE = re.compile(r"\b(instock|soldout)\b", re.I)
_DAYS = re.compile(r"\b(mon|tues?|wednes|thurs?|fri|satur|sun)days?\b", re.I)

_MOST = r"up to|at most|no more than|not more than|maximum(?: of)?|less than|under|below|no later than|not later than|not exceed(?:ing)?|"
_MOST += r"no longer than|not longer than"
_LEAST = r"at least|no less than|not less than|minimum(?: of)?|more than|over|above|from|starting at|exceed(?:ing|s)?|"
_LEAST += r"later than|older than|longer than|higher than|larger than|heavier than"
_LIMITS = [("within", r"within|inside|until|before|by"), ("most", _MOST), ("after", r"after|past"), ("least", _LEAST)]
_BEFORE = [(name, re.compile(rf"\b(?:{words})\s+(?:the |an? |about |a total of )?$", re.I)) for name, words in _LIMITS]
_BEHIND = [("least", re.compile(r"^\s*(?:or (?:more|longer|older|over)|and (?:more|over|up))\b", re.I))]
_BEHIND += [("most", re.compile(r"^\s*(?:or (?:less|fewer|under)|at most|max|[\w\s]{0,30}\b(?:is|are) the most)\b", re.I))]
_OPPOSED = {("within", "after"), ("within", "least"), ("most", "least"), ("most", "after")}
_DROPPABLE = {"", "within", "after"}
"""Limits whose word may be left out: "within 30 days" is also "you have 30 days", but "up to 10 percent" is not "10 percent"."""
_POINTS = {"clock", "date", "weekday"}
_EVERY = re.compile(r"\bevery $", re.I)
_FROM = re.compile(r"\bfrom $", re.I)
_DURATION_KEYS = {"s", "months", "business days"}
_BOUNDS = {"most", "least"}
_NAMING = {"date", "clock", "id", "weekday", "size", "state"}
_COUNTED = {"character", "point", "piece", "item", "time", "person"}
_BASE = {"kg": ("g", 1000.0), "mg": ("g", 0.001), "l": ("ml", 1000.0), "km": ("mm", 1e6), "m": ("mm", 1000.0), "cm": ("mm", 10.0)}
_BASE |= {"kw": ("w", 1000.0), "khz": ("hz", 1e3), "mhz": ("hz", 1e6), "ghz": ("hz", 1e9), "tb": ("mb", 1e6), "gb": ("mb", 1e3)}
"""Units that differ by a factor alone."""
_SPELLED = {"litre": "l", "liter": "l", "metre": "m", "meter": "m", "lumen": "lm", "degree": "°c", "gram": "g", "kilo": "kg", "watt": "w"}
_SPELLED |= {"volt": "v", "decibel": "db", "hertz": "hz", "kilogram": "kg", "milligram": "mg"}
_SPELLED |= {f"{name}{unit}": f"{sign}m" for name, sign in (("kilo", "k"), ("centi", "c"), ("milli", "m")) for unit in ("metre", "meter")}
_SPELLED |= {"millilitre": "ml", "milliliter": "ml"}


@dataclass(frozen=True)
class Value:
    """One value.

    Attributes:
        key: The value in a normal form; equal values have equal keys.
        limit: `most`, `least`, `within`, `after`, or empty.
        text: As it was written.
    """

    key: tuple[str, ...]
    limit: str
    text: str

    @property
    def figures(self) -> frozenset[str]:
        """The numbers in it, as written."""
        return frozenset(_number(figure) for figure in re.findall(NUMBER, self.text))

    @property
    def kind(self) -> tuple[str, ...]:
        """What it measures: values of one kind can be mistaken for each other."""
        if self.key[0] in _DURATION_KEYS:
            return ("duration",)
        return self.key[:1] if self.key[0] in {"date", "size"} else self.key[:-1]

    def can_stand_for(self, stated: Value) -> bool:
        """Whether one could be mistaken for the other: a bare number could be any figure."""
        return self.kind == stated.kind or (stated.key[0] == "number" and self.key[0] not in _NAMING)

    def stands_for(self, stated: Value) -> bool:
        """Whether evidence with this value supports a sentence with that one."""
        if not self._equals(stated) or (self.limit, stated.limit) in _OPPOSED or (stated.limit, self.limit) in _OPPOSED:
            return False
        if stated.limit in _BOUNDS and not self.limit:
            return stated.key[0] in {"s", "business days"} and stated.limit == "most"
        return bool(stated.limit) or self.limit in _DROPPABLE

    def _equals(self, stated: Value) -> bool:
        if self.key == stated.key or self._bounds(stated):
            return True
        if self.key[0] == "date" == stated.key[0]:
            return not stated.key[1] and self.key[2:] == stated.key[2:]
        if stated.key[0] == "number":
            # "You need to be 18" for "18 years old"; what is meant is decided by the words around it.
            return self.key[0] not in _NAMING and stated.figures == self.figures
        return _counts(stated) and self.key[0] == "number" and self.key[-1] == stated.key[-1]

    def _bounds(self, stated: Value) -> bool:
        """Whether the sentence states one end of this span as that end: "from 10 EUR" of 10 to 250 EUR."""
        low, dash, high = self.key[-1].partition("-")
        end = {"least": low, "most": high}.get(stated.limit)
        return bool(dash) and self.key[:-1] == stated.key[:-1] and end == stated.key[-1]


def find_values(text: str) -> list[Value]:
    """Find the values of a text, in order of kind. What one kind has read, the next does not see."""
    return list(_values(text))


@lru_cache(maxsize=4096)
def _values(text: str) -> tuple[Value, ...]:
    """Kept: the lines of an article are asked for again with every sentence."""
    rest = in_digits(text)
    found: list[Value] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(rest):
            key = read(match)
            before = rest[: match.start()]
            begins = _EVERY.search(before) or (key[0] in _POINTS and _FROM.search(before))
            found.append(Value(key, "" if begins else _limit(rest, match), match.group(0).strip()))
        rest = pattern.sub(lambda match: " " * len(match.group(0)), rest)
    return tuple(found)


def _limit(text: str, match: re.Match[str]) -> str:
    before, behind = text[: match.start()], text[match.end() :]
    return next((name for name, words in _BEHIND if words.search(behind)), "") or next(
        (name for name, words in _BEFORE if words.search(before)), ""
    )


def _counts(value: Value) -> bool:
    return value.key[0] == "measure" and value.key[1] in _COUNTED


def _number(text: str) -> str:
    return f"{parse(text):g}"


def _span(first: str, second: str | None, factor: float = 1) -> str:
    return "-".join(f"{parse(text) * factor:g}" for text in (first, second) if text)


def _money(match: re.Match[str]) -> tuple[str, ...]:
    if match.group(1):
        return ("money", _CURRENCIES[match.group(1).lower()], _number(match.group(2)))
    return ("money", _CURRENCIES[match.group(5).lower()], _span(match.group(3), match.group(4)))


def _cents(match: re.Match[str]) -> tuple[str, ...]:
    return ("money", "EUR", f"{parse(match.group(1)) / 100:g}")


def _percent(match: re.Match[str]) -> tuple[str, ...]:
    return ("percent", _span(match.group(1), match.group(2)))


def _duration(match: re.Match[str]) -> tuple[str, ...]:
    unit = match.group(4).lower().rstrip("s") or "s"
    if match.group(3) and unit == "day":
        return ("business days", _span(match.group(1), match.group(2)))
    name, factor = _DURATIONS[unit]
    return (name, _span(match.group(1), match.group(2), factor))


def _date_words(match: re.Match[str]) -> tuple[str, ...]:
    day, name, year = match.group(1) or match.group(5), match.group(2) or match.group(4), match.group(3) or match.group(6)
    month = next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name.lower().rstrip(".")[:3]))
    return ("date", year or "", str(month), str(int(day)))


def _date_iso(match: re.Match[str]) -> tuple[str, ...]:
    return ("date", match.group(1), str(int(match.group(2))), str(int(match.group(3))))


def _date_dots(match: re.Match[str]) -> tuple[str, ...]:
    year = match.group(3) if len(match.group(3)) == 4 else f"20{match.group(3)}"
    return ("date", year, str(int(match.group(2))), str(int(match.group(1))))


def _clock(match: re.Match[str]) -> tuple[str, ...]:
    hour, minute, half = int(match.group(1) or match.group(4)), int(match.group(2) or match.group(5) or 0), (match.group(3) or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    return ("clock", str(hour), str(minute))


def _size(match: re.Match[str]) -> tuple[str, ...]:
    return ("size", *(_number(part) for part in match.groups()[:3] if part), (match.group(4) or "").lower())


def _measure(match: re.Match[str]) -> tuple[str, ...]:
    unit = re.sub(r"\s", "", match.group(3).lower())
    unit = _SPELLED.get(unit.rstrip("s"), unit.rstrip("s"))
    base, factor = _BASE.get(unit, (unit, 1))
    return ("measure", base, _span(match.group(1), match.group(2), factor))


def _identifier(match: re.Match[str]) -> tuple[str, ...]:
    return ("id", match.group(0).lstrip("#").upper())


def _fraction(match: re.Match[str]) -> tuple[str, ...]:
    count = match.group(1) or "1"
    part = _PARTS[(match.group(2) or match.group(3)).lower()]
    return ("fraction", f"{(int(count) if count.isdigit() else 1) / part:g}")


def _plain(match: re.Match[str]) -> tuple[str, ...]:
    return ("number", _span(match.group(1), match.group(2)))



def _weekday(match: re.Match[str]) -> tuple[str, ...]:
    return ("weekday", match.group(1).lower()[:3])


def _state(match: re.Match[str]) -> tuple[str, ...]:
    return ("state", match.group(1).lower())


def _at_once(match: re.Match[str]) -> tuple[str, ...]:
    return ("s", "0")


_READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, ...]]]] = [
    (_DATE_ISO, _date_iso),
    (_DATE_DOTS, _date_dots),
    (_DATE_WORDS, _date_words),
    (_CLOCK, _clock),
    (_MONEY, _money),
    (_CENTS, _cents),
    (_PERCENT, _percent),
    (_DURATION, _duration),
    (_SIZE, _size),
    (_MEASURE, _measure),
    (_ID, _identifier),
    (_FRACTION, _fraction),
    (_PLAIN, _plain),
    (_DAYS, _weekday),
    (_STATE, _state),
    (_AT_ONCE, _at_once),
]


@lru_cache(maxsize=4096)
def without_values(text: str) -> str:
    """Give the words of a text without its values."""
    rest = in_digits(text)
    for pattern, _ in _READERS:
        rest = pattern.sub(" ", rest)
    return rest


def without_dates(text: str) -> str:
    """Give a text without its dates and clock times: "09.03.2026" is no telephone number."""
    for pattern in (_DATE_ISO, _DATE_DOTS, _CLOCK):
        text = pattern.sub(" ; ", text)
    return text
