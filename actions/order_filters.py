"""What tells orders apart in a text: numbers and their ends, things, places, amounts, days, states, "the last one"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from actions.address_names import names_place
from actions.dates import find_days
from actions.mentions import find_mentions, find_ordinal, leaves_out
from actions.spoken import find_item_numbers, find_order_ids, lines_by_id, spoken_words, thing_of, without_cards
from actions.turn import Request
from shop.models import Order, OrderStatus, Product
from shop.order_ids import key_of

_ENDING = re.compile(
    r"\b(?:end(?:s|ing)?\s+(?:in|with|on)|finish\w*\s+(?:in|with)"
    r"|last\s+(?:\w+\s+)?digits?(?:\s+(?:are|is|being))?)\s+(?:the\s+)?#?(\d{1,6})\b"
    r"|\b(\d{1,6})\s+at\s+the\s+end\b"
)
_NEWEST = re.compile(
    r"\b(?:last|latest|newest|most recent|recent)\s+(?:\w+\s+){0,2}?(?:orders?|purchase|parcel|package|delivery|one)\b"
    r"|\border i(?:'ve| have)?\s+(?:just\s+)?(?:placed|made)\s+(?:just now|today|last|most recently)\b|\bjust\s+(?:placed|ordered)\b"
)
_OLDEST = re.compile(r"\b(?:oldest|earliest|first)\s+(?:order|purchase)\b")
_ORDER_ORDINAL = re.compile(
    r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th)\b|\bnumber \d\b|^\s*\d{1,2}\s*$|\b(?:the )?(?:first|1st|last) one\b"
)
_DEAREST = re.compile(r"\b(?:most expensive|biggest|largest|priciest|highest)\s+(?:order|purchase)\b")
_CHEAPEST = re.compile(r"\b(?:cheapest|smallest|least expensive|lowest)\s+(?:order|purchase)\b")
_AMOUNT = re.compile(r"(?:€|\$|£)\s?(\d{1,5})(?:[.,](\d{2}))?\b|\b(\d{1,5})(?:[.,](\d{2}))?\s?(?:€|\$|£|euros?\b|eur\b|dollars?\b)")
_CAME = re.compile(r"\b(?:received|arrived|got|came|delivered)\b|\bwhen did\b.*\b(?:get|arrive|come|reach)\b")
_COMING = re.compile(
    r"(?:\b(?:not|never|still)|n't)\b[\w\s]{0,15}\b(?:received|arrive\w*|come|here|got|waiting|shipped)\b"
    r"(?!\s+(?:(?:the|my|any|an?|your)\s+)?(?:\w+\s+)?(?:labels?|e-?mails?|receipts?|codes?|refunds?|confirmations?|money|invoices?)\b)"
    r"|\bjust (?:placed|ordered|bought)\b"
)
_COMING_STATES = frozenset({OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED})
_CAME_STATES = frozenset({OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED})
_OWN_ZIP = re.compile(
    r"\b(?:my|our) (?:zip|post(?:al)? ?code)(?: ?code)?(?: (?:is|was|number))*:?\s*[\w-]{3,10}|[\w-]{3,10} is my (?:zip|post(?:al)? ?code)",
    re.IGNORECASE,
)
_CHOOSING = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|last|all|"
    r"both|everything|each|every|except|but|without|number \d+)\b|^\s*\d{1,2}\s*$"
)
_STATES = {
    re.compile(r"\b(?:pending|not (?:yet )?shipped|unshipped)\b"): {OrderStatus.PENDING},
    re.compile(r"\b(?:processed|being packed)\b"): {OrderStatus.PROCESSED},
    re.compile(r"\b(?:shipped|on (?:its|the) way|in transit)\b"): {OrderStatus.SHIPPED},
    re.compile(r"\b(?:delivered|that (?:has )?arrived)\b"): {OrderStatus.DELIVERED},
    # "I want it cancelled" wishes for it, and names no order that is so already.
    re.compile(r"(?<!want )(?<!wanted )(?<!need )(?<!be )(?<!it )(?<!them )(?<!both )(?<!all )\bcancell?ed\b"): {OrderStatus.CANCELLED},
}


def by_number(request: Request, orders: Sequence[Order]) -> tuple[list[Order], str | None] | None:
    """The orders whose numbers, or their ends, are written, and a number that none has; None where no number is written."""
    numbers = find_order_ids(request)
    meant = [order for order in orders if any(_same(number, str(order.order_id)) for number in numbers)]
    if meant:
        return meant, None
    ending = _ENDING.search(without_cards(request.text.lower()))
    if ending:
        digits = ending[1] or ending[2]
        fitting = [order for order in orders if str(order.order_id).endswith(digits)]
        return fitting, None if fitting else digits
    items = {number.lower() for number in find_item_numbers(request.text)}
    certain = [number for number in numbers if _looks_certain(number) and number.lower() not in items]
    return ([], certain[0]) if certain else None


def by_way(text: str, orders: list[Order]) -> list[Order]:
    """Of several, those that have come or are coming, where the text tells and that leaves any."""
    for pattern, states in ((_COMING, _COMING_STATES), (_CAME, _CAME_STATES)):
        fitting = [order for order in orders if order.status in states] if len(orders) > 1 and pattern.search(text) else []
        if fitting:
            return fitting
    return orders


def narrow_orders(request: Request, orders: Sequence[Order], today: date, products: Mapping[str, Product]) -> list[Order] | None:
    """The orders that fit what a text names of them, what counts most first; None where it names nothing."""
    filters = (
        [order for order in orders if lines_by_id(request.text, order.lines)],
        _by_things(request, orders, products),
        _by_place(request, orders),
        _by_amount(request, orders),
        _by_days(request, orders, today),
        _by_state(request, orders),
    )
    kept = list(orders)
    for found in filters:
        # What is named first counts most: "the keyboard I got last week" is the keyboard, even from the week before.
        kept = [order for order in kept if order in found] or kept
    return kept if any(filters) else None


def _by_state(request: Request, orders: Sequence[Order]) -> list[Order]:
    states = states_named(request.text)
    return [order for order in orders if order.status in states]


def states_named(text: str) -> set[OrderStatus]:
    """The states that a text names: "the pending one"."""
    return {state for pattern, meant in _STATES.items() if pattern.search(text.lower()) for state in meant}


def _by_things(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> list[Order]:
    if leaves_out(request.text):
        return _but_left_out(request, orders, products)
    mention = find_mentions(_naming_part(request), [thing_of(str(order.order_id), order.lines, products) for order in orders])
    return [order for order in orders if order.order_id in {*mention.keys, *mention.sure, *mention.unsure}]


def _but_left_out(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> list[Order]:
    """The orders of which something is meant where "everything except the lamp" leaves some out: first those that hold both."""
    things = [thing_of(f"{order.order_id}/{line.line_id}", [line], products) for order in orders for line in order.lines]
    mention = find_mentions(spoken_words(request), things)
    # Where several may be left out, an order that also holds something else tells which.
    meant = set(mention.keys or ([one.key for one in things if one.key not in mention.unsure] if mention.unsure else ()))
    parts = [(order, sum(f"{order.order_id}/{line.line_id}" in meant for line in order.lines)) for order in orders]
    mixed = [order for order, count in parts if 0 < count < len(order.lines)]
    return mixed if len(mixed) == 1 else [order for order, count in parts if count]


def _by_days(request: Request, orders: Sequence[Order], today: date) -> list[Order]:
    days = find_days(request.text, today)
    return [
        order for order in orders if days and any(moment and days.holds(moment.date()) for moment in (order.placed_at, order.delivered_at))
    ]


def _by_place(request: Request, orders: Sequence[Order]) -> list[Order]:
    # "My zip is …" says who writes, and not where a parcel goes.
    text = _OWN_ZIP.sub(" ", request.text)
    ranks = [names_place(text, order.address) for order in orders]
    best = max(ranks, default=0)
    fitting = [order for order, rank in zip(orders, ranks, strict=True) if rank == best]
    # Where all went to the same place, its name tells nothing apart.
    return fitting if best and len(fitting) < len(orders) else []


def _by_amount(request: Request, orders: Sequence[Order]) -> list[Order]:
    found = _AMOUNT.search(request.text.lower())
    if not found:
        return []
    whole, part = found[1] or found[3], found[2] or found[4]
    cents = int(whole) * 100 + int(part or 0)
    return [order for order in orders if order.total_cents == cents or (not part and order.total_cents // 100 == cents // 100)]


def pick_order(text: str, orders: Sequence[Order]) -> list[Order] | None:
    """The ones that a place in the row or a superlative picks: "my last order"; None where the text says neither."""
    if not orders:
        return None
    for pattern, place in ((_NEWEST, 0), (_OLDEST, -1)):
        if pattern.search(text):
            # Without its day, nobody can say which of several is the last.
            return [orders[place]] if all(order.placed_at for order in orders) or len(orders) == 1 else list(orders)
    for pattern, sign in ((_DEAREST, -1), (_CHEAPEST, 1)):
        if pattern.search(text):
            ranked = sorted(orders, key=lambda order: sign * order.total_cents)
            return [order for order in orders if order.total_cents == ranked[0].total_cents]
    position = find_ordinal(text, len(orders)) if _ORDER_ORDINAL.search(text) else None
    return None if position is None else [orders[position]]


def _same(written: str, order_id: str) -> bool:
    prefix = re.match(r"\D*", order_id)
    lead = prefix[0] if prefix else ""
    return key_of(written, lead) is not None and key_of(written, lead) == key_of(order_id, lead)


def _looks_certain(written: str) -> bool:
    # A bare run of digits may be a zip; a number with "#" or letters is meant as an order's.
    return not written.isdigit() or len(written) >= 5


def _naming_part(request: Request) -> str:
    # Ordinals and "all" choose among orders elsewhere; here only names of things count.
    return _CHOOSING.sub(" ", spoken_words(request).lower())
