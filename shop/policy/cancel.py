"""When an order may be cancelled."""

from shop.models import Decision, OperationName, Order, OrderStatus
from shop.policy.approval import refuse_above
from shop.policy.payments import less, open_cents
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import join, on_day

ONLY_PENDING = Rule(
    "cancel.only_pending",
    "An order can be cancelled while it is pending, that is, before we start to pack it. An order that is being packed, "
    "is on its way or has arrived cannot be cancelled; what has arrived can be returned.",
)
AFTER_CHANGE = Rule(
    "cancel.after_change",
    "A pending order whose items were changed {cancel_after_change} cancelled.",
)
TWO_REASONS = Rule(
    "cancel.reasons",
    "To cancel an order we ask for {count_of_reasons}: {cancel_reasons}.",
)
APPROVAL = Rule(
    "cancel.approval",
    "Cancelling an order: {approval_cancel_order}.",
)
REFUND = Rule(
    "cancel.refund",
    "When a pending order is cancelled, everything paid for it goes back to where it came from, {cancelled_shipping}: "
    "at once to a gift card, within {refund_days} to a card or to PayPal.",
)
RULES = (ONLY_PENDING, AFTER_CHANGE, TWO_REASONS, APPROVAL, REFUND)

_WHERE_IT_STANDS = {
    OrderStatus.PROCESSED: "is already being packed",
    OrderStatus.SHIPPED: "is already on its way",
    OrderStatus.DELIVERED: "has already been delivered",
    OrderStatus.RETURN_REQUESTED: "is already being returned",
    OrderStatus.EXCHANGE_REQUESTED: "is already being exchanged",
}


def decide(order: Order, reason: str | None, settings: ShopSettings) -> Decision:
    """Say whether `order` may be cancelled.

    Args:
        order: As it stands now.
        reason: One of the shop's reasons; None asks about the order alone.
        settings: The figures in the rules.
    """
    return (
        _refuse_order(order, settings)
        or _refuse_reason(reason, settings)
        or refuse_above(APPROVAL, OperationName.CANCEL_ORDER, sum(refunds_of(order, settings).values()), order.currency, settings)
        or REFUND.allows(settings, f"Order {order.order_id} is still pending, so it can be cancelled.")
    )


def refunds_of(order: Order, settings: ShopSettings) -> dict[str, int]:
    """The cents that go back to each payment method when the order is cancelled, first payment first."""
    return less(open_cents(order), 0 if settings.cancel_refunds_shipping else order.shipping_cents)


def _refuse_order(order: Order, settings: ShopSettings) -> Decision | None:
    if order.status is OrderStatus.CANCELLED:
        explanation = f"Order {order.order_id} was already cancelled{on_day(order.cancelled_at, zone=settings.zone)}."
        return ONLY_PENDING.refuses(settings, explanation, already_done=True)
    if order.status is not OrderStatus.PENDING:
        return ONLY_PENDING.refuses(settings, _explain_status(order))
    if order.items_changed and not settings.cancel_after_items_changed:
        explanation = f"The items of order {order.order_id} were changed, so it can no longer be cancelled."
        return AFTER_CHANGE.refuses(settings, explanation)
    return None


def _refuse_reason(reason: str | None, settings: ShopSettings) -> Decision | None:
    if reason is None or reason in settings.cancel_reasons:
        return None
    count = {1: "this reason", 2: "one of two reasons"}.get(len(settings.cancel_reasons), "one of these reasons")
    return TWO_REASONS.refuses(settings, f"To cancel an order I need {count}: {join(settings.cancel_reasons, 'or')}.")


def _explain_status(order: Order) -> str:
    explanation = f"Order {order.order_id} {_WHERE_IT_STANDS[order.status]}, so it can no longer be cancelled."
    if order.status in {OrderStatus.PROCESSED, OrderStatus.SHIPPED}:
        explanation += " You can return it once it has arrived."
    return explanation
