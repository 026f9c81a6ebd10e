"""Words that ask a fact of an order so plainly that they need no further understanding."""

import re

from actions.own_words import OF_ORDERS, own_fact_intent

DEAREST = re.compile(r"\b(?:most expensive|dearest|priciest|highest price\w*|costliest|costs? (?:me )?(?:the )?most)\b")
CHEAPEST = re.compile(r"\b(?:cheapest|least expensive|lowest price\w*|costs? (?:me )?(?:the )?least)\b")
TRACKING = re.compile(r"\btrack\w*\b|\bshipment (?:number|id)\b")
TRACKING_NUMBER = re.compile(r"\btracking (?:number|code|id|no)\b|\bshipment (?:number|id)\b")
ASKS_ADDRESS = re.compile(
    r"\b(?:what|which|where)\b.*\baddress\b|\baddress\b.*\?|\bwhere\b.*\b(?:sent|shipped|delivered|going) to\W*$"
    r"|\bwhere (?:will|does|did)\s+(?:(?!(?:i|we|you|that|which)\b)[\w#-]+\s+){1,5}?(?:(?:be|get) )?(?:sent|shipped|delivered|go)\b"
    r"|\bwhere is\s+(?:(?!(?:i|we|you|that|which)\b)[\w#-]+\s+){1,5}?(?:being (?:sent|shipped|delivered)|going)(?: to)?\W*$"
)

ASKS_ZIP = re.compile(r"\b(?:zip|post(?:al)? ?code)s?(?: ?code)?\b|\bwhat (?:city|town|street)\b|\bwhich (?:city|town|street)\b")
_ALL_OF_ME = re.compile(
    r"\b(?:everything|all(?: the| of the)? (?:data|info\w*|details?|records?)|whatever|what all)\b[\w\s']{0,25}\b(?:on|about|for"
    r"|of) me\b"
    r"|\beverything (?:in|on|about) my (?:account|profile)\b"
)
_OF_PRIVACY = re.compile(
    r"\b(?:delete|erase|remove|gdpr|stor(?:e|ed|ing)|collect\w*|process\w*|share[ds]?|sell|privacy|download|export|copy of)\b"
)
_ORDERS_OF_MINE = re.compile(r"\b(?:all (?:of )?)?(?:my |the )?(?:past |previous |open )?(?:orders|purchases|order history)\b")
_ACCOUNT_OF_MINE = re.compile(
    r"\bmy (?:account|profile|(?:personal |account )?(?:details|info\w*|data)|payment methods|balance)\b|\baccount (?:details"
    r"|info\w*|data)\b"
)
_TELLS = re.compile(r"\b(?:show|see|tell|list|give|view|what|want|like|need|overview|summary|look)\b")
_OTHERS = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|yes|please|now|what about|how about|show|see|tell|list|give|me|us|are|where|which|what|also|can|could"
    r"|you|i|see|do|have|"
    r"there|any|about|then)\W+)*(?:(?:the|my|all|those|any)\W+)*(?:others|rest|remaining(?: (?:ones|orders?))?|other (?:ones|orders"
    r"|\w{3,5} orders)|more orders"
    r"|older (?:ones|orders)|next(?: (?:ones|\d+))?|show more|more)(?:\W+(?:of (?:them|my orders|the orders)|please|too|as well|then"
    r"|i have|are there|there))*\W*$"
)
_SHORT = 12


def fact_intent(text: str, last_intent: str = "") -> str | None:
    """The intent of words that ask something of the records so plainly that NLU is not needed; None for all others."""
    plain = text.lower().replace("’", "'")
    if asks_everything(plain):
        return "ask_account_info"
    if last_intent in OF_ORDERS and asks_others(plain):
        return "list_orders"
    return own_fact_intent(plain, last_intent) or ("ask_order_details" if asks_details(plain) else None)


def asks_everything(text: str) -> bool:
    """Whether the customer wants to see orders and account together: "tell me everything you have on me"."""
    plain = text.lower().replace("’", "'")
    if _OF_PRIVACY.search(plain):
        return False
    both = _ORDERS_OF_MINE.search(plain) and _ACCOUNT_OF_MINE.search(plain) and _TELLS.search(plain)
    return bool(_ALL_OF_ME.search(plain) or both)


def asks_others(text: str) -> bool:
    """Whether a few words ask for those that were not told yet: "and the other ones?"."""
    return len(text.split()) <= _SHORT and bool(_OTHERS.search(text.lower()))


def asks_details(text: str) -> bool:
    """Whether words ask a fact of an order so plainly that they need no further understanding."""
    plain = text.lower()
    of_order = re.search(r"\border\w*\b|\b(?:ch)?-?\d{5}\b", plain) is not None
    return of_order and any(pattern.search(plain) for pattern in (DEAREST, CHEAPEST, TRACKING_NUMBER, ASKS_ADDRESS, ASKS_ZIP))
