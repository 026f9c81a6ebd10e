"""Where an order is, and which orders there are."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.buying import buying_reply
from actions.follow_up import follow_up_intent
from actions.identity import needs_proof
from actions.order_choice import can_see, not_found
from actions.order_facts import asks_others
from actions.order_filters import states_named
from actions.own_words import asks_all_orders
from actions.owned import Owned, find_meant, get_owned
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids
from actions.services import Services
from actions.shelf import PRODUCT_INTENTS, Shelf
from actions.smalltalk import HELP
from actions.turn import Request, Turn
from actions.words import STATUS_WORDS, grouped_words, items_words, now_of, order_buttons, refund_words
from shop.models import Fulfilment, Order, OrderStatus
from shop.wording import day, join, money, on_day

ACTIVE = frozenset(
    {OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED}
)
_OF_ORDERS = re.compile(r"\b(?:my|orders?|ordered|parcels?|packages?|refund|invoice|tracking)\b")
_MOST_LISTED = 10
_NOT_YET = re.compile(r"\b(?:not|n'?t|nothing|never) (?:yet )?(?:order|bought|buy)\w*|\bjust (?:asking|looking|browsing)\b")
NO_ORDERS = Reply("I don't see any orders in your account yet. If you ordered without it, a person can look that up.", buttons=[HUMAN])


class OrderAction(ShopAction):
    """An answer about one of the customer's orders.

    Attributes:
        keeps_to_current: Whether the order spoken of last is meant where none is named.
    """

    keeps_to_current = True

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shelf = Shelf(services)

    async def act(self, turn: Turn) -> Reply:
        """Find the order; ask for proof, or which one, where that is open."""
        owned = await get_owned(self.services, turn)
        if not can_see(owned, turn):
            return await self._of_products(turn) or needs_proof(turn)
        if not owned.orders:
            return NO_ORDERS
        match = await find_meant(self.services, turn.request, owned.orders, turn.slot("order_id"))
        if match.unknown_id or match.unknown_thing:
            return not_found(match, owned, turn.intent)
        current = owned.find(turn.slot("order_id"))
        orders = [current] if current and not match.named and self.keeps_to_current else list(match.orders)
        return await self.tell(turn, orders or list(owned.orders), owned)

    async def _of_products(self, turn: Turn) -> Reply | None:
        """What is rather about products ("how do I order it?"): that never asks for a proof."""
        if find_order_ids(turn.request) or turn.request.pressed:
            return None
        if _NOT_YET.search(turn.text.lower()):
            return Reply("All right, then there is no order to look up. What would you like to know?", buttons=HELP, leave_form=True)
        buying = await buying_reply(turn, self._shelf)
        if buying or turn.slot("last_intent") not in PRODUCT_INTENTS or _OF_ORDERS.search(turn.text.lower()):
            return buying
        follow_up = await follow_up_intent(turn, self._shelf)
        return Reply("", replay=replace(turn.request, intent=follow_up)) if follow_up else None

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """Answer about the orders that may be meant, newest first; there is at least one."""
        raise NotImplementedError


class ActionTrackOrder(OrderAction):
    """Tells where an order stands, from its record."""

    action_name = "action_track_order"

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """Tell of the newest order that is under way, and offer the others."""
        active = [order for order in orders if order.status in ACTIVE]
        order = (active or list(orders))[0]
        others = [other for other in (active or orders) if other is not order]
        return Reply(
            status_words(order, now_of(self.services)),
            buttons=[*_next_steps(order), *order_buttons(others, "track_order")],
            slots={"order_id": str(order.order_id), "told_orders": [str(order.order_id)]},
        )


def status_words(order: Order, now: datetime | None = None) -> str:
    """All there is to say on where an order stands; with the present moment also whether it is overdue."""
    head = f"Order {order.order_id} ({items_words(order.lines)}){on_day(order.placed_at, 'of')}"
    match order.status:
        case OrderStatus.PENDING:
            return f"{head} is pending: we have it, and have not started to pack it. It can still be cancelled."
        case OrderStatus.PROCESSED:
            return f"{head} is being packed. It can no longer be cancelled. You get a tracking number as soon as the carrier has it."
        case OrderStatus.SHIPPED:
            return f"{head} is on its way. {_parcels(order, now)}"
        case OrderStatus.DELIVERED:
            when = f" on {day(order.delivered_at)}" if order.delivered_at else ""
            return f"{head} was delivered{when}. {_parcels(order)}".strip()
        case OrderStatus.CANCELLED:
            when = f" on {day(order.cancelled_at)}" if order.cancelled_at else ""
            return f"{head} was cancelled{when}. {refund_words(order)}".strip()
        case OrderStatus.RETURN_REQUESTED:
            return f"{head}: {_return(order)}"
        case OrderStatus.EXCHANGE_REQUESTED:
            return f"{head}: {_exchange(order)}"


def _return(order: Order) -> str:
    request = order.return_request
    if request is None:
        return "a return was requested."
    items = items_words([line for line in order.lines if line.line_id in request.line_ids], 6)
    amount = money(request.refund_cents, order.currency)
    until = on_day(request.send_by, "by")
    return f"a return of {items} was requested on {day(request.requested_at)}. Please send it{until}; {amount} will be refunded."


def _exchange(order: Order) -> str:
    request = order.exchange_request
    if request is None:
        return f"an exchange was requested. {order.exchange_note or ''}".strip()
    wanted = join([change.new_label for change in request.changes])
    until = on_day(request.send_by, "by")
    return f"an exchange was requested on {day(request.requested_at)}; you get {wanted}. Please send the old items{until}."


def _parcels(order: Order, now: datetime | None = None) -> str:
    several = len(order.fulfilments) > 1
    return "\n".join(_parcel(order, parcel, now, named=several) for parcel in order.fulfilments)


def _parcel(order: Order, parcel: Fulfilment, now: datetime | None, *, named: bool) -> str:
    lines = [line for line in order.lines if line.line_id in parcel.line_ids]
    head = f"{items_words(lines)}: " if named and lines else ""
    carried = f"{parcel.carrier}, tracking" if parcel.carrier else "Tracking"
    parts = [f"{head}{carried} number {parcel.tracking_id}."]
    if parcel.events:
        last = max(parcel.events, key=lambda event: event.at)
        place = f" ({last.place})" if last.place else ""
        parts.append(f"Last news of {day(last.at)}: {last.text.rstrip('.')}{place}.")
    if parcel.expected_at and order.status is OrderStatus.SHIPPED:
        overdue = now is not None and parcel.expected_at.date() < now.date()
        expected = day(parcel.expected_at)
        parts.append(f"It was expected on {expected}, so it is late; I'm sorry about that." if overdue else f"Expected on {expected}.")
    if parcel.tracking_url:
        parts.append(f"Follow it here: {parcel.tracking_url}")
    return " ".join(parts)


def _next_steps(order: Order) -> list[Button]:
    order_id = str(order.order_id)
    match order.status:
        case OrderStatus.PENDING:
            return [button("Cancel this order", "cancel_order", order_id=order_id)]
        case OrderStatus.SHIPPED:
            return [button("It is late", "report_late_order", order_id=order_id)]
        case OrderStatus.DELIVERED:
            return [
                button("Return items", "return_item", order_id=order_id),
                button("I didn't get it", "report_missing_delivery", order_id=order_id),
            ]
        case OrderStatus.CANCELLED | OrderStatus.RETURN_REQUESTED:
            return [button("Where is my refund?", "check_refund", order_id=order_id)]
        case _:
            return []


class ActionListOrders(OrderAction):
    """Lists the customer's orders."""

    action_name = "action_list_orders"
    keeps_to_current = False

    async def act(self, turn: Turn) -> Reply:
        """List those that were not told yet, where "the other ones" are asked for; else those that are meant."""
        told = turn.slot("told_orders") or []
        owned = await get_owned(self.services, turn) if told and (asks_others(turn.text) or turn.request.value("more")) else None
        if owned and owned.orders:
            return list_reply(owned, told)
        owned = await get_owned(self.services, turn)
        if can_see(owned, turn) and owned.orders and (said := _said_of_all(turn.text, owned)):
            return said
        return await super().act(turn)

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """List those that were meant."""
        reply = list_reply(replace(owned, orders=tuple(orders)), [])
        count, number = len(owned.orders), len(orders)
        if number == count:
            return reply
        # What was asked for left some out, and that is said.
        fits = f"{'One' if number == 1 else number} of your {count} orders {'fits' if number == 1 else 'fit'} that"
        return replace(reply, text=f"{fits}:\n{reply.text.partition(chr(10))[2]}")


def _said_of_all(text: str, owned: Owned) -> Reply | None:
    """All orders, where every one is asked for or none is in the state that is named; None where some may be meant."""
    if asks_all_orders(text):
        return list_reply(owned, [])
    states = states_named(text)
    if not states or any(order.status in states for order in owned.orders):
        return None
    named = " or ".join(words for status, words in STATUS_WORDS.items() if status in states)
    listed = list_reply(owned, [])
    return replace(listed, text=f"None of your orders is {named}. {listed.text}")


def list_reply(owned: Owned, told: Sequence[str]) -> Reply:
    """The orders that were not told yet, by what has become of them; a long list stops, and the rest is offered."""
    left = [order for order in owned.orders if order.order_id not in told]
    if not left:
        return Reply(f"Those were all: you have {len(owned.orders)} orders, and I have told you of each.")
    shown = left[:_MOST_LISTED]
    said = [*told, *(str(order.order_id) for order in shown)]
    head = "The others:" if told else "Your orders, newest first:" if len(shown) > 1 else "One order:"
    rest = len(left) - len(shown)
    more = f"\nThere are {rest} more. Shall I list them too?" if rest else ""
    offer = Request("list_orders", "", entities=({"entity": "more", "value": "yes"},)).to_json() if rest else None
    buttons = [*([button("Show the others", "list_orders", more="yes")] if rest else []), *order_buttons(shown, "track_order")]
    slots = {"told_orders": said, **({"order_id": said[0]} if len(said) == 1 else {})}
    return Reply(f"{head}\n{grouped_words(shown)}{more}", buttons=buttons, slots=slots, offer=offer)


class ActionTellInvoice(OrderAction):
    """Tells what an order cost and how it was paid, since invoices themselves come by e-mail."""

    action_name = "action_tell_invoice"

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """Tell the figures of the order, and where the document is."""
        order = orders[0]
        goods = join([f"{line.label} {money(line.price_cents * line.quantity, order.currency)}" for line in order.lines])
        shipping = f", delivery {money(order.shipping_cents, order.currency)}" if order.shipping_cents else ", delivery free"
        answer = await self.services.answers.answer(turn.text or "Where do I find my invoice?", topic="payment")
        text = f"Order {order.order_id}: {goods}{shipping}, total {money(order.total_cents, order.currency)}."
        told = f"{answer.text} " if answer.known else "I can't send the invoice itself from here; a person can. "
        citations = [citation.model_dump() for citation in answer.citations] if answer.known else []
        return Reply(f"{told}{text}", citations=citations, buttons=[HUMAN], slots={"order_id": str(order.order_id)})


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionTrackOrder(services), ActionListOrders(services), ActionTellInvoice(services)]
