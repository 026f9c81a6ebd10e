"""The shop's only door: looking things up, and propose → confirm → commit."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from shop.backends.base import ProposalState, ShopBackend
from shop.catalogue import Catalogue
from shop.changes.base import Change, Context, Effect, Operation, fingerprint
from shop.changes.cancel import CancelOrder
from shop.changes.return_ import ReturnItems
from shop.confirmation import Signer, same
from shop.errors import ConfirmationStale, NotAllowed, NotPermitted, OrderNotFound
from shop.models import (
    Actor,
    Customer,
    CustomerId,
    Decision,
    Level,
    OperationName,
    Order,
    OrderContact,
    PaymentKind,
    PaymentMethod,
    Product,
    ProductFilter,
    Proposal,
    ProposalId,
    Receipt,
    ShopData,
    now_utc,
)
from shop.order_ids import key_of
from shop.policy.return_ import original_method_ids
from shop.settings import ShopSettings

_OPERATIONS: Final[dict[OperationName, Operation]] = {
    OperationName.CANCEL_ORDER: CancelOrder(),
    OperationName.RETURN_ITEMS: ReturnItems(),
}
_RANK: Final = {Level.ANONYMOUS: 0, Level.GUEST: 1, Level.CUSTOMER: 2}
# An order number that cannot be one is looked up all the same, so that it takes the same time to be found missing.
_NO_ORDER: Final = "0"


class Shop:
    """Products, customers, orders, and what may be done with them on a customer's behalf."""

    def __init__(self, backend: ShopBackend, settings: ShopSettings, clock: Callable[[], datetime] = now_utc) -> None:
        self.settings = settings
        self._backend = backend
        self._clock = clock
        self._catalogue = Catalogue(backend)
        self._signer = Signer(backend, settings)

    # ── looking up ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def get_order(self, actor: Actor, order_id: str) -> Order:
        """An order within the actor's reach, by its number as customers write it.

        Raises:
            OrderNotFound: If it is missing, another's, or no order number at all: the three look the same.
        """
        order = await self._backend.find_order(actor, self._key(order_id))
        if order is None:
            raise OrderNotFound(order_id)
        return order

    async def list_orders(self, actor: Actor, limit: int = 20) -> list[Order]:
        """The actor's orders, newest first: all of a customer's, the proved ones of a guest, none of an anonymous one."""
        return await self._backend.list_orders(actor, limit)

    async def get_customer(self, actor: Actor) -> Customer:
        """The actor's account.

        Raises:
            NotPermitted: If we do not know whose account it is.
        """
        if actor.level is Level.ANONYMOUS or actor.customer_id is None:
            msg = "An account is shown to its customer only. Ask them to sign in."
            raise NotPermitted(msg)
        customer = await self._backend.find_customer(actor.customer_id)
        if customer is None:
            msg = f"No account {actor.customer_id!r}."
            raise NotPermitted(msg)
        return customer

    async def list_refund_methods(self, actor: Actor, order_id: str) -> list[PaymentMethod]:
        """Where the money of a return of this order may go: what it was paid with, then the customer's gift cards.

        A guest, who has proved the order and not the account, gets what it was paid with alone.

        Raises:
            OrderNotFound: As `get_order`.
        """
        order = await self.get_order(actor, order_id)
        originals = original_method_ids(order)
        methods = await self._list_methods(actor, order)
        first = sorted((m for m in methods if m.payment_method_id in originals), key=lambda m: originals.index(m.payment_method_id))
        return first + [m for m in methods if m.payment_method_id not in originals and m.kind is PaymentKind.GIFT_CARD]

    async def get_product(self, product_id: str) -> Product:
        """A product with its stock of this moment.

        Raises:
            ProductNotFound: If there is none.
        """
        return await self._catalogue.get_product(product_id)

    async def list_products(self, query: ProductFilter, limit: int = 50, offset: int = 0) -> list[Product]:
        """A page of the products that the filter leaves; those whose name holds the words come first."""
        return await self._catalogue.list_products(query, limit, offset)

    async def find_order_contact(self, order_id: str) -> OrderContact | None:
        """Whom an order's proof code goes to, for the guest proof only; never shown."""
        return await self._backend.find_contact(self._key(order_id))

    async def find_customer(self, customer_id: str) -> Customer | None:
        """The customer with this id, for the storefront and the console only."""
        return await self._backend.find_customer(CustomerId(customer_id))

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
        _, parsed, context = await self._prepare(actor, operation, arguments)
        return _OPERATIONS[operation].decide(parsed, context)

    async def propose(self, actor: Actor, conversation_id: str, operation: OperationName, arguments: Mapping[str, Any]) -> Proposal:
        """Work out exactly what would change and keep it open for a yes. An earlier open one of the conversation dies.

        Raises:
            NotAllowed: If the policy says no; carries rule, paragraph and explanation.
            OrderNotFound: As `get_order`.
            NotPermitted: If the operation asks for a better known actor.
            InvalidArguments: If an argument is missing or does not fit.
        """
        exact, parsed, context = await self._prepare(actor, operation, arguments)
        decision = _require_allowed(_OPERATIONS[operation].decide(parsed, context))
        effect = _OPERATIONS[operation].apply(parsed, context)
        proposal = Proposal(
            proposal_id=ProposalId(f"prop_{uuid.uuid4().hex}"),
            conversation_id=conversation_id,
            operation=operation,
            arguments=exact,
            token=await self._signer.sign(conversation_id, operation, exact, context.order),
            summary=effect.summary,
            currency=context.order.currency,
            refunds=effect.refunds,
            decision=decision,
            created_at=context.now,
            expires_at=context.now + timedelta(seconds=self.settings.proposal_lifetime_s),
        )
        await self._backend.open_proposal(proposal)
        return proposal

    async def confirm(self, actor: Actor, conversation_id: str, proposal_id: str, token: str) -> Receipt:
        """Commit a proposal that the customer said yes to, once; said again, the same receipt comes with `already_done`.

        Raises:
            ConfirmationStale: If the token is not the one shown, or has expired, or anything it rests on changed.
            NotAllowed: If the policy says no by now.
            OrderNotFound: If the order is not within this actor's reach.
        """
        stored = await self._backend.find_proposal(ProposalId(proposal_id))
        if stored is None or stored.proposal.conversation_id != conversation_id or not same(token, stored.proposal.token):
            raise _stale(proposal_id)
        proposal = stored.proposal
        _, parsed, context = await self._prepare(actor, proposal.operation, proposal.arguments)
        if stored.state is ProposalState.COMMITTED:
            return await self._repeat(proposal)
        if stored.state is ProposalState.VOID or context.now >= proposal.expires_at:
            raise _stale(proposal_id)
        present = await self._signer.sign(conversation_id, proposal.operation, proposal.arguments, context.order)
        if not same(token, present):
            return await self._repeat(proposal)
        _require_allowed(_OPERATIONS[proposal.operation].decide(parsed, context))
        effect = _OPERATIONS[proposal.operation].apply(parsed, context)
        return await self._backend.commit(_change(proposal, effect, context))

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

    # ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _key(self, order_id: str) -> str:
        return key_of(order_id, self.settings.order_id_prefix) or _NO_ORDER

    async def _prepare(self, actor: Actor, name: OperationName, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], Any, Context]:
        """The exact arguments (with the order's own number), the same read into their model, and what the policy may see."""
        operation = _OPERATIONS[name]
        loose = operation.parse(arguments)
        order = await self.get_order(actor, loose.order_id)
        if _RANK[actor.level] < _RANK[operation.level(self.settings)]:
            msg = f"{name.value} asks for level {operation.level(self.settings).value}."
            raise NotPermitted(msg)
        parsed = loose.model_copy(update={"order_id": order.order_id})
        context = Context(order, await self._list_methods(actor, order), self.settings, self._clock())
        return parsed.model_dump(mode="json"), parsed, context

    async def _list_methods(self, actor: Actor, order: Order) -> list[PaymentMethod]:
        customer = await self._backend.find_customer(order.customer_id)
        methods = customer.payment_methods if customer else []
        if actor.customer_id == order.customer_id:
            return methods
        return [method for method in methods if method.payment_method_id in original_method_ids(order)]

    async def _repeat(self, proposal: Proposal) -> Receipt:
        """Tell of the commit again; where there was none, the order changed by other means."""
        receipt = await self._backend.find_receipt(proposal.proposal_id)
        if receipt is None:
            raise _stale(proposal.proposal_id)
        return receipt.model_copy(update={"already_done": True})


def _change(proposal: Proposal, effect: Effect, context: Context) -> Change:
    receipt = Receipt(
        receipt_id=f"rcpt_{uuid.uuid4().hex}",
        proposal_id=proposal.proposal_id,
        conversation_id=proposal.conversation_id,
        operation=proposal.operation,
        order_id=context.order.order_id,
        text=effect.done,
        currency=proposal.currency,
        refunds=effect.refunds,
        committed_at=context.now,
    )
    return Change(effect=effect, expected_state=fingerprint(context.order), receipt=receipt)


def _require_allowed(decision: Decision) -> Decision:
    if not decision.allowed:
        raise NotAllowed(decision.rule, decision.paragraph, decision.explanation)
    return decision


def _stale(proposal_id: str) -> ConfirmationStale:
    return ConfirmationStale(f"Proposal {proposal_id!r} can no longer be confirmed. Show a new one.")
