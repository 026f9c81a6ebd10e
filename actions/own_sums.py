"""What the customer's own items cost, or would give back, added up over all of their orders: exact cents, from the records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.order_facts import CHEAPEST, DEAREST
from actions.owned import Owned, get_owned, get_products
from actions.reply import Reply
from actions.resolve import find_order_ids, match_items
from actions.services import Services
from actions.turn import Turn
from actions.words import line_words, now_of
from shop.models import OperationName, Order, OrderLine, OrderStatus
from shop.wording import join, money

_OWN = re.compile(
    r"\b(?:my|mine)\b|\b(?:i|we)(?:'ve| have|'d)? (?:\w+ )?(?:bought|ordered|purchased|got|own|paid|received)\b"
    r"|\bof all (?:the )?(?:things|items)\b"
)
_ONE_ORDER = re.compile(
    r"\b(?:that|this|the|my|of|in) (?:\w+ )?order\b|\border (?:is|was|did)\b|\b(?:do you (?:have|sell)|in stock|available)\b"
)
_ITEM = re.compile(r"\b(?:items?|things?|products?|purchases?|pieces?|articles?|stuff|buys?|bought|ordered|purchased|ever)\b")
_POINTS_AT_ORDER = re.compile(
    r"\b(?:that|this|the|my|said|same) (?:\w+ )?(?:order|purchase|parcel)\b|\b(?:in|of|from) (?:it|there|that one)\b"
)
_OF_THE_SHOP = re.compile(r"\b(?:do you (?:have|sell)|in stock|available|your|shop|store|versions?|options?|for (?:the|an?) )\b")
_LEANS_ON_ORDER = frozenset(
    """list_orders track_order ask_order_details check_refund ask_invoice return_item cancel_order change_payment change_address""".split()  # noqa: SIM905
)
_FEW = 8
_BACK = re.compile(
    r"\b(?:get|have|receive|be|go|goes|come|comes)\b.{0,20}\bback\b|\brefund\w*\b|\bmoney\b|\bhow much\b.*\b(?:get|worth|is (?:that"
    r"|it)|would that|would it)\b|\bwhat (?:do|would|will|could) i get\b"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|by|for|from|were to|would|should) (?:\w+ ){0,3}?(?:return\w*|sen[dt]\w*(?: \w+)* back|sending|cancel\w*|giv(?:e"
    r"|ing)(?: \w+)* back)\b"
    r"|\b(?:would|could|will|can|do|d) i get (?:\w+ ){0,2}?(?:back )?(?:for|from)\b|\bwould\b.*\b(?:back|refund)\b"
)
_SWAPS = re.compile(r"\b(?:exchang\w*|swap\w*|switch\w*)\b")
_GIVES_UP = re.compile(r"\b(?:return\w*|sen[dt]\w*(?: \w+){0,3} back|cancel\w*|giv(?:e|ing)(?: \w+){0,3} back)\b")
"""What an exchange gives back is worked out by its own proposal."""
_CANCELS = re.compile(r"\bcancel\w*\b")
_PAID = re.compile(
    r"\b(?:did|do|have|had) (?:i|we) (?:\w+ )?(?:pay|paid|spen[dt]|spend|owe)\b|\b(?:i|we)(?:'ve| have)? (?:\w+ )?(?:paid|spent)\b"
    r"|\b(?:did (?:\w+ ){1,12}|do my (?:\w+ ){1,12})cost\b"
)
_WITH_WHAT = re.compile(
    r"\b(?:how|what|which \w+) (?:did|have|had) (?:i|we) (?:pay|paid)\b(?! in total).*\b(?:with|by|method)\b|\bhow did i pay\b"
)
_OF_EACH = re.compile(
    r"\b(?:all|every|each) (?:of )?(?:my |the )?(?:orders|purchases)\b|\b(?:so far|ever|lifetime|altogether|with you|in this shop"
    r"|at your shop)\b"
)
_REACH = re.compile(
    r"\b(?:get|gets|bring|brings|take|takes|put|puts|push|pushes) (?:me|us|it|that) (?:to|over|above|past|up to|beyond)\b"
    r"|\badds? up to\b"
    r"|\b(?:reach|reaches|cover|covers|hit|hits|exceed|exceeds)\b|\benough (?:for|to)\b|\b(?:more than|at least|over|above)\b"
)
_POINTS = re.compile(r"\b(?:that|this|it|they|both|those|these|together)\b")
_TARGET = re.compile(
    r"(?:[$€£]\s?)(\d[\d,]*)(?:\.(\d{2}))?|\b(\d[\d,]*)(?:\.(\d{2}))?(?=\s?(?:[$€£]|eur\b|euros?\b|dollars?\b|bucks\b|usd\b|\W*$))"
)


@dataclass(frozen=True)
class _Asked:
    """What is to be added up, by its words."""

    kind: str
    operation: OperationName | None = None


async def own_sum_reply(services: Services, turn: Turn) -> Reply | None:
    """Answer what own items cost or would give back; None where that is not asked, or where nothing of it is in the records."""
    text = turn.text.lower().replace("’", "'")
    asked = None if turn.request.pressed else _asked(text)
    if asked is None:
        return None
    if asked.kind == "reach":
        return _of_what_was_told(turn, text)
    owned = await get_owned(services, turn)
    if asked.kind == "in_order":
        order = _in_hand(turn, owned, text)
        return _extreme_of(order, dearest=bool(DEAREST.search(text))) if order else None
    orders = [order for order in owned.orders if order.status is not OrderStatus.CANCELLED]
    if not orders:
        return None
    if asked.kind in {"dearest", "cheapest"}:
        return _extreme(orders, dearest=asked.kind == "dearest")
    reply = await _summed(services, turn, asked, orders, owned)
    return replace(reply, text=f"{reply.text}{_against(text, reply.slots['told_sum'])}") if reply and reply.slots.get("told_sum") else reply


def _asked(text: str) -> _Asked | None:
    if _WITH_WHAT.search(text) or (_SWAPS.search(text) and not _GIVES_UP.search(text)):
        return None
    for kind, pattern in (("dearest", DEAREST), ("cheapest", CHEAPEST)):
        if pattern.search(text) and _OWN.search(text) and _ITEM.search(text) and not (_ONE_ORDER.search(text) or re.search(r"\d{4}", text)):
            return _Asked(kind)
    if (DEAREST.search(text) or CHEAPEST.search(text)) and _ITEM.search(text) and not (_GIVES_UP.search(text) or _OF_THE_SHOP.search(text)):
        return _Asked("in_order")
    if _SUPPOSED.search(text) and (_BACK.search(text) or _target(text)):
        return _Asked("back", OperationName.CANCEL_ORDER if _CANCELS.search(text) else OperationName.RETURN_ITEMS)
    if _PAID.search(text) and re.search(r"\bhow much\b|\bwhat\b|\btotal\b", text):
        return _Asked("paid")
    return _Asked("reach") if _REACH.search(text) and _POINTS.search(text) and _target(text) else None


def _in_hand(turn: Turn, owned: Owned, text: str) -> Order | None:
    """The order that a question for its dearest or cheapest item is about; None where the words lean on none."""
    number = next(iter(find_order_ids(turn.request)), None)
    if number:
        return owned.find_loosely(number)
    leans = turn.slot("last_intent") in _LEANS_ON_ORDER and not turn.form and len(text.split()) <= _FEW
    if not (_POINTS_AT_ORDER.search(text) or leans):
        return None
    current = owned.find(turn.slot("order_choice") if turn.form else None) or owned.find(turn.slot("order_id"))
    return current or (owned.orders[0] if len(owned.orders) == 1 else None)


def _extreme_of(order: Order, *, dearest: bool) -> Reply:
    line = (max if dearest else min)(order.lines, key=lambda one: one.price_cents)
    word, price = "most expensive" if dearest else "cheapest", money(line.price_cents, order.currency)
    text = f"The {word} item of order {order.order_id} is the {line.label}: {price}{' each' if line.quantity > 1 else ''}."
    return Reply(text, slots={"order_id": str(order.order_id)})


def _target(text: str) -> int | None:
    """The amount that is to be reached, in cents."""
    found = _TARGET.search(text) if _REACH.search(text) else None
    if found is None:
        return None
    whole, part = found[1] or found[3], found[2] or found[4]
    return int(whole.replace(",", "")) * 100 + int(part or 0)


async def _summed(services: Services, turn: Turn, asked: _Asked, orders: Sequence[Order], owned: Owned) -> Reply | None:
    numbers = find_order_ids(turn.request)
    pool = [order for order in orders if _can_be(order, asked)]
    named = [order for order in pool if owned.find_loosely(str(order.order_id)) and any(_same(number, order) for number in numbers)]
    if numbers and not named:
        return None
    found = match_items(turn.request, named or pool, now_of(services).date(), await get_products(services, pool), turn.slot("order_id"))
    lines = [(order, [line for line in order.lines if line.line_id in keys]) for order, keys in found.lines]
    if found.unsure:
        open_lines = [(order, [line for line in order.lines if line.line_id in keys]) for order, keys in found.unsure]
        return _which(lines, open_lines)
    if len(named) > 1 and (not lines or asked.operation is OperationName.CANCEL_ORDER):
        return await _whole_orders(services, owned, asked, named)
    if not lines and asked.kind == "paid" and not numbers and _OF_EACH.search(turn.text.lower()):
        return await _whole_orders(services, owned, asked, orders)
    if not lines or (len(lines) == 1 and asked.operation is OperationName.CANCEL_ORDER):
        return None
    if asked.operation is OperationName.CANCEL_ORDER:
        return await _whole_orders(services, owned, asked, [order for order, _ in lines])
    return await _items(services, owned, asked, lines)


def _can_be(order: Order, asked: _Asked) -> bool:
    """Whether what is asked about can concern an order; a rule is told for what else keeps it from being done."""
    if asked.operation is OperationName.RETURN_ITEMS:
        return order.status in {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED}
    return order.status is OrderStatus.PENDING if asked.operation is OperationName.CANCEL_ORDER else True


def _same(number: str, order: Order) -> bool:
    return re.sub(r"\D", "", number) == re.sub(r"\D", "", str(order.order_id))


async def _items(services: Services, owned: Owned, asked: _Asked, lines: Sequence[tuple[Order, list[OrderLine]]]) -> Reply:
    """The sum over lines; those that policy lets nobody return are told with the rule, and not counted."""
    refused: list[str] = []
    counted: list[tuple[Order, list[OrderLine]]] = []
    for order, some in lines:
        arguments = {"order_id": order.order_id, "line_ids": [line.line_id for line in some]}
        decision = await services.shop.check(owned.actor, asked.operation, arguments) if asked.operation else None
        if decision and not decision.allowed:
            refused.append(decision.explanation)
        else:
            counted.append((order, some))
    if not counted:
        return Reply(" ".join(refused))
    cents = sum(_cents(some) for _, some in counted)
    currency = counted[0][0].currency
    named = join([_line(order, line, several=len(counted) > 1) for order, some in counted for line in some])
    total = money(cents, currency)
    text = f"Returning {named} would give {total} back." if asked.operation else f"You paid {total} for {named}."
    slots: dict[str, Any] = {"told_sum": {"cents": cents, "currency": currency}}
    if len(counted) == 1:
        slots["order_id"] = str(counted[0][0].order_id)
    return Reply(" ".join([text, *refused]), slots=slots)


async def _whole_orders(services: Services, owned: Owned, asked: _Asked, orders: Sequence[Order]) -> Reply | None:
    counted = []
    refused: list[str] = []
    for order in orders:
        decision = await services.shop.check(owned.actor, asked.operation, {"order_id": order.order_id}) if asked.operation else None
        if decision and not decision.allowed:
            refused.append(decision.explanation)
        else:
            counted.append(order)
    if not counted or asked.operation is OperationName.RETURN_ITEMS:
        return await _items(services, owned, asked, [(order, list(order.lines)) for order in orders]) if asked.operation else None
    currency = counted[0].currency
    cents = sum(order.total_cents for order in counted)
    parts = join([f"{order.order_id} {money(order.total_cents, currency)}" for order in counted])
    text = (
        f"Cancelling them would give {money(cents, currency)} back: {parts}."
        if asked.operation
        else f"Your {len(counted)} orders that were not cancelled come to {money(cents, currency)}: {parts}."
    )
    return Reply(" ".join([text, *refused]), slots={"told_sum": {"cents": cents, "currency": currency}})


def _which(sure: Sequence[tuple[Order, list[OrderLine]]], unsure: Sequence[tuple[Order, list[OrderLine]]]) -> Reply:
    """The figures of each that may be meant, where an item stands in several orders."""
    each = "\n".join(f"- {_line(order, line, several=True)}" for order, some in (*sure, *unsure) for line in some)
    return Reply(f"There is more than one that you may mean:\n{each}\nWhich ones shall I add up?")


def _extreme(orders: Sequence[Order], *, dearest: bool) -> Reply:
    lines = [(order, line) for order in orders for line in order.lines]
    cents = (max if dearest else min)(line.price_cents for _, line in lines)
    best = [(order, line) for order, line in lines if line.price_cents == cents]
    word = "most expensive" if dearest else "cheapest"
    named = join([_line(order, line, several=True) for order, line in best])
    slots = {"order_id": str(best[0][0].order_id)} if len(best) == 1 else {}
    verb = "item is" if len(best) == 1 else "items are"
    return Reply(f"Of all that you ordered, the {word} {verb} the {named}.", slots=slots)


def _of_what_was_told(turn: Turn, text: str) -> Reply | None:
    """An amount held against the sum that was told last, or against what the open proposal gives back."""
    shown = (turn.slot("proposal") or {}) if turn.form else {}
    refunds = shown.get("refunds") or []
    told = {"cents": sum(one["amount_cents"] for one in refunds), "currency": shown.get("currency")} if refunds else turn.slot("told_sum")
    return Reply(f"It comes to {money(told['cents'], told['currency'])}.{_against(text, told)}") if told else None


def _against(text: str, told: Mapping[str, Any]) -> str:
    target = _target(text)
    if target is None:
        return ""
    rest, currency = told["cents"] - target, str(told["currency"])
    if rest < 0:
        return f" That is {money(-rest, currency)} short of {money(target, currency)}."
    return f" That is {f'{money(rest, currency)} more than' if rest else 'exactly'} {money(target, currency)}."


def _cents(lines: Sequence[OrderLine]) -> int:
    return sum(line.price_cents * line.quantity for line in lines)


def _line(order: Order, line: OrderLine, *, several: bool) -> str:
    amount = money(line.price_cents * line.quantity, order.currency)
    return f"{line_words(line)} ({amount}, order {order.order_id})" if several else f"{line_words(line)} ({amount})"
