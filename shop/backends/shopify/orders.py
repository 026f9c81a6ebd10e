"""An order of Shopify's as ours."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from pydantic import Field

from shop.backends.shopify import queries
from shop.backends.shopify.values import Json, bag_cents, gid, method_id, moment, read_address, refunds_by_itself, tail
from shop.business_days import add_business_days
from shop.models import (
    CustomerId,
    Fulfilment,
    LineId,
    Order,
    OrderId,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    ProductId,
    ReturnRequest,
    TrackingEvent,
    VariantId,
)
from shop.settings import ShopSettings

GUEST: Final = "guest-"
"""Before the id of an order that was placed without an account: its customer is whoever placed it."""
_PAID: Final = {"SALE", "CAPTURE"}
_LIVE_RETURNS: Final = {"REQUESTED", "OPEN"}
_PENDING: Final = {"UNFULFILLED", "OPEN", "ON_HOLD", "SCHEDULED"}


class RemoteOrder(Order):
    """An order with what a write to Shopify needs besides. None of that is part of its state.

    Attributes:
        recipient: First and last name of the delivery address.
        returnable: For each line what was sent of it: ids of fulfilment line items, with pieces.
        marks: The notes on its cancellation and returns, where our writes leave the proposal's id.
        obstacle: Why its money is not ours to compute; empty where it is.
    """

    global_id: str = Field(exclude=True)
    recipient: tuple[str, str] = Field(exclude=True)
    returnable: dict[str, list[tuple[str, int]]] = Field(exclude=True)
    marks: str = Field(exclude=True)
    obstacle: str = Field(exclude=True)


def read_order(node: Json, settings: ShopSettings) -> RemoteOrder:
    """Read what `queries.GET_ORDER` gives."""
    payments = _payments(node, settings)
    lines, parcels = _lines(node), _parcels(node)
    status, shipping_cents = _status(node, parcels), _shipping_cents(node)
    delivered = [moment(parcel["deliveredAt"]) for parcel in parcels]
    return RemoteOrder(
        order_id=OrderId(node["name"]),
        customer_id=customer_id_of(node),
        status=status,
        currency=node["presentmentCurrencyCode"],
        address=read_address(node["shippingAddress"] or node["billingAddress"]),
        lines=lines,
        shipping_cents=shipping_cents,
        payments=payments,
        fulfilments=[_fulfilment(parcel) for parcel in parcels],
        placed_at=moment(node["createdAt"]),
        shipped_at=min((moment(parcel["inTransitAt"] or parcel["createdAt"]) for parcel in parcels), default=None, key=_time),
        delivered_at=max(delivered, key=_time) if delivered and all(delivered) else None,
        cancelled_at=moment(node["cancelledAt"]),
        return_request=_return_request(node, lines, payments, settings),
        items_changed=node["edited"],
        note=node["note"] or "",
        global_id=node["id"],
        recipient=_recipient(node),
        returnable=_returnable(parcels),
        marks=_marks(node),
        obstacle=_obstacle(node, sum(line.price_cents * line.quantity for line in lines) + shipping_cents),
    )


def customer_id_of(node: Json) -> CustomerId:
    """The account that an order belongs to, or the order itself."""
    return CustomerId(tail(node["customer"]["id"]) if node["customer"] else f"{GUEST}{tail(node['id'])}")


def order_gid_of_guest(customer_id: str) -> str | None:
    """The order that stands for a customer without an account; None for an account."""
    return gid("Order", customer_id.removeprefix(GUEST)) if customer_id.startswith(GUEST) else None


def _time(value: datetime | None) -> datetime:
    return value or datetime.max.replace(tzinfo=UTC)


def _parcels(node: Json) -> list[Json]:
    return [parcel for parcel in node["fulfillments"] if parcel["status"] == "SUCCESS"]


def _status(node: Json, parcels: list[Json]) -> OrderStatus:
    if node["cancelledAt"]:
        return OrderStatus.CANCELLED
    returns = [each for each in node["returns"]["nodes"] if each["status"] in _LIVE_RETURNS | {"CLOSED"}]
    if returns:
        swapped = any(each["exchangeLineItems"]["nodes"] for each in returns)
        return OrderStatus.EXCHANGE_REQUESTED if swapped else OrderStatus.RETURN_REQUESTED
    if node["displayFulfillmentStatus"] == "FULFILLED":
        arrived = all(parcel["deliveredAt"] or parcel["displayStatus"] == "DELIVERED" for parcel in parcels)
        return OrderStatus.DELIVERED if parcels and arrived else OrderStatus.SHIPPED
    if parcels:
        return OrderStatus.SHIPPED
    return OrderStatus.PENDING if node["displayFulfillmentStatus"] in _PENDING else OrderStatus.PROCESSED


def _pieces(item: Json, cancelled: bool) -> int:
    # A cancellation takes every piece out of the order; what was bought is to be told all the same.
    pieces: int = item["quantity"] if cancelled else item["currentQuantity"]
    return pieces


def _lines(node: Json) -> list[OrderLine]:
    items = node["lineItems"]["nodes"]
    bought = [item for item in items if _pieces(item, bool(node["cancelledAt"]))] or items
    return [_line(item, node) for item in bought]


def _line(item: Json, node: Json) -> OrderLine:
    variant = item["variant"] or {"id": "", "selectedOptions": []}
    options = {each["name"].lower(): each["value"] for each in variant["selectedOptions"] if each["name"] != "Title"}
    return OrderLine(
        line_id=LineId(tail(item["id"])),
        product_id=ProductId(tail(item["product"]["id"]) if item["product"] else ""),
        variant_id=VariantId(tail(variant["id"])),
        name=item["title"],
        options=options,
        price_cents=_line_cents(item, node) // item["quantity"],
        quantity=_pieces(item, bool(node["cancelledAt"])) or item["quantity"],
    )


def _line_cents(item: Json, node: Json) -> int:
    """What all pieces of a line cost the customer: less its share of every discount, with the taxes that come on top."""
    less = sum(bag_cents(each["allocatedAmountSet"]) for each in item["discountAllocations"])
    return bag_cents(item["originalTotalSet"]) - less + _taxes(item["taxLines"], node)


def _taxes(lines: Iterable[Json], node: Json) -> int:
    return 0 if node["taxesIncluded"] else sum(bag_cents(each["priceSet"]) for each in lines)


def _shipping_cents(node: Json) -> int:
    return sum(bag_cents(each["discountedPriceSet"]) + _taxes(each["taxLines"], node) for each in node["shippingLines"]["nodes"])


def _obstacle(node: Json, total_cents: int) -> str:
    items = node["lineItems"]["nodes"]
    full = len(node["fulfillments"]) == queries.PARCELS or len(node["transactions"]) == queries.TRANSACTIONS
    if node["lineItems"]["pageInfo"]["hasNextPage"] or full:
        return "it is larger than I can work out"
    if not node["cancelledAt"] and any(item["quantity"] != item["currentQuantity"] for item in items):
        return "items were already taken out of it"
    if any(_line_cents(item, node) % item["quantity"] for item in items) or bag_cents(node["totalPriceSet"]) != total_cents:
        return "its total has parts that I cannot split by item"
    if not all(refunds_by_itself(each) for each in _moved(node, _PAID)):
        return "of the way it was paid"
    return ""


def _moved(node: Json, kinds: set[str]) -> list[Json]:
    """The transactions of these kinds that moved money."""
    known = {"SUCCESS", "PENDING"} if kinds == {"REFUND"} else {"SUCCESS"}
    return [each for each in node["transactions"] if each["kind"] in kinds and each["status"] in known]


def _payments(node: Json, settings: ShopSettings) -> list[PaymentEntry]:
    paid = [
        PaymentEntry(
            kind=PaymentEntryKind.PAYMENT,
            amount_cents=bag_cents(each["amountSet"]),
            payment_method_id=method_id(each),
            at=moment(each["createdAt"]),
        )
        for each in _moved(node, _PAID)
    ]
    return paid + [_refund(each, node, settings) for each in _moved(node, {"REFUND"})]


def _refund(transaction: Json, node: Json, settings: ShopSettings) -> PaymentEntry:
    at, parent = moment(transaction["createdAt"]), (transaction["parentTransaction"] or {}).get("id")
    source = next((each for each in node["transactions"] if each["id"] == parent), transaction)
    return PaymentEntry(
        kind=PaymentEntryKind.REFUND,
        amount_cents=bag_cents(transaction["amountSet"]),
        payment_method_id=method_id(source),
        at=at,
        settles_by=add_business_days(at, settings.refund_business_days) if at else None,
    )


def _fulfilment(parcel: Json) -> Fulfilment:
    track = (parcel["trackingInfo"] or [{}])[0]
    return Fulfilment(
        tracking_id=track.get("number") or "",
        carrier=track.get("company") or "",
        tracking_url=track.get("url") or "",
        line_ids=[LineId(tail(each["lineItem"]["id"])) for each in parcel["fulfillmentLineItems"]["nodes"]],
        expected_at=moment(parcel["estimatedDeliveryAt"]),
        events=[_event(each) for each in parcel["events"]["nodes"]],
    )


def _event(node: Json) -> TrackingEvent:
    words = node["status"].replace("_", " ").capitalize()
    return TrackingEvent(at=moment(node["happenedAt"]), place=node["city"] or "", text=node["message"] or words)


def _returnable(parcels: Iterable[Json]) -> dict[str, list[tuple[str, int]]]:
    sent: dict[str, list[tuple[str, int]]] = {}
    for parcel in parcels:
        for each in parcel["fulfillmentLineItems"]["nodes"]:
            sent.setdefault(tail(each["lineItem"]["id"]), []).append((each["id"], each["quantity"]))
    return sent


def _return_request(node: Json, lines: list[OrderLine], payments: list[PaymentEntry], settings: ShopSettings) -> ReturnRequest | None:
    """The return on its way. Its refund is what the pieces cost, and goes to what the order was paid with."""
    live = [each for each in node["returns"]["nodes"] if each["status"] in _LIVE_RETURNS and not each["exchangeLineItems"]["nodes"]]
    requested = moment(live[0]["createdAt"]) if live else None
    if not requested or not payments:
        return None
    back: dict[str, int] = {}
    for item in (item for each in live for item in each["returnLineItems"]["nodes"]):
        line_id = tail(item["fulfillmentLineItem"]["lineItem"]["id"])
        back[line_id] = back.get(line_id, 0) + item["quantity"]
    return ReturnRequest(
        line_ids=[line.line_id for line in lines if line.line_id in back],
        payment_method_id=payments[0].payment_method_id,
        refund_cents=sum(line.price_cents * back.get(line.line_id, 0) for line in lines),
        requested_at=requested,
        send_by=requested + timedelta(days=settings.return_send_days) if settings.return_send_days else None,
    )


def _recipient(node: Json) -> tuple[str, str]:
    address = node["shippingAddress"] or node["customer"] or {}
    return address.get("firstName") or "", address.get("lastName") or ""


def _marks(node: Json) -> str:
    returned = [item["returnReasonNote"] for each in node["returns"]["nodes"] for item in each["returnLineItems"]["nodes"]]
    return "\n".join([(node["cancellation"] or {}).get("staffNote") or "", *(note or "" for note in returned)])
