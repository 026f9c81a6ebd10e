"""What was asked of Shopify and what came of it, kept beside the proposals, so that a crash in between loses nothing."""

from itertools import takewhile

from sqlalchemy import select

from shop.backends.base import ProposalState
from shop.backends.sql import commits
from shop.backends.sql import tables as t
from shop.backends.sql.database import Database
from shop.changes.base import Change
from shop.errors import ConfirmationStale
from shop.models import ProposalId, Receipt

_SENT, _DECLINED = "sent", "declined"


class Ledger:
    """The rows of a write: sent before anything leaves, then its receipt, or that Shopify declined it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, change: Change) -> None:
        """Note a change before it is sent.

        Raises:
            ConfirmationStale: If its proposal is not open.
        """
        receipt = change.receipt
        async with self._database.write() as db:
            stored = await commits.find_proposal(db, receipt.proposal_id, lock=True)
            if stored is None or stored.state is not ProposalState.OPEN:
                msg = f"Proposal {receipt.proposal_id!r} was withdrawn."
                raise ConfirmationStale(msg)
            await commits.note(db, _SENT, receipt.conversation_id, receipt.proposal_id, change.model_dump(mode="json"))

    async def decline(self, change: Change, why: str) -> None:
        """Note that nothing came of a change."""
        receipt = change.receipt
        async with self._database.write() as db:
            await commits.note(db, _DECLINED, receipt.conversation_id, receipt.proposal_id, {"why": why})

    async def finish(self, change: Change) -> Receipt:
        """Keep the receipt of what was done, or give the one that was kept already.

        Of several processes that were asked for the same, the one whose receipt is kept has done it, whoever kept it: another that saw
        the order change first may have done that for us. So `already_done` is set on the receipts of others alone.
        """
        async with self._database.write() as db:
            await commits.find_proposal(db, change.receipt.proposal_id, lock=True)
            earlier = await commits.find_receipt(db, change.receipt.proposal_id)
            if earlier is not None:
                return earlier.model_copy(update={"already_done": earlier.receipt_id != change.receipt.receipt_id})
            await commits.write_receipt(db, change.receipt)
        return change.receipt

    async def find_receipt(self, proposal_id: ProposalId) -> Receipt | None:
        """The receipt of a proposal."""
        async with self._database.read() as db:
            return await commits.find_receipt(db, proposal_id)

    async def list_sent(self, proposal_id: ProposalId) -> list[Change]:
        """Each time that a proposal's change was sent, here or by another process, and nobody knows yet what came of it; latest first."""
        async with self._database.read() as db:
            stored = await commits.find_proposal(db, proposal_id)
            if stored is None:
                return []
            # By the conversation first, which has an index.
            of_proposal = (t.audit.c.conversation_id == stored.proposal.conversation_id, t.audit.c.proposal_id == proposal_id)
            query = select(t.audit.c.event, t.audit.c.details).where(*of_proposal, t.audit.c.event.in_([_SENT, _DECLINED]))
            rows = (await db.execute(query.order_by(t.audit.c.audit_id.desc()))).all()
        return [Change.model_validate(row.details) for row in takewhile(lambda row: row.event == _SENT, rows)]
