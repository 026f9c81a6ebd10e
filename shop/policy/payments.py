"""Which way an order's money went, and where it may go. Used by the rules of several operations."""

from collections.abc import Collection

from shop.models import Order, PaymentEntryKind, PaymentKind, PaymentMethod
from shop.settings import RefundTo
from shop.wording import join, money

_TO = {RefundTo.ORIGINAL: "to what you paid with", RefundTo.GIFT_CARD: "to a gift card that you have"}


def original_method_ids(order: Order) -> list[str]:
    """What the order was paid with, first payment first."""
    paid = [entry.payment_method_id for entry in order.payments if entry.kind is PaymentEntryKind.PAYMENT]
    return list(dict.fromkeys(paid))


def paid_cents(order: Order, payment_method_id: str) -> int:
    """What one payment method paid for the order, less what it got back."""
    entries = [entry for entry in order.payments if entry.payment_method_id == payment_method_id]
    return sum(e.amount_cents if e.kind is PaymentEntryKind.PAYMENT else -e.amount_cents for e in entries)


def open_cents(order: Order) -> dict[str, int]:
    """What each payment method still has in the order, first payment first; together no more than what was paid less what went back.

    A refund that went elsewhere, such as a difference in price to a gift card, is taken off the others, the last payment first.
    """
    used = dict.fromkeys([*original_method_ids(order), *(entry.payment_method_id for entry in order.payments)])
    net = {method_id: paid_cents(order, method_id) for method_id in used}
    return less(net, -sum(cents for cents in net.values() if cents < 0))


def less(parts: dict[str, int], cents: int) -> dict[str, int]:
    """Take cents off the parts, from the last one on; parts that are empty then are left out."""
    left = dict(parts)
    for method_id in reversed(parts):
        taken = min(cents, max(left[method_id], 0))
        left[method_id] -= taken
        cents -= taken
    return {method_id: each for method_id, each in left.items() if each > 0}


def explain_no_refund(order: Order, method: PaymentMethod | None, cents: int, places: Collection[RefundTo]) -> str | None:
    """Say why `cents` may not go back to `method`; None where they may. A method that is None is none of the actor's."""
    where = "to any of your payment methods" if RefundTo.ANY in places else join([_TO[p] for p in RefundTo if p in places], "or")
    if method is not None and (RefundTo.ANY in places or (RefundTo.GIFT_CARD in places and method.kind is PaymentKind.GIFT_CARD)):
        return None
    if method is None or RefundTo.ORIGINAL not in places or method.payment_method_id not in original_method_ids(order):
        return f"A refund goes {where}."
    paid = paid_cents(order, method.payment_method_id)
    if cents <= paid:
        return None
    also = " It can go to a gift card that you have instead." if RefundTo.GIFT_CARD in places else ""
    wanted = money(cents, order.currency)
    return f"The refund would be {wanted}, but your {method.label} paid {money(paid, order.currency)} of this order.{also}"


def explain_no_charge(method: PaymentMethod | None, cents: int, currency: str) -> str | None:
    """Say why `cents` cannot be paid with `method`; None where they can. A method that is None is none of the actor's."""
    if method is None:
        return "That is none of your payment methods."
    if method.balance_cents is not None and method.balance_cents < cents:
        # Not what it holds: a guest who proved the order alone is told no balance.
        return f"What is left on your {method.label} does not cover {money(cents, currency)}."
    return None
