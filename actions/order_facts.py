"""Words that ask a fact of an order so plainly that they need no further understanding."""

import re

DEAREST = re.compile(r"\b(?:most expensive|dearest|priciest|highest price\w*|costliest|cost (?:me )?the most)\b")
CHEAPEST = re.compile(r"\b(?:cheapest|least expensive|lowest price\w*|cost (?:me )?the least)\b")
TRACKING = re.compile(r"\btrack\w*\b|\bshipment (?:number|id)\b")
TRACKING_NUMBER = re.compile(r"\btracking (?:number|code|id|no)\b|\bshipment (?:number|id)\b")
ASKS_ADDRESS = re.compile(
    r"\b(?:what|which|where)\b.*\baddress\b|\baddress\b.*\?|\bwhere\b.*\b(?:sent|shipped|delivered|going) to\W*$"
    r"|\bwhere (?:will|does|did)\s+(?:(?!(?:i|we|you|that|which)\b)[\w#-]+\s+){1,5}?(?:(?:be|get) )?(?:sent|shipped|delivered|go)\b"
    r"|\bwhere is\s+(?:(?!(?:i|we|you|that|which)\b)[\w#-]+\s+){1,5}?(?:being (?:sent|shipped|delivered)|going)(?: to)?\W*$"
)


def asks_details(text: str) -> bool:
    """Whether words ask a fact of an order so plainly that they need no further understanding."""
    plain = text.lower()
    of_order = re.search(r"\border\w*\b|\b(?:ch)?-?\d{5}\b", plain) is not None
    return of_order and any(pattern.search(plain) for pattern in (DEAREST, CHEAPEST, TRACKING_NUMBER, ASKS_ADDRESS))
