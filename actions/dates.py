"""Days that customers mean: "yesterday", "last week", "3 days ago", "on monday", "in march", "4 March"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "couple": 2, "few": 3}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in _MONTHS)
_AGO = re.compile(r"\b(\d{1,3}|a couple of|a few|an?|one|two|three|four|five|six|seven)\s+(day|week|month)s?\s+ago\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b|\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b")
_IN_MONTH = re.compile(rf"\b(?:in|from|of|back in|last)\s+({_MONTH})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class DayRange:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the range."""
        return self.first <= day <= self.last


def find_days(text: str, today: date) -> DayRange | None:
    """The past days that `text` names, or None. The first reading that fits is taken; coming days are not meant."""
    text = text.lower()
    return _iso(text) or _ago(text, today) or _day_month(text, today) or _plain(text, today) or _month(text, today) or _weekday(text, today)


def _iso(text: str) -> DayRange | None:
    found = _ISO.search(text)
    try:
        return _one(date(*map(int, found.groups()))) if found else None
    except ValueError:
        return None


def _ago(text: str, today: date) -> DayRange | None:
    found = _AGO.search(text)
    if not found:
        return None
    word = found[1].split()[1] if found[1].startswith("a ") else found[1]
    count = int(word) if word.isdigit() else _NUMBERS[word]
    about = today - timedelta(days=count * _UNIT_DAYS[found[2]])
    slack = timedelta(days={"day": 1 if count > 2 else 0, "week": 3, "month": 16}[found[2]])
    return DayRange(about - slack, about + slack)


def _plain(text: str, today: date) -> DayRange | None:
    monday = today - timedelta(days=today.weekday())
    first_of_month = today.replace(day=1)
    end_of_last_month = first_of_month - timedelta(days=1)
    ranges = {
        "day before yesterday": _one(today - timedelta(days=2)),
        "yesterday": _one(today - timedelta(days=1)),
        "today": _one(today),
        "this morning": _one(today),
        "last week": DayRange(monday - timedelta(days=7), monday - timedelta(days=1)),
        "this week": DayRange(monday, today),
        "last month": DayRange(end_of_last_month.replace(day=1), end_of_last_month),
        "this month": DayRange(first_of_month, today),
    }
    return next((found for words, found in ranges.items() if words in text), None)


def _day_month(text: str, today: date) -> DayRange | None:
    found = _DAY_MONTH.search(text)
    if not found:
        return None
    day, month = int(found[1] or found[4]), _month_number(found[2] or found[3])
    for year in (today.year, today.year - 1):
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if meant <= today:
            return _one(meant)
    return None


def _month(text: str, today: date) -> DayRange | None:
    found = _IN_MONTH.search(text)
    if not found:
        return None
    month = _month_number(found[1])
    first = date(today.year if month <= today.month else today.year - 1, month, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return DayRange(first, following - timedelta(days=1))


def _weekday(text: str, today: date) -> DayRange | None:
    for number, name in enumerate(_WEEKDAYS):
        if re.search(rf"\b{name}\b", text):
            return _one(today - timedelta(days=(today.weekday() - number) % 7 or 7))
    return None


def _month_number(word: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(word[:3]))


def _one(day: date) -> DayRange:
    return DayRange(day, day)
