"""What still waits: each request once, none that is done already, and no question about something that never came to be."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.ellipsis import leans, own_words
from actions.in_passing import is_in_passing
from actions.intents import QUESTIONS
from actions.owned import Owned, get_owned, get_products
from actions.owned import find_meant as find_order_meant
from actions.remarks import asks_nothing
from actions.resolve import find_order_ids, match_items
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import now_of
from shop.models import OperationName, Order, OrderLine, OrderStatus, Receipt

_SETTLED_BY = {
    "return_item": {OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS, OperationName.CANCEL_ORDER},
    "exchange_item": {OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS, OperationName.CHANGE_ITEMS, OperationName.CANCEL_ORDER},
    "cancel_order": {OperationName.CANCEL_ORDER},
}
"""What leaves nothing to do of a wish: who has sent a lamp back no longer wants it exchanged."""
_FURTHER = re.compile(r"\b(?:others?|another|second|third|too|also|as well|rest|remaining|next|both|all|orders|every\w*)\b")
_ALL_ITEMS = re.compile(
    r"\b(?:all|every|each)\b(?: of)?(?: (?:the|my|its|these|those|other))? (?:items?|things?|products?|it|them)\b|\beverything\b"
)
_ELSEWHERE = re.compile(r"\b(?:orders|(?:other|another|second) (?:order|one|parcel|package))\b")
_TOLD_AS_LISTS = frozenset({"list_orders", "ask_account_info", "ask_loyalty"})
"""Questions that one answer settles, whatever words they came in."""
_IT = re.compile(r"\b(?:it|them|that|this|these|those)\b")
_FIGURE = re.compile(r"\b(?:how (?:much|long|soon)|total|sum|cost|costs|price|difference|refund|when|save|saves?)\b")
_POINTS = re.compile(r"\b(?:total|difference|that|this|each|both|they)\b")


async def still_open(services: Services, turn: Turn) -> tuple[Request, ...]:
    """The waiting requests without scraps that ask for nothing, those said twice, and those that something done has settled."""
    asked = [one for one in turn.waiting if not (asks_nothing(one.text) or is_in_passing(one.text) or _is_answered(turn, one))]
    once = tuple(one for number, one in enumerate(asked) if not any(_same(one, other) for other in asked[:number]))
    if not any(one.intent in _SETTLED_BY for one in once):
        return once
    receipts = await services.shop.list_receipts(turn.conversation_id)
    done = [await _is_done(services, turn, one, receipts) for one in once] if receipts else [False] * len(once)
    return tuple(one for one, is_done in zip(once, done, strict=True) if not is_done)


async def is_settled(services: Services, turn: Turn, request: Request) -> bool:
    """Whether what was done in this conversation leaves nothing to do of a request."""
    receipts = await services.shop.list_receipts(turn.conversation_id)
    return bool(receipts) and await _is_done(services, turn, request, receipts)


def without_figures(waiting: Sequence[Request]) -> tuple[Request, ...]:
    """The requests without questions for the figures of something that was dropped: "how much is that then?"."""
    return tuple(one for one in waiting if not is_of_figures(one))


def is_of_figures(request: Request) -> bool:
    """Whether a question asks for figures of what was spoken of before it."""
    text = request.text.lower()
    points = leans(text) or bool(_POINTS.search(text))
    return request.intent in QUESTIONS and not find_order_ids(request) and bool(_FIGURE.search(text)) and points


def opening_of(turn: Turn) -> Request | None:
    """The request that opened the form that is open; None where Rasa's events do not tell."""
    said: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for event in turn.tracker.events or []:
        if event.get("event") == "user":
            said = event.get("parse_data") or {}
        elif event.get("event") == "active_loop" and event.get("name") == turn.form:
            found = said
    if turn.form is None or not found:
        return None
    opened = Request.from_json(found["requests"][0]) if found.get("requests") else _request(found)
    # It is taken up in words: what a button carried stays, its payload does not.
    return replace(opened, text="" if opened.text.startswith("/") else opened.text)


def _request(parsed: dict[str, Any]) -> Request:
    intent = parsed.get("intent") or {}
    return Request(
        str(intent.get("name")), str(parsed.get("text") or ""), float(intent.get("confidence") or 0.0), tuple(parsed.get("entities") or ())
    )


async def _is_done(services: Services, turn: Turn, request: Request, receipts: Sequence[Receipt]) -> bool:
    """Whether receipts of this conversation leave nothing to do of a request."""
    matching = [one for one in receipts if one.operation in _SETTLED_BY.get(request.intent, ())]
    if not matching:
        return False
    owned = await get_owned(services, turn)
    named = [str(order.order_id) for number in find_order_ids(request) if (order := owned.find_loosely(number))]
    if request.intent == "cancel_order" and named:
        return all(any(one.order_id == order_id for one in matching) for order_id in named)
    if request.intent == "cancel_order":
        return await _none_left(services, request, owned, turn)
    orders = [order for order in owned.orders if not named or order.order_id in named]
    products = await get_products(services, orders)
    meant = match_items(request, orders, now_of(services).date(), products, turn.slot("order_id"))
    if not named and not meant.lines and _IT.search(request.text.lower()):
        # "It" is what was spoken of, and that is what was done last.
        return receipts[-1] in matching
    if _ALL_ITEMS.search(request.text.lower()) and (named or not _ELSEWHERE.search(request.text.lower())):
        # "All items" of the order that was changed or sent back: there is one such change for each.
        of = named or ([str(turn.slot("order_id"))] if turn.slot("order_id") else [])
        return bool(of) and all(any(one.order_id == order_id for one in matching) for order_id in of)
    pieces = [(order, line) for order, line_ids in meant.lines for line in order.lines if line.line_id in line_ids]
    return bool(pieces) and all(any(_tells_of(receipt, order, line) for receipt in matching) for order, line in pieces)


async def _none_left(services: Services, request: Request, owned: Owned, turn: Turn) -> bool:
    """Whether a wish to cancel that names no order by its number has no pending order left that it could mean."""
    meant = await find_order_meant(services, request, owned.orders, turn.slot("order_id"))
    if not meant.named and not _FURTHER.search(request.text.lower()):
        # "I want it cancelled" is done with the one that was; "the other one too" and "all of them" are not.
        return True
    return not any(order.status is OrderStatus.PENDING for order in (meant.orders if meant.named else owned.orders))


def _is_answered(turn: Turn, request: Request) -> bool:
    """Whether the customer has asked the same again since, and so has heard the answer."""
    if request.intent not in QUESTIONS or request.intent == "request_human":
        return False
    said = [event for event in turn.tracker.events or [] if event.get("event") == "user"]
    brought = next((place for place, event in enumerate(said) if request.text and request.text in str(event.get("text") or "")), None)
    later = said[brought + 1 :] if brought is not None else []
    return any(_asks_the_same(request, _first_of(event)) for event in later)


def _asks_the_same(request: Request, later: Request) -> bool:
    if later.intent != request.intent or not set(find_order_ids(request)) <= set(find_order_ids(later)):
        return False
    asked = set(own_words(request.text))
    return request.intent in _TOLD_AS_LISTS or (bool(asked) and asked <= set(own_words(later.text)))


def _first_of(event: dict[str, Any]) -> Request:
    """What of a message was taken up at once; the others of it wait themselves."""
    parsed = event.get("parse_data") or {}
    return Request.from_json(parsed["requests"][0]) if parsed.get("requests") else _request(parsed)


def _tells_of(receipt: Receipt, order: Order, line: OrderLine) -> bool:
    """Whether a receipt names a piece; one that others of its order share the name of is told by its options."""
    if receipt.order_id != order.order_id:
        return False
    if receipt.operation is OperationName.CANCEL_ORDER:
        return True
    alone = sum(other.name == line.name for other in order.lines) == 1
    return line.label in receipt.text or (alone and line.name in receipt.text)


def _same(one: Request, other: Request) -> bool:
    return one.intent == other.intent and _said(one) == _said(other)


def _said(request: Request) -> tuple[str, tuple[str, ...]]:
    named = sorted(f"{entity.get('entity')}={entity.get('value')}" for entity in request.entities)
    return " ".join(re.findall(r"\w+", request.text.lower())), tuple(named) if not request.text else ()
