"""What plain words ask for where NLU is not sure: a verb with its object, "do you sell …", "track my …". Never more than that."""

import re

from actions.conditions import task_named

_HOW = re.compile(r"\b(?:how (?:do|does|can|could|would|long|many)|what if|policy|policies|allowed)\b")
_OBJECT = r"(?:my|the|this|that|these|those|both)"
_TASKS = (
    ("cancel_order", re.compile(r"\bcancel (?:my|the|this|that|order|ch|#)")),
    (
        "return_item",
        re.compile(rf"\b(?:return|send back|give back) (?:{_OBJECT}|all|everything|order)\b|\bsend (?:my|the) [\w -]{{2,40}} back\b"),
    ),
    (
        "exchange_item",
        re.compile(rf"\b(?:exchange|swap|change|replace|switch) {_OBJECT}\b(?! (?:\w+ )?(?:address|payment))"),
    ),
    ("return_item", re.compile(rf"\btake (?:{_OBJECT}|it|them|my)\b[\w ,-]{{0,40}}\bback\b|\btake back (?:{_OBJECT}\b|[\w-]*\d)")),
    (
        "exchange_item",
        re.compile(
            r"\b(?:need|want|like|prefer|have)\b[^.?!]* (?:my|the) [^.?!]*\b(?:in|as|with)\b[^.?!]*\binstead\b"
            rf"|\b(?:{_OBJECT}|it)\b[\w ,-]{{1,40}}\b(?:swapped|exchanged|replaced)\b"
            rf"|^\W*(?:{_OBJECT}) [\w -]+? (?:of|in|from) (?:my )?(?:order )?(?:#\s?)?[a-z]{{0,3}}-?\d{{4,9}},? (?:in|as|should be|to)\b"
            r"|\b(?:from|of|in) (?:my )?(?:order )?(?:#\s?)?[a-z]{0,3}-?\d{4,9}\s*: (?:the|my) [\w -]+ (?:in|as|to)\b"
            r"|\b(?:change|exchange|swap|replace)\b[\w ]{0,24}?\s#?[\w-]*\d{6,}\s+(?:to|for|into|with|by|against)\b"
            r"|^\W*(?:please )?(?:exchange|swap)\b[\w ,'-]{2,60}? (?:in|from|of) (?:my )?(?:order )?#?[a-z]{0,3}-?\d{4,9}\b"
            # A slip in the verb itself: "exhange it for …".
            rf"|\b(?:exchange|ex[ch]{{1,2}}[an]{{1,3}}ge?|swap|swop) (?:{_OBJECT}|it)\b[^.?!]* (?:for|to|into|with) (?:an?|the)\b"
        ),
    ),
    ("exchange_item", re.compile(r"\b(?:make|can|could|should)\b.*\b(?:order|ch-?\d+|#\w?\d+)\b.*\b(?:be|an?|the)\b")),
)
_TRACKS = re.compile(
    r"^\W*(?:please |can you |could you )?track\b"
    r"|\b(?:status of|where(?:'s| is| are)|what(?:'s| is) (?:the status|up) (?:of|with))\b.*\b(?:order|parcel|package|delivery)\b"
)
_TRACKS_ONE = re.compile(
    r"^\W*(?:and |so )?(?:where(?:'s| is| are)|(?:what(?:'s| is) )?(?:the )?status of|what(?:'s| is) up with) (?:the|that|my) "
    r"(?:[\w-]+ ){0,2}?one\b(?: (?:going|sent|shipped|that|with|for|to|from|in)\b.*)?\W*$"
)
_IN_STOCK = re.compile(r"^\W*(?:is|are|do you have)\b.*\b(?:available|in stock)\b(?!.*\border)")
_OTHERWISE = re.compile(
    r"[,;.]?\s*\b(?:otherwise|or else|failing that|if not|"
    r"if (?:it|that|this)(?:'s| is| can)? ?(?:not|impossible|isn't|can't|cannot|won't))\b"
)
_WANTS_BACK = re.compile(r"\bwant (?:it|them|that|(?:my|the) order) back\b(?! in)")
_LOOKS = re.compile(r"^\W*(?:hi |hey |hello )?(?:do|does|d')?\s*(?:you|u|ya|the shop) (?:guys )?(?:sell|have|carry|stock|offer)\b")


def tracks_order(text: str) -> bool:
    """Whether the words ask where an order is, and could hardly ask for anything else."""
    return bool(_TRACKS.search(text.lower()) or _TRACKS_ONE.search(text.lower()))


def plain_intent(text: str) -> str | None:
    """The intent that the words ask for in so many words; None where they may as well mean something else."""
    plain = text.lower().replace("’", "'")
    if tracks_order(plain):
        return "track_order"
    if _IN_STOCK.search(plain):
        return "check_stock"
    if _LOOKS.search(plain):
        return "search_product"
    if _WANTS_BACK.search(plain):
        return "return_item"
    if len(parts := _OTHERWISE.split(plain)) > 1 and (first := task_named(parts[0])):
        return first
    if _HOW.search(plain):
        return None
    found = {name for name, pattern in _TASKS if pattern.search(plain)}
    return found.pop() if len(found) == 1 else None
