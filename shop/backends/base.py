"""What a system has to do to keep a shop."""

from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from shop.changes.base import Change
from shop.models import (
    Actor,
    Customer,
    CustomerId,
    Decision,
    Noun,
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


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    """Waits for a yes."""
    COMMITTED = "committed"
    """Done; there is a receipt."""
    VOID = "void"
    """Withdrawn, or replaced by a later one."""


class StoredProposal(Noun):
    """A proposal with what became of it."""

    proposal: Proposal
    state: ProposalState


class CatalogueVersion(NamedTuple):
    """Counts the writes to the products and to their stock. Equal versions mean equal records."""

    products: int
    stock: int


class ShopBackend(Protocol):
    """Keeps products, customers, orders, proposals and receipts.

    Every method raises BackendUnavailable when the system does not answer. Order keys are those of `shop/order_ids.py`;
    an order outside the actor's reach is found by the same work as one that does not exist: not at all.
    """

    async def get_secret(self) -> bytes:
        """The secret that signs confirmation tokens: made once, the same for every process on this shop."""
        ...

    async def get_catalogue_version(self) -> CatalogueVersion:
        """How often products and stock were written. Cheap."""
        ...

    async def list_products(self) -> list[Product]:
        """The whole catalogue in its order."""
        ...

    async def list_moved_stock(self, since: int) -> dict[VariantId, int | None]:
        """Pieces in stock of the variants whose stock moved after the stock version `since`; None where they are not counted."""
        ...

    async def find_order(self, actor: Actor, order_key: str) -> Order | None:
        """The order with this key, if it is within the actor's reach."""
        ...

    async def list_orders(self, actor: Actor, limit: int) -> list[Order]:
        """The orders within the actor's reach, newest first; those without a date last."""
        ...

    async def find_refusal(self, operation: OperationName, subject: Order | Customer, arguments: Any) -> Decision | None:
        """Why this system cannot do what the policy allows, so that the staff has to; None where it can.

        Args:
            operation: What is asked.
            subject: The order as `find_order` gave it, or the account.
            arguments: In the operation's model; None where not given yet.
        """
        ...

    async def find_contact(self, order_key: str) -> OrderContact | None:
        """Whom an order belongs to."""
        ...

    async def find_customer(self, customer_id: CustomerId) -> Customer | None:
        """The customer with this id."""
        ...

    async def list_customers_by_email(self, email: str) -> list[Customer]:
        """The customers with this e-mail address, whatever its case."""
        ...

    async def list_customers_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> list[Customer]:
        """The customers of this name, whatever its case, with exactly this postal code."""
        ...

    async def list_customers(self, limit: int) -> list[Customer]:
        """Customers in their order of import."""
        ...

    async def list_baskets(self) -> list[tuple[str, ...]]:
        """The product ids of every order, each once; cancelled orders left out."""
        ...

    async def open_proposal(self, proposal: Proposal) -> None:
        """Keep a proposal; an open one of the same conversation becomes void."""
        ...

    async def find_proposal(self, proposal_id: ProposalId) -> StoredProposal | None:
        """The proposal with this id."""
        ...

    async def find_open_proposal(self, conversation_id: str) -> Proposal | None:
        """The open proposal of a conversation, expired or not."""
        ...

    async def withdraw(self, conversation_id: str) -> None:
        """Make the open proposal of a conversation void."""
        ...

    async def commit(self, change: Change) -> Receipt:
        """Write the effect and the receipt in one transaction, once per proposal.

        Returns:
            The receipt; where the proposal was committed before, the earlier receipt with `already_done` set.

        Raises:
            ConfirmationStale: If the proposal is not open, if the order or account is no longer in the expected state, or if a gift
                card or the stock does not suffice. Nothing is written then.
            NotAllowed: If the system declines. Nothing is written then.
            OutcomeUnknown: If the system was told and its answer was lost. `find_receipt` and a later commit find out what came of it.
        """
        ...

    async def find_receipt(self, proposal_id: ProposalId) -> Receipt | None:
        """The receipt of a proposal.

        Raises:
            OutcomeUnknown: If the system shows that the write has begun, and not in time that it was done.
        """
        ...

    async def list_receipts(self, conversation_id: str) -> list[Receipt]:
        """The receipts of a conversation, oldest first."""
        ...

    async def load(self, data: ShopData, *, replace: bool) -> None:
        """Write a whole shop in one transaction; with `replace`, in place of what is there.

        Raises:
            InvalidShopData: If an id is taken already. Nothing is written then.
        """
        ...

    async def dump(self) -> ShopData:
        """Read the whole shop in one transaction."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
