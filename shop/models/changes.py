"""What can be changed on the customer's behalf: the decision, the proposal, the receipt."""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from shop.models.nouns import Cents, Currency, CustomerId, Noun, OrderId, ProposalId
from shop.models.orders import LineChange
from shop.models.people import Address


class OperationName(StrEnum):
    """What can be changed on the customer's behalf."""

    CANCEL_ORDER = "cancel_order"
    """Cancel a pending order; arguments order_id, reason."""
    RETURN_ITEMS = "return_items"
    """Return lines of a delivered order; arguments order_id, line_ids, payment_method_id."""
    CHANGE_ITEMS = "change_items"
    """Other options for items of a pending order; arguments order_id, changes (line_id, variant_id), payment_method_id."""
    EXCHANGE_ITEMS = "exchange_items"
    """Swap items of a delivered order; arguments as for `change_items`."""
    CHANGE_ADDRESS = "change_address"
    """Send a pending order elsewhere; arguments order_id, address."""
    CHANGE_PAYMENT = "change_payment"
    """Pay a pending order another way; arguments order_id, payment_method_id."""
    CHANGE_DEFAULT_ADDRESS = "change_default_address"
    """Change the address of the account; argument address. Orders keep theirs."""


class WishedChange(Noun):
    """A line of an order, and the variant that is wanted in its place; None where none is chosen yet."""

    line_id: str
    variant_id: str | None = None


class Decision(Noun):
    """What a policy says, with the rule it applied and the paragraph that the rule implements.

    Attributes:
        needs_staff: Not allowed here, and a member of staff may allow it: hand over, with a summary.
        already_done: Not allowed because it is so already.
    """

    allowed: bool
    rule: str
    paragraph: str
    explanation: str
    needs_staff: bool = False
    already_done: bool = False


class Refund(Noun):
    """Money that goes back, and how."""

    payment_method_id: str
    label: str
    amount_cents: Cents
    settles: str


class Charge(Noun):
    """Money that is taken, from what, and when."""

    payment_method_id: str
    label: str
    amount_cents: Cents
    settles: str


class Terms(Noun):
    """What an operation comes to, in figures.

    Attributes:
        refunds: Money that goes back.
        charges: Money that is taken.
        price_difference_cents: What new items cost more than the old ones; negative where they cost less.
        changes: Each line that changes.
        address: The new address, where one changes.
    """

    refunds: list[Refund] = Field(default=[])
    charges: list[Charge] = Field(default=[])
    price_difference_cents: int = 0
    changes: list[LineChange] = Field(default=[])
    address: Address | None = None


class Quote(Terms):
    """What a proposal would say. Nothing is kept, and there is nothing to confirm."""

    operation: OperationName
    arguments: dict[str, Any]
    summary: str
    currency: Currency | None = None
    decision: Decision


class Proposal(Terms):
    """What would be changed, exactly, waiting for a yes.

    Attributes:
        customer_id: Whose order or account would change; None in proposals of older versions.
        currency: Of all amounts; None where no money is concerned.
        token: Hash over operation, arguments, conversation, policy version and the order's state. It dies when any changes.
        summary: The sentence shown to the customer before they confirm, built from records.
    """

    proposal_id: ProposalId
    conversation_id: str
    customer_id: CustomerId | None = None
    operation: OperationName
    arguments: dict[str, Any]
    token: str
    summary: str
    currency: Currency | None = None
    decision: Decision
    created_at: AwareDatetime
    expires_at: AwareDatetime


class Receipt(Terms):
    """Proof that something was done. The only source of "done" sentences.

    Attributes:
        order_id: None where an account was changed.
        already_done: Whether this is the receipt of an earlier commit, told again.
        text: The sentence for the customer, built from records.
    """

    receipt_id: str
    proposal_id: ProposalId
    conversation_id: str
    operation: OperationName
    order_id: OrderId | None
    text: str
    currency: Currency | None = None
    committed_at: AwareDatetime
    already_done: bool = False
