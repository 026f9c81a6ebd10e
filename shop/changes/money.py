"""Money that moves with a change: booked on the order, on gift cards, and said in sentences."""

from collections.abc import Sequence

from shop.business_days import add_business_days
from shop.changes.base import Context
from shop.models import Charge, PaymentEntry, PaymentEntryKind, Refund
from shop.wording import join, money


def refund(payment_method_id: str, cents: int, context: Context) -> Refund:
    """Money that goes back with the change itself."""
    settles = "at once" if context.is_gift_card(payment_method_id) else f"within {context.settings.refund_days}"
    return Refund(payment_method_id=payment_method_id, label=context.label_of(payment_method_id), amount_cents=cents, settles=settles)


def later_refund(payment_method_id: str, cents: int, context: Context) -> Refund:
    """Money that goes back once the old items are with the shop."""
    back = "the items are back with us"
    at_once = context.is_gift_card(payment_method_id)
    settles = f"as soon as {back}" if at_once else f"within {context.settings.refund_days} after {back}"
    return Refund(payment_method_id=payment_method_id, label=context.label_of(payment_method_id), amount_cents=cents, settles=settles)


def charge(payment_method_id: str, cents: int, context: Context, settles: str = "at once") -> Charge:
    """Money that is taken."""
    return Charge(payment_method_id=payment_method_id, label=context.label_of(payment_method_id), amount_cents=cents, settles=settles)


def booked(charges: Sequence[Charge], refunds: Sequence[Refund], context: Context) -> list[PaymentEntry]:
    """The entries of the order's payment history, charges first."""
    paid = [
        PaymentEntry(
            kind=PaymentEntryKind.PAYMENT, amount_cents=each.amount_cents, payment_method_id=each.payment_method_id, at=context.now
        )
        for each in charges
    ]
    return paid + [_booked_refund(each, context) for each in refunds]


def balances(charges: Sequence[Charge], refunds: Sequence[Refund], context: Context) -> dict[str, int]:
    """What gift cards gain or lose."""
    moved: dict[str, int] = {}
    signed = [(c.payment_method_id, -c.amount_cents) for c in charges] + [(r.payment_method_id, r.amount_cents) for r in refunds]
    for method_id, cents in signed:
        if context.is_gift_card(method_id):
            moved[method_id] = moved.get(method_id, 0) + cents
    return moved


def money_back(refunds: Sequence[Refund], currency: str) -> str:
    """Say what goes back, with a space before it; empty where nothing does."""
    parts = [f"{money(r.amount_cents, currency)} to your {r.label} {r.settles}" for r in refunds]
    return f" You get back {join(parts)}." if parts else ""


def money_taken(charges: Sequence[Charge], currency: str) -> str:
    """Say what is charged, with a space before it; empty where nothing is."""
    parts = [f"{money(c.amount_cents, currency)} to your {c.label} {c.settles}" for c in charges]
    return f" We charge {join(parts)}." if parts else ""


def _booked_refund(back: Refund, context: Context) -> PaymentEntry:
    at_once = context.is_gift_card(back.payment_method_id)
    return PaymentEntry(
        kind=PaymentEntryKind.REFUND,
        amount_cents=back.amount_cents,
        payment_method_id=back.payment_method_id,
        at=context.now,
        settles_by=None if at_once else add_business_days(context.now, context.settings.refund_business_days),
    )
