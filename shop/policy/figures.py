"""The figures of the settings, as words for the paragraphs of the rules."""

from collections.abc import Collection

from shop.models import OperationName
from shop.settings import RefundTo, ShopSettings
from shop.wording import amount, join

_TO = {
    RefundTo.ORIGINAL: "to a payment method that the order was paid with, up to the amount it paid",
    RefundTo.GIFT_CARD: "to a gift card that the customer already has",
    RefundTo.ANY: "to any payment method of the customer",
}


def figures(settings: ShopSettings) -> dict[str, str]:
    """Give the words by the names that paragraphs use for them."""
    return {
        "cancel_reasons": join(settings.cancel_reasons, "or"),
        "count_of_reasons": "this reason" if len(settings.cancel_reasons) == 1 else "one of these reasons",
        "cancelled_shipping": "shipping included" if settings.cancel_refunds_shipping else "except the cost of delivery",
        "cancel_after_change": "can still be" if settings.cancel_after_items_changed else "can no longer be",
        "change_items_times": "once per order; name all of them together" if settings.change_items_once else "as often as you like",
        "return_window": window_words(settings.return_window_days),
        "return_sending": sending_words(settings),
        "return_to": refund_to_words(settings.return_refund_to),
        "return_shipping": "is refunded when the whole order is returned" if settings.return_refunds_shipping else "is not",
        "exchange_window": window_words(settings.exchange_window_days),
        "exchange_same": "It may be the same once more." if settings.exchange_same_variant else "It has to differ from the old one.",
        "exchange_charge": "with the request" if settings.exchange_charges_at_once else "when the new items are sent",
        "difference_to": refund_to_words(settings.difference_refund_to),
        "zero_difference": "even where there is no difference" if settings.zero_difference_needs_method else "where there is a difference",
        "refund_days": settings.refund_days,
        "delivery_countries": join(settings.delivery_countries) if settings.delivery_countries else "every country",
        **{f"approval_{name.value}": _limit(settings, name) for name in OperationName},
    }


def window_words(days: int | None) -> str:
    """Say until when after delivery, such as "within 30 days of delivery"."""
    return "at any time after delivery" if days is None else f"within {days} days of delivery"


def sending_words(settings: ShopSettings) -> str:
    """Say until when a parcel has to be on its way back."""
    return "" if settings.return_send_days is None else f" within {settings.return_send_days} days of the request"


def refund_to_words(places: Collection[RefundTo]) -> str:
    """Say where money may go."""
    return _TO[RefundTo.ANY] if RefundTo.ANY in places else ", or ".join(_TO[place] for place in RefundTo if place in places)


def _limit(settings: ShopSettings, name: OperationName) -> str:
    cents = settings.approval_over_cents.get(name)
    if cents is None:
        return "no amount needs the approval of a member of staff"
    return f"a member of staff approves amounts above {amount(cents)}"
