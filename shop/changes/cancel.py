"""Cancel a pending order: money back, stock back, at once."""

from shop.changes import money
from shop.changes.base import Context, Effect, OrderArguments
from shop.errors import InvalidArguments
from shop.models import Decision, Level, Order, OrderStatus, Refund
from shop.policy import cancel
from shop.settings import ShopSettings
from shop.wording import join


class CancelArguments(OrderArguments):
    """Which order, and why."""

    reason: str | None = None


class CancelOrder:
    """Implements `Operation`."""

    arguments = CancelArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.cancel_level

    def decide(self, arguments: CancelArguments, context: Context) -> Decision:
        """Ask `policy/cancel.py`."""
        return cancel.decide(context.order, arguments.reason, context.settings)

    def apply(self, arguments: CancelArguments, context: Context) -> Effect:
        """The order cancelled, every payment refunded, every piece back in stock.

        Raises:
            InvalidArguments: If the reason is missing.
        """
        if arguments.reason is None:
            msg = f"A reason is missing: {join(context.settings.cancel_reasons, 'or')}."
            raise InvalidArguments(msg)
        back = cancel.refunds_of(context.order, context.settings)
        refunds = [money.refund(method_id, cents, context) for method_id, cents in back.items()]
        words = money.money_back(refunds, context.order.currency)
        return Effect(
            order=_cancelled(arguments.reason, refunds, context),
            refunds=refunds,
            balances=money.balances([], refunds, context),
            stock=_restock(context.order),
            summary=f"Cancel order {context.order.order_id} ({_goods(context.order)})?{words}",
            done=f"Order {context.order.order_id} is cancelled.{words}",
        )


def _cancelled(reason: str, refunds: list[Refund], context: Context) -> Order:
    return context.order.model_copy(
        update={
            "status": OrderStatus.CANCELLED,
            "cancelled_at": context.now,
            "cancel_reason": reason,
            "payments": [*context.order.payments, *money.booked([], refunds, context)],
        }
    )


def _restock(order: Order) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for line in order.lines:
        pieces[line.variant_id] = pieces.get(line.variant_id, 0) + line.quantity
    return pieces


def _goods(order: Order) -> str:
    return join([f"{line.quantity} x {line.label}" for line in order.lines])
