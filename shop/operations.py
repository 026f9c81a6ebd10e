"""The shop's only door: looking things up, and propose → confirm → commit."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from shop.backends.base import ShopBackend
from shop.catalogue import Catalogue
from shop.changing import Changing
from shop.models import (
    Actor,
    Customer,
    Decision,
    OperationName,
    Order,
    OrderContact,
    OrderStatus,
    PaymentMethod,
    Product,
    ProductFilter,
    ProductId,
    Proposal,
    Quote,
    Receipt,
    RefundStatus,
    ShopData,
    Variant,
    now_utc,
)
from shop.records import Records
from shop.settings import ShopSettings


class Shop:
    """Products, customers, orders, and what may be done with them on a customer's behalf."""

    def __init__(self, backend: ShopBackend, settings: ShopSettings, clock: Callable[[], datetime] = now_utc) -> None:
        self.settings = settings
        self._backend = backend
        self._clock = clock
        self._records = Records(backend, settings)
        self._catalogue = Catalogue(backend)
        self._changing = Changing(backend, self._records, self._catalogue, settings, clock)

    # ── looking up ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def get_order(self, actor: Actor, order_id: str) -> Order:
        """An order within the actor's reach, by its number as customers write it.

        Raises:
            OrderNotFound: If it is missing, another's, or no order number at all: the three look the same.
        """
        return await self._records.get_order(actor, order_id)

    async def list_orders(self, actor: Actor, limit: int = 20) -> list[Order]:
        """The actor's orders, newest first: all of a customer's, the proved ones of a guest, none of an anonymous one."""
        return await self._backend.list_orders(actor, limit)

    async def find_orders(
        self,
        actor: Actor,
        *,
        product_id: str | None = None,
        variant_id: str | None = None,
        status: OrderStatus | None = None,
        placed_from: datetime | None = None,
        placed_to: datetime | None = None,
    ) -> list[Order]:
        """The actor's orders that satisfy all that is given, newest first.

        Args:
            actor: As for `list_orders`.
            product_id: One of their lines is of this product.
            variant_id: One of their lines is this variant; with `product_id`, the same line is both.
            status: Where they stand.
            placed_from: They were placed then or later. An order without a date satisfies no date.
            placed_to: They were placed before.
        """
        return await self._records.find_orders(
            actor, product_id=product_id, variant_id=variant_id, status=status, placed_from=placed_from, placed_to=placed_to
        )

    async def find_last_order(self, actor: Actor) -> Order | None:
        """The order that the actor placed last; None where there is none, or where one of several has no date."""
        return await self._records.find_last_order(actor)

    async def get_customer(self, actor: Actor) -> Customer:
        """The actor's account.

        Raises:
            NotPermitted: If we do not know whose account it is.
        """
        return await self._records.get_customer(actor)

    async def list_payment_methods(self, actor: Actor, order_id: str | None = None) -> list[PaymentMethod]:
        """The actor's own payment methods, with the balances of gift cards.

        With an order, those that may be used for it: a guest, who has proved the order and not the account, gets what it was paid
        with alone, and no balances.

        Raises:
            OrderNotFound: As `get_order`.
            NotPermitted: Without an order, if we do not know whose account it is.
        """
        return await self._records.list_payment_methods(actor, order_id)

    async def list_refund_methods(self, actor: Actor, order_id: str) -> list[PaymentMethod]:
        """Where the money of a return of this order may go: what it was paid with first, then others that the settings allow.

        A guest, who has proved the order and not the account, gets what it was paid with alone.

        Raises:
            OrderNotFound: As `get_order`.
        """
        return await self._records.list_refund_methods(actor, order_id)

    async def get_refund_status(self, actor: Actor, order_id: str) -> RefundStatus:
        """Which refunds of an order are booked, and which one waits for its items.

        Raises:
            OrderNotFound: As `get_order`.
        """
        return await self._records.get_refund_status(actor, order_id)

    async def get_product(self, product_id: str) -> Product:
        """A product with its stock of this moment.

        Raises:
            ProductNotFound: If there is none.
        """
        return await self._catalogue.get_product(product_id)

    async def list_products(self, query: ProductFilter, limit: int = 50, offset: int = 0) -> list[Product]:
        """A page of the products that the filter leaves; those whose name holds the words come first."""
        return await self._catalogue.list_products(query, limit, offset)

    async def find_product_by_name(self, name: str) -> Product | None:
        """The product with this name, whatever its case; None where there is none, or where several have it."""
        return await self._catalogue.find_product_by_name(name)

    async def find_variant(self, variant_id: str) -> tuple[Product, Variant] | None:
        """The variant with this id, and the product that it belongs to."""
        return await self._catalogue.find_variant(variant_id)

    async def list_product_types(self) -> dict[str, list[ProductId]]:
        """The kinds of products by name, each with the ids of its products."""
        return await self._catalogue.list_product_types()

    async def find_order_contact(self, order_id: str) -> OrderContact | None:
        """Whom an order's proof code goes to, for the guest proof only; never shown."""
        return await self._records.find_contact(order_id)

    async def find_customer(self, customer_id: str) -> Customer | None:
        """The customer with this id, for the storefront and the console only."""
        return await self._records.find_customer(customer_id)

    async def find_customer_by_email(self, email: str) -> Customer | None:
        """The only customer with this e-mail address, whatever its case. For the server's proof of identity only."""
        return await self._records.find_customer_by_email(email)

    async def find_customer_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> Customer | None:
        """The only customer of this name, whatever its case, with exactly this postal code. For the server's proof of identity only."""
        return await self._records.find_customer_by_name_zip(first_name, last_name, postal_code)

    async def list_customers(self, limit: int = 100) -> list[Customer]:
        """Customers in their order of import, for the storefront's sign-in list only."""
        return await self._backend.list_customers(limit)

    async def list_co_purchases(self) -> list[tuple[str, ...]]:
        """The product ids of every order that was not cancelled, each product once."""
        return await self._backend.list_baskets()

    # ── changing ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def check(self, actor: Actor, operation: OperationName, arguments: Mapping[str, Any]) -> Decision:
        """Ask the policy and change nothing. Arguments left out, except `order_id`, are not judged.

        Raises:
            OrderNotFound: As `get_order`.
            NotPermitted: If the operation asks for a better known actor.
            InvalidArguments: If the arguments do not fit the operation.
        """
        return await self._changing.check(actor, operation, arguments)

    async def quote(self, actor: Actor, operation: OperationName, arguments: Mapping[str, Any]) -> Quote:
        """Work out exactly what would change, with its amounts, and keep nothing. An open proposal stays open.

        Raises:
            NotAllowed: And the others, as `propose`.
        """
        return await self._changing.quote(actor, operation, arguments)

    async def propose(self, actor: Actor, conversation_id: str, operation: OperationName, arguments: Mapping[str, Any]) -> Proposal:
        """Work out exactly what would change and keep it open for a yes. An earlier open one of the conversation dies.

        Raises:
            NotAllowed: If the policy says no; carries rule, paragraph and explanation, and whether the staff may say yes.
            OrderNotFound: As `get_order`.
            NotPermitted: If the operation asks for a better known actor.
            InvalidArguments: If an argument is missing or does not fit.
        """
        return await self._changing.propose(actor, conversation_id, operation, arguments)

    async def confirm(self, actor: Actor, conversation_id: str, proposal_id: str, token: str) -> Receipt:
        """Commit a proposal that the customer said yes to, once; said again, the same receipt comes with `already_done`.

        Raises:
            ConfirmationStale: If the token is not the one shown, or has expired, or anything it rests on changed.
            NotAllowed: If the policy says no by now.
            OrderNotFound: If the order is not within this actor's reach.
        """
        return await self._changing.confirm(actor, conversation_id, proposal_id, token)

    async def find_open_proposal(self, conversation_id: str) -> Proposal | None:
        """The proposal that waits for a yes in this conversation, unless it has expired."""
        proposal = await self._backend.find_open_proposal(conversation_id)
        return proposal if proposal is not None and self._clock() < proposal.expires_at else None

    async def withdraw(self, conversation_id: str) -> None:
        """Forget what waits for a yes: the customer changed their mind. Nothing open is fine."""
        await self._backend.withdraw(conversation_id)

    async def list_receipts(self, conversation_id: str) -> list[Receipt]:
        """What was done in this conversation, oldest first."""
        return await self._backend.list_receipts(conversation_id)

    # ── the whole shop ──────────────────────────────────────────────────────────────────────────────────────────────

    async def load(self, data: ShopData, *, replace: bool = False) -> None:
        """Write checked data (`shop.coherence.find_problems`) in one transaction; with `replace`, in place of what is there.

        Raises:
            InvalidShopData: If an id is taken already. Nothing is written then.
        """
        await self._backend.load(data, replace=replace)

    async def dump(self) -> ShopData:
        """The whole shop as of one moment."""
        return await self._backend.dump()

    async def close(self) -> None:
        """Let go of connections."""
        await self._backend.close()
