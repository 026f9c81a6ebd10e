"""The whole demo shop, the same for the same seed and the same day."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from shop.demo.orders import Plan, build_order
from shop.demo.people import JONAS, MARA, generate_customers
from shop.demo.products import generate_products, read_catalogue
from shop.models import Customer, OrderStatus, PaymentKind, Product, ShopData, Variant

_FIRST_ORDER_NUMBER = 10001
_CUSTOMERS = 96
# How many orders of each state, and how many days ago they were placed.
_STATES: tuple[tuple[OrderStatus, int, float, float], ...] = (
    (OrderStatus.PENDING, 32, 0.05, 1.2),
    (OrderStatus.PROCESSED, 24, 1.3, 2.4),
    (OrderStatus.SHIPPED, 40, 2.8, 4.2),
    (OrderStatus.DELIVERED, 70, 8, 28),
    (OrderStatus.DELIVERED, 120, 40, 400),
    (OrderStatus.CANCELLED, 28, 2, 300),
    (OrderStatus.RETURN_REQUESTED, 20, 9, 24),
    (OrderStatus.EXCHANGE_REQUESTED, 14, 9, 24),
)
# The two customers of the demo and tests: state, days ago, products, payment method, and whether a gift card paid a part.
_FIXED: tuple[tuple[Customer, OrderStatus, float, tuple[str, ...], str, bool], ...] = (
    (MARA, OrderStatus.PENDING, 0.35, ("kestrel-k2-keyboard", "nordlys-arbeid-desk-lamp"), "card_mara_4242", False),
    (MARA, OrderStatus.SHIPPED, 3.5, ("tarn-vale-fjord-rain-jacket",), "paypal_mara", False),
    (
        MARA,
        OrderStatus.DELIVERED,
        9.2,
        ("calder-tempo-road-running-shoes", "juniper-row-everyday-t-shirt", "brightwater-tide-insulated-bottle"),
        "card_mara_4242",
        False,
    ),
    (MARA, OrderStatus.DELIVERED, 121.4, ("ombra-veil-headphones",), "card_mara_4242", False),
    (MARA, OrderStatus.CANCELLED, 46.7, ("voltaire-home-satin-bedding",), "paypal_mara", False),
    (JONAS, OrderStatus.PENDING, 0.2, ("tarn-vale-cairn-2-tent", "tarn-vale-summit-flask"), "card_jonas_0077", True),
    (JONAS, OrderStatus.PROCESSED, 1.6, ("quillon-logbook-notebook", "lumen-oak-wood-wick-candle"), "card_jonas_0077", False),
    (JONAS, OrderStatus.SHIPPED, 3.1, ("ferrol-presto-espresso-machine",), "card_jonas_0077", False),
    (JONAS, OrderStatus.DELIVERED, 10.3, ("ombra-pond-portable-speaker", "havre-dock-backpack"), "card_jonas_0077", False),
    (JONAS, OrderStatus.DELIVERED, 88.6, ("stillpoint-balance-office-chair",), "card_jonas_0077", False),
    (JONAS, OrderStatus.CANCELLED, 30.1, ("pellworth-french-press",), "card_jonas_0077", False),
    (JONAS, OrderStatus.RETURN_REQUESTED, 15.5, ("quillon-beacon-field-watch",), "card_jonas_0077", False),
)


def generate(seed: int = 7, now: datetime | None = None) -> ShopData:
    """Make the demo shop.

    Args:
        seed: Decides stock, reviews, people and orders.
        now: The moment from which all dates are counted back, usually today's midnight in UTC; a zone is required.

    Raises:
        ValueError: If `now` is missing or has no zone.
    """
    if now is None or now.tzinfo is None:
        msg = "Give the moment to count back from, with its zone, such as today's midnight in UTC."
        raise ValueError(msg)
    products = generate_products(Random(f"{seed} products"), now)
    customers = generate_customers(Random(f"{seed} customers"), _CUSTOMERS)
    plans = [*_fixed_plans(products), *_invented_plans(Random(f"{seed} orders"), products, customers[2:])]
    plans.sort(key=lambda plan: -plan.days_ago)
    orders = [build_order(plan, number, now) for number, plan in enumerate(plans, _FIRST_ORDER_NUMBER)]
    return ShopData(products=products, customers=customers, orders=orders)


def _fixed_plans(products: list[Product]) -> Iterator[Plan]:
    by_id: dict[str, Product] = {product.product_id: product for product in products}
    for customer, status, days_ago, product_ids, method_id, split in _FIXED:
        bought = [(product, product.variants[0], 1) for product in (by_id[product_id] for product_id in product_ids)]
        yield Plan(customer, status, days_ago, bought, method_id, split=split, random=Random(f"{customer.name} {days_ago}"))


def _invented_plans(random: Random, products: list[Product], customers: list[Customer]) -> Iterator[Plan]:
    companions = _companions(random, products)
    popularity = [random.paretovariate(1.6) for _ in products]
    for status, count, newest, oldest in _STATES:
        for _ in range(count):
            customer = random.choice(customers)
            method = random.choice(customer.payment_methods)
            yield Plan(
                customer=customer,
                status=status,
                days_ago=random.uniform(newest, oldest),
                bought=_basket(random, products, popularity, companions),
                payment_method_id=method.payment_method_id,
                split=method.kind is not PaymentKind.GIFT_CARD and random.random() < 0.3,
                reason=random.choice(("no longer needed", "ordered by mistake")),
                exchange_note=random.choice(("One size larger, please.", "The other colour, please.", "One size smaller, please.")),
                random=Random(random.random()),
            )


def _companions(random: Random, products: list[Product]) -> dict[str, list[Product]]:
    """For each product the few that people take along, out of the types that go with its own."""
    by_type: dict[str, list[Product]] = {}
    for product in products:
        by_type.setdefault(product.product_type, []).append(product)
    types = {kind["product_type"]: kind["goes_with"] for kind in read_catalogue()}
    return {
        product.product_id: [random.choice([p for p in by_type[name] if p is not product]) for name in types[product.product_type]]
        for product in products
    }


def _basket(
    random: Random, products: list[Product], popularity: list[float], companions: dict[str, list[Product]]
) -> list[tuple[Product, Variant, int]]:
    first = random.choices(products, popularity)[0]
    along = companions[first.product_id]
    # The first companion is the favourite one, so that co-purchases say something.
    taken = random.choices(along, range(len(along), 0, -1), k=random.choice((0, 0, 1, 1, 1, 2)))
    chosen = {product.product_id: product for product in (first, *taken)}.values()
    return [(product, random.choice(product.variants), 2 if random.random() < 0.08 else 1) for product in chosen]
