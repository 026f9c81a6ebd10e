"""When an order may be cancelled."""

from shop.models import Decision, Order, OrderStatus
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import day, join

REASONS = ("no longer needed", "ordered by mistake")

ONLY_PENDING = Rule(
    "cancel.only_pending",
    "An order can be cancelled while it is pending, that is, before we start to pack it. An order that is being packed, "
    "is on its way or has arrived cannot be cancelled; what has arrived can be returned.",
)
TWO_REASONS = Rule(
    "cancel.reasons",
    "To cancel an order we ask for one of two reasons: no longer needed, or ordered by mistake.",
)
REFUND = Rule(
    "cancel.refund",
    "When a pending order is cancelled, everything paid for it goes back to where it came from, shipping included: "
    "at once to a gift card, within {refund_days} to a card or to PayPal.",
)
RULES = (ONLY_PENDING, TWO_REASONS, REFUND)

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
        reason: One of `REASONS`; None asks about the order alone.
        settings: The figures in the rules.
    """
    if order.status is not OrderStatus.PENDING:
        return ONLY_PENDING.refuses(settings, _explain_status(order))
    if reason is not None and reason not in REASONS:
        return TWO_REASONS.refuses(settings, f"To cancel an order I need one of two reasons: {join(REASONS, 'or')}.")
    return REFUND.allows(settings, f"Order {order.order_id} is still pending, so it can be cancelled.")


def _explain_status(order: Order) -> str:
    if order.status is OrderStatus.CANCELLED:
        when = f" on {day(order.cancelled_at)}" if order.cancelled_at else ""
        return f"Order {order.order_id} was already cancelled{when}."
    explanation = f"Order {order.order_id} {_WHERE_IT_STANDS[order.status]}, so it can no longer be cancelled."
    if order.status in {OrderStatus.PROCESSED, OrderStatus.SHIPPED}:
        explanation += " You can return it once it has arrived."
    return explanation
