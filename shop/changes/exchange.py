"""Swap items of a delivered order for other options of the same products."""

from collections.abc import Sequence

from shop.changes import money, swaps
from shop.changes.base import Context, Effect
from shop.changes.return_ import send_by
from shop.models import Charge, Decision, ExchangeRequest, Level, LineChange, Order, OrderStatus, Refund
from shop.policy import exchange
from shop.policy.swaps import Swap
from shop.settings import ShopSettings
from shop.wording import on_day


class ExchangeItems:
    """Implements `Operation`."""

    arguments = swaps.SwapArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.exchange_level

    def decide(self, arguments: swaps.SwapArguments, context: Context) -> Decision:
        """Ask `policy/exchange.py`."""
        return exchange.decide(swaps.asked(arguments, context), context.settings, context.now)

    def apply(self, arguments: swaps.SwapArguments, context: Context) -> Effect:
        """The order with its exchange request, the new pieces kept. A refund waits for the old items.

        Raises:
            InvalidArguments: If lines, variants, or the payment method are missing.
        """
        changes = swaps.complete_changes(arguments, context)
        swap = swaps.asked(arguments, context)
        charges, refunds = _difference(swap, context)
        taken = charges if context.settings.exchange_charges_at_once else []
        request = _request(swap, changes, charged=bool(taken), context=context)
        words = swaps.settlement_words(swap.difference_cents, charges, refunds, context.order.currency)
        return Effect(
            order=_requested(request, taken, context),
            refunds=refunds,
            charges=charges,
            price_difference_cents=swap.difference_cents,
            changes=changes,
            balances=money.balances(taken, [], context),
            stock=swaps.pieces(changes, back=False),
            summary=_summary(request, words, context),
            done=_done(request, words, context),
        )


def _difference(swap: Swap, context: Context) -> tuple[list[Charge], list[Refund]]:
    cents, method_id = swap.difference_cents, swap.payment_method_id
    if method_id is None or cents == 0:
        return [], []
    if cents < 0:
        return [], [money.later_refund(method_id, -cents, context)]
    settles = "at once" if context.settings.exchange_charges_at_once else "when the new items are sent"
    return [money.charge(method_id, cents, context, settles)], []


def _request(swap: Swap, changes: list[LineChange], *, charged: bool, context: Context) -> ExchangeRequest:
    return ExchangeRequest(
        changes=changes,
        payment_method_id=swap.payment_method_id,
        difference_cents=swap.difference_cents,
        charged=charged,
        requested_at=context.now,
        send_by=send_by(context),
    )


def _requested(request: ExchangeRequest, taken: Sequence[Charge], context: Context) -> Order:
    return context.order.model_copy(
        update={
            "status": OrderStatus.EXCHANGE_REQUESTED,
            "exchange_request": request,
            "payments": [*context.order.payments, *money.booked(taken, [], context)],
        }
    )


def _summary(request: ExchangeRequest, words: str, context: Context) -> str:
    goods = swaps.words_of(request.changes, context.order.currency)
    by = on_day(request.send_by, "by", context.settings.zone)
    last = f"Please send the old items{by}; there is one exchange per order, so nothing can be added later."
    return f"Exchange from order {context.order.order_id}: {goods}?{words} {last}"


def _done(request: ExchangeRequest, words: str, context: Context) -> str:
    goods = swaps.words_of(request.changes, context.order.currency)
    by = on_day(request.send_by, "by", context.settings.zone)
    return f"Your exchange from order {context.order.order_id} is registered: {goods}.{words} Please send the old items{by}."
