"""Return items of a delivered order."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shop.changes.base import Arguments, Context, Effect, parse_arguments
from shop.errors import InvalidArguments
from shop.models import Decision, Level, Order, OrderStatus, PaymentKind, PaymentMethod, Refund, ReturnRequest
from shop.policy import return_
from shop.settings import ShopSettings
from shop.wording import day, join, money


class ReturnArguments(Arguments):
    """Which lines of which order, and where the money goes."""

    line_ids: list[str] | None = None
    payment_method_id: str | None = None


class ReturnItems:
    """Implements `Operation`."""

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.return_level

    def parse(self, arguments: Mapping[str, Any]) -> ReturnArguments:
        """Read order_id, line_ids and payment_method_id."""
        return parse_arguments(ReturnArguments, arguments)

    def decide(self, arguments: ReturnArguments, context: Context) -> Decision:
        """Ask `policy/return_.py`. A method that the actor cannot use is refused like an unknown one."""
        decision = return_.decide(context.order, arguments.line_ids, self._find_method(arguments, context), context.settings, context.now)
        if decision.allowed and arguments.payment_method_id is not None and self._find_method(arguments, context) is None:
            return return_.REFUND_METHOD.refuses(context.settings, "A refund goes to what you paid with, or to a gift card that you have.")
        return decision

    def apply(self, arguments: ReturnArguments, context: Context) -> Effect:
        """The order with its return request. The money moves when the parcel is back.

        Raises:
            InvalidArguments: If lines or payment method are missing.
        """
        method = self._find_method(arguments, context)
        if not arguments.line_ids or method is None:
            msg = "line_ids and payment_method_id are needed to return items."
            raise InvalidArguments(msg)
        request = _request(arguments.line_ids, method, context)
        refund = _refund(request, method, context)
        return Effect(
            order=context.order.model_copy(update={"status": OrderStatus.RETURN_REQUESTED, "return_request": request}),
            refunds=[refund],
            credits={},
            restock={},
            summary=_summary(request, refund, context.order),
            done=_done(request, refund, context.order),
        )

    @staticmethod
    def _find_method(arguments: ReturnArguments, context: Context) -> PaymentMethod | None:
        return None if arguments.payment_method_id is None else context.find_method(arguments.payment_method_id)


def _request(line_ids: list[str], method: PaymentMethod, context: Context) -> ReturnRequest:
    lines = [line for line in context.order.lines if line.line_id in line_ids]
    return ReturnRequest(
        line_ids=[line.line_id for line in lines],
        payment_method_id=method.payment_method_id,
        refund_cents=return_.refund_cents(lines),
        requested_at=context.now,
        send_by=context.now + timedelta(days=context.settings.return_send_days),
    )


def _refund(request: ReturnRequest, method: PaymentMethod, context: Context) -> Refund:
    back = "the items are back with us"
    at_once = method.kind is PaymentKind.GIFT_CARD
    return Refund(
        payment_method_id=method.payment_method_id,
        label=method.label,
        amount_cents=request.refund_cents,
        settles=f"as soon as {back}" if at_once else f"within {context.settings.refund_days} after {back}",
    )


def _goods(request: ReturnRequest, order: Order) -> str:
    return join([f"{line.quantity} x {line.label}" for line in order.lines if line.line_id in request.line_ids])


def _summary(request: ReturnRequest, refund: Refund, order: Order) -> str:
    return (
        f"Return {_goods(request, order)} from order {order.order_id}? "
        f"You get back {money(refund.amount_cents, order.currency)} to your {refund.label} {refund.settles}. "
        f"Please send the items by {day(request.send_by)}; there is one return per order, so nothing can be added later."
    )


def _done(request: ReturnRequest, refund: Refund, order: Order) -> str:
    return (
        f"Your return of {_goods(request, order)} from order {order.order_id} is registered. Please send it by {day(request.send_by)}. "
        f"You get back {money(refund.amount_cents, order.currency)} to your {refund.label} {refund.settles}."
    )
