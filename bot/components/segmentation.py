"""Cuts a message into the parts that could each be a request of their own."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Text

_AUXILIARY = r"(?:can|could|would|will|may|do|does|did|is|are|was|were|has|have|am|should)(?:n't)?"
# "when my parcel comes" is no question, "when will it come" is; the other words ask by themselves.
_QUESTION = rf"(?:who|whom|whose|what|what'?s|where|where'?s|which|why|how|how'?s)\b|when'?s\b|when {_AUXILIARY}\b"
_WISH = r"(?:i'd|i would|we'd|we would)(?: also| really)? (?:like|love)\b|i(?: also| really| still)? (?:want|need|wanna)\b|let me\b"
# Orders that open a matter of their own. Left out on purpose are get, keep, use and the like, which mostly say what
# the first request is for: "return the shoes and get a refund".
_ORDER = (
    r"(?:add|apply|ask|book|buy|cancel|change|check|compare|connect|correct|delete|exchange|explain|find|give|help|look|order"
    r"|recommend|redeem|refund|remind|remove|replace|resend|reset|return|schedule|search|send|show|speak|stop|suggest|swap|switch|talk"
    r"|tell|track|transfer|unsubscribe|update|upgrade)\b"
)
_OPENING = rf"(?:(?:please|pls|plz|kindly|just|maybe) )*(?:{_QUESTION}|{_AUXILIARY}\b|{_WISH}|{_ORDER})"

# What announces another matter, whatever follows it.
_ANNOUNCED = (
    r"(?:oh,? |and |but |ah,? |ok,? )*also\b|(?:oh,? )?and then\b|oh,? (?:and|yes)\b|plus\b|besides\b|additionally\b|then\b|after that\b"
    r"|second(?:ly)?\b|by the way\b|btw\b|(?:and )?(?:another thing|one more thing|while (?:you'?re|you are|i'?m|i am) (?:at it|here))\b"
)
_ANNOUNCED_WITHIN = r"(?:and|but|oh) also\b|and then\b|oh,? and\b|and by the way\b|and while (?:you'?re|i'?m) at it\b"
_JOINT = re.compile(
    rf"(?P<end>(?<!\b[a-z])[.!?;]+(?=\s|$)|\n+)\s*(?:(?P<announced>{_ANNOUNCED})[,:]?\s*)?"
    rf"|(?:,\s*|\s[-–—]+\s*)(?P<announced_aside>{_ANNOUNCED})[,:]?\s+"
    rf"|\s+(?P<announced_within>{_ANNOUNCED_WITHIN})[,:]?\s+"
    rf"|,?\s+(?:and|&|then)\s+(?={_OPENING})"
    rf"|,\s+(?={_OPENING})",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\s*(?:(?:hi|hello|hey|heya|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)"
    r"(?: there| again| all| guys| team| folks| everyone)?|thanks|thank you|thx|sorry|excuse me)\b\s*[,.!:-]*\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(_OPENING, re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|those|that|this|one|there|so)\b", re.IGNORECASE)
# A cry for help belongs to the matter that it follows.
_HOLLOW = re.compile(
    r"(?:so |and |please )*(?:what (?:do|should|can|shall) i do|what now|help|do you know how|can i"
    r"|(?:can|could|will|would) (?:you|someone|anybody|anyone) (?:please )?(?:help|check))"
    r"(?: me| us| now| please| here| with (?:this|that))*\s*[.!?]*$",
    re.IGNORECASE,
)
_MIN_WORDS = 2


class Segment(NamedTuple):
    """A part of a message."""

    text: Text
    start: int
    announced: bool
    """Whether words such as "and also" open it, so that even a plain statement in it is a matter of its own."""

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood, and was meant, as a request of its own.

        An announced part was meant so. Another must ask (a question, an order or a wish) and must not point back to
        what was said before, as in "and when will it come".
        """
        if len(self.text.split()) < _MIN_WORDS or _HOLLOW.match(self.text):
            return False
        return self.announced or (self._asks and not (self.start and _POINTS_BACK.search(self.text)))

    @property
    def _asks(self) -> bool:
        return bool(_ASKS.match(self.text)) or self.text.endswith("?")


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
        start = joint.end()
        announced = any(joint.group(name) for name in ("announced", "announced_aside", "announced_within"))
    return segments + _segment(text, start, len(text), announced)


def _segment(text: Text, start: int, end: int, announced: bool) -> List[Segment]:
    part = text[start:end]
    stripped = part.strip(" \t\n,;-")
    if not re.search(r"\w", stripped):
        return []
    return [Segment(stripped, start + part.index(stripped), announced)]
