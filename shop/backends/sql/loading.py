"""Writing and reading a whole shop inside a transaction that the caller opened."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.backends.sql import records
from shop.backends.sql import tables as t
from shop.errors import InvalidShopData
from shop.models import Order, ShopData, now_utc

_IN_ORDER_OF_REFERENCE = (t.receipts, t.proposals, t.orders, t.payment_methods, t.customers, t.variants, t.products)


async def load(db: AsyncConnection, data: ShopData, key_of: Callable[[str], str | None], *, replace: bool) -> None:
    """Write `data`; with `replace`, in place of what is there.

    What was proposed and done before goes with the old shop, but stays in the audit rows.
    """
    if replace:
        for table in _IN_ORDER_OF_REFERENCE:
            await db.execute(delete(table))
    else:
        await _refuse_taken(db, data, key_of)
    first_product, first_customer = await _next_position(db, t.products), await _next_position(db, t.customers)
    await _insert(db, t.products, (records.product_row(p, i) for i, p in enumerate(data.products, first_product)))
    await _insert(db, t.variants, (row for p in data.products for row in records.variant_rows(p)))
    await _insert(db, t.customers, (records.customer_row(c, i) for i, c in enumerate(data.customers, first_customer)))
    await _insert(db, t.payment_methods, (row for c in data.customers for row in records.method_rows(c)))
    await _insert(db, t.orders, (records.order_row(o, key_of(o.order_id) or "") for o in data.orders))
    await records.count_write(db, "products")
    await records.count_write(db, "stock")
    await _note_load(db, data, replace=replace)


async def dump(db: AsyncConnection) -> ShopData:
    """Read the whole shop."""
    customers = await records.list_customers(db, select(t.customers).order_by(t.customers.c.position))
    documents = (await db.execute(select(t.orders.c.document).order_by(t.orders.c.order_key))).scalars()
    return ShopData(
        products=await records.list_products(db),
        customers=customers,
        orders=[Order.model_validate(document) for document in documents],
    )


async def _insert(db: AsyncConnection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        await db.execute(insert(table), listed)


async def _next_position(db: AsyncConnection, table: Table) -> int:
    return int(await db.scalar(select(func.coalesce(func.max(table.c.position), -1))) or 0) + 1


async def _note_load(db: AsyncConnection, data: ShopData, *, replace: bool) -> None:
    counts = {"products": len(data.products), "customers": len(data.customers), "orders": len(data.orders)}
    await db.execute(insert(t.audit).values(at=now_utc(), event="replaced" if replace else "imported", details=counts))


async def _refuse_taken(db: AsyncConnection, data: ShopData, key_of: Callable[[str], str | None]) -> None:
    variant_ids = [variant.variant_id for product in data.products for variant in product.variants]
    problems = [
        *await _list_taken(db, "products.json", t.products.c.product_id, ((p.product_id, p.product_id) for p in data.products)),
        *await _list_taken(db, "products.json", t.variants.c.variant_id, ((id_, id_) for id_ in variant_ids)),
        *await _list_taken(db, "customers.json", t.customers.c.customer_id, ((c.customer_id, c.customer_id) for c in data.customers)),
        *await _list_taken(db, "orders.json", t.orders.c.order_key, ((o.order_id, key_of(o.order_id)) for o in data.orders)),
    ]
    if problems:
        raise InvalidShopData(problems)


async def _list_taken(db: AsyncConnection, file: str, column: Any, ids: Iterable[tuple[str, str | None]]) -> list[str]:
    """The problems of those ids whose key, the second of each pair, is in the column already."""
    taken = set((await db.execute(select(column))).scalars())
    return [f"{file}: {named}: this id is already in the shop" for named, key in ids if key in taken]
