"""The data's records in our documented shop format (`shop/schema`). Order dates and stock counts are not in the data, and not invented."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from benchmarks.store_transactions.source import Record
from shop.models import (
    Address,
    Customer,
    Fulfilment,
    Order,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentKind,
    PaymentMethod,
    Product,
    ShopData,
    Variant,
)

CURRENCY: Final = "USD"
BRAND: Final = "Corner Store"
"""The shop has no name in the data, and its products have no brand: both get this one."""
ITEMS_CHANGED: Final = "pending (item modified)"
_KINDS = {"credit_card": PaymentKind.CARD, "paypal": PaymentKind.PAYPAL, "gift_card": PaymentKind.GIFT_CARD}
_COUNTRIES: Final = {
    "usa": "US", "united states": "US", "united states of america": "US", "canada": "CA", "mexico": "MX", "united kingdom": "GB",
    "uk": "GB", "ireland": "IE", "germany": "DE", "france": "FR", "spain": "ES", "portugal": "PT", "italy": "IT", "austria": "AT",
    "switzerland": "CH", "netherlands": "NL", "belgium": "BE", "denmark": "DK", "sweden": "SE", "norway": "NO", "finland": "FI",
    "poland": "PL", "japan": "JP", "china": "CN", "india": "IN", "australia": "AU", "new zealand": "NZ", "brazil": "BR",
    "south korea": "KR", "singapore": "SG",
}  # fmt: skip


def convert(records: dict[str, dict[str, Record]]) -> ShopData:
    """The whole shop. Item ids become variant ids, and every item of an order is a line of one piece.

    Raises:
        ValueError: If a record cannot be told in our format; says which.
    """
    return ShopData(
        products=[_product(record) for record in records["products"].values()],
        customers=[_customer(record) for record in records["users"].values()],
        orders=[_order(record) for record in records["orders"].values()],
    )


def cents_of(amount: float | str) -> int:
    """An amount in cents, exactly: 0.1 + 0.2 of the data's floats is 30."""
    return round(Decimal(str(amount)) * 100)


def country_code(name: str) -> str:
    """The ISO 3166 alpha-2 code of a country as the data writes it.

    Raises:
        ValueError: If it is not known here.
    """
    if len(name) == 2 and name.isalpha() and name.isupper() and name != "UK":
        return name
    try:
        return _COUNTRIES[name.strip().casefold()]
    except KeyError:
        msg = f"No country code is known for {name!r}."
        raise ValueError(msg) from None


def address_of(record: Record) -> Address:
    """An address of the data, or the arguments of a call that holds one."""
    return Address(
        line1=record["address1"],
        line2=record["address2"],
        city=record["city"],
        region=record["state"],
        postal_code=record["zip"],
        country=country_code(record["country"]),
    )


def line_ids_of(item_ids: Iterable[str]) -> list[str]:
    """A line id for each item of an order: the item's own, numbered from its second piece on."""
    seen = Counter[str]()
    line_ids = []
    for item_id in item_ids:
        seen[item_id] += 1
        line_ids.append(item_id if seen[item_id] == 1 else f"{item_id}-{seen[item_id]}")
    return line_ids


def _product(record: Record) -> Product:
    variants = [
        Variant.model_validate(
            {
                "variant_id": variant["item_id"],
                "options": variant["options"],
                "price_cents": cents_of(variant["price"]),
                "stock": None if variant["available"] else 0,
            }
        )
        for variant in record["variants"].values()
    ]
    name = record["name"]
    return Product.model_validate(
        {
            "product_id": record["product_id"],
            "name": name,
            "product_type": name,
            "brand": BRAND,
            "description": _options_words(variants),
            "currency": CURRENCY,
            "variants": variants,
        }
    )


def _options_words(variants: Iterable[Variant]) -> str:
    """What there is to choose: the data describes its products by nothing else."""
    values: dict[str, dict[str, None]] = {}
    for variant in variants:
        for option, value in variant.options.items():
            values.setdefault(option, {})[value] = None
    return "To choose: " + "; ".join(f"{option}: {', '.join(found)}" for option, found in values.items()) + "."


def _customer(record: Record) -> Customer:
    return Customer.model_validate(
        {
            "customer_id": record["user_id"],
            "first_name": record["name"]["first_name"],
            "last_name": record["name"]["last_name"],
            "email": record["email"],
            "address": address_of(record["address"]),
            "payment_methods": [_method(method) for method in record["payment_methods"].values()],
        }
    )


def _method(record: Record) -> PaymentMethod:
    kind = _KINDS[record["source"]]
    return PaymentMethod(
        payment_method_id=record["id"],
        kind=kind,
        brand=record.get("brand", ""),
        last_four=record.get("last_four", ""),
        balance_cents=cents_of(record["balance"]) if kind is PaymentKind.GIFT_CARD else None,
    )


def _order(record: Record) -> Order:
    line_ids = line_ids_of(item["item_id"] for item in record["items"])
    status = "pending" if record["status"] == ITEMS_CHANGED else record["status"]
    if status not in {"pending", "processed", "delivered", "cancelled"}:
        msg = f"Order {record['order_id']!r} has the status {status!r}, which this conversion does not know."
        raise ValueError(msg)
    return Order.model_validate(
        {
            "order_id": record["order_id"],
            "customer_id": record["user_id"],
            "status": OrderStatus(status),
            "items_changed": record["status"] == ITEMS_CHANGED,
            "currency": CURRENCY,
            "address": address_of(record["address"]),
            "lines": [_line(item, line_id) for item, line_id in zip(record["items"], line_ids, strict=True)],
            "payments": [_entry(entry) for entry in record["payment_history"]],
            "fulfilments": _parcels(record["fulfillments"]),
            "cancel_reason": record.get("cancel_reason"),
        }
    )


def _line(item: Record, line_id: str) -> OrderLine:
    return OrderLine.model_validate(
        {
            "line_id": line_id,
            "product_id": item["product_id"],
            "variant_id": item["item_id"],
            "name": item["name"],
            "options": item["options"],
            "price_cents": cents_of(item["price"]),
        }
    )


def _entry(entry: dict[str, Any]) -> PaymentEntry:
    return PaymentEntry.model_validate(
        {
            "kind": entry["transaction_type"],
            "amount_cents": cents_of(entry["amount"]),
            "payment_method_id": entry["payment_method_id"],
        }
    )


def _parcels(fulfilments: Iterable[Record]) -> list[Fulfilment]:
    """A parcel for each tracking number. Pieces of one item are told apart over the whole order, as its lines are."""
    listed = list(fulfilments)
    lines = iter(line_ids_of(item_id for one in listed for item_id in one["item_ids"]))
    parcels = []
    for one in listed:
        line_ids = [next(lines) for _ in one["item_ids"]]
        parcels += [Fulfilment.model_validate({"tracking_id": t, "carrier": "", "line_ids": line_ids}) for t in one["tracking_id"]]
    return parcels
