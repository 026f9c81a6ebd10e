from datetime import timedelta

from actions.orders import status_words
from actions.refunds import _announced, _expected
from shop.models import ExchangeRequest, LineChange, Order, OrderStatus
from tests.actions.goods import NOW, shop_data

DELIVERED = next(order for order in shop_data().orders if order.status is OrderStatus.DELIVERED)


def exchanged(difference_cents: int, days: int | None = 14) -> Order:
    line = DELIVERED.lines[0]
    change = LineChange(
        line_id=line.line_id,
        product_id=line.product_id,
        name="Mug",
        quantity=1,
        old_variant_id=line.variant_id,
        old_price_cents=2000,
        new_variant_id=line.variant_id,
        new_options={"colour": "sand"},
        new_price_cents=2000 + difference_cents,
    )
    request = ExchangeRequest(
        changes=[change],
        payment_method_id="card",
        difference_cents=difference_cents,
        requested_at=NOW,
        send_by=None if days is None else NOW + timedelta(days=days),
    )
    return DELIVERED.model_copy(update={"status": OrderStatus.EXCHANGE_REQUESTED, "exchange_request": request})


def test_an_exchange_is_told_with_what_comes_and_until_when_to_send():
    words = status_words(exchanged(0))
    assert "you get Mug (sand). Please send the old items by" in words
    assert status_words(exchanged(0, None)).endswith("Please send the old items.")


def test_the_difference_of_an_exchange_is_expected_and_not_yet_booked():
    words = _expected(exchanged(-500))
    assert "an exchange was requested" in words
    assert "5.00 EUR will be refunded once the items are back with us." in words


def test_an_exchange_that_costs_more_announces_no_refund():
    assert _announced(exchanged(500)) is None
