"""From a wish to a receipt: check, propose, confirm, commit; the same for every operation."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from shop.backends.base import ProposalState, ShopBackend
from shop.catalogue import Catalogue
from shop.changes.base import AccountContext, Change, Context, Effect, Operation, OrderArguments, fingerprint, parse_arguments
from shop.changes.cancel import CancelOrder
from shop.changes.change_address import ChangeAddress
from shop.changes.change_default_address import ChangeDefaultAddress
from shop.changes.change_items import ChangeItems
from shop.changes.change_payment import ChangePayment
from shop.changes.exchange import ExchangeItems
from shop.changes.return_ import ReturnItems
from shop.changes.swaps import SwapArguments
from shop.confirmation import Signer, same
from shop.errors import ConfirmationStale, NotAllowed, NotPermitted
from shop.models import Actor, Customer, Decision, Level, OperationName, Order, Proposal, ProposalId, Quote, Receipt
from shop.records import Records
from shop.settings import ShopSettings

_OPERATIONS: Final[dict[OperationName, Operation]] = {
    OperationName.CANCEL_ORDER: CancelOrder(),
    OperationName.RETURN_ITEMS: ReturnItems(),
    OperationName.CHANGE_ITEMS: ChangeItems(),
    OperationName.EXCHANGE_ITEMS: ExchangeItems(),
    OperationName.CHANGE_ADDRESS: ChangeAddress(),
    OperationName.CHANGE_PAYMENT: ChangePayment(),
    OperationName.CHANGE_DEFAULT_ADDRESS: ChangeDefaultAddress(),
}
_RANK: Final = {Level.ANONYMOUS: 0, Level.GUEST: 1, Level.CUSTOMER: 2}


@dataclass(frozen=True)
class _Asked:
    """An operation with its exact arguments, as far as they are known, and what its policy may see.

    Attributes:
        arguments: With the order's own number, as proposals keep them.
        parsed: The same in the operation's model.
        subject: What would change, as it stands now.
        beyond: Why the shop's system cannot do it, even where the policy allows it; None where it can.
    """

    operation: Operation
    arguments: dict[str, Any]
    parsed: Any
    context: Context | AccountContext
    subject: Order | Customer
    beyond: Decision | None

    @property
    def order(self) -> Order | None:
        """The order that would change, where it is one."""
        return self.subject if isinstance(self.subject, Order) else None

    def decide(self) -> Decision:
        """Ask the policy, and then whether the shop's system can do it."""
        decision = self.operation.decide(self.parsed, self.context)
        return self.beyond if decision.allowed and self.beyond else decision

    def require(self) -> tuple[Decision, Effect]:
        """Compute what changes, or raise NotAllowed."""
        decision = self.decide()
        if not decision.allowed:
            raise NotAllowed.by(decision)
        return decision, self.operation.apply(self.parsed, self.context)

    def require_as_shown(self, proposal: Proposal) -> Effect:
        """Compute what changes; NotAllowed, or ConfirmationStale where it comes to something else than was shown.

        Prices and labels are no part of an order's state, so the figures are compared once more.
        """
        _, effect = self.require()
        if any(getattr(proposal, name) != value for name, value in effect.terms):
            raise _stale(proposal.proposal_id)
        return effect


class Changing:
    """The shop's operations over one back end."""

    def __init__(
        self, backend: ShopBackend, records: Records, catalogue: Catalogue, settings: ShopSettings, clock: Callable[[], datetime]
    ) -> None:
        self._backend = backend
        self._records = records
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock
        self._signer = Signer(backend, settings)

    async def check(self, actor: Actor, name: OperationName, arguments: Mapping[str, Any]) -> Decision:
        """See `Shop.check`."""
        return (await self._read(actor, name, arguments)).decide()

    async def quote(self, actor: Actor, name: OperationName, arguments: Mapping[str, Any]) -> Quote:
        """See `Shop.quote`."""
        asked = await self._read(actor, name, arguments)
        decision, effect = asked.require()
        return Quote(
            operation=name,
            arguments=asked.arguments,
            summary=effect.summary,
            currency=asked.order.currency if asked.order else None,
            decision=decision,
            **dict(effect.terms),
        )

    async def propose(self, actor: Actor, conversation_id: str, name: OperationName, arguments: Mapping[str, Any]) -> Proposal:
        """See `Shop.propose`."""
        asked = await self._read(actor, name, arguments)
        decision, effect = asked.require()
        proposal = Proposal(
            proposal_id=ProposalId(f"prop_{uuid.uuid4().hex}"),
            conversation_id=conversation_id,
            customer_id=asked.subject.customer_id,
            operation=name,
            arguments=asked.arguments,
            token=await self._signer.sign(conversation_id, name, asked.arguments, asked.subject),
            summary=effect.summary,
            currency=asked.order.currency if asked.order else None,
            decision=decision,
            created_at=asked.context.now,
            expires_at=asked.context.now + timedelta(seconds=self._settings.proposal_lifetime_s),
            **dict(effect.terms),
        )
        await self._backend.open_proposal(proposal)
        return proposal

    async def confirm(self, actor: Actor, conversation_id: str, proposal_id: str, token: str) -> Receipt:
        """See `Shop.confirm`."""
        stored = await self._backend.find_proposal(ProposalId(proposal_id))
        if stored is None or stored.proposal.conversation_id != conversation_id or not same(token, stored.proposal.token):
            raise _stale(proposal_id)
        proposal = stored.proposal
        asked = await self._read(actor, proposal.operation, proposal.arguments)
        # An account is the actor's own whoever they are, so the proposal has to say whose it was.
        if proposal.customer_id not in (None, asked.subject.customer_id):
            raise _stale(proposal_id)
        if stored.state is ProposalState.COMMITTED:
            return await self._repeat(proposal)
        if stored.state is ProposalState.VOID or asked.context.now >= proposal.expires_at:
            raise _stale(proposal_id)
        present = await self._signer.sign(conversation_id, proposal.operation, proposal.arguments, asked.subject)
        if not same(token, present):
            return await self._repeat(proposal)
        try:
            effect = asked.require_as_shown(proposal)
        except (NotAllowed, ConfirmationStale):
            # Another confirmation of the same proposal may have been committed since the order was read.
            if await self._backend.find_receipt(proposal.proposal_id):
                return await self._repeat(proposal)
            raise
        return await self._backend.commit(_change(proposal, effect, asked))

    async def _read(self, actor: Actor, name: OperationName, arguments: Mapping[str, Any]) -> _Asked:
        operation = _OPERATIONS[name]
        parsed = parse_arguments(operation.arguments, arguments)
        if isinstance(parsed, OrderArguments):
            return await self._read_order(actor, name, parsed)
        customer = await self._records.get_customer(actor)
        self._require_level(actor, name)
        context = AccountContext(customer, self._settings, self._clock())
        beyond = await self._backend.find_refusal(name, customer, parsed)
        return _Asked(operation, parsed.model_dump(mode="json"), parsed, context, customer, beyond)

    async def _read_order(self, actor: Actor, name: OperationName, loose: OrderArguments) -> _Asked:
        order = await self._records.get_order(actor, loose.order_id)
        self._require_level(actor, name)
        parsed = loose.model_copy(update={"order_id": order.order_id})
        methods = await self._records.list_usable_methods(actor, order)
        wanted = (line.product_id for line in order.lines) if isinstance(parsed, SwapArguments) else ()
        products = await self._catalogue.find_products(wanted) if wanted else {}
        context = Context(order, methods, self._settings, self._clock(), products)
        beyond = await self._backend.find_refusal(name, order, parsed)
        return _Asked(_OPERATIONS[name], parsed.model_dump(mode="json"), parsed, context, order, beyond)

    def _require_level(self, actor: Actor, name: OperationName) -> None:
        needed = _OPERATIONS[name].level(self._settings)
        if _RANK[actor.level] < _RANK[needed]:
            msg = f"{name.value} asks for level {needed.value}."
            raise NotPermitted(msg)

    async def _repeat(self, proposal: Proposal) -> Receipt:
        """Tell of the commit again; where there was none, the order changed by other means."""
        receipt = await self._backend.find_receipt(proposal.proposal_id)
        if receipt is None:
            raise _stale(proposal.proposal_id)
        return receipt.model_copy(update={"already_done": True})


def _change(proposal: Proposal, effect: Effect, asked: _Asked) -> Change:
    receipt = Receipt(
        receipt_id=f"rcpt_{uuid.uuid4().hex}",
        proposal_id=proposal.proposal_id,
        conversation_id=proposal.conversation_id,
        operation=proposal.operation,
        order_id=asked.order.order_id if asked.order else None,
        text=effect.done,
        currency=proposal.currency,
        committed_at=asked.context.now,
        **dict(effect.terms),
    )
    return Change(effect=effect, expected_state=fingerprint(asked.subject), receipt=receipt)


def _stale(proposal_id: str) -> ConfirmationStale:
    return ConfirmationStale(f"Proposal {proposal_id!r} can no longer be confirmed. Show a new one.")
