"""The SQL back end: each method is one transaction."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.exc import IntegrityError

from shop.backends.base import CatalogueVersion, StoredProposal
from shop.backends.sql import commits, loading, records
from shop.backends.sql import tables as t
from shop.backends.sql.database import Database
from shop.changes.base import Change
from shop.errors import BackendUnavailable, InvalidShopData
from shop.models import (
    Actor,
    Customer,
    CustomerId,
    Decision,
    OperationName,
    Order,
    OrderContact,
    OrderStatus,
    Product,
    Proposal,
    ProposalId,
    Receipt,
    ShopData,
    VariantId,
)
from shop.order_ids import key_of

_ATTEMPTS = 3
P = ParamSpec("P")
R = TypeVar("R")


def _unbroken(
    method: Callable[Concatenate["SqlBackend", P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate["SqlBackend", P], Coroutine[Any, Any, R]]:
    """Let a transaction come to its end, even where whoever asked for it is cancelled meanwhile."""

    @wraps(method)
    async def whole(self: "SqlBackend", /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._database.finish(method(self, *args, **kwargs))

    return whole


class SqlBackend:
    """Implements `ShopBackend`."""

    def __init__(self, database: Database, order_id_prefix: str) -> None:
        self._database = database
        self._order_id_prefix = order_id_prefix

    @_unbroken
    async def get_secret(self) -> bytes:
        """See ShopBackend."""
        async with self._database.read() as db:
            value = await db.scalar(select(t.meta.c.value).where(t.meta.c.name == "token_secret"))
        return bytes.fromhex(value or "")

    @_unbroken
    async def get_catalogue_version(self) -> CatalogueVersion:
        """See ShopBackend."""
        async with self._database.read() as db:
            rows = (await db.execute(select(t.counters))).all()
        values = {row.name: row.value for row in rows}
        return CatalogueVersion(values["products"], values["stock"])

    @_unbroken
    async def list_products(self) -> list[Product]:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await records.list_products(db)

    @_unbroken
    async def list_moved_stock(self, since: int) -> dict[VariantId, int | None]:
        """See ShopBackend."""
        moved = select(t.variants.c.variant_id, t.variants.c.stock).where(t.variants.c.stock_version > since)
        async with self._database.read() as db:
            rows = (await db.execute(moved)).all()
        return {VariantId(row.variant_id): row.stock for row in rows}

    @_unbroken
    async def find_order(self, actor: Actor, order_key: str) -> Order | None:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await records.find_order(db, actor, order_key)

    @_unbroken
    async def list_orders(self, actor: Actor, limit: int) -> list[Order]:
        """See ShopBackend."""
        newest = (t.orders.c.placed_at.desc(), t.orders.c.order_key.desc())
        query = select(t.orders.c.document).where(records.within_reach(actor)).order_by(*newest).limit(limit)
        async with self._database.read() as db:
            return [Order.model_validate(document) for document in (await db.execute(query)).scalars()]

    async def find_refusal(self, operation: OperationName, subject: Order | Customer, arguments: Any) -> Decision | None:
        """See ShopBackend. Here everything can be done."""
        return None

    @_unbroken
    async def find_contact(self, order_key: str) -> OrderContact | None:
        """See ShopBackend."""
        query = select(t.orders.c.document, t.customers.c.document.label("customer")).join_from(t.orders, t.customers)
        async with self._database.read() as db:
            row = (await db.execute(query.where(t.orders.c.order_key == order_key))).first()
        if row is None:
            return None
        order, customer = Order.model_validate(row.document), Customer.model_validate(row.customer)
        return OrderContact(
            order_id=order.order_id,
            customer_id=order.customer_id,
            email=customer.email,
            first_name=customer.first_name,
            last_name=customer.last_name,
            postal_code=customer.address.postal_code,
        )

    @_unbroken
    async def find_customer(self, customer_id: CustomerId) -> Customer | None:
        """See ShopBackend."""
        async with self._database.read() as db:
            found = await records.list_customers(db, select(t.customers).where(t.customers.c.customer_id == customer_id))
        return found[0] if found else None

    @_unbroken
    async def list_customers_by_email(self, email: str) -> list[Customer]:
        """See ShopBackend."""
        return await self._list_customers_where(t.customers.c.email_key == records.email_key(email))

    @_unbroken
    async def list_customers_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> list[Customer]:
        """See ShopBackend."""
        return await self._list_customers_where(t.customers.c.name_key == records.name_key(first_name, last_name, postal_code))

    async def _list_customers_where(self, condition: ColumnElement[bool]) -> list[Customer]:
        async with self._database.read() as db:
            return await records.list_customers(db, select(t.customers).where(condition))

    @_unbroken
    async def list_customers(self, limit: int) -> list[Customer]:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await records.list_customers(db, select(t.customers).where(true()).order_by(t.customers.c.position).limit(limit))

    @_unbroken
    async def list_baskets(self) -> list[tuple[str, ...]]:
        """See ShopBackend."""
        query = select(t.orders.c.document["lines"]).where(t.orders.c.status != OrderStatus.CANCELLED.value).order_by(t.orders.c.order_key)
        async with self._database.read() as db:
            baskets = (await db.execute(query)).scalars().all()
        return [tuple(dict.fromkeys(line["product_id"] for line in lines)) for lines in baskets]

    @_unbroken
    async def open_proposal(self, proposal: Proposal) -> None:
        """See ShopBackend. A proposal that another process opens in the same moment is replaced, too."""
        for _ in range(_ATTEMPTS):
            try:
                async with self._database.write() as db:
                    return await commits.open_proposal(db, proposal)
            except IntegrityError:
                continue
        msg = f"Conversation {proposal.conversation_id!r} opens several proposals at once."
        raise BackendUnavailable(msg)

    @_unbroken
    async def find_proposal(self, proposal_id: ProposalId) -> StoredProposal | None:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await commits.find_proposal(db, proposal_id)

    @_unbroken
    async def find_open_proposal(self, conversation_id: str) -> Proposal | None:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await commits.find_open_proposal(db, conversation_id)

    @_unbroken
    async def withdraw(self, conversation_id: str) -> None:
        """See ShopBackend."""
        async with self._database.write() as db:
            await commits.void_open(db, conversation_id, "withdrawn")

    @_unbroken
    async def commit(self, change: Change) -> Receipt:
        """See ShopBackend."""
        async with self._database.write() as db:
            return await commits.commit(db, change)

    @_unbroken
    async def find_receipt(self, proposal_id: ProposalId) -> Receipt | None:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await commits.find_receipt(db, proposal_id)

    @_unbroken
    async def list_receipts(self, conversation_id: str) -> list[Receipt]:
        """See ShopBackend."""
        receipts = t.receipts
        query = select(receipts.c.document).where(receipts.c.conversation_id == conversation_id).order_by(receipts.c.committed_at)
        async with self._database.read() as db:
            return [Receipt.model_validate(document) for document in (await db.execute(query)).scalars()]

    @_unbroken
    async def load(self, data: ShopData, *, replace: bool) -> None:
        """See ShopBackend."""
        try:
            async with self._database.write() as db:
                await loading.load(db, data, lambda order_id: key_of(order_id, self._order_id_prefix), replace=replace)
        except IntegrityError as exc:
            raise InvalidShopData([f"The database refuses the data: {type(exc.orig).__name__}."]) from exc

    @_unbroken
    async def dump(self) -> ShopData:
        """See ShopBackend."""
        async with self._database.read() as db:
            return await loading.dump(db)

    async def close(self) -> None:
        """See ShopBackend."""
        await self._database.close()
