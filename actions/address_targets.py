"""Whose address a message changes, and whose it takes: the account's, an order's, or both."""

import re

from actions.owned import Owned
from actions.resolve import find_order_ids
from actions.turn import Request
from shop.models import Order, OrderStatus

ACCOUNT = "account"
"""What stands for the account's own address where an order's number would stand."""
ALL = "all"
"""Stands for the account and every order that can still be changed."""
_ACCOUNT = re.compile(
    r"\b(?:account|profile|default|user|saved|home) (?:address|settings)\b|\b(?:my|the) (?:account|profile|default|user)\b|"
    r"\baddress (?:in|on|of|for) my (?:account|profile)\b|\bmy (?:home|saved|main) address\b"
)
_AS_SOURCE = re.compile(
    r"\b(?:to|use|with|is|as|from|take|same as|like|put|deliver|send|ship)\b[^,.;]{0,25}?"
    r"\b(?:account|profile|default|saved|home)\b(?: address)?"
)
_ORDERS = re.compile(r"\b(?:orders?|delivery|deliver|shipping|ship|parcels?|packages?|shipments?|purchases?|sent)\b")
_EVERY = re.compile(r"\b(?:all|both|every|each|any|possible|open|pending|everything|everywhere|two|three)\b")
_SAME_AS = re.compile(r"\b(?:same (?:address |place )?(?:as|like)|(?:address|one|place) (?:of|from|on|in|as)|like) \b")
_OWN = r"(?:account|profile|default|main|standard|saved|home|user|customer|usual)(?:'s)?"
_CHANGES_ACCOUNT = (
    re.compile(
        r"\b(?:set|change|update|replace|correct|switch|modify|overwrite|edit|amend|adjust|alter|fix)\s+"
        rf"(?:(?!(?:to|with|from|as|by|for|like|orders?)\b)[\w'-]+\s+){{0,3}}?(?:my |the |our ){_OWN}"
        r"(?!\W+(?:\w+ )?(?:address\w* )?(?:for|on|onto|in)\s+(?:my |the |this |that )?(?:\w+ )?(?:orders?\b|#|[a-z]{0,3}-?\d{4}))"
    ),
    re.compile(
        r"\b(?:use|save|make|take|set|put|store|have|keep|copy|turn|want|like)\b.*"
        rf"(?<!same )(?<!same address )(?<!same place )\b(?:as|to be|be|become|into) (?:my|the|our) (?:new )?{_OWN}"
    ),
    re.compile(r"\b(?:save|put|store|enter|add|copy)\b.*\b(?:in|on|under|to) (?:my|the) (?:account|profile)\b(?! address)"),
    re.compile(r"\bmake (?:the |that |this )?(?:address|place)\b.*\bmy (?:new )?(?:default|main|standard|usual)\b"),
    re.compile(r"\bmake\b.*(?<!to )(?<!at )(?<!in )\b(?:my|the) (?:new )?(?:default|main|standard|usual)\b"),
    re.compile(rf"\b(?:my|the) {_OWN} (?:\w+ )?address (?:should|must|has to|needs to|ought to|shall|is (?:wrong|outdated|out))\b"),
)
"""What makes the account the one that changes, whatever else is named: "set my default address to the one on order CH-1"."""
_TOO = re.compile(r"\b(?:and|both|also|too|as well)\b")
_SOURCE_ORDER = re.compile(
    r"\b(?:use|take|with|copy|from) (?:the )?(?:same )?(?:address|place) (?:of|from|on"
    r"|in|as) (?:my |the )?(?:order\s+)?#?[a-z]{0,3}-?\d{4,9}\b|"
    r"\bwhere (?:my |the )?(?:order\s+)?#?[a-z]{0,3}-?\d{4,9} (?:was|is|has been|went|goes"
    r"|got)\b(?: being| going)?(?: (?:sent|shipped|delivered|to))*|"
    r"\b(?:(?:the )?same (?:address |place )?(?:as|like)(?: in| on| for| of)?|to the (?:address|place) (?:of|from|on|in)|like)\s+"
    r"(?:my |the )?(?:order\s+)?#?[a-z]{0,3}-?\d{4,9}\b",
    re.IGNORECASE,
)
"""The order whose address is taken, which is not the one that changes."""


def changes_account(text: str) -> bool:
    """Whether the words change the account's own address, wherever the new one comes from."""
    plain = text.lower().replace("’", "'")
    return any(pattern.search(plain) for pattern in _CHANGES_ACCOUNT)


def takes_from(text: str) -> bool:
    """Whether the words take the address of an order: "the same as CH-1", "where CH-1 was sent"."""
    return bool(_SAME_AS.search(text.lower()) or _SOURCE_ORDER.search(text))


def without_source(text: str) -> str:
    """The text without the order whose address is taken."""
    return _SOURCE_ORDER.sub(" ", text)


def targets_of(request: Request, owned: Owned, *, opening: bool, typed: bool = False, whole: str = "") -> list[str]:
    """Whose addresses are named; empty where that is open, or one order is meant that still has to be found.

    Args:
        request: The words without a typed address and without the order whose address is taken.
        owned: The customer's orders.
        opening: Whether these words opened the form.
        typed: Whether an address was typed.
        whole: All of the words, where they are more.
    """
    pressed = request.value("target")
    opened = [str(order.order_id) for order in owned.orders if can_change(order)]
    can_account = owned.actor.customer_id is not None
    if pressed:
        return [ACCOUNT] if pressed == ACCOUNT else [*([ACCOUNT] if can_account else []), *opened]
    if request.value("order_id") and request.value("address"):
        return [str(request.value("order_id"))]
    text = request.text.lower()
    # "Use my default address" names where the new one comes from, not what changes.
    account = bool(_ACCOUNT.search(text if typed else _AS_SOURCE.sub(" ", text)))
    every = bool(_EVERY.search(text) and re.search(r"\borders\b|\beverything\b|\beverywhere\b|\bboth\b|\ball\b", text))
    written = [order.order_id for number in find_order_ids(request) if (order := owned.find_loosely(number))]
    if changes_account(whole or request.text) and not every:
        return [ACCOUNT, *(map(str, written) if typed and _TOO.search(text) else ())]
    if every and opened:
        return [*([ACCOUNT] if account and can_account else []), *opened]
    if account and not (find_order_ids(request) and not _SAME_AS.search(text)):
        return [ACCOUNT]
    if opening and not opened and can_account and not _ORDERS.search(text):
        return [ACCOUNT]
    return []


def can_change(order: Order) -> bool:
    """Whether the address of an order may still change."""
    return order.status is OrderStatus.PENDING
