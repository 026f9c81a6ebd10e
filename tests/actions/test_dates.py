from datetime import date

import pytest

from actions.dates import find_days

TODAY = date(2026, 11, 19)  # a Thursday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("yesterday", date(2026, 11, 18), date(2026, 11, 18)),
        ("the one from last week", date(2026, 11, 9), date(2026, 11, 15)),
        ("3 days ago", date(2026, 11, 15), date(2026, 11, 17)),
        ("a week ago", date(2026, 11, 9), date(2026, 11, 15)),
        ("on monday", date(2026, 11, 16), date(2026, 11, 16)),
        ("last thursday", date(2026, 11, 12), date(2026, 11, 12)),
        ("in october", date(2026, 10, 1), date(2026, 10, 31)),
        ("the december order, from december", date(2025, 12, 1), date(2025, 12, 31)),
        ("on 4 November", date(2026, 11, 4), date(2026, 11, 4)),
        ("november 25th", date(2025, 11, 25), date(2025, 11, 25)),
        ("2026-10-02", date(2026, 10, 2), date(2026, 10, 2)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_past_days_are_read(text: str, first: date, last: date) -> None:
    found = find_days(text, TODAY)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["my order", "2026-13-45", "may I cancel", "31 february"])
def test_what_names_no_day_is_none(text: str) -> None:
    assert find_days(text, TODAY) is None
