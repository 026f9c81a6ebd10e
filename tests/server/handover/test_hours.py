"""Opening hours: read, told, and right on the nights when the clock changes."""

from datetime import UTC, datetime

import pytest

from server.handover.hours import OpeningHours

WEEK = OpeningHours.parse("Mon-Fri 09:00-18:00; Sat 10:00-14:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-20T08:00:00+00:00", True),  # Friday 09:00 in Berlin
        ("2026-11-20T07:59:00+00:00", False),
        ("2026-11-20T17:00:00+00:00", False),  # 18:00 is closed
        ("2026-11-21T12:59:00+00:00", True),  # Saturday 13:59
        ("2026-11-22T10:00:00+00:00", False),  # Sunday
    ],
)
def test_open_means_within_a_span_in_the_shops_zone(at: str, is_open: bool):
    assert WEEK.is_open(datetime.fromisoformat(at)) is is_open


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-20T05:00:00+00:00", "today at 09:00"),
        ("2026-11-20T18:00:00+00:00", "tomorrow at 10:00"),
        ("2026-11-21T15:00:00+00:00", "on Monday at 09:00"),
        ("2026-11-22T15:00:00+00:00", "tomorrow at 09:00"),
    ],
)
def test_the_return_is_told_in_the_shops_own_days(at: str, words: str):
    assert WEEK.describe_return(datetime.fromisoformat(at)) == words


def test_the_next_opening_moves_with_the_clock_change():
    # Berlin leaves summer time on 25 October 2026: Saturday's 10:00 is 08:00 UTC, Monday's 09:00 is 08:00 UTC too.
    saturday_evening = datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert WEEK.find_next_opening(saturday_evening) == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_a_span_of_days_may_wrap_the_weekend():
    hours = OpeningHours.parse("Sat-Mon 10:00-12:00", "UTC")
    assert [span.weekday for span in hours.spans] == [0, 5, 6]


def test_always_and_never():
    at = datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert OpeningHours.parse("24/7", "UTC").is_open(at)
    never = OpeningHours.parse("", "UTC")
    assert not never.is_open(at)
    assert never.describe_return(at) is None


@pytest.mark.parametrize("text", ["Mon-Fri", "Mun 09:00-18:00", "Mon 18:00-09:00", "Mon 25:00-26:00", "Mon 09:70-10:00"])
def test_hours_that_cannot_be_read_say_so(text: str):
    with pytest.raises(ValueError, match=r"Mon|Mun|mun|25:00|09:70"):
        OpeningHours.parse(text, "Europe/Berlin")


def test_an_unknown_zone_says_so():
    with pytest.raises(ValueError, match="Mars/Olympus"):
        OpeningHours.parse("Mon 09:00-10:00", "Mars/Olympus")
