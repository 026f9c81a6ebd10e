"""Cuts a message into the parts that could each be a request of their own."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Text

_AUXILIARY = r"(?:can|could|would|will|may|do|does|did|is|are|was|were|has|have|am|should)(?:n't)?"
# "when my parcel comes" is no question, "when will it come" is; the other words ask by themselves.
_QUESTION = rf"(?:who|whom|whose|what|what'?s|where|where'?s|which|why|how|how'?s)\b|when'?s\b|when {_AUXILIARY}\b"
_WISH = (
    r"(?:i'd|i would|we'd|we would)(?: also| really)? (?:like|love)\b|i(?: also| really| still)? (?:want|need|wanna)\b|let me\b"
    r"|(?:i'm|i am|we're|we are)(?: also| just| now)? (?:sending|giving|returning|cancell?ing|exchanging|swapping)\b(?! from\b)"
)
# Orders that open a matter of their own. Left out on purpose are get, keep, use and the like, which mostly say what
# the first request is for: "return the shoes and get a refund".
_ORDER = (
    r"(?:add|apply|ask|book|buy|cancel|change|check|compare|connect|correct|delete|exchange|explain|find|give|help|look"
    # "Order CH-1 hasn't come" orders nothing.
    r"|order(?!\s+(?:number\s+)?#?[a-z]{0,3}-?\d)|recommend|redeem|refund(?!\s+(?:to|on|onto|goes|should|can|via|by)\b)|remind|remove|replace|resend|reset|return|schedule|search|send|show|speak|stop|suggest|swap|switch|talk"
    r"|tell|track|transfer|unsubscribe|update|upgrade)\b"
)
_OPENING = rf"(?:(?:please|pls|plz|kindly|just|maybe) )*(?:{_QUESTION}|{_AUXILIARY}\b|{_WISH}|{_ORDER})"

# What announces another matter, whatever follows it.
_ANNOUNCED = (
    r"(?:oh,? |and |but |ah,? |ok,? )*also\b|(?:oh,? )?and then\b|oh,? (?:and|yes)\b|plus\b|besides\b|additionally\b|then\b"
    r"|after that\b"
    r"|secondly\b|second(?=[,:])|by the way\b|btw\b|(?:and )?(?:another thing|one more thing"
    r"|while (?:you'?re|you are|i'?m|i am) (?:at it|here))\b"
)
_ANNOUNCED_WITHIN = r"(?:and|but|oh) also\b|and then\b|oh,? and\b|and by the way\b|and while (?:you'?re|i'?m) at it\b"
_JOINT = re.compile(
    rf"(?P<end>(?<!\b[a-z])[.!?;…]+(?=\s|$)|\n+)\s*(?:(?P<announced>{_ANNOUNCED})[,:]?\s*)?"
    rf"|(?:,\s*|\s[-–—]+\s*)(?P<announced_aside>{_ANNOUNCED})[,:]?\s+"
    rf"|\s+(?P<announced_within>{_ANNOUNCED_WITHIN})[,:]?\s+"
    rf"|,?\s+(?:and|&|'?n'?|then|but)\s+(?={_OPENING})"
    rf"|,\s+(?={_OPENING})",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\s*(?:(?:hi|hello|hey|heya|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)"
    r"(?: there| again| all| guys| team| folks| everyone)?|thanks|thank you|thx|sorry|excuse me)\b\s*[,.!:-]*\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(_OPENING, re.IGNORECASE)
_INTERROGATIVE = re.compile(rf"(?:{_QUESTION}|(?:do|does|did|is|are|was|were|has|have|am)(?:n't)?\b)", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|those|that|this|one|there|so)\b", re.IGNORECASE)
# A cry for help belongs to the matter that it follows.
_HOLLOW = re.compile(
    r"(?:so |and |please )*(?:what (?:do|should|can|shall) i do|what now|help|do you know how|can i"
    r"|(?:can|could|will|would) (?:you|someone|anybody|anyone) (?:please )?(?:help|check))"
    r"(?: me| us| now| please| here| with (?:this|that))*\s*[.!?]*$",
    re.IGNORECASE,
)
# "Where will it be sent, which address?" asks one thing.
_FRAGMENT = re.compile(r"(?:to |at |on |in |with |for )?(?:which|what|whose) \w+\W*$", re.IGNORECASE)
_OF_ITEMS = re.compile(r"\b(?:items?|articles?|products?|variants?|skus?)(?: (?:ids?|numbers?|nos?\.?|codes?))?\s*$", re.IGNORECASE)
# "If it hasn't shipped, …", "otherwise …": a condition is understood with what it holds for.
_CONDITION = re.compile(
    r"(?:(?:and|but|or|so) )?(?:if|unless|in case|only if|as long as|provided|otherwise|or else|else|failing that)\b", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:(?:and|but|or|so) )?(?:if|unless|in case|otherwise|or else)\b[^,.;!?]*,\s*", re.IGNORECASE)
# "And cancel my other order" opens a sentence as plainly as "cancel" does; "and it's broken" still asks for nothing.
_LINK = re.compile(
    r"^(?:(?:and|but|so|then|now|next|finally|firstly|first|lastly|oh|ok|okay|well|actually|again)\b[,:]?\s+)+",
    re.IGNORECASE,
)
_ORDER_NUMBER = r"(?<![\w-])(?:#\s?)?[a-z]{0,3}-?\d{4,9}(?![\w-])"
# "Cancel order A and B": one verb for several orders.
_LISTED = re.compile(
    rf"(?P<lead>.*?)(?P<first>{_ORDER_NUMBER})(?P<more>(?:\s*(?:,|and|&|as well as|,\s*and)\s+(?:also\s+)?(?:my |the )?"
    rf"(?:order\s+)?(?:number\s+)?{_ORDER_NUMBER})+)\s*(?P<rest>.{{0,60}})$",
    re.IGNORECASE | re.DOTALL,
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
        if not self.says_something:
            return False
        return self.announced or (self.asks and not (self.start and self.points_back))

    @property
    def says_something(self) -> bool:
        """Whether there is enough of it to be understood."""
        is_fragment = bool(self.start and _FRAGMENT.match(self.text))
        return len(self.text.split()) >= _MIN_WORDS and not _HOLLOW.match(self.text) and not is_fragment

    @property
    def asks(self) -> bool:
        """Whether it is a question, an order or a wish."""
        return bool(_ASKS.match(_LEADING.sub("", _LINK.sub("", self.text), count=1))) or self.text.endswith("?")

    @property
    def is_question(self) -> bool:
        """Whether it asks for something to be told."""
        return self.text.endswith("?") or bool(_INTERROGATIVE.match(_LINK.sub("", self.text)))

    @property
    def is_courtesy(self) -> bool:
        """Whether it is a greeting or thanks and nothing else."""
        return bool(_COURTESY.fullmatch(f"{self.text} "))

    @property
    def points_back(self) -> bool:
        """Whether it needs what was said before to be understood."""
        # What names an order by its number does not need what was said before: "cancel CH-20001, I don't want it".
        return bool(_POINTS_BACK.search(self.text)) and not re.search(_ORDER_NUMBER, self.text, re.IGNORECASE)


def split(text: Text) -> List[Segment]:
    """Return the parts of a message in order; a single one where no joint was found.

    A greeting at the front becomes a part of its own. Joints themselves belong to no part.
    """
    pieces: List[Piece] = []
    start, announced = 0, False
    courtesy = _COURTESY.match(text)
    if courtesy:
        start = courtesy.end()
        pieces.append(Piece(0, start, False))
    for joint in _JOINT.finditer(text, start):
        end = joint.end("end") if joint.group("end") else joint.start()
        if _lists_orders(text, joint):
            continue
        pieces.append(Piece(start, end, announced))
        start = joint.end()
        announced = any(joint.group(name) for name in ("announced", "announced_aside", "announced_within"))
    pieces.append(Piece(start, len(text), announced))
    whole = _with_conditions(text, pieces)
    return [one for piece in whole for part in _segment(text, *piece) for one in _each_order(part)]


class Piece(NamedTuple):
    """Where a part of a message stands."""

    start: int
    end: int
    announced: bool


def _lists_orders(text: Text, joint: "re.Match[Text]") -> bool:
    """Whether what follows a joint is one more order number, and "order" no verb: "cancel CH-1 and order CH-2"."""
    return bool(re.match(rf"order\s+(?:number\s+)?{_ORDER_NUMBER}", text[joint.end() :], re.IGNORECASE))


def _with_conditions(text: Text, pieces: List[Piece]) -> List[Piece]:
    """Join conditions with what they hold for: with the part before them, and with the part that follows their comma."""
    joined: List[Piece] = []
    waits = False
    for piece in pieces:
        is_condition = bool(_CONDITION.match(text[piece.start : piece.end].lstrip(" \t\n,;-")))
        if joined and (waits or (is_condition and not _is_courtesy(text, joined[-1]))):
            joined[-1] = Piece(joined[-1].start, piece.end, joined[-1].announced)
        else:
            joined.append(piece)
        # "If it hasn't shipped" asks for nothing yet; "if not, cancel it" does already.
        waits = is_condition and not re.search(r",", text[piece.start : piece.end]) and text[piece.end : piece.end + 1] == ","
    return joined


def _is_courtesy(text: Text, piece: Piece) -> bool:
    return bool(_COURTESY.fullmatch(text[piece.start : piece.end]))


def _each_order(segment: Segment) -> List[Segment]:
    """One part for each order that a single verb is said of: "cancel order A and B"."""
    found = _LISTED.match(segment.text)
    if not found or not _ASKS.match(segment.text) or _CONDITION.search(segment.text) or _OF_ITEMS.search(found.group("lead")):
        return [segment]
    numbers = [found.group("first"), *re.findall(_ORDER_NUMBER, found.group("more"), re.IGNORECASE)]
    parts = []
    for number in numbers:
        place = segment.start + segment.text.index(number)
        said = f"{found.group('lead')}{number} {found.group('rest')}".strip()
        # The number stands where it does in the message, for entities.
        parts.append(Segment(said, place - len(found.group("lead")), segment.announced))
    return parts


def _segment(text: Text, start: int, end: int, announced: bool) -> List[Segment]:
    part = text[start:end]
    stripped = part.strip(" \t\n,;-")
    if not re.search(r"\w", stripped):
        return []
    return [Segment(stripped, start + part.index(stripped), announced)]
