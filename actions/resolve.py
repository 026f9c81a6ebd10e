"""Which of the customer's own orders, and which of their lines, a text means.

Only what the customer may see is ever compared, so a number of somebody else's order is simply unknown here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions.line_choice import is_counted, narrow_lines, top_lines
from actions.mentions import Mention, Thing, find_mentions, find_names, words_of
from actions.order_filters import by_number, by_way, narrow_orders, pick_order
from actions.spoken import find_order_ids, lines_by_id, spoken_words, thing_of, without_order_ids
from actions.turn import Request
from shop.models import Order, OrderLine, Product

__all__ = [
    "ItemMatch",
    "OrderMatch",
    "find_order_ids",
    "match_items",
    "match_lines",
    "match_more",
    "match_orders",
    "refers_to_order",
    "without_order_ids",
]
_THAT = re.compile(r"\b(?:that|this|the same|said) (?:same )?(?:order|purchase|parcel|package|delivery|shipment)\b")
_OTHER = re.compile(r"\b(?:the )?(?:other|another|different)\s+(?:order|one|parcel|package|purchase)\b|\bnot that (?:one|order)\b")


_INSTEAD = re.compile(r"\b(?:for|into|instead of|with)\b|\bto\s+(?:an?|the|one|size|be)\b")
_EVERY = re.compile(r"\b(?:all|both|every|each)\b[\w\s']{0,25}?\b(?:orders?|purchases?|of them)\b|\borders\b.{0,20}\b(?:all|both)\b")


@dataclass(frozen=True)
class ItemMatch:
    """Which pieces of which orders a text means.

    Attributes:
        lines: Orders with the ids of their lines that are meant for sure, newest order first.
        unsure: Orders with the ids of lines of which one may be meant: ask once, with these.
    """

    lines: tuple[tuple[Order, tuple[str, ...]], ...] = ()
    unsure: tuple[tuple[Order, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class OrderMatch:
    """What a text says about orders.

    Attributes:
        orders: The orders that fit, newest first.
        named: Whether the text referred to an order at all; without that `orders` are simply all there are.
        unknown_id: A number that belongs to none of them, as the customer wrote it.
        unknown_thing: A product that was named and is in none of them.
        each: Whether all of `orders` are meant, and not one of them: "both orders", "CH-1 and CH-2".
    """

    orders: tuple[Order, ...]
    named: bool = False
    unknown_id: str | None = None
    unknown_thing: str | None = None
    each: bool = False

    @property
    def only(self) -> Order | None:
        """The order, if exactly one is meant."""
        return self.orders[0] if len(self.orders) == 1 else None


def refers_to_order(request: Request) -> bool:
    """Whether a text speaks of another order, or names one by number."""
    return bool(find_order_ids(request) or _OTHER.search(request.text.lower()))


def match_orders(
    request: Request, orders: Sequence[Order], today: date, products: Mapping[str, Product], current_id: str | None = None
) -> OrderMatch:
    """Say which of the customer's orders a request means.

    Args:
        request: The words and what NLU found in them.
        orders: All orders that this customer may see, newest first.
        today: For "yesterday" and the like.
        products: The products of the orders' lines, for the words they go by.
        current_id: The order spoken of last, for "the other one".
    """
    written = by_number(request, orders)
    if written is not None:
        return OrderMatch(tuple(written[0]), named=True, unknown_id=written[1], each=len(written[0]) > 1)
    text = request.text.lower()
    pool = [order for order in orders if str(order.order_id) != current_id] if _OTHER.search(text) else list(orders)
    narrowed = narrow_orders(request, pool, today, products)
    candidates = pool if narrowed is None else narrowed
    thing = request.value("product")
    if narrowed is None and thing and words_of(thing):
        return OrderMatch((), named=True, unknown_thing=thing)
    picked = pick_order(text, candidates) or _pointed(text, candidates, current_id)
    each = picked is None and bool(_EVERY.search(text))
    named = narrowed is not None or picked is not None or each or bool(_OTHER.search(text))
    found = list(candidates if picked is None else picked)
    return OrderMatch(tuple(by_way(text, found) if named and not each else found), named=named, each=each and len(found) > 1)


def _pointed(text: str, orders: Sequence[Order], current_id: str | None) -> list[Order] | None:
    """The order spoken of last, where "that order" points at it."""
    return ([order for order in orders if str(order.order_id) == current_id] or None) if _THAT.search(text) else None


def match_lines(request: Request, order: Order, products: Mapping[str, Product], among: Sequence[str] = ()) -> Mention:
    """Say which lines of an order a request means; keys are line ids. `among` are the ones that were just offered."""
    pressed = [value for value in request.values("line_id") if value == "all" or any(line.line_id == value for line in order.lines)]
    if pressed:
        return Mention(keys=tuple(line.line_id for line in order.lines if "all" in pressed or line.line_id in pressed))
    offered = _mentioned(spoken_words(request), [line for line in order.lines if line.line_id in among], products)
    if offered.keys:
        return offered
    return _mentioned(spoken_words(request), order.lines, products)


def match_more(request: Request, order: Order, products: Mapping[str, Product], chosen: Mention, among: Sequence[str]) -> Mention:
    """What was chosen of the lines just offered, with the others of the order that the same words call by their names.

    "The white one" chooses among the shirts and names no white lamp; "the white one and the lamp" names it.
    """
    others = [line for line in order.lines if line.line_id not in {*among, *chosen.keys}]
    offered = [line for line in order.lines if line.line_id in among]
    things = [thing_of(line.line_id, [line], products) for line in (*offered, *others)]
    named = find_names(spoken_words(request), [Thing(one.key, one.names, one.names) for one in things])
    more = {*named.keys, *named.sure} & {str(line.line_id) for line in others}
    return replace(chosen, keys=tuple(str(line.line_id) for line in order.lines if line.line_id in {*chosen.keys, *more}))


def _mentioned(text: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Mention:
    numbered = lines_by_id(text, lines)
    if numbered:
        return Mention(keys=tuple(numbered))
    mention = find_mentions(text, [thing_of(line.line_id, [line], products) for line in lines])
    if mention.unsure:
        mention = _settled(text, mention, lines, products)
    if mention.keys or mention.unsure:
        return mention
    top = top_lines(text, lines)
    return Mention(keys=tuple(line.line_id for line in top)) if top else mention


def _settled(text: str, mention: Mention, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Mention:
    """What is open is settled by what comes before "for a white one", by number, price or options; else it stays open."""
    open_lines = [line for line in lines if line.line_id in mention.unsure]
    if is_counted(text, open_lines):
        return _joined(mention, mention.unsure)
    head = _INSTEAD.split(text)[0]
    before = find_mentions(head, [thing_of(line.line_id, [line], products) for line in lines]) if head != text else Mention()
    if before.keys:
        return before
    narrowed = narrow_lines(head or text, open_lines)
    if len(narrowed) == 1 or (len(narrowed) < len(open_lines) and top_lines(text, open_lines)):
        return _joined(mention, [str(line.line_id) for line in narrowed])
    return replace(mention, unsure=tuple(line.line_id for line in narrowed)) if len(narrowed) < len(open_lines) else mention


def _joined(mention: Mention, keys: Sequence[str]) -> Mention:
    return Mention(keys=(*mention.sure, *(key for key in keys if key not in mention.sure)))


def match_items(
    request: Request, orders: Sequence[Order], today: date, products: Mapping[str, Product], current_id: str | None = None
) -> ItemMatch:
    """Say which pieces a request means, wherever they were ordered: "the skateboard and both shirts, but not the lamp".

    Args:
        request: The words and what NLU found in them.
        orders: The orders to look in, newest first; for a return only those whose pieces can come back.
        today: As for `match_orders`.
        products: As for `match_orders`.
        current_id: As for `match_orders`.
    """
    text = spoken_words(request)
    match = match_orders(request, orders, today, products, current_id)
    inside = match.orders if match.named and not match.unknown_thing else tuple(orders)
    owner = {f"{order.order_id}/{line.line_id}": order for order in inside for line in order.lines}
    lines = [line.model_copy(update={"line_id": key}) for key, line in _all_lines(inside)]
    mention = _mentioned(text, lines, products)
    return ItemMatch(_by_order(mention.keys or mention.sure, owner), _by_order(mention.unsure, owner))


def _all_lines(orders: Sequence[Order]) -> list[tuple[str, OrderLine]]:
    return [(f"{order.order_id}/{line.line_id}", line) for order in orders for line in order.lines]


def _by_order(keys: Sequence[str], owner: Mapping[str, Order]) -> tuple[tuple[Order, tuple[str, ...]], ...]:
    orders = {str(owner[key].order_id): owner[key] for key in keys}
    ids = {order_id: tuple(key.partition("/")[2] for key in keys if owner[key].order_id == order_id) for order_id in orders}
    return tuple((order, ids[order_id]) for order_id, order in orders.items())
