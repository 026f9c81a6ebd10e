"""Orders, wishes and rules, drawn at random."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from shop.models import Order, OrderStatus, PaymentEntry, PaymentMethod, WishedChange
from shop.settings import RefundTo, ShopSettings
from tests.shop.builders import BO, CARD, GIFT, NOW, PAYPAL, PRODUCTS, order, paid

OWN = [CARD, GIFT, PAYPAL]
METHOD_IDS = st.sampled_from([*(method.payment_method_id for method in OWN), BO.payment_methods[0].payment_method_id, "made-up"])
VARIANT_IDS = [variant.variant_id for each in PRODUCTS for variant in each.variants]
PLACES = st.frozensets(st.sampled_from(RefundTo), min_size=1)


@st.composite
def payments(draw: st.DrawFn, cents: int) -> list[PaymentEntry]:
    """What an order was paid with: one method, or two."""
    parts: list[PaymentMethod] = draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=2, unique=True))
    first = draw(st.integers(0, cents)) if len(parts) > 1 else cents
    return [paid(first, parts[0]), *(paid(cents - first, part) for part in parts[1:])]


@st.composite
def orders(draw: st.DrawFn, number: str = "CH-10001", statuses: Sequence[OrderStatus] = tuple(OrderStatus)) -> Order:
    """An order of Ada's in any of the states, paid in any mix, delivered at any time, with shipping or without."""
    status, shipping = draw(st.sampled_from(statuses)), draw(st.sampled_from([0, 490]))
    fields: dict[str, Any] = {"shipping_cents": shipping, "payments": draw(payments(20000 + shipping))}
    if status is OrderStatus.DELIVERED:
        fields["delivered_at"] = NOW - timedelta(days=draw(st.integers(0, 60)), minutes=draw(st.integers(0, 1440)))
    if status is OrderStatus.PENDING:
        fields["items_changed"] = draw(st.booleans())
    return order(number, status, **fields)


def wishes(number: str = "CH-10001") -> st.SearchStrategy[list[WishedChange]]:
    """Other variants for lines of an order: often fitting, sometimes of another product, or for a line that is not there."""
    lines = st.sampled_from([f"{number}-1", f"{number}-1", f"{number}-2", f"{number}-2", f"{number}-3"])
    wish = st.builds(WishedChange, line_id=lines, variant_id=st.sampled_from([*VARIANT_IDS, *VARIANT_IDS, "piano"]))
    return st.lists(wish, max_size=3)


RULES = st.fixed_dictionaries(
    {
        "cancel_after_items_changed": st.booleans(),
        "cancel_refunds_shipping": st.booleans(),
        "change_items_once": st.booleans(),
        "exchange_same_variant": st.booleans(),
        "exchange_charges_at_once": st.booleans(),
        "exchange_window_days": st.none() | st.integers(1, 60),
        "return_window_days": st.none() | st.integers(1, 60),
        "return_send_days": st.none() | st.integers(1, 30),
        "return_refunds_shipping": st.booleans(),
        "return_refund_to": PLACES,
        "difference_refund_to": PLACES,
        "zero_difference_needs_method": st.booleans(),
    }
)


def shop_settings() -> st.SearchStrategy[ShopSettings]:
    """A shop's rules."""
    return RULES.map(lambda rules: ShopSettings(**rules))
