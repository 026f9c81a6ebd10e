"""What still waits: each request once, none that is done already, and no question about something that never came to be."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.ellipsis import leans
from actions.intents import QUESTIONS
from actions.owned import get_owned, get_products
from actions.remarks import asks_nothing
from actions.resolve import find_order_ids, match_items
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import now_of
from shop.models import OperationName, Order, OrderLine, Receipt

_SETTLED_BY = {
    "return_item": {OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS, OperationName.CANCEL_ORDER},
    "exchange_item": {OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS, OperationName.CHANGE_ITEMS, OperationName.CANCEL_ORDER},
    "cancel_order": {OperationName.CANCEL_ORDER},
}
"""What leaves nothing to do of a wish: who has sent a lamp back no longer wants it exchanged."""
_IT = re.compile(r"\b(?:it|them|that|this|these|those)\b")
_FIGURE = re.compile(r"\b(?:how (?:much|long|soon)|total|sum|cost|costs|price|difference|refund|when|save|saves?)\b")
_POINTS = re.compile(r"\b(?:total|difference|that|this|each|both|they)\b")


async def still_open(services: Services, turn: Turn) -> tuple[Request, ...]:
    """The waiting requests without scraps that ask for nothing, those said twice, and those that something done has settled."""
    asked = [one for one in turn.waiting if not asks_nothing(one.text)]
    once = tuple(one for number, one in enumerate(asked) if not any(_same(one, other) for other in asked[:number]))
    if not any(one.intent in _SETTLED_BY for one in once):
        return once
    receipts = await services.shop.list_receipts(turn.conversation_id)
    done = [await _is_done(services, turn, one, receipts) for one in once] if receipts else [False] * len(once)
    return tuple(one for one, is_done in zip(once, done, strict=True) if not is_done)


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
    if request.intent == "cancel_order":
        return bool(named) and all(any(one.order_id == order_id for one in matching) for order_id in named)
    orders = [order for order in owned.orders if not named or order.order_id in named]
    products = await get_products(services, orders)
    meant = match_items(request, orders, now_of(services).date(), products, turn.slot("order_id"))
    if not named and not meant.lines and _IT.search(request.text.lower()):
        # "It" is what was spoken of, and that is what was done last.
        return receipts[-1] in matching
    pieces = [(order, line) for order, line_ids in meant.lines for line in order.lines if line.line_id in line_ids]
    return bool(pieces) and all(any(_tells_of(receipt, order, line) for receipt in matching) for order, line in pieces)


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
