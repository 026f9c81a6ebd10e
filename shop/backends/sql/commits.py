"""Proposals and what becomes of them, inside a transaction that the caller opened."""

from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.backends.base import ProposalState, StoredProposal
from shop.backends.sql import records
from shop.backends.sql import tables as t
from shop.changes.base import Change, fingerprint
from shop.errors import ConfirmationStale
from shop.models import Customer, Order, Proposal, ProposalId, Receipt, now_utc


async def open_proposal(db: AsyncConnection, proposal: Proposal) -> None:
    """Keep a proposal; an open one of the same conversation becomes void."""
    await void_open(db, proposal.conversation_id, "replaced")
    row = {
        "proposal_id": proposal.proposal_id,
        "conversation_id": proposal.conversation_id,
        "state": ProposalState.OPEN.value,
        "created_at": proposal.created_at,
        "document": proposal.model_dump(mode="json"),
    }
    await db.execute(insert(t.proposals).values(row))
    details = {"operation": proposal.operation.value, "arguments": proposal.arguments}
    await note(db, "proposed", proposal.conversation_id, proposal.proposal_id, details)


async def void_open(db: AsyncConnection, conversation_id: str, event: str) -> None:
    """Make the open proposal of a conversation void, if there is one, and note why."""
    proposals = t.proposals
    query = select(proposals.c.proposal_id).where(_is_open(conversation_id)).with_for_update()
    for proposal_id in (await db.execute(query)).scalars().all():
        await _set_state(db, proposal_id, ProposalState.VOID)
        await note(db, event, conversation_id, proposal_id, {})


async def find_proposal(db: AsyncConnection, proposal_id: ProposalId, *, lock: bool = False) -> StoredProposal | None:
    """The proposal with this id; with `lock` kept from other writers until the transaction ends."""
    query = select(t.proposals.c.document, t.proposals.c.state).where(t.proposals.c.proposal_id == proposal_id)
    row = (await db.execute(query.with_for_update() if lock else query)).first()
    return None if row is None else StoredProposal(proposal=Proposal.model_validate(row.document), state=ProposalState(row.state))


async def find_open_proposal(db: AsyncConnection, conversation_id: str) -> Proposal | None:
    """The open proposal of a conversation."""
    document = await db.scalar(select(t.proposals.c.document).where(_is_open(conversation_id)))
    return None if document is None else Proposal.model_validate(document)


async def find_receipt(db: AsyncConnection, proposal_id: ProposalId) -> Receipt | None:
    """The receipt of a proposal."""
    document = await db.scalar(select(t.receipts.c.document).where(t.receipts.c.proposal_id == proposal_id))
    return None if document is None else Receipt.model_validate(document)


async def commit(db: AsyncConnection, change: Change) -> Receipt:
    """Write the effect and its receipt, or give the earlier receipt of the same proposal."""
    receipt = change.receipt
    # The proposal's row is locked first by everyone, so that two commits of one proposal wait here, not later.
    stored = await find_proposal(db, receipt.proposal_id, lock=True)
    earlier = await find_receipt(db, receipt.proposal_id)
    if earlier is not None:
        return earlier.model_copy(update={"already_done": True})
    if stored is None or stored.state is not ProposalState.OPEN or await _present_state(db, change) != change.expected_state:
        msg = f"Proposal {receipt.proposal_id!r} was withdrawn, or what it changes is no longer as it was."
        raise ConfirmationStale(msg)
    await _write_effect(db, change)
    await write_receipt(db, receipt)
    return receipt


async def _present_state(db: AsyncConnection, change: Change) -> str | None:
    """The state of what is changed, which is locked by this."""
    subject: Order | Customer | None = None
    if change.effect.order is not None:
        subject = await records.lock_order(db, change.effect.order.order_id)
    elif change.effect.customer is not None:
        subject = await records.lock_customer(db, change.effect.customer.customer_id)
    return None if subject is None else fingerprint(subject)


async def _write_effect(db: AsyncConnection, change: Change) -> None:
    effect = change.effect
    if effect.customer is not None:
        await records.save_customer(db, effect.customer)
    if effect.order is not None:
        await records.save_order(db, effect.order)
        covered = await records.move_balances(db, effect.order.customer_id, effect.balances)
        if not covered or not await records.move_stock(db, effect.stock):
            msg = f"Proposal {change.receipt.proposal_id!r}: the gift card or the stock no longer suffices."
            raise ConfirmationStale(msg)


async def write_receipt(db: AsyncConnection, receipt: Receipt) -> None:
    """Keep a receipt, and note its commit."""
    document = receipt.model_dump(mode="json")
    row = {
        "proposal_id": receipt.proposal_id,
        "receipt_id": receipt.receipt_id,
        "conversation_id": receipt.conversation_id,
        "committed_at": receipt.committed_at,
        "document": document,
    }
    await db.execute(insert(t.receipts).values(row))
    await _set_state(db, receipt.proposal_id, ProposalState.COMMITTED)
    await note(db, "committed", receipt.conversation_id, receipt.proposal_id, document)


def _is_open(conversation_id: str) -> Any:
    return and_(t.proposals.c.conversation_id == conversation_id, t.proposals.c.state == ProposalState.OPEN.value)


async def _set_state(db: AsyncConnection, proposal_id: str, state: ProposalState) -> None:
    await db.execute(update(t.proposals).where(t.proposals.c.proposal_id == proposal_id).values(state=state.value))


async def note(db: AsyncConnection, event: str, conversation_id: str, proposal_id: str, details: dict[str, Any]) -> None:
    """Add a row to the audit."""
    row = {"at": now_utc(), "event": event, "conversation_id": conversation_id, "proposal_id": proposal_id, "details": details}
    await db.execute(insert(t.audit).values(row))
