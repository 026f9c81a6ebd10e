"""One order of the demo shop in a given state, its dates counted back from now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shop.business_days import add_business_days
from shop.models import (
    Customer,
    Fulfilment,
    LineId,
    Order,
    OrderId,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    PaymentKind,
    Product,
    ReturnRequest,
    TrackingEvent,
    Variant,
)
from shop.settings import ShopSettings

_CARRIERS = ("Postline", "Nordpaket", "Swiftfen")
_ARRIVED = (OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED)
_FREE_SHIPPING_FROM = 6000
_SHIPPING_CENTS = 490
_HUBS = {"SE": "Malmö", "DK": "Padborg", "AT": "Passau", "NL": "Hengelo", "BE": "Liège", "FR": "Strasbourg"}


@dataclass(frozen=True)
class Plan:
    """What an order is to be.

    Attributes:
        days_ago: How long ago it was placed, in days; the parcel's stages follow from it.
        bought: Product, variant and quantity of each line.
        split: Whether a gift card paid a part of it.
    """

    customer: Customer
    status: OrderStatus
    days_ago: float
    bought: list[tuple[Product, Variant, int]]
    payment_method_id: str
    split: bool = False
    reason: str = "no longer needed"
    exchange_note: str = "Another size, please."
    random: Random = field(default_factory=lambda: Random(0))

    def placed_at(self, now: datetime) -> datetime:
        """When the order was placed."""
        return now - timedelta(days=self.days_ago)


def build_order(plan: Plan, number: int, now: datetime) -> Order:
    """Write the order of a plan under the number CH-<number>."""
    order_id = OrderId(f"CH-{number}")
    lines = [_line(f"{order_id}-{i}", *item) for i, item in enumerate(plan.bought, 1)]
    goods = sum(line.price_cents * line.quantity for line in lines)
    order = Order(
        order_id=order_id,
        customer_id=plan.customer.customer_id,
        status=plan.status,
        currency="EUR",
        address=plan.customer.address,
        lines=lines,
        shipping_cents=0 if goods >= _FREE_SHIPPING_FROM else _SHIPPING_CENTS,
        placed_at=plan.placed_at(now),
    )
    order = order.model_copy(update={"payments": _payments(plan, order, now)})
    if plan.status is OrderStatus.CANCELLED:
        return _cancelled(order, plan, now)
    if plan.status in {OrderStatus.SHIPPED, *_ARRIVED}:
        order = _shipped(order, plan, now)
    if plan.status is OrderStatus.RETURN_REQUESTED:
        order = _return_requested(order, plan, now)
    if plan.status is OrderStatus.EXCHANGE_REQUESTED:
        order = order.model_copy(update={"exchange_note": plan.exchange_note})
    return order


def _line(line_id: str, product: Product, variant: Variant, quantity: int) -> OrderLine:
    return OrderLine(
        line_id=LineId(line_id),
        product_id=product.product_id,
        variant_id=variant.variant_id,
        name=product.name,
        options=variant.options,
        price_cents=variant.price_cents,
        quantity=quantity,
    )


def _payments(plan: Plan, order: Order, now: datetime) -> list[PaymentEntry]:
    gift = next((m for m in plan.customer.payment_methods if m.kind is PaymentKind.GIFT_CARD), None)
    total = order.total_cents
    from_gift = min(total // 2, 2000) if plan.split and gift and gift.payment_method_id != plan.payment_method_id else 0
    parts = [(plan.payment_method_id, total - from_gift)]
    if gift and from_gift:
        parts.append((gift.payment_method_id, from_gift))
    return [_entry(PaymentEntryKind.PAYMENT, cents, method_id, plan.placed_at(now)) for method_id, cents in parts]


def _entry(kind: PaymentEntryKind, cents: int, method_id: str, at: datetime) -> PaymentEntry:
    return PaymentEntry(kind=kind, amount_cents=cents, payment_method_id=method_id, at=at)


def _refund(paid: PaymentEntry, at: datetime, customer: Customer) -> PaymentEntry:
    at_once = any(m.kind is PaymentKind.GIFT_CARD for m in customer.payment_methods if m.payment_method_id == paid.payment_method_id)
    settles_by = None if at_once else add_business_days(at, ShopSettings().refund_business_days)
    entry = _entry(PaymentEntryKind.REFUND, paid.amount_cents, paid.payment_method_id, at)
    return entry.model_copy(update={"settles_by": settles_by})


def _cancelled(order: Order, plan: Plan, now: datetime) -> Order:
    at = plan.placed_at(now) + timedelta(minutes=plan.random.randint(20, 900))
    refunds = [_refund(paid, at, plan.customer) for paid in order.payments]
    return order.model_copy(update={"cancelled_at": at, "cancel_reason": plan.reason, "payments": [*order.payments, *refunds]})


def _shipped(order: Order, plan: Plan, now: datetime) -> Order:
    random = plan.random
    shipped_at = plan.placed_at(now) + timedelta(hours=random.randint(16, 40))
    expected_at = _no_sunday((shipped_at + timedelta(days=random.randint(3, 4))).replace(hour=18, minute=0, second=0, microsecond=0))
    delivered_at = expected_at - timedelta(hours=random.randint(2, 9), minutes=random.randint(0, 59))
    arrived = plan.status in _ARRIVED
    carrier = random.choice(_CARRIERS)
    tracking_id = f"{carrier[:2].upper()}{random.randint(10**9, 10**10 - 1)}"
    parcel = Fulfilment(
        tracking_id=tracking_id,
        carrier=carrier,
        tracking_url=f"https://tracking.example/{tracking_id}",
        line_ids=[line.line_id for line in order.lines],
        expected_at=expected_at,
        events=_events(order, shipped_at, delivered_at, now, arrived=arrived),
    )
    return order.model_copy(update={"shipped_at": shipped_at, "delivered_at": delivered_at if arrived else None, "fulfilments": [parcel]})


def _no_sunday(day: datetime) -> datetime:
    """Parcels do not come on Sundays; what would, comes on Saturday."""
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _events(order: Order, shipped_at: datetime, delivered_at: datetime, now: datetime, *, arrived: bool) -> list[TrackingEvent]:
    way = delivered_at - shipped_at
    hub = _HUBS.get(order.address.country, "Hannover")
    stages = [
        (0.0, "Hamburg", "Handed to the carrier"),
        (0.25, hub, "Sorted in the parcel centre"),
        (0.7, order.address.city, "Arrived at the local depot"),
        (0.9, order.address.city, "Out for delivery"),
    ]
    events = [TrackingEvent(at=shipped_at + way * part, place=place, text=text) for part, place, text in stages]
    if arrived:
        return [*events, TrackingEvent(at=delivered_at, place=order.address.city, text="Delivered")]
    return [event for event in events if event.at <= now]


def _return_requested(order: Order, plan: Plan, now: datetime) -> Order:
    delivered_at = order.delivered_at or now
    requested_at = delivered_at + (now - delivered_at) * 0.6
    back = order.lines[:1]
    request = ReturnRequest(
        line_ids=[line.line_id for line in back],
        payment_method_id=plan.payment_method_id,
        refund_cents=sum(line.price_cents * line.quantity for line in back),
        requested_at=requested_at,
        send_by=requested_at + timedelta(days=14),
    )
    return order.model_copy(update={"return_request": request})
