"""When delivered items may be returned, and where their money may go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shop.models import Decision, Order, OrderLine, OrderStatus, PaymentEntryKind, PaymentKind, PaymentMethod
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import day, join, money

ONLY_DELIVERED = Rule(
    "return.only_delivered",
    "Items can be returned once their order has been delivered.",
)
ONE_PER_ORDER = Rule(
    "return.one_per_order",
    "There is one return per order. Name everything that you want to send back in one request; items cannot be added to it afterwards.",
)
WINDOW = Rule(
    "return.window",
    "Items can be returned within {return_window_days} days of delivery.",
)
LINES = Rule(
    "return.lines",
    "A return names the items of the order that go back, each of them once and with its whole quantity.",
)
REFUND_METHOD = Rule(
    "return.refund_method",
    "A refund goes to a payment method that the order was paid with, up to the amount it paid, or to a gift card that the customer "
    "already has. The price of the items is refunded; the cost of the first delivery is not.",
)
REFUND = Rule(
    "return.refund",
    "Send the items within {return_send_days} days of the request. Once they are back with us the refund is credited at once "
    "to a gift card, and within {refund_days} to a card or to PayPal.",
)
RULES = (ONLY_DELIVERED, ONE_PER_ORDER, WINDOW, LINES, REFUND_METHOD, REFUND)

_WHERE_IT_STANDS = {
    OrderStatus.PENDING: "is still pending; it can be cancelled instead",
    OrderStatus.PROCESSED: "is still being packed",
    OrderStatus.SHIPPED: "is still on its way",
    OrderStatus.CANCELLED: "was cancelled",
    OrderStatus.EXCHANGE_REQUESTED: "is already being exchanged",
}


def decide(
    order: Order,
    line_ids: Sequence[str] | None,
    refund_method: PaymentMethod | None,
    settings: ShopSettings,
    now: datetime,
) -> Decision:
    """Say whether these lines of `order` may go back, with their money to `refund_method`.

    Args:
        order: As it stands now.
        line_ids: What goes back; None asks about the order alone.
        refund_method: Where the money goes; None while it is not chosen.
        settings: The figures in the rules.
        now: UTC.
    """
    return (
        _refuse_order(order, settings, now)
        or (_refuse_lines(order, line_ids, settings) if line_ids is not None else None)
        or (_refuse_method(order, line_ids, refund_method, settings) if refund_method else None)
        or REFUND.allows(settings, f"Order {order.order_id} can be returned until {day(last_day(order, settings))}.")
    )


def last_day(order: Order, settings: ShopSettings) -> datetime:
    """The moment up to which a delivered order can be returned.

    Raises:
        ValueError: If the order was not delivered.
    """
    if order.delivered_at is None:
        msg = f"Order {order.order_id!r} has no time of delivery."
        raise ValueError(msg)
    return order.delivered_at + timedelta(days=settings.return_window_days)


def original_method_ids(order: Order) -> list[str]:
    """What the order was paid with, first payment first."""
    paid = [entry.payment_method_id for entry in order.payments if entry.kind is PaymentEntryKind.PAYMENT]
    return list(dict.fromkeys(paid))


def refund_cents(lines: Sequence[OrderLine]) -> int:
    """What these lines cost."""
    return sum(line.price_cents * line.quantity for line in lines)


def _refuse_order(order: Order, settings: ShopSettings, now: datetime) -> Decision | None:
    if order.status is OrderStatus.RETURN_REQUESTED:
        already = f"A return for order {order.order_id} was already requested, and there is one return per order."
        return ONE_PER_ORDER.refuses(settings, already)
    if order.status is not OrderStatus.DELIVERED or order.delivered_at is None:
        where = _WHERE_IT_STANDS.get(order.status, "has not been delivered yet")
        return ONLY_DELIVERED.refuses(settings, f"Order {order.order_id} {where}. Items can be returned once they have been delivered.")
    if now > last_day(order, settings):
        return WINDOW.refuses(
            settings,
            f"Order {order.order_id} was delivered on {day(order.delivered_at)}. Items can be returned within "
            f"{settings.return_window_days} days of delivery, so the last day was {day(last_day(order, settings))}.",
        )
    return None


def _refuse_lines(order: Order, line_ids: Sequence[str], settings: ShopSettings) -> Decision | None:
    if not line_ids:
        return LINES.refuses(settings, f"Which items of order {order.order_id} do you want to return?")
    if len(set(line_ids)) != len(line_ids):
        return LINES.refuses(settings, "Each item can be returned once only.")
    if not set(line_ids) <= {line.line_id for line in order.lines}:
        names = join([line.label for line in order.lines])
        return LINES.refuses(settings, f"That is not part of order {order.order_id}. It has {names}.")
    return None


def _refuse_method(order: Order, line_ids: Sequence[str] | None, method: PaymentMethod, settings: ShopSettings) -> Decision | None:
    if method.kind is PaymentKind.GIFT_CARD:
        return None
    if method.payment_method_id not in original_method_ids(order):
        return REFUND_METHOD.refuses(settings, "A refund goes to what you paid with, or to a gift card that you have.")
    wanted = refund_cents([line for line in order.lines if line_ids is not None and line.line_id in line_ids])
    paid = paid_cents(order, method.payment_method_id)
    if wanted > paid:
        return REFUND_METHOD.refuses(
            settings,
            f"The refund would be {money(wanted, order.currency)}, but your {method.label} paid {money(paid, order.currency)} of this "
            "order. It can go to a gift card that you have instead.",
        )
    return None


def paid_cents(order: Order, payment_method_id: str) -> int:
    """What one payment method paid for the order, less what it got back."""
    entries = [entry for entry in order.payments if entry.payment_method_id == payment_method_id]
    return sum(e.amount_cents if e.kind is PaymentEntryKind.PAYMENT else -e.amount_cents for e in entries)
