"""Something about an order shall be different: what can be done here is offered, what cannot is said."""

import re

from actions.reply import Button, Reply, button
from actions.resolve import find_order_ids
from actions.turn import Request

_ROUTES = (
    ("change_address", re.compile(r"\baddress\b|\bstreet\b|\bzip\b|\bpost ?code\b|\b(?:deliver|send|ship) (?:it|that|them) to\b")),
    ("change_payment", re.compile(r"\bpay(?:ment|ing)?\b|\bcard\b|\bpaypal\b")),
    ("exchange_item", re.compile(r"\b(?:size|colou?r|variant|version|model|options?|upgrade|bigger|smaller)\b")),
)
_NEVER = re.compile(r"\bbilling address\b|\bexpress\b|\bgift wrap\w*\b")
_ADD = re.compile(
    r"\b(?:add|another|extra|throw in|put|forgot to order|two|three|four|\d) (?:\w+ ){0,6}(?:to|in|into|of|more|with|instead)\b|"
    r"\bquantity\b|\bone more\b"
)
_TOO = re.compile(r"\b(?:add|too|also|as well)\b")
_REMOVE = re.compile(r"\b(?:remove|take (?:\w+ ){0,4}(?:out|off)|drop|without|leave out|only (?:the|one)|fewer|delete)\b")
_OPTIONS = (
    ("The address", "change_address"),
    ("The payment method", "change_payment"),
    ("Another size, colour or version", "exchange_item"),
    ("Cancel the order", "cancel_order"),
)
_NO_MORE = (
    "Nothing can be added to an order that was placed, and quantities stay as they are. You can place a second order for it. "
    "What I can change while an order is pending: its address, how it is paid, and an item's size, colour or version."
)
_NO_LESS = (
    "A single item can't be taken out of an order. While the order is pending I can cancel all of it, or change the item to another size, "
    "colour or version; what has arrived can be sent back item by item."
)


def route_of(text: str) -> str | None:
    """The task that a change asks for in its own words, or None."""
    text = text.lower()
    return None if _NEVER.search(text) else next((name for name, words in _ROUTES if words.search(text)), None)


def adds(text: str) -> bool:
    """Whether words want something more, or something too."""
    return bool(_ADD.search(text.lower()) or _TOO.search(text.lower()))


def rule_on(request: Request) -> Reply | None:
    """What can be said at once to a change that no order allows; None where a person may help."""
    text, order = request.text.lower(), _named(request)
    if _REMOVE.search(text):
        return Reply(_NO_LESS, buttons=[*change_buttons(request)[2:], button("Return items", "return_item", **order)])
    return Reply(_NO_MORE, buttons=change_buttons(request)) if _ADD.search(text) else None


def change_buttons(request: Request) -> list[Button]:
    """What can be changed here."""
    return [button(title, intent, **_named(request)) for title, intent in _OPTIONS]


def _named(request: Request) -> dict[str, str]:
    written = find_order_ids(request)
    return {"order_id": written[0]} if written else {}
