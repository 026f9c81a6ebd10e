"""When people are at the counter: opening hours written as "Mon-Fri 09:00-18:00; Sat 10:00-14:00"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = re.compile(r"(?P<days>daily|[a-z]{3}(?:-[a-z]{3})?)\s+(?P<opens>\d{1,2}:\d{2})-(?P<closes>\d{1,2}:\d{2})", re.IGNORECASE)
_ALWAYS = frozenset({"24/7", "always"})


@dataclass(frozen=True)
class Span:
    """One stretch of opening on one weekday, in minutes after local midnight; `closes` is at most 1440."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True)
class OpeningHours:
    """The stretches of a week in which people answer, in the shop's time zone."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    @classmethod
    def parse(cls, text: str, timezone: str) -> "OpeningHours":
        """Read opening hours.

        Args:
            text: Spans parted by "," or ";", such as "Mon-Fri 09:00-18:00; Sat 10:00-14:00"; "24/7"; or "" for never.
            timezone: IANA name, such as "Europe/Berlin".

        Raises:
            ValueError: If a span or the zone cannot be read; the message shows the piece and an example.
        """
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as exc:
            msg = f"No time zone {timezone!r}. Give an IANA name, such as Europe/Berlin."
            raise ValueError(msg) from exc
        if text.strip().lower() in _ALWAYS:
            return cls(tuple(Span(day, 0, 1440) for day in range(7)), zone)
        pieces = [piece.strip() for piece in re.split(r"[;,]", text) if piece.strip()]
        spans = [span for piece in pieces for span in _read_spans(piece)]
        return cls(tuple(sorted(spans, key=lambda span: (span.weekday, span.opens))), zone)

    def is_open(self, at: datetime) -> bool:
        """Tell whether people answer at `at` (any zone)."""
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(span.weekday == local.weekday() and span.opens <= minute < span.closes for span in self.spans)

    def find_next_opening(self, at: datetime) -> datetime | None:
        """Give the next time, in UTC, at which a span begins after `at`; None when there are no spans."""
        local = at.astimezone(self.zone)
        for ahead in range(8):
            day = (local + timedelta(days=ahead)).date()
            for span in self.spans:
                opens = datetime.combine(day, time(span.opens // 60, span.opens % 60), self.zone)
                if span.weekday == day.weekday() and opens > at:
                    return opens.astimezone(UTC)
        return None

    def describe_return(self, at: datetime) -> str | None:
        """Say when people are back, as words that fit after "back": "today at 09:00", "on Monday at 09:00"; None when never."""
        opening = self.find_next_opening(at)
        if opening is None:
            return None
        local, then = at.astimezone(self.zone), opening.astimezone(self.zone)
        days = (then.date() - local.date()).days
        day = {0: "today", 1: "tomorrow"}.get(days, f"on {_NAMES[then.weekday()]}")
        return f"{day} at {then:%H:%M}"


def _read_spans(piece: str) -> list[Span]:
    match = _SPAN.fullmatch(piece)
    if match is None:
        msg = f"Cannot read the opening hours {piece!r}. Write them like 'Mon-Fri 09:00-18:00; Sat 10:00-14:00'."
        raise ValueError(msg)
    opens, closes = _minutes(match["opens"]), _minutes(match["closes"])
    if opens >= closes:
        msg = f"The opening hours {piece!r} end before they begin. Split hours past midnight into two days."
        raise ValueError(msg)
    return [Span(day, opens, closes) for day in _read_days(match["days"].lower())]


def _read_days(text: str) -> list[int]:
    if text == "daily":
        return list(range(7))
    first, _, last = text.partition("-")
    try:
        start, end = _DAYS.index(first), _DAYS.index(last or first)
    except ValueError as exc:
        msg = f"No weekday in {text!r}. Use {', '.join(_DAYS)}."
        raise ValueError(msg) from exc
    length = (end - start) % 7 + 1
    return [(start + step) % 7 for step in range(length)]


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.split(":"))
    if hours * 60 + minutes > 1440 or minutes > 59:
        msg = f"{text!r} is no time of day. Use 00:00 to 24:00."
        raise ValueError(msg)
    return hours * 60 + minutes
