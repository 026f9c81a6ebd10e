"""When an order may be paid another way."""

from collections.abc import Sequence

from shop.models import Decision, OperationName, Order, OrderStatus, PaymentEntryKind, PaymentMethod
from shop.policy.approval import refuse_above
from shop.policy.payments import explain_no_charge
from shop.policy.rule import Rule
from shop.policy.standing import explain_not_pending
from shop.settings import ShopSettings

ONLY_PENDING = Rule(
    "change_payment.only_pending",
    "The payment method can be changed while an order is pending, that is, before we start to pack it.",
)
ONE_PAYMENT = Rule(
    "change_payment.one_payment",
    "The payment method can be changed once, and only where the order was paid in one payment.",
)
METHOD = Rule(
    "change_payment.method",
    "The new payment method is another one of the customer's own. It pays the whole amount, and a gift card has to cover it.",
)
APPROVAL = Rule(
    "change_payment.approval",
    "Changing the payment method: {approval_change_payment}.",
)
CHANGE = Rule(
    "change_payment.change",
    "The new payment method is charged at once. What the old one paid goes back at once to a gift card, and within {refund_days} to a "
    "card or to PayPal.",
)
RULES = (ONLY_PENDING, ONE_PAYMENT, METHOD, APPROVAL, CHANGE)


def decide(order: Order, payment_method_id: str | None, methods: Sequence[PaymentMethod], settings: ShopSettings) -> Decision:
    """Say whether `order` may be paid with another method.

    Args:
        order: As it stands now.
        payment_method_id: The new one; None asks about the order alone.
        methods: The payment methods of the actor.
        settings: The figures in the rules.
    """
    return (
        _refuse_order(order, payment_method_id, settings)
        or (_refuse_method(order, payment_method_id, methods, settings) if payment_method_id is not None else None)
        or refuse_above(APPROVAL, OperationName.CHANGE_PAYMENT, order.payments[0].amount_cents, order.currency, settings)
        or CHANGE.allows(settings, f"The payment method of order {order.order_id} can still be changed.")
    )


def _refuse_order(order: Order, payment_method_id: str | None, settings: ShopSettings) -> Decision | None:
    if order.status is not OrderStatus.PENDING:
        return ONLY_PENDING.refuses(settings, explain_not_pending(order, "its payment method can no longer be changed"))
    if len(order.payments) == 1 and order.payments[0].kind is PaymentEntryKind.PAYMENT:
        return None
    explanation = f"Order {order.order_id} was not paid in one payment, or its payment was changed already."
    return ONE_PAYMENT.refuses(settings, explanation, already_done=_pays_all(order, payment_method_id))


def _pays_all(order: Order, payment_method_id: str | None) -> bool:
    last = [entry for entry in order.payments if entry.kind is PaymentEntryKind.PAYMENT][-1:]
    return bool(last) and last[0].payment_method_id == payment_method_id and last[0].amount_cents == order.total_cents


def _refuse_method(order: Order, payment_method_id: str, methods: Sequence[PaymentMethod], settings: ShopSettings) -> Decision | None:
    method = next((m for m in methods if m.payment_method_id == payment_method_id), None)
    if method and order.payments[0].payment_method_id == payment_method_id:
        explanation = f"Order {order.order_id} is paid with your {method.label} already."
        return METHOD.refuses(settings, explanation, already_done=True)
    no_charge = explain_no_charge(method, order.payments[0].amount_cents, order.currency)
    return METHOD.refuses(settings, no_charge) if no_charge else None
