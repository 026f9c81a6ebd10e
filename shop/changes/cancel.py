"""Cancel a pending order: money back, stock back, at once."""

from collections.abc import Mapping
from typing import Any

from shop.business_days import add_business_days
from shop.changes.base import Arguments, Context, Effect, parse_arguments
from shop.errors import InvalidArguments
from shop.models import Decision, Level, Order, OrderStatus, PaymentEntry, PaymentEntryKind, PaymentKind, Refund
from shop.policy import cancel, return_
from shop.settings import ShopSettings
from shop.wording import join, money


class CancelArguments(Arguments):
    """Which order, and why."""

    reason: str | None = None


class CancelOrder:
    """Implements `Operation`."""

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.cancel_level

    def parse(self, arguments: Mapping[str, Any]) -> CancelArguments:
        """Read order_id and reason."""
        return parse_arguments(CancelArguments, arguments)

    def decide(self, arguments: CancelArguments, context: Context) -> Decision:
        """Ask `policy/cancel.py`."""
        return cancel.decide(context.order, arguments.reason, context.settings)

    def apply(self, arguments: CancelArguments, context: Context) -> Effect:
        """The order cancelled, every payment refunded, every piece back in stock.

        Raises:
            InvalidArguments: If the reason is missing.
        """
        if arguments.reason is None:
            msg = f"A reason is missing: {join(cancel.REASONS, 'or')}."
            raise InvalidArguments(msg)
        refunds = _refunds(context)
        return Effect(
            order=_cancelled(arguments.reason, refunds, context),
            refunds=refunds,
            credits={r.payment_method_id: r.amount_cents for r in refunds if _is_gift_card(r.payment_method_id, context)},
            restock=_restock(context.order),
            summary=_summary(refunds, context),
            done=_done(refunds, context),
        )


def _refunds(context: Context) -> list[Refund]:
    paid = {method_id: return_.paid_cents(context.order, method_id) for method_id in return_.original_method_ids(context.order)}
    return [
        Refund(
            payment_method_id=method_id,
            label=context.label_of(method_id),
            amount_cents=cents,
            settles="at once" if _is_gift_card(method_id, context) else f"within {context.settings.refund_days}",
        )
        for method_id, cents in paid.items()
        if cents > 0
    ]


def _is_gift_card(payment_method_id: str, context: Context) -> bool:
    method = context.find_method(payment_method_id)
    return method is not None and method.kind is PaymentKind.GIFT_CARD


def _cancelled(reason: str, refunds: list[Refund], context: Context) -> Order:
    entries = [_booked(refund, context) for refund in refunds]
    return context.order.model_copy(
        update={
            "status": OrderStatus.CANCELLED,
            "cancelled_at": context.now,
            "cancel_reason": reason,
            "payments": [*context.order.payments, *entries],
        }
    )


def _booked(refund: Refund, context: Context) -> PaymentEntry:
    at_once = _is_gift_card(refund.payment_method_id, context)
    return PaymentEntry(
        kind=PaymentEntryKind.REFUND,
        amount_cents=refund.amount_cents,
        payment_method_id=refund.payment_method_id,
        at=context.now,
        settles_by=None if at_once else add_business_days(context.now, context.settings.refund_business_days),
    )


def _restock(order: Order) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for line in order.lines:
        pieces[line.variant_id] = pieces.get(line.variant_id, 0) + line.quantity
    return pieces


def _summary(refunds: list[Refund], context: Context) -> str:
    goods = join([f"{line.quantity} x {line.label}" for line in context.order.lines])
    return f"Cancel order {context.order.order_id} ({goods})?{_money_back(refunds, context, 'You get back')}"


def _done(refunds: list[Refund], context: Context) -> str:
    return f"Order {context.order.order_id} is cancelled.{_money_back(refunds, context, 'You get back')}"


def _money_back(refunds: list[Refund], context: Context, lead: str) -> str:
    if not refunds:
        return ""
    parts = [f"{money(r.amount_cents, context.order.currency)} to your {r.label} {r.settles}" for r in refunds]
    return f" {lead} {join(parts)}."
