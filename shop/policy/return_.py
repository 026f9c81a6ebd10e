"""When delivered items may be returned, and where their money may go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shop.models import Decision, OperationName, Order, OrderStatus, PaymentMethod
from shop.policy.approval import refuse_above
from shop.policy.delivered import refuse_closed_window
from shop.policy.payments import explain_no_refund
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import join, on_day

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
    "Items can be returned {return_window}.",
)
LINES = Rule(
    "return.lines",
    "A return names the items of the order that go back, each of them once and with its whole quantity.",
)
REFUND_METHOD = Rule(
    "return.refund_method",
    "A refund goes {return_to}. The price of the items is refunded; the cost of the first delivery {return_shipping}.",
)
APPROVAL = Rule(
    "return.approval",
    "Returning items: {approval_return_items}.",
)
REFUND = Rule(
    "return.refund",
    "Send the items{return_sending}. Once they are back with us the refund is credited at once "
    "to a gift card, and within {refund_days} to a card or to PayPal.",
)
RULES = (ONLY_DELIVERED, ONE_PER_ORDER, WINDOW, LINES, REFUND_METHOD, APPROVAL, REFUND)

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
        _refuse_order(order, line_ids, settings, now)
        or (_refuse_lines(order, line_ids, settings) if line_ids is not None else None)
        or (_refuse_method(order, line_ids, refund_method, settings) if refund_method else None)
        or _refuse_amount(order, line_ids, settings)
        or REFUND.allows(settings, _explain_yes(order, settings))
    )


def last_day(order: Order, settings: ShopSettings) -> datetime | None:
    """The moment up to which a delivered order can be returned; None where there is no end, or no time of delivery."""
    if order.delivered_at is None or settings.return_window_days is None:
        return None
    return order.delivered_at + timedelta(days=settings.return_window_days)


def refund_cents(order: Order, line_ids: Sequence[str], settings: ShopSettings) -> int:
    """What goes back for these lines."""
    whole = set(line_ids) == {line.line_id for line in order.lines}
    return order.goods_cents(line_ids) + (order.shipping_cents if whole and settings.return_refunds_shipping else 0)


def _explain_yes(order: Order, settings: ShopSettings) -> str:
    last = last_day(order, settings)
    return f"Order {order.order_id} can be returned{on_day(last, 'until', settings.zone)}."


def _refuse_order(order: Order, line_ids: Sequence[str] | None, settings: ShopSettings, now: datetime) -> Decision | None:
    if order.status is OrderStatus.RETURN_REQUESTED:
        already = f"A return for order {order.order_id} was already requested, and there is one return per order."
        same = line_ids is not None and order.return_request is not None and set(line_ids) == set(order.return_request.line_ids)
        return ONE_PER_ORDER.refuses(settings, already, already_done=same)
    if order.status is not OrderStatus.DELIVERED:
        where = _WHERE_IT_STANDS.get(order.status, "has not been delivered yet")
        return ONLY_DELIVERED.refuses(settings, f"Order {order.order_id} {where}. Items can be returned once they have been delivered.")
    return refuse_closed_window(WINDOW, order, "returned", settings.return_window_days, settings, now)


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
    wanted = refund_cents(order, line_ids or [], settings)
    explanation = explain_no_refund(order, method, wanted, settings.return_refund_to)
    return REFUND_METHOD.refuses(settings, explanation) if explanation else None


def _refuse_amount(order: Order, line_ids: Sequence[str] | None, settings: ShopSettings) -> Decision | None:
    wanted = refund_cents(order, line_ids or [], settings)
    return refuse_above(APPROVAL, OperationName.RETURN_ITEMS, wanted, order.currency, settings)
