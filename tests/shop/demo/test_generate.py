from collections import Counter
from datetime import timedelta

import pytest

from shop.coherence import find_problems
from shop.demo.generate import generate
from shop.models import Order, OrderStatus, PaymentKind, ShopData
from shop.policy import cancel, return_
from tests.shop.builders import NOW, SETTINGS

EMPTY = ShopData(products=[], customers=[], orders=[])


def of(demo: ShopData, customer_id: str) -> dict[OrderStatus, list[Order]]:
    found: dict[OrderStatus, list[Order]] = {}
    for order in demo.orders:
        if order.customer_id == customer_id:
            found.setdefault(order.status, []).append(order)
    return found


def test_it_is_the_same_for_the_same_seed_and_moment() -> None:
    assert generate(seed=7, now=NOW) == generate(seed=7, now=NOW)
    assert generate(seed=8, now=NOW) != generate(seed=7, now=NOW)


def test_order_numbers_do_not_depend_on_the_day(demo: ShopData) -> None:
    later = generate(now=NOW + timedelta(days=45))
    assert [(o.order_id, o.customer_id, o.status, o.lines) for o in later.orders] == [
        (o.order_id, o.customer_id, o.status, o.lines) for o in demo.orders
    ]


def test_a_moment_without_a_zone_is_refused() -> None:
    for now in (None, NOW.replace(tzinfo=None)):
        with pytest.raises(ValueError, match="zone"):
            generate(now=now)


def test_there_is_as_much_as_promised(demo: ShopData) -> None:
    assert len({product.product_type for product in demo.products}) == 20
    assert len(demo.products) >= 160
    assert sum(len(product.variants) for product in demo.products) >= 600
    assert sum(len(product.reviews) for product in demo.products) >= 300
    assert len(demo.customers) >= 90
    assert len(demo.orders) >= 340
    assert min(Counter(order.status for order in demo.orders).values()) >= 10
    assert set(Counter(order.status for order in demo.orders)) == set(OrderStatus)
    assert {m.kind for customer in demo.customers for m in customer.payment_methods} == set(PaymentKind)
    assert len({customer.address.country for customer in demo.customers}) == 7


def test_everything_refers_to_something(demo: ShopData) -> None:
    assert find_problems(demo, EMPTY, SETTINGS) == []


def test_every_product_is_described_with_facts(demo: ShopData) -> None:
    for product in demo.products:
        sentences = product.description.count(". ") + 1
        assert 2 <= sentences <= 4, product.product_id
        assert {"material", "warranty"} & product.attributes.keys(), product.product_id
        assert len(product.attributes) >= 4, product.product_id
        assert not product.attributes.keys() & product.variants[0].options.keys(), product.product_id
        assert "None" not in product.attributes.values()
        assert product.image_url == f"/storefront/images/{product.product_id}.svg"
        assert product.url == f"/products/{product.product_id}"


def test_a_product_is_not_reviewed_twice_in_the_same_words(demo: ShopData) -> None:
    for product in demo.products:
        assert len({review.text for review in product.reviews}) == len(product.reviews) >= 1


def test_some_variants_are_out_of_stock_and_most_are_not(demo: ShopData) -> None:
    stock = [variant.stock for product in demo.products for variant in product.variants]
    assert 0.05 < stock.count(0) / len(stock) < 0.3


def test_orders_count_up_in_time_and_nothing_lies_in_the_future(demo: ShopData) -> None:
    assert [order.order_id for order in demo.orders][:2] == ["CH-10001", "CH-10002"]
    assert sorted(demo.orders, key=lambda order: order.placed_at) == demo.orders
    for order in demo.orders:
        events = [event.at for parcel in order.fulfilments for event in parcel.events]
        happened = [order.placed_at, *events, *(at for at in (order.shipped_at, order.delivered_at, order.cancelled_at) if at)]
        assert max(happened) <= NOW, order.order_id
        assert events == sorted(events)


@pytest.mark.parametrize("shift", range(7))
def test_parcels_do_not_come_on_sundays(shift: int) -> None:
    days = [order.delivered_at.weekday() for order in generate(now=NOW + timedelta(days=shift)).orders if order.delivered_at]
    assert 6 not in days


def test_money_adds_up(demo: ShopData) -> None:
    for order in demo.orders:
        balance = sum(entry.amount_cents if entry.kind == "payment" else -entry.amount_cents for entry in order.payments)
        assert balance == (0 if order.status is OrderStatus.CANCELLED else order.total_cents), order.order_id


def test_mara_has_an_order_for_every_scene(demo: ShopData) -> None:
    assert demo.customers[0].customer_id == "cus_mara"
    orders = of(demo, "cus_mara")
    [pending], [shipped], [cancelled] = orders[OrderStatus.PENDING], orders[OrderStatus.SHIPPED], orders[OrderStatus.CANCELLED]
    long_ago, last_week = orders[OrderStatus.DELIVERED]
    assert cancel.decide(pending, None, SETTINGS).allowed
    assert shipped.fulfilments[0].tracking_id
    assert shipped.fulfilments[0].expected_at
    assert shipped.fulfilments[0].expected_at > NOW - timedelta(days=1)
    assert cancelled.cancelled_at
    assert len(last_week.lines) == 3
    assert return_.decide(last_week, None, None, SETTINGS, NOW).allowed
    assert return_.decide(long_ago, None, None, SETTINGS, NOW).rule == "return.window"


def test_jonas_has_one_in_every_state_but_an_exchange(demo: ShopData) -> None:
    assert demo.customers[1].customer_id == "cus_jonas"
    assert set(of(demo, "cus_jonas")) == set(OrderStatus) - {OrderStatus.EXCHANGE_REQUESTED}


def test_some_products_are_often_bought_together(demo: ShopData) -> None:
    pairs = Counter(
        tuple(sorted((a.product_id, b.product_id)))
        for order in demo.orders
        for a in order.lines
        for b in order.lines
        if a.product_id < b.product_id
    )
    assert pairs.most_common(1)[0][1] >= 4
