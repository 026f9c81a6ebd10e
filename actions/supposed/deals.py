"""What one deed with its goods comes to, by the shop's own figures: nothing is written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.exchange.counter import Counter, read_answer
from actions.exchange.naming import named_lines
from actions.exchange.swaps import Swaps
from actions.exchange.taking import take
from actions.owned import Owned, get_products
from actions.resolve import match_items, match_lines
from actions.services import Services
from actions.supposed.clauses import CANCEL, EXCHANGE, RETURN, Clause, points_at
from actions.turn import Request, Turn
from actions.variants import LineWish, differences, is_named, variant_titles
from actions.words import now_of
from shop.errors import InvalidArguments, NotAllowed, NotPermitted
from shop.models import OperationName, Order, OrderLine, OrderStatus, Product, ProductFilter
from shop.wording import join, money

_BECOMES = re.compile(r"\s+(?:for|to|into|with)\s+(?=(?:an?|the|my)?\s*[\w-])(?!(?:exchang|swap|chang|switch|replac))")
"""Before what goods shall become."""
_OPEN = {
    RETURN: frozenset({OrderStatus.DELIVERED}),
    EXCHANGE: frozenset({OrderStatus.PENDING, OrderStatus.DELIVERED}),
    CANCEL: frozenset({OrderStatus.PENDING}),
}


@dataclass(frozen=True)
class Deal:
    """A deed with its goods, and its sum.

    Attributes:
        cents: What comes back; negative where more is to be paid; None where that is open, or where it can't be done.
        told: The sum in words; where it can't be done, the rule.
        chosen: The version for each line, where the deed is an exchange or a change.
    """

    task: str
    order: Order
    line_ids: tuple[str, ...]
    cents: int | None
    told: str
    title: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def carried(self) -> dict[str, Any]:
        """What a button for it carries, which its own form reads."""
        known: dict[str, Any] = {"order_id": str(self.order.order_id)}
        if self.task != CANCEL:
            known["line_id"] = list(self.line_ids)
        if self.chosen and len(self.chosen) == len(self.line_ids):
            known["variant_id"] = [self.chosen[one] for one in self.line_ids]
        return known


@dataclass(frozen=True)
class Goods:
    """The customer's orders, what is in them, and what an open form is about."""

    owned: Owned
    products: Mapping[str, Product]
    today: date
    order_id: str | None = None
    line_ids: tuple[str, ...] = ()

    def names(self, text: str) -> bool:
        """Whether words name goods of any of the orders."""
        return any(is_named(text, order.lines, self.products) for order in self.owned.orders)

    def present(self, clause: Clause) -> str:
        """What is said of the goods as they are, without what they shall become."""
        return clause.words if clause.task != EXCHANGE else _BECOMES.split(clause.words)[0] or clause.words

    def held(self, order: Order, words: str) -> tuple[str, ...]:
        """The lines of an order that words name; those in hand where they only point at them."""
        if is_named(words, order.lines, self.products):
            return match_lines(Request("", words), order, self.products).keys
        return self.line_ids if order.order_id == self.order_id and points_at(words) else ()


async def goods_of(services: Services, turn: Turn, owned: Owned) -> Goods:
    """The goods of the customer, and those that the open form is about."""
    in_form = Swaps.from_json(turn.slot("swaps")).line_ids or tuple(turn.slot("items_choice") or ())
    products = await get_products(services, owned.orders)
    if turn.form and turn.slot("order_choice"):
        return Goods(owned, products, now_of(services).date(), str(turn.slot("order_choice")), in_form)
    return Goods(owned, products, now_of(services).date(), turn.slot("order_id"))


async def work_out(services: Services, clause: Clause, goods: Goods, numbers: Sequence[Order]) -> Deal | None:
    """The sum of a deed; None where it is open which order or which goods are meant.

    Args:
        services: What actions may use.
        clause: The deed, and what is said of it.
        goods: What the customer has.
        numbers: The orders that the message names by their numbers.
    """
    order = _order_of(clause, goods, numbers)
    if order is None:
        return None
    match clause.task:
        case "cancel_order":
            return await _cancelled(services, goods, order)
        case "return_item":
            whole = match_lines(Request("", clause.words), order, goods.products).keys if _is_written(order, clause.words) else ()
            return await _returned(services, goods, order, goods.held(order, clause.words) or whole)
        case _:
            return await _swapped(services, clause, goods, order)


def _order_of(clause: Clause, goods: Goods, numbers: Sequence[Order]) -> Order | None:
    fitting = [order for order in goods.owned.orders if order.status in _OPEN[clause.task]]
    named = [order for order in fitting if order in numbers and (_is_written(order, clause.words) or goods.held(order, clause.words))]
    if len(named) == 1:
        return named[0]
    counts = {str(order.order_id): len(goods.held(order, clause.words)) or _loosely(order, clause, goods) for order in fitting}
    most = max(counts.values(), default=0)
    best = [order for order in fitting if most and counts[str(order.order_id)] == most]
    in_hand = [order for order in best if order.order_id == goods.order_id]
    if not best and clause.task == CANCEL:
        best = [order for order in fitting if order.order_id == goods.order_id] or fitting
    told = _told_apart(clause, best, goods) if len(best) > 1 else best
    return told[0] if len(told) == 1 else in_hand[0] if in_hand else None


def _is_written(order: Order, words: str) -> bool:
    return re.sub(r"\D", "", str(order.order_id)) in words


def _told_apart(clause: Clause, orders: Sequence[Order], goods: Goods) -> list[Order]:
    """The one of several orders with such goods whose versions the words tell: "the white lead"."""
    found = match_items(Request("", goods.present(clause)), orders, goods.today, goods.products)
    there = [order for order, _ in found.lines]
    return there if len(there) == 1 else list(orders)


def _loosely(order: Order, clause: Clause, goods: Goods) -> int:
    """One where words name something of an order, and only leave open which."""
    return int(is_named(clause.words, order.lines, goods.products))


async def _cancelled(services: Services, goods: Goods, order: Order) -> Deal:
    title = f"Cancel order {order.order_id}"
    decision = await services.shop.check(goods.owned.actor, OperationName.CANCEL_ORDER, {"order_id": order.order_id})
    if not decision.allowed:
        return Deal(CANCEL, order, (), None, decision.explanation, title)
    told = f"cancelling order {order.order_id} gives back {money(order.total_cents, order.currency)}"
    return Deal(CANCEL, order, (), order.total_cents, told, title)


async def _returned(services: Services, goods: Goods, order: Order, line_ids: Sequence[str]) -> Deal | None:
    lines = [line for line in order.lines if line.line_id in line_ids]
    if not lines:
        return None
    title = f"Return the {_names(lines)}"
    arguments: dict[str, Any] = {"order_id": order.order_id, "line_ids": [line.line_id for line in lines]}
    decision = await services.shop.check(goods.owned.actor, OperationName.RETURN_ITEMS, arguments)
    if not decision.allowed:
        return Deal(RETURN, order, tuple(line_ids), None, decision.explanation, title)
    cents = await _refund_cents(services, goods, arguments)
    each = [(line.price_cents * line.quantity, name) for line, name in zip(lines, _called(lines), strict=True)]
    told = f"returning the {_names(lines)} gives back {money(cents, order.currency)}{_each(each, order.currency)}"
    return Deal(RETURN, order, tuple(str(line.line_id) for line in lines), cents, told, title)


async def _refund_cents(services: Services, goods: Goods, arguments: Mapping[str, Any]) -> int:
    """What the shop refunds, whichever way it may go; the prices paid where no way is known to this customer."""
    actor, order_id = goods.owned.actor, str(arguments["order_id"])
    try:
        for method in await services.shop.list_refund_methods(actor, order_id):
            named = {**arguments, "payment_method_id": method.payment_method_id}
            if (await services.shop.check(actor, OperationName.RETURN_ITEMS, named)).allowed:
                return sum(one.amount_cents for one in (await services.shop.quote(actor, OperationName.RETURN_ITEMS, named)).refunds)
    except (NotAllowed, NotPermitted, InvalidArguments):
        pass
    order = next(one for one in goods.owned.orders if one.order_id == order_id)
    return sum(line.price_cents * line.quantity for line in order.lines if line.line_id in arguments["line_ids"])


async def _swapped(services: Services, clause: Clause, goods: Goods, order: Order) -> Deal | None:
    known = await services.shop.list_products(ProductFilter(), limit=500)
    others = [one for one in goods.owned.orders if one is not order]
    counter = Counter(order, {key: goods.products[key] for key in goods.products}, others, known, goods.today)
    is_named_here = is_named(clause.words, order.lines, goods.products)
    wishes = [wish for wish in named_lines(counter, Request(EXCHANGE, clause.words)) if wish.is_sure] if is_named_here else []
    if not is_named_here:
        wishes = [LineWish(one, clause.words) for one in goods.held(order, clause.words)]
    if not wishes:
        return None
    swaps = Swaps()
    for wish in wishes:
        swaps = take(swaps, wish, read_answer(wish, counter, swaps), counter, several=len(wishes) > 1)
    if swaps.open_line and not is_named_here:
        # "Switch it to PayPal" wishes for no version.
        return None
    return await _told_swap(services, goods, counter, swaps)


async def _told_swap(services: Services, goods: Goods, counter: Counter, swaps: Swaps) -> Deal | None:
    order = counter.order
    verb = "chang" if counter.operation is OperationName.CHANGE_ITEMS else "exchang"
    lines = [counter.line(one) for one in swaps.line_ids]
    if not lines:
        # Whatever was wished for is so already, or is not there.
        return Deal(EXCHANGE, order, (), 0 if swaps.left else None, " ".join(swaps.said).rstrip("."), "")
    title = f"{verb.capitalize()}e the {_names(lines)}"
    if swaps.open_line:
        return Deal(EXCHANGE, order, tuple(swaps.line_ids), None, _open_words(counter, swaps, verb), title)
    decision = await services.shop.check(goods.owned.actor, counter.operation, {"order_id": order.order_id, "changes": swaps.changes()})
    if not decision.allowed:
        return Deal(EXCHANGE, order, tuple(swaps.line_ids), None, decision.explanation, title)
    gaps = [_gap(counter, line, swaps) for line in lines]
    cents, each = -sum(gaps), [(-gap, name) for gap, name in zip(gaps, _called(lines), strict=True)]
    told = f"{verb}ing {_becoming(counter, swaps, lines)} {_outcome(cents, order.currency)}{_each(each, order.currency)}"
    said = f". {' '.join(swaps.said).rstrip('.')}" if swaps.said else ""
    return Deal(EXCHANGE, order, tuple(swaps.line_ids), cents, f"{told}{said}", title, dict(swaps.chosen))


def _gap(counter: Counter, line: OrderLine, swaps: Swaps) -> int:
    return counter.difference_cents(swaps.only([str(line.line_id)]))


def _outcome(cents: int, currency: str) -> str:
    if cents == 0:
        return "changes nothing in what you pay"
    return f"gives back {money(cents, currency)}" if cents > 0 else f"costs {money(-cents, currency)} more"


def _becoming(counter: Counter, swaps: Swaps, lines: Sequence[OrderLine]) -> str:
    """The lines and what they become: by their price where that was the wish, else by what changes."""
    if all("cheapest" in swaps.priced.get(str(line.line_id), "") for line in lines):
        return f"the {_names(lines)} for the cheapest version{'s' if len(lines) > 1 else ''} in stock"
    told = []
    for line, name in zip(lines, _called(lines), strict=True):
        variant = counter.variant(str(line.line_id), swaps.chosen[str(line.line_id)])
        told.append(f"{name} ({(differences(variant, line) if variant else '') or 'the same once more'})")
    return f"the {join(told, 'and the')}"


def _open_words(counter: Counter, swaps: Swaps, verb: str) -> str:
    """That the sum depends on a version that is still open, with the prices of those that may be meant."""
    line = counter.line(str(swaps.open_line))
    product = counter.products[str(line.product_id)]
    offered = swaps.open.get(str(line.line_id), {}).get("variants") or [
        str(one.variant_id) for one in product.variants if one.available and one.variant_id != line.variant_id
    ]
    variants = [one for one in product.variants if str(one.variant_id) in offered]
    names = _names([counter.line(one) for one in swaps.line_ids])
    if not variants:
        return f"{verb}ing the {names} is open: I don't know for which version"
    gaps = [(one.price_cents - line.price_cents) * line.quantity for one in variants]
    low, high = (_outcome(-gap, counter.order.currency) for gap in (min(gaps), max(gaps)))
    listed = f" ({'; '.join(variant_titles(variants, product, line))})" if len(variants) <= 4 else ""
    between = f"from the one that {low} to the one that {high}" if low != high else f"but each of them {low}"
    return f"what {verb}ing the {names} comes to depends on the version, {between}{listed}"


def _each(amounts: Sequence[tuple[int, str]], currency: str) -> str:
    """The part of every item, where there are several."""
    parts = [f"the {name} {money(abs(cents), currency)}{' more' if cents < 0 else ''}" for cents, name in amounts]
    mixed = len({cents < 0 for cents, _ in amounts if cents}) > 1
    return f" ({join(parts)})" if len(amounts) > 1 and not mixed else ""


def _names(lines: Sequence[OrderLine]) -> str:
    return join(_called(lines), "and the")


def _called(lines: Sequence[OrderLine]) -> list[str]:
    """What lines are called; by their options too where several go by one name."""
    alike = len({line.name for line in lines}) < len(lines)
    return [line.label if alike else line.name for line in lines]
