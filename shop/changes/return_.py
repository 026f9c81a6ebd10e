"""Return items of a delivered order."""

from datetime import datetime, timedelta

from shop.changes import money
from shop.changes.base import Context, Effect, OrderArguments
from shop.errors import InvalidArguments
from shop.models import Decision, Level, Order, OrderStatus, ReturnRequest
from shop.policy import return_
from shop.policy.payments import explain_no_refund
from shop.settings import ShopSettings
from shop.wording import join, on_day


class ReturnArguments(OrderArguments):
    """Which lines of which order, and where the money goes."""

    line_ids: list[str] | None = None
    payment_method_id: str | None = None


class ReturnItems:
    """Implements `Operation`."""

    arguments = ReturnArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.return_level

    def decide(self, arguments: ReturnArguments, context: Context) -> Decision:
        """Ask `policy/return_.py`. A method that the actor cannot use is refused like an unknown one."""
        method = context.find_method(arguments.payment_method_id)
        decision = return_.decide(context.order, arguments.line_ids, method, context.settings, context.now)
        if decision.allowed and arguments.payment_method_id is not None and method is None:
            explanation = explain_no_refund(context.order, None, 0, context.settings.return_refund_to)
            return return_.REFUND_METHOD.refuses(context.settings, explanation or "")
        return decision

    def apply(self, arguments: ReturnArguments, context: Context) -> Effect:
        """The order with its return request. The money moves when the parcel is back.

        Raises:
            InvalidArguments: If lines or payment method are missing.
        """
        method = context.find_method(arguments.payment_method_id)
        if not arguments.line_ids or method is None:
            msg = "line_ids and payment_method_id are needed to return items."
            raise InvalidArguments(msg)
        request = _request(arguments.line_ids, method.payment_method_id, context)
        refund = money.later_refund(method.payment_method_id, request.refund_cents, context)
        words = money.money_back([refund], context.order.currency)
        return Effect(
            order=context.order.model_copy(update={"status": OrderStatus.RETURN_REQUESTED, "return_request": request}),
            refunds=[refund],
            summary=f"Return {_goods(request, context.order)} from order {context.order.order_id}?{words} {_please(request, context)}",
            done=_done(request, words, context),
        )


def _request(line_ids: list[str], payment_method_id: str, context: Context) -> ReturnRequest:
    return ReturnRequest(
        line_ids=[line.line_id for line in context.order.lines if line.line_id in line_ids],
        payment_method_id=payment_method_id,
        refund_cents=return_.refund_cents(context.order, line_ids, context.settings),
        requested_at=context.now,
        send_by=send_by(context),
    )


def send_by(context: Context) -> datetime | None:
    """Until when a parcel that is announced now has to be on its way."""
    days = context.settings.return_send_days
    return None if days is None else context.now + timedelta(days=days)


def _goods(request: ReturnRequest, order: Order) -> str:
    return join([f"{line.quantity} x {line.label}" for line in order.lines if line.line_id in request.line_ids])


def _please(request: ReturnRequest, context: Context) -> str:
    by = on_day(request.send_by, "by", context.settings.zone)
    return f"Please send the items{by}; there is one return per order, so nothing can be added later."


def _done(request: ReturnRequest, words: str, context: Context) -> str:
    by = on_day(request.send_by, "by", context.settings.zone)
    goods = _goods(request, context.order)
    return f"Your return of {goods} from order {context.order.order_id} is registered. Please send it{by}.{words}"
