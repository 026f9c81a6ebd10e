"""Which of the customer's own orders, and which of their lines, a text means.

Only what the customer may see is ever compared, so a number of somebody else's order is simply unknown here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.dates import find_days
from actions.mentions import Mention, Thing, find_mentions, find_ordinal, words_of
from actions.turn import Request
from shop.models import Order, OrderLine, OrderStatus, Product
from shop.order_ids import key_of

_WRITTEN = re.compile(
    r"(?<![\w-])(?:#\s?\d{4,9}|\d{5}|"
    r"(?!(?:is|my|no|nr|id|the|for|of|and|to|in|at|by|but|on|zip|pin)\b)[a-z]{2,3}\s?-?\s?#?\d{4,9})(?![\w@-])",
    re.IGNORECASE,
)
_NEWEST = re.compile(r"\b(?:last|latest|newest|most recent|recent)\s+(?:\w+\s+){0,2}?(?:order|purchase|parcel|package|delivery|one)\b")
_OLDEST = re.compile(r"\b(?:oldest|earliest|first)\s+(?:order|purchase)\b")
_OTHER = re.compile(r"\b(?:the )?(?:other|another|different)\s+(?:order|one|parcel|package|purchase)\b|\bnot that (?:one|order)\b")
_ORDER_ORDINAL = re.compile(
    r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th)\b|\bnumber \d\b|^\s*\d{1,2}\s*$|\b(?:the )?(?:first|1st|last) one\b"
)
_STATES = {
    re.compile(r"\b(?:pending|not (?:yet )?shipped|unshipped)\b"): {OrderStatus.PENDING},
    re.compile(r"\b(?:processed|being packed)\b"): {OrderStatus.PROCESSED},
    re.compile(r"\b(?:shipped|on (?:its|the) way|in transit)\b"): {OrderStatus.SHIPPED},
    re.compile(r"\b(?:delivered|that (?:has )?arrived)\b"): {OrderStatus.DELIVERED},
    re.compile(r"\bcancell?ed\b"): {OrderStatus.CANCELLED},
}
_CHOOSING = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|last|all|"
    r"both|everything|each|every|except|but|without|number \d+)\b|^\s*\d{1,2}\s*$"
)
_ENTITY_WORDS = ("product", "product_type", "brand", "colour", "size", "material", "capacity")


@dataclass(frozen=True)
class OrderMatch:
    """What a text says about orders.

    Attributes:
        orders: The orders that fit, newest first.
        named: Whether the text referred to an order at all; without that `orders` are simply all there are.
        unknown_id: A number that belongs to none of them, as the customer wrote it.
        unknown_thing: A product that was named and is in none of them.
    """

    orders: tuple[Order, ...]
    named: bool = False
    unknown_id: str | None = None
    unknown_thing: str | None = None

    @property
    def only(self) -> Order | None:
        """The order, if exactly one is meant."""
        return self.orders[0] if len(self.orders) == 1 else None


def find_order_ids(request: Request) -> list[str]:
    """Order numbers as written in a request, first one first. Digits are taken as they stand."""
    written = [value for value in request.values("order_id") if any(sign.isdigit() for sign in value)]
    return list(dict.fromkeys(written + ([] if request.pressed else _WRITTEN.findall(request.text))))


def without_order_ids(text: str) -> str:
    """The text without order numbers."""
    return _WRITTEN.sub(" ", text)


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
    for written in find_order_ids(request):
        meant = [order for order in orders if _same(written, str(order.order_id))]
        if meant or _looks_certain(written):
            return OrderMatch(tuple(meant), named=True, unknown_id=None if meant else written)
    text = request.text.lower()
    pool = [order for order in orders if str(order.order_id) != current_id] if _OTHER.search(text) else list(orders)
    narrowed = _narrow(request, pool, today, products)
    candidates = pool if narrowed is None else narrowed
    thing = request.value("product")
    if narrowed is None and thing and words_of(thing):
        return OrderMatch((), named=True, unknown_thing=thing)
    picked = _pick(text, candidates)
    named = narrowed is not None or picked is not None or bool(_OTHER.search(text))
    return OrderMatch(tuple(candidates if picked is None else picked), named=named)


def match_lines(request: Request, order: Order, products: Mapping[str, Product], among: Sequence[str] = ()) -> Mention:
    """Say which lines of an order a request means; keys are line ids. `among` are the ones that were just offered."""
    pressed = [value for value in request.values("line_id") if value == "all" or any(line.line_id == value for line in order.lines)]
    if pressed:
        return Mention(keys=tuple(line.line_id for line in order.lines if "all" in pressed or line.line_id in pressed))
    offered = find_mentions(_spoken(request), [_thing(line.line_id, [line], products) for line in order.lines if line.line_id in among])
    if offered.keys:
        return offered
    return find_mentions(_spoken(request), [_thing(line.line_id, [line], products) for line in order.lines])


def _same(written: str, order_id: str) -> bool:
    prefix = re.match(r"\D*", order_id)
    lead = prefix[0] if prefix else ""
    return key_of(written, lead) is not None and key_of(written, lead) == key_of(order_id, lead)


def _looks_certain(written: str) -> bool:
    # A bare run of digits may be a zip; a number with "#" or letters is meant as an order's.
    return not written.isdigit() or len(written) >= 5


def _narrow(request: Request, orders: Sequence[Order], today: date, products: Mapping[str, Product]) -> list[Order] | None:
    filters = (_by_state(request, orders), _by_things(request, orders, products), _by_days(request, orders, today))
    used = [{str(order.order_id) for order in found} for found in filters if found]
    if not used:
        return None
    both = set.intersection(*used) or used[-1]
    return [order for order in orders if str(order.order_id) in both]


def _by_state(request: Request, orders: Sequence[Order]) -> list[Order]:
    states = {state for pattern, meant in _STATES.items() if pattern.search(request.text.lower()) for state in meant}
    return [order for order in orders if order.status in states]


def _by_things(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> list[Order]:
    mention = find_mentions(_naming_part(request), [_thing(str(order.order_id), order.lines, products) for order in orders])
    return [order for order in orders if order.order_id in {*mention.keys, *mention.unsure}]


def _by_days(request: Request, orders: Sequence[Order], today: date) -> list[Order]:
    days = find_days(request.text, today)
    return [
        order for order in orders if days and any(moment and days.holds(moment.date()) for moment in (order.placed_at, order.delivered_at))
    ]


def _naming_part(request: Request) -> str:
    # Ordinals and "all" choose among orders elsewhere; here only names of things count.
    return _CHOOSING.sub(" ", _spoken(request).lower())


def _pick(text: str, orders: Sequence[Order]) -> list[Order] | None:
    if not orders:
        return None
    if _NEWEST.search(text):
        return [orders[0]]
    if _OLDEST.search(text):
        return [orders[-1]]
    position = find_ordinal(text, len(orders)) if _ORDER_ORDINAL.search(text) else None
    return None if position is None else [orders[position]]


def _thing(key: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Thing:
    texts: list[str] = []
    for line in lines:
        product = products.get(line.product_id)
        texts += [line.name, *line.options.values(), *([product.product_type, product.brand, *product.keywords] if product else [])]
    return Thing(key, words_of(*texts))


def _spoken(request: Request) -> str:
    # What an entity's synonym was mapped to stands beside the words themselves.
    values = [value for entity in _ENTITY_WORDS for value in request.values(entity)]
    return " ".join([request.text, *(value for value in values if value.lower() not in request.text.lower())])
