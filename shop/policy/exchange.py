"""When delivered items may be swapped for other options of the same products."""

from datetime import datetime, timedelta

from shop.models import Decision, OperationName, Order, OrderStatus
from shop.policy import swaps
from shop.policy.delivered import refuse_closed_window
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import day

ONLY_DELIVERED = Rule(
    "exchange.only_delivered",
    "Items can be exchanged once their order has been delivered.",
)
ONE_PER_ORDER = Rule(
    "exchange.one_per_order",
    "There is one exchange per order, and either an exchange or a return. Name everything that you want to swap in one request; items "
    "cannot be added to it afterwards.",
)
WINDOW = Rule(
    "exchange.window",
    "Items can be exchanged {exchange_window}.",
)
LINES = Rule(
    "exchange.lines",
    "An exchange names the items of the order that are swapped, each of them once and with its whole quantity.",
)
VARIANTS = Rule(
    "exchange.variants",
    "An item can be exchanged for an option of the same product that can be bought now, never for another product. {exchange_same}",
)
METHOD = Rule(
    "exchange.method",
    "If the new items cost more, the difference is charged {exchange_charge} to a payment method of the customer, and a gift card has "
    "to cover it. If they cost less, the difference goes back {difference_to}. A method is named {zero_difference}.",
)
APPROVAL = Rule(
    "exchange.approval",
    "Exchanging items, by the difference: {approval_exchange_items}.",
)
EXCHANGE = Rule(
    "exchange.exchange",
    "Send the old items{return_sending}. The new ones are kept for you and sent once the old ones are back with us; a refund of a "
    "difference is then credited at once to a gift card, and within {refund_days} to a card or to PayPal.",
)
RULES = (ONLY_DELIVERED, ONE_PER_ORDER, WINDOW, LINES, VARIANTS, METHOD, APPROVAL, EXCHANGE)

_SWAP = swaps.SwapRules(OperationName.EXCHANGE_ITEMS, LINES, VARIANTS, METHOD, APPROVAL, done="exchanged")
_WHERE_IT_STANDS = {
    OrderStatus.PENDING: "is still pending; options of its items can be changed instead",
    OrderStatus.PROCESSED: "is still being packed",
    OrderStatus.SHIPPED: "is still on its way",
    OrderStatus.CANCELLED: "was cancelled",
    OrderStatus.RETURN_REQUESTED: "is already being returned",
}


def decide(swap: swaps.Swap, settings: ShopSettings, now: datetime) -> Decision:
    """Say whether these items of a delivered order may be exchanged, and their difference settled so."""
    return (
        _refuse_order(swap, settings, now)
        or swaps.refuse_wishes(_SWAP, swap, settings, same_variant=settings.exchange_same_variant)
        or EXCHANGE.allows(settings, _explain_yes(swap.order, settings))
    )


def _refuse_order(swap: swaps.Swap, settings: ShopSettings, now: datetime) -> Decision | None:
    order = swap.order
    if order.status is OrderStatus.EXCHANGE_REQUESTED:
        explanation = f"An exchange for order {order.order_id} was already requested, and there is one exchange per order."
        return ONE_PER_ORDER.refuses(settings, explanation, already_done=_is_so(swap))
    if order.status is not OrderStatus.DELIVERED:
        where = _WHERE_IT_STANDS.get(order.status, "has not been delivered yet")
        return ONLY_DELIVERED.refuses(settings, f"Order {order.order_id} {where}. Items can be exchanged once they have been delivered.")
    return refuse_closed_window(WINDOW, order, "exchanged", settings.exchange_window_days, settings, now)


def _is_so(swap: swaps.Swap) -> bool:
    requested = swap.order.exchange_request
    if requested is None or not swap.wishes:
        return False
    return {(wish.line_id, wish.variant_id) for wish in swap.wishes} == {(c.line_id, c.new_variant_id) for c in requested.changes}


def _explain_yes(order: Order, settings: ShopSettings) -> str:
    if order.delivered_at is None or settings.exchange_window_days is None:
        return f"Items of order {order.order_id} can be exchanged."
    last = order.delivered_at + timedelta(days=settings.exchange_window_days)
    return f"Items of order {order.order_id} can be exchanged until {day(last, settings.zone)}."
