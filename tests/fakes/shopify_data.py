"""Our small shops as Shopify would show them: every field that its documentation gives to the objects that we read."""

from datetime import datetime
from typing import Any

from shop.models import Address, Customer, Order, OrderLine, OrderStatus, PaymentEntry, PaymentEntryKind, PaymentKind, Product

Json = dict[str, Any]
_FULFILMENT = {OrderStatus.PENDING: "UNFULFILLED", OrderStatus.CANCELLED: "UNFULFILLED", OrderStatus.PROCESSED: "IN_PROGRESS"}
_ARRIVED = {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED}


def gid(kind: str, tail: str) -> str:
    """A global id."""
    return f"gid://shopify/{kind}/{tail}"


def bag(cents: int, currency: str = "EUR") -> Json:
    """A MoneyBag."""
    money = {"amount": f"{cents / 100:.2f}", "currencyCode": currency}
    return {"presentmentMoney": money, "shopMoney": money}


def at(moment: datetime | None) -> str | None:
    """A DateTime."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def address_node(address: Address, first_name: str, last_name: str) -> Json:
    """A MailingAddress."""
    return {
        "firstName": first_name,
        "lastName": last_name,
        "address1": address.line1,
        "address2": address.line2 or None,
        "city": address.city,
        "provinceCode": address.region or None,
        "zip": address.postal_code,
        "countryCodeV2": address.country,
    }


def customer_node(customer: Customer) -> Json:
    """A Customer, without its orders."""
    return {
        "id": gid("Customer", customer.customer_id),
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "defaultEmailAddress": {"emailAddress": customer.email},
        "defaultAddress": address_node(customer.address, customer.first_name, customer.last_name),
    }


def product_node(product: Product) -> Json:
    """A Product."""
    return {
        "id": gid("Product", product.product_id),
        "title": product.name,
        "productType": product.product_type,
        "vendor": product.brand,
        "description": product.description,
        "tags": product.keywords,
        "status": "ACTIVE",
        "updatedAt": "2026-03-01T00:00:00Z",
        "onlineStoreUrl": None,
        "featuredMedia": None,
        "variants": {
            "nodes": [
                {
                    "id": gid("ProductVariant", variant.variant_id),
                    "price": f"{variant.price_cents / 100:.2f}",
                    "availableForSale": variant.available,
                    "inventoryQuantity": variant.stock or 0,
                    "inventoryPolicy": "DENY",
                    "inventoryItem": {"tracked": variant.stock is not None},
                    "selectedOptions": [{"name": name.title(), "value": value} for name, value in variant.options.items()],
                }
                for variant in product.variants
            ]
        },
    }


def order_node(order: Order, customer: Customer) -> Json:
    """An Order. Whatever was shipped went in one parcel."""
    shipped = order.status not in _FULFILMENT
    return {
        "id": gid("Order", order.order_id),
        "name": order.order_id,
        "createdAt": at(order.placed_at),
        "email": customer.email,
        "note": order.note or None,
        "edited": order.items_changed,
        "taxesIncluded": True,
        "presentmentCurrencyCode": order.currency,
        "cancelledAt": at(order.cancelled_at),
        "cancellation": {"staffNote": None} if order.cancelled_at else None,
        "displayFulfillmentStatus": _FULFILMENT.get(order.status, "FULFILLED"),
        "customer": {k: v for k, v in customer_node(customer).items() if k != "defaultAddress"},
        "shippingAddress": address_node(order.address, customer.first_name, customer.last_name),
        "billingAddress": None,
        "totalPriceSet": bag(order.total_cents),
        "shippingLines": {"nodes": [{"discountedPriceSet": bag(order.shipping_cents), "taxLines": []}] if order.shipping_cents else []},
        "lineItems": {"nodes": [_line_node(line) for line in order.lines]},
        "transactions": [_transaction_node(i, entry, order, customer) for i, entry in enumerate(order.payments)],
        "fulfillments": [_parcel_node(order)] if shipped else [],
        "returns": {"nodes": []},
    }


def _line_node(line: OrderLine) -> Json:
    return {
        "id": gid("LineItem", line.line_id),
        "title": line.name,
        "quantity": line.quantity,
        "currentQuantity": line.quantity,
        "product": {"id": gid("Product", line.product_id)},
        "variant": {
            "id": gid("ProductVariant", line.variant_id),
            "selectedOptions": [{"name": name.title(), "value": value} for name, value in line.options.items()],
        },
        "originalTotalSet": bag(line.price_cents * line.quantity),
        "discountAllocations": [],
        "taxLines": [],
    }


def _transaction_node(number: int, entry: PaymentEntry, order: Order, customer: Customer) -> Json:
    method = next(each for each in customer.payment_methods if each.payment_method_id == entry.payment_method_id)
    card = {"__typename": "CardPaymentDetails", "company": method.brand, "number": f"•••• •••• •••• {method.last_four}"}
    gateways = {PaymentKind.CARD: "shopify_payments", PaymentKind.PAYPAL: "paypal", PaymentKind.GIFT_CARD: "gift_card"}
    return {
        "id": gid("OrderTransaction", f"{order.order_id}-{number}"),
        "kind": "SALE" if entry.kind is PaymentEntryKind.PAYMENT else "REFUND",
        "status": "SUCCESS",
        "createdAt": at(entry.at),
        "gateway": gateways[method.kind],
        "accountNumber": None,
        "amountSet": bag(entry.amount_cents),
        "parentTransaction": None,
        "paymentDetails": card if method.kind is PaymentKind.CARD else None,
    }


def _parcel_node(order: Order) -> Json:
    items = [
        {"id": gid("FulfillmentLineItem", line.line_id), "quantity": line.quantity, "lineItem": {"id": gid("LineItem", line.line_id)}}
        for line in order.lines
    ]
    arrived = order.status in _ARRIVED
    return {
        "status": "SUCCESS",
        "displayStatus": "DELIVERED" if arrived else "IN_TRANSIT",
        "createdAt": at(order.shipped_at),
        "inTransitAt": at(order.shipped_at),
        "deliveredAt": at(order.delivered_at),
        "estimatedDeliveryAt": None,
        "trackingInfo": [{"company": "Postline", "number": "PO1", "url": None}],
        "events": {"nodes": [{"status": "IN_TRANSIT", "happenedAt": at(order.shipped_at), "city": "Hamburg", "message": None}]},
        "fulfillmentLineItems": {"nodes": items},
    }
