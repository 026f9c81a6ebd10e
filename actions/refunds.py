"""Where the money is, by the order's payment history."""

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk.interfaces import Action

from actions.orders import OrderAction
from actions.own_words import asks_sooner
from actions.owned import Owned
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn
from actions.words import now_of, order_buttons
from shop.models import Order, OrderStatus, PaymentEntry, PaymentEntryKind, PaymentKind, PaymentMethod
from shop.wording import day, money, on_day


class ActionCheckRefund(OrderAction):
    """Tells what was refunded, to where, and when it settles."""

    action_name = "action_check_refund"

    async def tell(self, turn: Turn, orders: Sequence[Order], owned: Owned) -> Reply:
        """Tell of the newest order with a refund among those that may be meant."""
        refunded = [order for order in orders if refunds_of(order) or _announced(order)]
        order = (refunded or list(orders))[0]
        others = order_buttons([other for other in refunded if other is not order], "check_refund", 3)
        slots = {"order_id": str(order.order_id)}
        if refunds_of(order):
            return await self._tell_refunds(turn, order, others, slots)
        if _announced(order):
            sooner = " I'm sorry, I can't make that any faster." if asks_sooner(turn.text) else ""
            return Reply(f"{_expected(order)}{sooner}", buttons=[*others, HUMAN], slots=slots)
        if asks_sooner(turn.text):
            return await self._tell_speed(turn, order, slots)
        return Reply(_none(order), buttons=[*_steps(order), HUMAN], slots=slots)

    async def _tell_speed(self, turn: Turn, order: Order, slots: dict[str, str]) -> Reply:
        """No, and how long a refund takes by the articles, where nothing is refunded yet."""
        answer = await self.services.answers.answer("How long does a refund take?", topic="returns")
        told = f" {answer.text}" if answer.known else ""
        citations = [citation.model_dump() for citation in answer.citations] if answer.known else []
        return Reply(f"No, I'm sorry: I can't make a refund any faster.{told}", citations=citations, buttons=[HUMAN], slots=slots)

    async def _tell_refunds(self, turn: Turn, order: Order, others: list[dict[str, str]], slots: dict[str, str]) -> Reply:
        actor = await self.actor(turn)
        methods = {m.payment_method_id: m for m in await self.services.shop.list_payment_methods(actor, str(order.order_id))}
        now = now_of(self.services)
        lines = [_entry_words(entry, order, methods.get(entry.payment_method_id)) for entry in refunds_of(order)]
        text = f"Refund for order {order.order_id}: " + " ".join(lines)
        text += " I'm sorry, I can't make that any faster." if asks_sooner(turn.text) else ""
        late = [entry for entry in refunds_of(order) if entry.settles_by and entry.settles_by < now]
        if late:
            text += " That date has passed. If the money isn't there: shall I get a person who traces the payment?"
        return Reply(text, buttons=[*([HUMAN] if late else []), *others], slots=slots, offer="request_human" if late else None)


def refunds_of(order: Order) -> list[PaymentEntry]:
    """The money that went back, oldest first."""
    return [entry for entry in order.payments if entry.kind is PaymentEntryKind.REFUND]


def _entry_words(entry: PaymentEntry, order: Order, method: PaymentMethod | None) -> str:
    settles = f", and should arrive by {day(entry.settles_by)}" if entry.settles_by else ""
    if method and method.kind is PaymentKind.GIFT_CARD:
        settles = ", credited at once"
    label = method.label if method else "original payment method"
    return f"{money(entry.amount_cents, order.currency)} went to your {label}{on_day(entry.at)}{settles}."


def _announced(order: Order) -> tuple[str, int, datetime, datetime | None] | None:
    """What is on its way back to the shop: its name, the cents that are refunded for it, when it was asked, until when to send it."""
    if order.return_request:
        back = order.return_request
        return "a return", back.refund_cents, back.requested_at, back.send_by
    exchange = order.exchange_request
    if exchange and exchange.difference_cents < 0:
        return "an exchange", -exchange.difference_cents, exchange.requested_at, exchange.send_by
    return None


def _expected(order: Order) -> str:
    announced = _announced(order)
    if announced is None:
        return _none(order)
    name, cents, requested_at, send_by = announced
    return (
        f"For order {order.order_id} {name} was requested on {day(requested_at)}. No refund has been booked yet: "
        f"{money(cents, order.currency)} will be refunded once the items are back with us.{_sending(send_by)}"
    )


def _none(order: Order) -> str:
    return f"I see no refund and no return for order {order.order_id}{on_day(order.placed_at, 'of')}."


def _sending(until: datetime | None) -> str:
    return f" They have to be sent by {day(until)}." if until else ""


def _steps(order: Order) -> list[dict[str, str]]:
    if order.status is OrderStatus.DELIVERED:
        return [button("Return items", "return_item", order_id=str(order.order_id))]
    return [button("Cancel it", "cancel_order", order_id=str(order.order_id))] if order.status is OrderStatus.PENDING else []


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionCheckRefund(services)]
