"""Reading and writing single records inside a transaction that the caller opened."""

import asyncio
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.backends.sql import tables as t
from shop.models import Actor, Customer, CustomerId, Level, Order, PaymentMethod, Product, Variant

# A large catalogue takes seconds to read; the server answers others meanwhile.
_GIVE_WAY_AFTER = 200
_LIVE_IN_VARIANTS = {"variants"}
_LIVE_IN_METHODS = {"payment_methods"}
# Orders without a date come behind all others; the document keeps the truth.
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """The condition that leaves an actor with their own orders, for every lookup alike."""
    if actor.level is Level.ANONYMOUS:
        return false()
    proved = t.orders.c.order_id.in_(sorted(actor.order_ids))
    return proved if actor.customer_id is None else or_(t.orders.c.customer_id == actor.customer_id, proved)


async def find_order(db: AsyncConnection, actor: Actor, order_key: str) -> Order | None:
    """The order with this key within the actor's reach."""
    query = select(t.orders.c.document).where(and_(t.orders.c.order_key == order_key, within_reach(actor)))
    document = await db.scalar(query)
    return None if document is None else Order.model_validate(document)


async def lock_order(db: AsyncConnection, order_id: str) -> Order | None:
    """The order, with its row kept from other writers until the transaction ends."""
    document = await db.scalar(select(t.orders.c.document).where(t.orders.c.order_id == order_id).with_for_update())
    return None if document is None else Order.model_validate(document)


async def save_order(db: AsyncConnection, order: Order) -> None:
    """Write an existing order."""
    values = {"status": order.status.value, "document": order.model_dump(mode="json")}
    await db.execute(update(t.orders).where(t.orders.c.order_id == order.order_id).values(values))


async def lock_customer(db: AsyncConnection, customer_id: CustomerId) -> Customer | None:
    """The customer, with their row kept from other writers until the transaction ends."""
    found = await list_customers(db, select(t.customers).where(t.customers.c.customer_id == customer_id).with_for_update())
    return found[0] if found else None


async def save_customer(db: AsyncConnection, customer: Customer) -> None:
    """Write an existing customer; payment methods stay as they are."""
    await db.execute(update(t.customers).where(t.customers.c.customer_id == customer.customer_id).values(_customer_values(customer)))


async def move_stock(db: AsyncConnection, pieces: Mapping[str, int]) -> bool:
    """Put pieces into stock, or take them where negative; uncounted stock stays. Tells whether there was enough of everything.

    Counting first keeps other writers of stock out until the transaction ends.
    """
    counted = {variant_id: count for variant_id, count in pieces.items() if count}
    if not counted:
        return True
    version, stock = await count_write(db, "stock"), t.variants.c.stock
    for variant_id in sorted(counted):
        enough = and_(t.variants.c.variant_id == variant_id, or_(stock < 0, stock + counted[variant_id] >= 0))
        new = case((stock < 0, stock), else_=stock + counted[variant_id])
        moved = await db.execute(update(t.variants).where(enough).values(stock=new, stock_version=version))
        # A piece of a variant that the shop no longer has goes back to nowhere; one cannot be taken from there.
        if moved.rowcount == 0 and counted[variant_id] < 0:
            return False
    return True


async def move_balances(db: AsyncConnection, customer_id: CustomerId, cents: Mapping[str, int]) -> bool:
    """Add cents to gift cards of a customer, or take them where negative. Tells whether each card is there and had enough."""
    methods = t.payment_methods
    for method_id in sorted(cents):
        row = and_(methods.c.customer_id == customer_id, methods.c.payment_method_id == method_id)
        enough = methods.c.balance_cents + cents[method_id] >= 0
        moved = await db.execute(update(methods).where(row, enough).values(balance_cents=methods.c.balance_cents + cents[method_id]))
        if moved.rowcount != 1:
            return False
    return True


async def count_write(db: AsyncConnection, name: str) -> int:
    """Tell caches that products or stock changed; gives the new count."""
    counter = t.counters
    counted = update(counter).where(counter.c.name == name).values(value=counter.c.value + 1).returning(counter.c.value)
    return int((await db.execute(counted)).scalar_one())


async def list_products(db: AsyncConnection) -> list[Product]:
    """The whole catalogue in its order."""
    rows = (await db.execute(select(t.variants).order_by(t.variants.c.product_id, t.variants.c.position))).all()
    by_product: dict[str, list[Variant]] = {}
    for row in rows:
        variant = Variant(variant_id=row.variant_id, options=row.options, price_cents=row.price_cents, stock=row.stock)
        by_product.setdefault(row.product_id, []).append(variant)
    documents = (await db.execute(select(t.products.c.document).order_by(t.products.c.position))).scalars().all()
    products: list[Product] = []
    for document in documents:
        products.append(Product.model_validate({**document, "variants": by_product[document["product_id"]]}))
        if len(products) % _GIVE_WAY_AFTER == 0:
            await asyncio.sleep(0)
    return products


async def list_customers(db: AsyncConnection, query: Select[Any]) -> list[Customer]:
    """The customers that `query` over the customers' rows selects, with their payment methods."""
    rows = (await db.execute(query)).all()
    methods = await _list_methods(db, [row.customer_id for row in rows])
    return [Customer.model_validate({**row.document, "payment_methods": methods.get(row.customer_id, [])}) for row in rows]


async def _list_methods(db: AsyncConnection, customer_ids: Sequence[str]) -> dict[str, list[PaymentMethod]]:
    methods = t.payment_methods
    found: dict[str, list[PaymentMethod]] = {}
    for some in _batches(customer_ids):
        query = select(methods).where(methods.c.customer_id.in_(some)).order_by(methods.c.customer_id, methods.c.position)
        for row in (await db.execute(query)).all():
            found.setdefault(row.customer_id, []).append(_method(row))
    return found


def _batches(items: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _method(row: Row[Any]) -> PaymentMethod:
    return PaymentMethod.model_validate({**row.document, "balance_cents": row.balance_cents})


def product_row(product: Product, position: int) -> dict[str, Any]:
    """A product without its variants, which have rows of their own because stock moves."""
    document = product.model_dump(mode="json", exclude=_LIVE_IN_VARIANTS)
    return {"product_id": product.product_id, "position": position, "document": document}


def variant_rows(product: Product) -> list[dict[str, Any]]:
    """A product's variants."""
    return [{**v.model_dump(mode="json"), "product_id": product.product_id, "position": i} for i, v in enumerate(product.variants)]


def customer_row(customer: Customer, position: int) -> dict[str, Any]:
    """A customer without payment methods, which have rows of their own because balances move."""
    return {"customer_id": customer.customer_id, "position": position, **_customer_values(customer)}


def _customer_values(customer: Customer) -> dict[str, Any]:
    return {
        "document": customer.model_dump(mode="json", exclude=_LIVE_IN_METHODS),
        "email_key": email_key(customer.email),
        "name_key": name_key(customer.first_name, customer.last_name, customer.address.postal_code),
    }


def email_key(email: str) -> str:
    """The form in which e-mail addresses are compared."""
    return _folded(email)[:320]


def name_key(first_name: str, last_name: str, postal_code: str) -> str:
    """The form in which names with a postal code are compared."""
    return f"{_folded(first_name)}|{_folded(last_name)}|{postal_code.strip()}"[:320]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def method_rows(customer: Customer) -> list[dict[str, Any]]:
    """A customer's payment methods."""
    return [
        {
            "customer_id": customer.customer_id,
            "payment_method_id": method.payment_method_id,
            "position": i,
            "balance_cents": method.balance_cents,
            "document": method.model_dump(mode="json", exclude={"balance_cents"}),
        }
        for i, method in enumerate(customer.payment_methods)
    ]


def order_row(order: Order, order_key: str) -> dict[str, Any]:
    """An order."""
    return {
        "order_id": order.order_id,
        "order_key": order_key,
        "customer_id": order.customer_id,
        "status": order.status.value,
        "placed_at": order.placed_at or _UNDATED,
        "document": order.model_dump(mode="json"),
    }
