"""The Shopify back end: orders, customers and products are Shopify's; proposals, receipts and audit are kept beside it."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, Final

from shop.backends.base import CatalogueVersion, StoredProposal
from shop.backends.shopify import limits, queries
from shop.backends.shopify.client import ShopifyClient
from shop.backends.shopify.ledger import Ledger
from shop.backends.shopify.orders import order_gid_of_guest, read_order
from shop.backends.shopify.people import read_contact, read_customer, read_guest
from shop.backends.shopify.products import read_product, read_version
from shop.backends.shopify.remote import RemoteOrders
from shop.backends.shopify.values import Json, gid, quoted, tail
from shop.backends.shopify.writing import Writer
from shop.backends.sql.backend import SqlBackend
from shop.backends.sql.database import Database
from shop.backends.sql.records import email_key, name_key
from shop.changes.base import Change
from shop.errors import InvalidShopData
from shop.models import (
    Actor,
    Customer,
    CustomerId,
    Decision,
    Level,
    OperationName,
    Order,
    OrderContact,
    Product,
    Proposal,
    ProposalId,
    Receipt,
    ShopData,
    VariantId,
)
from shop.settings import ShopSettings

_MOST_ORDERS: Final = 50
_MOST_BASKETS: Final = 500
_MOST_PEOPLE: Final = 50
_FRESH_S: Final = 30.0
"""How long the catalogue is taken to be what it was: Shopify counts every question."""


class ShopifyBackend:
    """Implements `ShopBackend`."""

    def __init__(self, client: ShopifyClient, database: Database, settings: ShopSettings) -> None:
        self._client = client
        self._database = database
        self._settings = settings
        self._beside = SqlBackend(database, settings.order_id_prefix)
        self._orders = RemoteOrders(client, settings)
        self._writer = Writer(client, Ledger(database), self._orders, settings)
        self._version: tuple[float, CatalogueVersion] | None = None

    # ── what is kept beside Shopify ─────────────────────────────────────────────────────────────────────────────────

    async def get_secret(self) -> bytes:
        """See ShopBackend."""
        return await self._beside.get_secret()

    async def open_proposal(self, proposal: Proposal) -> None:
        """See ShopBackend."""
        await self._beside.open_proposal(proposal)

    async def find_proposal(self, proposal_id: ProposalId) -> StoredProposal | None:
        """See ShopBackend."""
        return await self._beside.find_proposal(proposal_id)

    async def find_open_proposal(self, conversation_id: str) -> Proposal | None:
        """See ShopBackend."""
        return await self._beside.find_open_proposal(conversation_id)

    async def withdraw(self, conversation_id: str) -> None:
        """See ShopBackend."""
        await self._beside.withdraw(conversation_id)

    async def list_receipts(self, conversation_id: str) -> list[Receipt]:
        """See ShopBackend."""
        return await self._beside.list_receipts(conversation_id)

    # ── products ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def get_catalogue_version(self) -> CatalogueVersion:
        """See ShopBackend. Asked again after half a minute."""
        if self._version is None or time.monotonic() - self._version[0] > _FRESH_S:
            data = await self._client.read(queries.CATALOGUE_VERSION)
            self._version = time.monotonic(), read_version(data)
        return self._version[1]

    async def list_products(self) -> list[Product]:
        """See ShopBackend."""
        return [product async for page in self._pages(queries.LIST_PRODUCTS, "products") for product in _products(page)]

    async def list_moved_stock(self, since: int) -> dict[VariantId, int | None]:
        """See ShopBackend. Shopify counts moves of stock with the changes of products."""
        return {}

    async def list_baskets(self) -> list[tuple[str, ...]]:
        """See ShopBackend. The latest five hundred."""
        baskets: list[tuple[str, ...]] = []
        async for page in self._pages(queries.LIST_BASKETS, "orders"):
            baskets += [_basket(node) for node in page["orders"]["nodes"] if not node["cancelledAt"]]
            if len(baskets) >= _MOST_BASKETS:
                break
        return baskets

    async def _pages(self, document: str, field: str) -> AsyncIterator[Json]:
        after: str | None = None
        while True:
            data = await self._client.read(document, after=after)
            yield data
            info = data[field]["pageInfo"]
            if not info["hasNextPage"]:
                return
            after = info["endCursor"]

    # ── orders ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def find_order(self, actor: Actor, order_key: str) -> Order | None:
        """See ShopBackend."""
        node = await self._orders.find_node(order_key)
        order = read_order(node, self._settings) if node else None
        return order if order is not None and _within_reach(actor, order) else None

    async def list_orders(self, actor: Actor, limit: int) -> list[Order]:
        """See ShopBackend. The latest fifty at most."""
        wanted = [f'name:"{quoted(order_id)}"' for order_id in sorted(actor.order_ids)]
        if actor.customer_id and not order_gid_of_guest(actor.customer_id):
            wanted.append(f'customer_id:"{quoted(actor.customer_id)}"')
        if actor.level is Level.ANONYMOUS or not wanted:
            return []
        asked = {"query": " OR ".join(wanted), "first": min(limit, _MOST_ORDERS)}
        data = await self._client.read(queries.LIST_ORDERS, **asked)
        orders = await asyncio.gather(*(self._orders.get(node["id"]) for node in data["orders"]["nodes"]))
        return [order for order in orders if _within_reach(actor, order)]

    async def find_contact(self, order_key: str) -> OrderContact | None:
        """See ShopBackend."""
        node = await self._orders.find_node(order_key)
        return read_contact(node) if node else None

    async def find_refusal(self, operation: OperationName, subject: Order | Customer, arguments: Any) -> Decision | None:
        """See ShopBackend."""
        return limits.find_refusal(operation, subject, arguments, self._settings)

    # ── customers ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def find_customer(self, customer_id: CustomerId) -> Customer | None:
        """See ShopBackend. Whoever ordered without an account is known from that order."""
        order_gid = order_gid_of_guest(customer_id)
        if order_gid:
            order = (await self._client.read(queries.GET_ORDER, id=order_gid))["order"]
            return read_guest(order) if order else None
        node = (await self._client.read(queries.GET_CUSTOMER, id=gid("Customer", customer_id)))["customer"]
        return read_customer(node) if node else None

    async def list_customers_by_email(self, email: str) -> list[Customer]:
        """See ShopBackend."""
        found = await self._search_customers(f'email:"{quoted(email)}"', _MOST_PEOPLE)
        return [customer for customer in found if email_key(customer.email) == email_key(email)]

    async def list_customers_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> list[Customer]:
        """See ShopBackend."""
        found = await self._search_customers(f'first_name:"{quoted(first_name)}" last_name:"{quoted(last_name)}"', _MOST_PEOPLE)
        wanted = name_key(first_name, last_name, postal_code)
        return [each for each in found if name_key(each.first_name, each.last_name, each.address.postal_code) == wanted]

    async def list_customers(self, limit: int) -> list[Customer]:
        """See ShopBackend. Fifty at most."""
        return await self._search_customers(None, min(limit, _MOST_PEOPLE))

    async def _search_customers(self, query: str | None, limit: int) -> list[Customer]:
        data = await self._client.read(queries.LIST_CUSTOMERS, query=query, first=limit)
        ids = [CustomerId(tail(node["id"])) for node in data["customers"]["nodes"]]
        found = await asyncio.gather(*(self.find_customer(customer_id) for customer_id in ids))
        return [customer for customer in found if customer]

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def commit(self, change: Change) -> Receipt:
        """See ShopBackend. The write is noted before it is sent, and its receipt is kept once the order shows it.

        Raises:
            ConfirmationStale: As ShopBackend.
            NotAllowed: If Shopify declines. Nothing was changed then.
            OutcomeUnknown: If it was sent and the order does not show it yet. A later call finds out what came of it.
        """
        return await self._database.finish(self._writer.commit(change))

    async def find_receipt(self, proposal_id: ProposalId) -> Receipt | None:
        """See ShopBackend. Where a write's answer was lost, the order is asked what came of it."""
        return await self._database.finish(self._writer.settle(proposal_id))

    # ── the whole shop ──────────────────────────────────────────────────────────────────────────────────────────────

    async def load(self, data: ShopData, *, replace: bool) -> None:
        """Refused: a store is filled in Shopify.

        Raises:
            InvalidShopData: Always.
        """
        raise InvalidShopData(["This shop is kept in Shopify: import there."])

    async def dump(self) -> ShopData:
        """Refused: a store is exported in Shopify.

        Raises:
            InvalidShopData: Always.
        """
        raise InvalidShopData(["This shop is kept in Shopify: export there."])

    async def close(self) -> None:
        """See ShopBackend."""
        await self._beside.close()
        await self._client.close()


def _within_reach(actor: Actor, order: Order) -> bool:
    """The condition of `backends/sql/records.py: within_reach`, for an order in hand."""
    if actor.level is Level.ANONYMOUS:
        return False
    return order.order_id in actor.order_ids or (actor.customer_id is not None and order.customer_id == actor.customer_id)


def _products(page: Json) -> list[Product]:
    return [read_product(node, page["shop"]["currencyCode"]) for node in page["products"]["nodes"]]


def _basket(node: Json) -> tuple[str, ...]:
    ids = [tail(item["product"]["id"]) for item in node["lineItems"]["nodes"] if item["product"]]
    return tuple(dict.fromkeys(ids))
