"""Whether the records of a shop fit together. What a single record must be, its model says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from shop.models import Customer, Order, OrderStatus, PaymentEntryKind, PaymentKind, Product, ShopData
from shop.order_ids import key_of
from shop.settings import ShopSettings


def find_problems(data: ShopData, existing: ShopData, settings: ShopSettings) -> list[str]:
    """Every problem as "file: record: reason"; an empty list where all is well.

    Args:
        data: What is to come in.
        existing: What is there already and may be referred to.
        settings: Says what an order number looks like, and which times the rules rest on.
    """
    products = [*existing.products, *data.products]
    customers: dict[str, Customer] = {customer.customer_id: customer for customer in [*existing.customers, *data.customers]}
    owners: dict[str, str] = {variant.variant_id: product.product_id for product in products for variant in product.variants}
    return [
        *(f"products.json: {problem}" for problem in _product_problems(data.products)),
        *(f"customers.json: {problem}" for problem in _customer_problems(data.customers)),
        *(f"orders.json: {problem}" for problem in _order_id_problems(data.orders, settings)),
        *(
            f"orders.json: {order.order_id}: {problem}"
            for order in data.orders
            for problem in _order_problems(order, customers, owners, settings)
        ),
    ]


def _product_problems(products: list[Product]) -> Iterator[str]:
    yield from _twice(product.product_id for product in products)
    yield from (f"variant {problem}" for problem in _twice(v.variant_id for product in products for v in product.variants))


def _customer_problems(customers: list[Customer]) -> Iterator[str]:
    yield from _twice(customer.customer_id for customer in customers)
    for customer in customers:
        yield from (f"{customer.customer_id}: payment method {p}" for p in _twice(m.payment_method_id for m in customer.payment_methods))
        for method in customer.payment_methods:
            if (method.kind is PaymentKind.GIFT_CARD) != (method.balance_cents is not None):
                method_id = method.payment_method_id
                yield f"{customer.customer_id}: payment method {method_id}: a gift card has a balance_cents, others have none"


def _order_id_problems(orders: list[Order], settings: ShopSettings) -> Iterator[str]:
    keys = {order.order_id: key_of(order.order_id, settings.order_id_prefix) for order in orders}
    yield from (f"{order_id}: not an order number: up to 32 letters and digits are" for order_id, key in keys.items() if key is None)
    # "CH-10001" and "ch 10001" are one number to a customer, so they must not be two orders.
    counts = Counter(keys[order.order_id] for order in orders)
    yield from (f"{order.order_id}: this order number is there twice" for order in orders if counts[keys[order.order_id]] > 1)


def _order_problems(order: Order, customers: Mapping[str, Customer], owners: Mapping[str, str], settings: ShopSettings) -> Iterator[str]:
    customer = customers.get(order.customer_id)
    if customer is None:
        yield f"customer_id: no customer {order.customer_id!r}"
    else:
        yield from _payment_problems(order, customer)
    for line in order.lines:
        if owners.get(line.variant_id) != line.product_id:
            yield f"line {line.line_id}: product {line.product_id!r} has no variant {line.variant_id!r}"
    yield from (f"line {problem}" for problem in _twice(line.line_id for line in order.lines))
    yield from _line_reference_problems(order)
    has_window = settings.return_window_days is not None or settings.exchange_window_days is not None
    if order.status is OrderStatus.DELIVERED and order.delivered_at is None and has_window:
        yield "delivered_at: missing, though the order is delivered"
    if (order.status is OrderStatus.RETURN_REQUESTED) != (order.return_request is not None):
        yield "return_request: goes with the status return_requested, and with no other"
    if order.exchange_request is not None and order.status is not OrderStatus.EXCHANGE_REQUESTED:
        yield "exchange_request: goes with the status exchange_requested, and with no other"


def _payment_problems(order: Order, customer: Customer) -> Iterator[str]:
    known = {method.payment_method_id for method in customer.payment_methods}
    used = {entry.payment_method_id for entry in order.payments}
    if order.return_request is not None:
        used.add(order.return_request.payment_method_id)
    exchange = order.exchange_request
    if exchange is not None and exchange.payment_method_id is not None:
        used.add(exchange.payment_method_id)
    yield from (f"payments: customer {customer.customer_id!r} has no payment method {method_id!r}" for method_id in sorted(used - known))
    signs = {PaymentEntryKind.PAYMENT: 1, PaymentEntryKind.REFUND: -1}
    paid = sum(signs[entry.kind] * entry.amount_cents for entry in order.payments)
    due = order.total_cents + (exchange.difference_cents if exchange is not None and exchange.charged else 0)
    if paid < 0:
        yield "payments: more is refunded than was paid"
    if paid > due:
        yield f"payments: {paid} cents are paid for an order of {due}"


def _line_reference_problems(order: Order) -> Iterator[str]:
    known = {line.line_id for line in order.lines}
    for parcel in order.fulfilments:
        yield from (f"fulfilment {parcel.tracking_id}: no line {line_id!r}" for line_id in parcel.line_ids if line_id not in known)
    if order.exchange_request is not None:
        swapped = [change.line_id for change in order.exchange_request.changes]
        yield from (f"exchange_request: no line {line_id!r}" for line_id in swapped if line_id not in known)
    if order.return_request is not None:
        yield from (f"return_request: no line {line_id!r}" for line_id in order.return_request.line_ids if line_id not in known)


def _twice(ids: Iterable[str]) -> Iterator[str]:
    return (f"{each}: this id is there {count} times" for each, count in Counter(ids).items() if count > 1)
