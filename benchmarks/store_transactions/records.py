"""Our records in the data's words, what changed between two states of a shop, and whether that is what was expected."""

from collections.abc import Iterable
from typing import Any

from benchmarks.store_transactions.convert import ITEMS_CHANGED, cents_of, country_code
from benchmarks.store_transactions.source import Record
from shop.models import Address, Customer, Order, OrderStatus, PaymentMethod, ShopData

Changes = dict[str, Record]
_STATUS = {OrderStatus.RETURN_REQUESTED: "return requested", OrderStatus.EXCHANGE_REQUESTED: "exchange requested"}
_AMOUNTS = frozenset({"amount", "price", "balance", "exchange_price_difference"})
_LOOSE = frozenset({"price", "options"})


def changes_between(before: ShopData, after: ShopData) -> Changes:
    """Every changed record with its changed fields and their values afterwards, amounts in cents; fields without a value left out."""
    pairs = [
        *_pairs("orders", {order.order_id: order for order in before.orders}, after.orders, "order_id"),
        *_pairs("users", {one.customer_id: one for one in before.customers}, after.customers, "customer_id"),
    ]
    changed = {key: _changed(told_record(old) if old else {}, told_record(new)) for key, old, new in pairs if old != new}
    return {key: fields for key, fields in changed.items() if fields}


def normalised(expected: Changes) -> Changes:
    """The expected changes with amounts in cents and countries by their codes, so that equal means equal."""
    return {key: {field: _normal(value, field) for field, value in fields.items()} for key, fields in expected.items()}


def without_prices(changes: Changes) -> Changes:
    """The changes without what a line costs and looks like: the reference is known to get that wrong for several items."""
    return {key: fields | ({"items": _loose(fields["items"])} if "items" in fields else {}) for key, fields in changes.items()}


def differences(expected: Changes, actual: Changes) -> list[str]:
    """What is not as expected, a line for each field; empty where all is."""
    found = []
    for key in sorted(expected.keys() | actual.keys()):
        wanted, got = expected.get(key, {}), actual.get(key, {})
        for field in sorted(wanted.keys() | got.keys()):
            if wanted.get(field) != got.get(field):
                found.append(f"{key}.{field}: expected {wanted.get(field)!r}, found {got.get(field)!r}")
    return found


def told_record(record: Order | Customer) -> Record:
    """One record in the data's fields, amounts in cents."""
    return _order(record) if isinstance(record, Order) else _customer(record)


def _pairs(kind: str, before: dict[Any, Any], after: Iterable[Any], key: str) -> list[tuple[str, Any, Any]]:
    return [(f"{kind}/{getattr(one, key)}", before.get(getattr(one, key)), one) for one in after]


def _changed(old: Record, new: Record) -> Record:
    return {field: value for field, value in new.items() if value is not None and old.get(field) != value}


def _order(order: Order) -> Record:
    return {
        "status": _status(order),
        "address": _address(order.address),
        "items": [
            {
                "name": line.name,
                "product_id": line.product_id,
                "item_id": line.variant_id,
                "price": line.price_cents,
                "options": line.options,
            }
            for line in order.lines
        ],
        "payment_history": [
            {"transaction_type": entry.kind.value, "amount": entry.amount_cents, "payment_method_id": entry.payment_method_id}
            for entry in order.payments
        ],
        "cancel_reason": order.cancel_reason,
        **_return(order),
        **_exchange(order),
    }


def _status(order: Order) -> str:
    if order.status is OrderStatus.PENDING and order.items_changed:
        return ITEMS_CHANGED
    return _STATUS.get(order.status, order.status.value)


def _return(order: Order) -> Record:
    request = order.return_request
    if request is None:
        return {}
    items = {line.line_id: line.variant_id for line in order.lines}
    returned = sorted(items[line_id] for line_id in request.line_ids)
    return {"return_items": returned, "return_payment_method_id": request.payment_method_id}


def _exchange(order: Order) -> Record:
    request = order.exchange_request
    if request is None:
        return {}
    return {
        "exchange_items": sorted(change.old_variant_id for change in request.changes),
        "exchange_new_items": sorted(change.new_variant_id for change in request.changes),
        "exchange_payment_method_id": request.payment_method_id,
        "exchange_price_difference": request.difference_cents,
    }


def _customer(customer: Customer) -> Record:
    return {
        "address": _address(customer.address),
        "payment_methods": {method.payment_method_id: _method(method) for method in customer.payment_methods},
    }


def _method(method: PaymentMethod) -> Record:
    source = "credit_card" if method.kind.value == "card" else method.kind.value
    told = {"source": source, "id": method.payment_method_id}
    more = {"brand": method.brand, "last_four": method.last_four} if source == "credit_card" else {}
    balance = {"balance": method.balance_cents} if method.balance_cents is not None else {}
    return {**told, **more, **balance}


def _address(address: Address) -> Record:
    return {
        "address1": address.line1,
        "address2": address.line2,
        "city": address.city,
        "state": address.region,
        "country": address.country,
        "zip": address.postal_code,
    }


def _normal(value: Any, field: str) -> Any:
    if isinstance(value, dict):
        return {name: _normal(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner, field) for inner in value]
    if field in _AMOUNTS and value is not None:
        return cents_of(value)
    return country_code(value) if field == "country" else value


def _loose(items: Any) -> Any:
    return [{name: value for name, value in item.items() if name not in _LOOSE} for item in items]
