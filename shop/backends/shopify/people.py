"""Shopify's customers as ours."""

from collections.abc import Iterable

from shop.backends.shopify.orders import customer_id_of
from shop.backends.shopify.values import NO_EMAIL, Json, read_address, read_email, read_method, tail
from shop.models import Customer, CustomerId, OrderContact, OrderId, PaymentMethod


def read_customer(node: Json) -> Customer:
    """Read what `queries.GET_CUSTOMER` gives. The payment methods are those that paid for the latest orders."""
    transactions = (each for order in node["orders"]["nodes"] for each in order["transactions"])
    return Customer(
        customer_id=CustomerId(tail(node["id"])),
        first_name=node["firstName"] or "-",
        last_name=node["lastName"] or "-",
        email=read_email(node),
        address=read_address(node["defaultAddress"]),
        payment_methods=_methods(transactions),
    )


def read_guest(order: Json) -> Customer:
    """Whoever placed an order without an account, from the order alone."""
    address = order["shippingAddress"] or order["billingAddress"]
    return Customer(
        customer_id=customer_id_of(order),
        first_name=(address or {}).get("firstName") or "-",
        last_name=(address or {}).get("lastName") or "-",
        email=order["email"] or NO_EMAIL,
        address=read_address(address),
        payment_methods=_methods(order["transactions"]),
    )


def read_contact(order: Json) -> OrderContact | None:
    """Whom an order belongs to; None where it has no e-mail address."""
    email = order["email"] or read_email(order["customer"])
    person = order["customer"] or order["shippingAddress"] or order["billingAddress"] or {}
    if email == NO_EMAIL:
        return None
    return OrderContact(
        order_id=OrderId(order["name"]),
        customer_id=customer_id_of(order),
        email=email,
        first_name=person.get("firstName") or "-",
        last_name=person.get("lastName") or "-",
        postal_code=read_address(order["shippingAddress"] or order["billingAddress"]).postal_code,
    )


def _methods(transactions: Iterable[Json]) -> list[PaymentMethod]:
    """Cards and PayPal. The API tells neither a gift card's code nor its balance, so gift cards are left out."""
    found = (read_method(each) for each in transactions if each["kind"] in {"SALE", "CAPTURE"})
    return list({method.payment_method_id: method for method in found if method}.values())
