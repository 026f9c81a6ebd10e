"""Finds what has run out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge_base.checks.findings import Finding, FindingKind, Place
from knowledge_base.ingestion.passages import sections
from knowledge_base.models import Document
from knowledge_base.text import sentences

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_NAMES = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
_DATE = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?P<month>{_NAMES})\.?,? (?P<year>20\d\d)|"
    rf"(?P<month2>{_NAMES})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>20\d\d)|"
    rf"(?P<whole>{_NAMES}),? (?P<year3>20\d\d)|"
    r"(?P<iso>20\d\d-\d\d-\d\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.20\d\d))"
)
_ENDS = re.compile(
    rf"\b(?:until|till|through|expires?(?: on)?|ends?(?: on)?|valid to|by|before|up to|to|no later than)(?: the)?(?: end of)? {_DATE}",
    re.IGNORECASE,
)


def find_expired(documents: Sequence[Document], today: date) -> list[Finding]:
    """Find articles whose validity is over or makes no sense, and sentences that promise something until a day that has passed."""
    return [finding for document in documents for finding in (*_check_head(document, today), *_check_text(document, today))]


def _check_head(document: Document, today: date) -> Iterator[Finding]:
    start, end = document.valid_from, document.valid_to
    if start is not None and end is not None and end < start:
        message = f"It is valid to {end} and from {start}: on no day at all."
        yield Finding(FindingKind.EXPIRED, message, (Place(document.slug, "", document.title),))
    elif end is not None and end < today:
        message = f"It was valid to {end}; customers do not see it any more."
        yield Finding(FindingKind.EXPIRED, message, (Place(document.slug, "", document.title),))


def _check_text(document: Document, today: date) -> Iterator[Finding]:
    for section in sections(document):
        for block in section.blocks:
            for sentence in sentences(block.removeprefix("- ")):
                for match in _ENDS.finditer(sentence):
                    day = _read(match)
                    if day is not None and day < today:
                        place = Place(document.slug, section.headings[-1] if section.headings else "", sentence)
                        yield Finding(FindingKind.EXPIRED, f"{day} has passed.", (place,))


def _read(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["dotted"]:
            day, month, year = match["dotted"].split(".")
            return date(int(year), int(month), int(day))
        if match["whole"]:
            return _last_day(int(match["year3"]), _month(match["whole"]))
        name = (match["month"] or match["month2"]).lower()
        return date(int(match["year"] or match["year2"]), _month(name), int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
