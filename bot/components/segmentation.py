"""Cuts a message into the parts that could each be a request of their own."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Text

# What opens a request: a question, an order, a wish. "and" joins two requests only before one of these.
_QUESTIONS = "who|whom|whose|what|what's|whats|when|when's|where|where's|wheres|which|why|how|how's"
_AUXILIARIES = "can|could|would|will|may|do|does|did|is|are|was|were|have|has|am|should"
_WISHES = r"i(?:'d| would)(?: also| really)? (?:like|love)|i(?: also| really| still)? (?:want|need|wanna)|i wish|i'm looking for|im looking for|looking for|let me|let's"
_ORDERS = (
    "add|apply|ask|book|buy|call|cancel|change|check|compare|confirm|connect|correct|delete|email|exchange|explain|fetch|find"
    "|fix|get|give|help|keep|leave|look|make|move|order|pay|put|recommend|redeem|refund|remove|replace|resend|return|reset|reship"
    "|schedule|search|send|ship|show|speak|start|stop|suggest|swap|switch|take|talk|tell|track|transfer|unsubscribe|update|upgrade|use"
)
_OPENING = rf"(?:please |pls |plz |kindly |just |also |then |maybe )*(?:{_QUESTIONS}|{_AUXILIARIES}|{_WISHES}|{_ORDERS})\b"
_STARTS_REQUEST = re.compile(_OPENING, re.IGNORECASE)

# Joints that announce another matter, whatever follows.
_ANNOUNCED = (
    r"(?:oh|and|but|ah|hmm?)?,?\s*(?:also|plus|besides|additionally|another thing|one more thing|secondly|second|by the way|btw|while (?:you're|youre|you are|i'm|im|i am) (?:at it|here))\b"
    r"|oh,? and\b|and then\b|after that\b|then\b|next\b"
)
_JOINT = re.compile(
    rf"(?P<end>[.!?;\n]+)\s*(?:(?P<announced_after>{_ANNOUNCED})[,:]?\s*)?"
    rf"|(?:,\s*|\s+[-–—]+\s*|\s+)(?P<announced>{_ANNOUNCED})[,:]?\s+"
    rf"|(?:,\s*|\s+)(?:and|&|\+)\s+(?={_OPENING})"
    rf"|,\s+(?={_OPENING})",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\s*(?:(?:hi|hello|hey|heya|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|dear \w+)(?: there| again| all| guys| team| folks| everyone)?"
    r"|thanks|thank you|thx|ok|okay|sorry|excuse me)\s*[,.!:-]*\s+",
    re.IGNORECASE,
)


class Segment(NamedTuple):
    """A part of a message."""

    text: Text
    start: int
    announced: bool
    """Whether a joint such as "and also" opens it, so that even a plain statement in it is a matter of its own."""

    @property
    def asks(self) -> bool:
        """Whether it has the form of a request: a question, an order or a wish."""
        return bool(_STARTS_REQUEST.match(self.text)) or self.text.rstrip().endswith("?")


def split(text: Text) -> List[Segment]:
    """Return the parts of a message in order; a single one where no joint was found.

    A greeting at the front becomes a part of its own. Joints themselves belong to no part.
    """
    segments: List[Segment] = []
    start, announced = 0, False
    if courtesy := _COURTESY.match(text):
        start = courtesy.end()
        segments += _segment(text, 0, start, False)
    for joint in _JOINT.finditer(text, start):
        end = joint.end("end") if joint.group("end") else joint.start()
        segments += _segment(text, start, end, announced)
        start, announced = joint.end(), bool(joint.group("announced") or joint.group("announced_after"))
    return segments + _segment(text, start, len(text), announced)


def _segment(text: Text, start: int, end: int, announced: bool) -> List[Segment]:
    part = text[start:end]
    stripped = part.strip(" \t\n,;-")
    if not re.search(r"\w", stripped):
        return []
    return [Segment(stripped, start + part.index(stripped), announced)]
