"""The answer to which of two deeds it shall be: by its name, by its place, or by its sum."""

import re

from actions.supposed.clauses import decides_by_sum, names_deed
from actions.turn import Request, Turn

WHICH = "Which one shall it be?"
_FIRST = re.compile(r"\b(?:first|former)\b")
_SECOND = re.compile(r"\b(?:second|latter|other)\b")
_MORE = re.compile(r"\b(?:more|most|bigger|biggest|higher|highest|greater|larger|better)\b")
_LONGEST = 12


def picked_deal(turn: Turn) -> Request | None:
    """The one of two deeds just offered that a few words pick; None where none were offered or the words pick none."""
    offered = (turn.slot("told_sum") or {}).get("deals") or []
    if turn.form or turn.request.pressed or len(offered) != 2 or not _was_asked(turn) or len(turn.whole_text.split()) > _LONGEST:
        return None
    text, sums = turn.whole_text.lower(), turn.slot("told_sum").get("sums") or []
    task = names_deed(text)
    place = next((at for at, one in enumerate(offered) if one["intent"] == task), None)
    if place is None and _FIRST.search(text):
        place = 0
    if place is None and _SECOND.search(text):
        place = 1
    if place is None and (_MORE.search(text) or decides_by_sum(text)) and None not in sums:
        place = sums.index(max(sums))
    return Request.from_json(offered[place]) if place is not None else None


def _was_asked(turn: Turn) -> bool:
    """Whether the last that was said asked which one it shall be."""
    said = next((event for event in reversed(turn.tracker.events or []) if event.get("event") == "bot"), None)
    custom = ((said or {}).get("data") or {}).get("custom") or {}
    return str(custom.get("text") or "").endswith(WHICH)
