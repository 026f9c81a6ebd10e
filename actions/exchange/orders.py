"""Which order a change or an exchange is about, and what can be done with one that allows neither."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.forms.step import Step
from actions.item_choice import holding_most
from actions.order_choice import Fits, choose_order
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, button
from actions.resolve import find_order_ids, refers_to_order
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import LineWish, is_named, without_likeness
from actions.variants.fallbacks import split_fallback
from shop.models import Order, OrderStatus, Product

_NOT_ARRIVED = re.compile(
    r"\b(?:pending|not (?:yet )?(?:shipped|sent|packed)|ha(?:s|ve|d)(?:n.?t| not) (?:yet )?(?:shipped|been|gone|left)"
    r"|before (?:you|it)|just (?:ordered|placed)|open order)\b"
)
_ARRIVED = re.compile(r"\b(?:received|arrived|delivered|got|came|exchange|already have)\b")
_WISH = re.compile(
    r"\s+in\s+(?!(?:my|the|order)\b|\S*\d{4})[^,.;!?]*?(?=\s+instead\b)|"
    r"(?<!want)(?<!like)(?<!need)(?<!able)(?<!have)(?<!wish)\s+(?:for|to|into|with|against)\s+(?!(?:exchange|swap|change|modify|upgrade|get|have|my)\b)"
    r"(?:(?!\b(?:and|from|in my|in order|that i)\b)[^,.;!?])*|"
    r"\b(?:want|like|need|get|have|prefer|take|give me)\s+(?:an?|the)\s+[^,.;!?]*?"
    r"\b(?:one|version|pair)\b(?=\s+(?:instead of|rather than))",
    re.IGNORECASE,
)
"""What is wished for, from "for" or "to" to the end of its clause."""


async def find_order(services: Services, turn: Turn, *, opening: bool, excluded_id: str | None = None) -> Order | Step:
    """Find the order by what the customer has: the version that is wished for names no order."""
    have = turn if turn.request.pressed else replace(turn, request=_having(turn.request))
    if opening:
        owned = await get_owned(services, turn)
        fitting = [order for order in owned.orders if fits_of(turn.text)(order)]
        products = await get_products(services, owned.orders)
        holder = holding_most(have.request, fitting, products) or _only_holder(have.request, owned.orders, fitting, products)
        if holder:
            return holder
    order = await choose_order(services, have, fits_of(turn.text), opening=opening, excluded_id=excluded_id)
    if isinstance(order, Step) and (order.outcome or {}).get("kind") == "unproved":
        return replace(order, outcome={**(order.outcome or {}), "request": turn.request.to_json()})
    return order


def _only_holder(request: Request, orders: Sequence[Order], fitting: Sequence[Order], products: Mapping[str, Product]) -> Order | None:
    """The one order in the state that is spoken of that holds what is named, where orders in another state hold it too."""
    if request.pressed or find_order_ids(request) or refers_to_order(request):
        return None
    holding = [order for order in orders if is_named(request.text, order.lines, products)]
    there = [order for order in holding if order in fitting]
    return there[0] if len(there) == 1 and len(holding) > 1 else None


def _having(request: Request) -> Request:
    """What the words say of the order that is meant, without what is wished for."""
    left = _WISH.sub(" ", without_likeness(split_fallback(request.text).text))
    values = {str(one.get("value")) for one in request.entities}
    gone = {value for value in values if value in request.text and value not in left}
    kept = tuple(one for one in request.entities if str(one.get("value")) not in gone)
    return replace(request, text=left, entities=kept)


def fits_of(words: str) -> Fits:
    """Which orders may be meant: the customer's words may say whether it has arrived."""
    text = without_likeness(words).lower().replace("’", "'")
    states = {OrderStatus.PENDING, OrderStatus.DELIVERED}
    if _NOT_ARRIVED.search(text):
        states = {OrderStatus.PENDING}
    elif _ARRIVED.search(text):
        states = {OrderStatus.DELIVERED}
    return lambda order: order.status in states


def part_of(order: Order, wishes: Sequence[LineWish]) -> Request:
    """The part of a request that is about one order."""
    words = ", and ".join(dict.fromkeys(wish.text for wish in wishes))
    return Request("exchange_item", words, entities=({"entity": "order_id", "value": str(order.order_id)},))


def other_ways(order: Order) -> list[Button]:
    """What is possible instead, by the order's state."""
    order_id = str(order.order_id)
    match order.status:
        case OrderStatus.PENDING:
            return [button("Cancel it", "cancel_order", order_id=order_id), button("Track it", "track_order", order_id=order_id)]
        case OrderStatus.DELIVERED:
            return [button("Return items", "return_item", order_id=order_id)]
        case OrderStatus.PROCESSED | OrderStatus.SHIPPED:
            return [button("Track it", "track_order", order_id=order_id)]
        case _:
            return [HUMAN]
