"""What cannot be done through Shopify's API without a person: each a clear refusal that hands over."""

from typing import Any, Final

from shop.backends.shopify.orders import RemoteOrder
from shop.backends.shopify.values import GIFT_CARD
from shop.models import Customer, Decision, OperationName, Order
from shop.policy.payments import original_method_ids
from shop.policy.rule import Rule
from shop.settings import ShopSettings

BY_STAFF: Final = Rule(
    "shopify.by_staff",
    "Items and payment of an order, exchanges, and the address of an account are changed by a member of staff.",
)
AMOUNTS: Final = Rule(
    "shopify.amounts",
    "Where an order's amounts or payment cannot be worked out exactly, a member of staff cancels it or registers its return.",
)
REFUND_TO: Final = Rule(
    "shopify.refund_to",
    "The money of a return goes back to what the order was paid with. Anything else is arranged by a member of staff.",
)
DECLINED: Final = Rule(
    "shopify.declined",
    "What the shop's system does not accept is looked at by a member of staff.",
)

_WHAT: Final = {
    OperationName.CHANGE_ITEMS: "The items of an order",
    OperationName.EXCHANGE_ITEMS: "An exchange",
    OperationName.CHANGE_PAYMENT: "The payment of an order",
    OperationName.CHANGE_DEFAULT_ADDRESS: "The address of an account",
}


def find_refusal(operation: OperationName, subject: Order | Customer, arguments: Any, settings: ShopSettings) -> Decision | None:
    """Say why a member of staff has to do it; None where Shopify does it.

    Args:
        operation: What the policy allows.
        subject: The order as `orders.read_order` gives it, or the account.
        arguments: In the operation's model.
        settings: The figures in the rules.
    """
    if operation in _WHAT or not isinstance(subject, RemoteOrder):
        explanation = f"{_WHAT.get(operation, 'This')} is something that a member of staff has to change. I can pass it on."
        return BY_STAFF.refuses(settings, explanation, needs_staff=True)
    if operation is OperationName.CHANGE_ADDRESS:
        return None
    if subject.obstacle:
        return _unclear(subject, subject.obstacle, settings)
    if operation is OperationName.CANCEL_ORDER:
        return None if settings.cancel_refunds_shipping else _unclear(subject, "the cost of delivery is kept", settings)
    return _refuse_return(subject, arguments, settings)


def declined(order_id: str, settings: ShopSettings) -> Decision:
    """Say that Shopify did not accept it."""
    explanation = f"The shop's system did not accept this for order {order_id}, so it is not done. A member of staff has to look at it."
    return DECLINED.refuses(settings, explanation, needs_staff=True)


def _refuse_return(order: RemoteOrder, arguments: Any, settings: ShopSettings) -> Decision | None:
    originals = original_method_ids(order)
    lines = [line for line in order.lines if line.line_id in (arguments.line_ids or [])]
    # Gift cards cannot be shown or chosen: the API tells neither their code nor their balance.
    if len(originals) != 1 or originals == [GIFT_CARD] or arguments.payment_method_id not in {None, *originals}:
        explanation = "The money of a return can go back to the one thing that the order was paid with. A member of staff can arrange it."
        return REFUND_TO.refuses(settings, explanation, needs_staff=True)
    if any(sum(pieces for _, pieces in order.returnable.get(line.line_id, [])) != line.quantity for line in lines):
        return _unclear(order, "not all of these pieces were sent by us", settings)
    if settings.return_refunds_shipping and order.shipping_cents:
        return _unclear(order, "the cost of delivery is to be refunded too", settings)
    return None


def _unclear(order: RemoteOrder, why: str, settings: ShopSettings) -> Decision:
    explanation = f"I cannot work out the money of order {order.order_id} by myself: {why}. A member of staff has to look at it."
    return AMOUNTS.refuses(settings, explanation, needs_staff=True)
