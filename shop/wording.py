"""How amounts, dates and lists are written in sentences built from records."""

from collections.abc import Sequence
from datetime import datetime


def money(cents: int, currency: str) -> str:
    """Write an amount, such as "1,049.00 EUR"."""
    return f"{cents // 100:,}.{cents % 100:02d} {currency}"


def day(moment: datetime) -> str:
    """Write a date, such as "4 March 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def join(parts: Sequence[str], last: str = "and") -> str:
    """Write a list, such as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
