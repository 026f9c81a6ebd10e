"""One fact of an order: where it goes, what it was paid with, what its items cost, what would come back."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.catalogue import asks_sum
from actions.methods import original_ids
from actions.order_facts import ASKS_ZIP, CHEAPEST, DEAREST, TRACKING
from actions.orders import OrderAction, status_words
from actions.own_words import asks_inside, asks_where_it_went
from actions.owned import Owned, get_products
from actions.reply import Button, Reply, button
from actions.resolve import match_lines
from actions.services import Services
from actions.turn import Turn
from actions.words import line_words, now_of, order_buttons, refund_words
from shop.models import Order, OrderLine, OrderStatus
from shop.wording import address_words, join, money

_BACK = re.compile(
    r"\bget (?:\w+ )?back\b|\bget back\b|\brefund\w*\b|\bmoney back\b|\bif i (?:return\w*|cancel\w*|sent? \w+ back)\b"
    r"|\bgo(?:es)? back\b"
)
_DONE = re.compile(r"\b(?:was|were|did|have|has|been)\b.*\brefund\w*\b")
_ADDRESS = re.compile(
    r"\baddress\w*\b|\bwhere (?:was|did|is|does|will)\b.*\b(?:sent|send|ship\w*|going|go|deliver\w*)\b|"
    r"\bto (?:what|which|whose)\b|\bgoing to\b"
)
_PAYMENT = re.compile(
    r"\b(?:what|which|how|with what) (?:\w+ ){0,5}(?:pay|paid|use|used|card|charged?|billed)\b|\b(?:paid|pay)\b.*\b(?:with|by)\b"
    r"|\bgift ?card\b|\b(?:visa|mastercard|amex|paypal)\b"
)
_AMOUNT = re.compile(r"\bhow much\b|\btotal\b|\bsum\b|\bcost\w*\b|\bprice\w*\b|\bpaid for\b|\bpay for\b|\bpay in total\b")
_OTHERS = re.compile(r"\b(?:rest|remaining|others?|else|left)\b")
_WITHOUT = re.compile(r"\b(?:without|except(?: for)?|apart from|besides|but)\b")
_DELIVERY = re.compile(r"\b(?:delivery|shipping|postage)\b")
_OWN = re.compile(
    r"\b(?:my|mine|i|i've|we|me|us|orders?|ordered|bought|paid|refund\w*|back|did|was|were|it|that|this|them|they|those|these|both"
    r"|rest)\b|\d{5}"
)
_MOST_TOLD = 5
_WHEN = re.compile(r"\bwhen\b|\bwhat (?:day|date)\b")


class ActionTellOrderDetails(OrderAction):
    """Tells the fact that was asked for, from the record."""

    action_name = "action_tell_order_details"

    async def act(self, turn: Turn) -> Reply:
        """Tell it; what goods cost that nobody says to be theirs is a question about the catalogue."""
        if not turn.request.pressed and asks_sum(turn.text) and not _OWN.search(turn.text.lower()):
            return Reply("", replay=replace(turn.request, intent="ask_price"))
        return await super().act(turn)

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """Tell it of the order that is meant, and offer the same of the others."""
        text = turn.text.lower()
        listed = [one for one in orders if str(one.order_id) in (turn.slot("told_orders") or [])]
        if len(listed) > 1 and turn.slot("last_intent") == "list_orders" and asks_inside(text):
            return Reply("\n".join(_items(one, one.lines) for one in listed[:_MOST_TOLD]))
        order = next((one for one in orders if one.fulfilments), orders[0]) if TRACKING.search(text) else orders[0]
        lines = await self._lines(turn, order)
        words = await self._words(text, order, lines, owned)
        others = order_buttons([other for other in orders if other is not order], "ask_order_details", 3)
        return Reply(words, buttons=[*_steps(order, text), *others], slots={"order_id": str(order.order_id)})

    async def _lines(self, turn: Turn, order: Order) -> list[OrderLine]:
        """The lines that are asked about; the rest of them where "the rest" is, all where none is named."""
        products = await get_products(self.services, [order])
        spoken = _WITHOUT.sub(" and ", turn.text.lower()) if _OTHERS.search(turn.text.lower()) else turn.text
        keys = match_lines(replace(turn.request, text=spoken), order, products).keys
        named = [line for line in order.lines if line.line_id in keys]
        if _OTHERS.search(turn.text.lower()):
            gone = set(order.return_request.line_ids if order.return_request else []) | {line.line_id for line in named}
            return [line for line in order.lines if line.line_id not in gone] or list(order.lines)
        return named or list(order.lines)

    async def _words(self, text: str, order: Order, lines: Sequence[OrderLine], owned: Owned) -> str:
        if DEAREST.search(text) or CHEAPEST.search(text):
            return _extreme(order, dearest=bool(DEAREST.search(text)))
        if TRACKING.search(text) and asks_where_it_went(text):
            return f"{status_words(order, now_of(self.services))} {_went(order)}"
        if TRACKING.search(text):
            return status_words(order, now_of(self.services))
        if _ADDRESS.search(text) or ASKS_ZIP.search(text):
            return f"Order {order.order_id} goes to {address_words(order.address)}." if _is_under_way(order) else _went(order)
        if _BACK.search(text):
            return self._back(text, order, lines)
        if _PAYMENT.search(text) and not re.search(r"\bhow much\b|\btotal\b", text):
            return await self._payment(order, owned)
        if _DELIVERY.search(text) and _AMOUNT.search(text):
            return f"Delivery of order {order.order_id} cost {money(order.shipping_cents, order.currency)}."
        if _AMOUNT.search(text):
            return _sum(order, lines)
        return f"{status_words(order, now_of(self.services))} {_sum(order, lines)}" if _WHEN.search(text) else _items(order, lines)

    def _back(self, text: str, order: Order, lines: Sequence[OrderLine]) -> str:
        """What came back already, or what would by the rules of today."""
        told = refund_words(order)
        if told and (_DONE.search(text) or order.status is OrderStatus.CANCELLED):
            return f"Order {order.order_id}: {told}"
        if order.return_request:
            return f"For the return from order {order.order_id} you get {money(order.return_request.refund_cents, order.currency)} back."
        goods = sum(line.price_cents * line.quantity for line in lines)
        if order.status is OrderStatus.PENDING:
            return f"Cancelling order {order.order_id} gives {money(order.total_cents, order.currency)} back, all that you paid for it."
        if order.status is OrderStatus.DELIVERED:
            named = join([f"{line_words(line)} ({money(line.price_cents * line.quantity, order.currency)})" for line in lines])
            return f"Returning {named} from order {order.order_id} would give {money(goods, order.currency)} back."
        return status_words(order, now_of(self.services))

    async def _payment(self, order: Order, owned: Owned) -> str:
        methods = await self.services.shop.list_refund_methods(owned.actor, str(order.order_id))
        used = [method.label for method in methods if method.payment_method_id in original_ids(order)]
        paid = f"was paid with your {join(used)}" if used else "was paid with a method that is no longer in your account"
        return f"Order {order.order_id} {paid}: {money(order.total_cents, order.currency)}."


def _is_under_way(order: Order) -> bool:
    return order.status in {OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED}


def _went(order: Order) -> str:
    return f"The address of order {order.order_id} is {address_words(order.address)}."


def _extreme(order: Order, *, dearest: bool) -> str:
    choose = max if dearest else min
    line = choose(order.lines, key=lambda one: one.price_cents)
    word = "most expensive" if dearest else "cheapest"
    return f"The {word} item of order {order.order_id} is the {line.label}: {money(line.price_cents, order.currency)}."


def _sum(order: Order, lines: Sequence[OrderLine]) -> str:
    named = join([f"{line_words(line)} {money(line.price_cents * line.quantity, order.currency)}" for line in lines])
    total = sum(line.price_cents * line.quantity for line in lines)
    if len(lines) == len(order.lines):
        shipping = f", delivery {money(order.shipping_cents, order.currency)}" if order.shipping_cents else ""
        return f"Order {order.order_id}: {named}{shipping}. Total {money(order.total_cents, order.currency)}."
    return f"Of order {order.order_id}: {named}. Together {money(total, order.currency)}."


def _items(order: Order, lines: Sequence[OrderLine]) -> str:
    named = [
        f"{line_words(line)}" + (f" [{', '.join(f'{name}: {value}' for name, value in line.options.items())}]" if line.options else "")
        for line in lines
    ]
    return f"Order {order.order_id}: {join(named)}."


def _steps(order: Order, text: str) -> list[Button]:
    if (_ADDRESS.search(text) or ASKS_ZIP.search(text)) and order.status is OrderStatus.PENDING:
        return [button("Change the address", "change_address", order_id=str(order.order_id))]
    if _PAYMENT.search(text) and order.status is OrderStatus.PENDING:
        return [button("Pay it another way", "change_payment", order_id=str(order.order_id))]
    return []


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionTellOrderDetails(services)]
