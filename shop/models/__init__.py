"""The shop's nouns. Money is integer cents in an ISO 4217 currency; times are UTC."""

from shop.models.changes import Charge, Decision, OperationName, Proposal, Quote, Receipt, Refund, Terms, WishedChange
from shop.models.nouns import Cents, Currency, CustomerId, LineId, Noun, OrderId, ProductId, ProposalId, VariantId, now_utc, utc
from shop.models.orders import (
    ExchangeRequest,
    Fulfilment,
    LineChange,
    Order,
    OrderContact,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    RefundStatus,
    ReturnRequest,
    TrackingEvent,
)
from shop.models.people import Actor, Address, Customer, Level, PaymentKind, PaymentMethod
from shop.models.products import Product, ProductFilter, Review, Variant

__all__ = [
    "Actor",
    "Address",
    "Cents",
    "Charge",
    "Currency",
    "Customer",
    "CustomerId",
    "Decision",
    "ExchangeRequest",
    "Fulfilment",
    "Level",
    "LineChange",
    "LineId",
    "Noun",
    "OperationName",
    "Order",
    "OrderContact",
    "OrderId",
    "OrderLine",
    "OrderStatus",
    "PaymentEntry",
    "PaymentEntryKind",
    "PaymentKind",
    "PaymentMethod",
    "Product",
    "ProductFilter",
    "ProductId",
    "Proposal",
    "ProposalId",
    "Quote",
    "Receipt",
    "Refund",
    "RefundStatus",
    "ReturnRequest",
    "Review",
    "ShopData",
    "Terms",
    "TrackingEvent",
    "Variant",
    "VariantId",
    "WishedChange",
    "now_utc",
    "utc",
]


class ShopData(Noun):
    """A whole shop, as imported and exported."""

    products: list[Product]
    customers: list[Customer]
    orders: list[Order]
