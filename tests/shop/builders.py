"""A small shop to test with, and the moment at which it is tested."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shop.models import (
    Actor,
    Address,
    Customer,
    CustomerId,
    Fulfilment,
    Level,
    LineId,
    Order,
    OrderId,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    PaymentKind,
    PaymentMethod,
    Product,
    ProductId,
    ReturnRequest,
    ShopData,
    TrackingEvent,
    Variant,
    VariantId,
)
from shop.settings import ShopSettings

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
SETTINGS = ShopSettings()
ADDRESS = Address(line1="Hafenweg 1", city="Hamburg", postal_code="20457", country="DE")
CARD = PaymentMethod(payment_method_id="card_ada_1111", kind=PaymentKind.CARD, brand="Visa", last_four="1111")
GIFT = PaymentMethod(payment_method_id="gift_ada_2222", kind=PaymentKind.GIFT_CARD, balance_cents=1000)
PAYPAL = PaymentMethod(payment_method_id="paypal_ada", kind=PaymentKind.PAYPAL)
ADA = Customer(
    customer_id=CustomerId("cus_ada"),
    first_name="Ada",
    last_name="Berg",
    email="ada@example.com",
    address=ADDRESS,
    payment_methods=[CARD, GIFT, PAYPAL],
)
BO = Customer(
    customer_id=CustomerId("cus_bo"),
    first_name="Bo",
    last_name="Lund",
    email="bo@example.com",
    address=ADDRESS,
    payment_methods=[PaymentMethod(payment_method_id="card_bo_3333", kind=PaymentKind.CARD, brand="Visa", last_four="3333")],
)
AS_ADA = Actor(level=Level.CUSTOMER, customer_id=ADA.customer_id)
AS_BO = Actor(level=Level.CUSTOMER, customer_id=BO.customer_id)
ANONYMOUS = Actor()


def as_guest(*order_ids: str) -> Actor:
    """A guest who proved these orders."""
    return Actor(level=Level.GUEST, order_ids=frozenset(map(OrderId, order_ids)))


def product(name: str, kind: str, *, price_cents: int = 2000, brand: str = "Nordlys", **fields: Any) -> Product:
    """A product in black and white, five of each."""
    variants = [
        Variant(variant_id=VariantId(f"{name}-{colour}"), options={"colour": colour}, price_cents=price_cents, stock=5)
        for colour in ("black", "white")
    ]
    return Product(
        **{
            "product_id": ProductId(name),
            "name": name.title(),
            "product_type": kind,
            "brand": brand,
            "description": f"A {kind}.",
            "currency": "EUR",
            "variants": variants,
            **fields,
        }
    )


def _lamp(colour: str, price_cents: int, stock: int | None) -> Variant:
    return Variant(variant_id=VariantId(f"lamp-{colour}"), options={"colour": colour}, price_cents=price_cents, stock=stock)


_PLAIN = product("lamp", "desk lamp")
# Brass costs more and is the last one, green costs less, red is sold out, and nobody counts the cork ones.
LAMP = _PLAIN.model_copy(
    update={
        "variants": [
            *_PLAIN.variants,
            _lamp("brass", 2600, 1),
            _lamp("green", 1500, 3),
            _lamp("red", 2000, 0),
            _lamp("cork", 2000, None),
        ]
    }
)
SHOES = product("shoes", "running shoes", price_cents=9000, brand="Calder")
PRODUCTS = [LAMP, SHOES]


def order(number: str = "CH-10001", status: OrderStatus = OrderStatus.PENDING, **fields: Any) -> Order:
    """An order of Ada's for a lamp and two pairs of shoes, 200.00 EUR, paid by card; delivered five days ago where delivered."""
    lines = [
        OrderLine(
            line_id=LineId(f"{number}-1"), product_id=LAMP.product_id, variant_id=VariantId("lamp-black"), name="Lamp", price_cents=2000
        ),
        OrderLine(
            line_id=LineId(f"{number}-2"),
            product_id=SHOES.product_id,
            variant_id=VariantId("shoes-white"),
            name="Shoes",
            options={"colour": "white"},
            price_cents=9000,
            quantity=2,
        ),
    ]
    return Order(
        **{
            "order_id": OrderId(number),
            "customer_id": ADA.customer_id,
            "status": status,
            "currency": "EUR",
            "address": ADDRESS,
            "lines": lines,
            "payments": [paid(20000)],
            "placed_at": NOW - timedelta(days=9),
            **_times(status),
            **fields,
        }
    )


def paid(cents: int, method: PaymentMethod = CARD) -> PaymentEntry:
    """A payment when the order was placed."""
    return PaymentEntry(
        kind=PaymentEntryKind.PAYMENT, amount_cents=cents, payment_method_id=method.payment_method_id, at=NOW - timedelta(days=9)
    )


def _times(status: OrderStatus) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if status is OrderStatus.CANCELLED:
        fields["cancelled_at"] = NOW - timedelta(days=8)
    if status in {OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED}:
        fields["shipped_at"] = NOW - timedelta(days=7)
    if status in {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED}:
        fields["delivered_at"] = NOW - timedelta(days=5)
    if status is OrderStatus.RETURN_REQUESTED:
        fields["return_request"] = ReturnRequest(
            line_ids=[], payment_method_id=CARD.payment_method_id, refund_cents=0, requested_at=NOW, send_by=NOW
        )
    return fields


def balance_of(data: ShopData, method: PaymentMethod = GIFT) -> int | None:
    """What a gift card of Ada's holds."""
    return next(m.balance_cents for m in data.customers[0].payment_methods if m.payment_method_id == method.payment_method_id)


def stock_of(data: ShopData, variant_id: str) -> int | None:
    """The pieces of a variant."""
    return next(v.stock for each in data.products for v in each.variants if v.variant_id == variant_id)


def parcel(line_ids: list[str]) -> Fulfilment:
    """A parcel on its way."""
    event = TrackingEvent(at=NOW - timedelta(days=7), place="Hamburg", text="Handed to the carrier")
    return Fulfilment(tracking_id="PO1", carrier="Postline", line_ids=[LineId(i) for i in line_ids], events=[event])


def small_shop(*orders: Order) -> ShopData:
    """Both products, Ada and Bo, and these orders; without any, a pending one, a delivered one, and one of Bo's."""
    listed = list(orders) or [
        order("CH-10001"),
        order("CH-10002", OrderStatus.DELIVERED),
        order("CH-10003", customer_id=BO.customer_id, payments=[paid(20000, BO.payment_methods[0])]),
    ]
    return ShopData(products=PRODUCTS, customers=[ADA, BO], orders=listed)
