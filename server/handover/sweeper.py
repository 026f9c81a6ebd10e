"""Finds customers who wait for an agent that is gone, and gives them back to the queue."""

import asyncio

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository
from server.errors import StorageUnavailable
from server.handover import service
from server.handover.desk import Desk
from server.staff import repository as staff_repository
from server.storage.engine import Database
from server.storage.models import Conversation, Message
from server.storage.types import Author, ConversationState, Mode

log = structlog.get_logger(__name__)


class AgentSweeper:
    """Looks every few seconds. Several gateways may run one each: the second finds nothing left to do."""

    def __init__(self, database: Database, desk: Desk, every_s: float = 15.0) -> None:
        self._database = database
        self._desk = desk
        self._every_s = every_s

    async def run(self) -> None:
        """Sweep for ever. The first sweep waits, so that consoles can come back after our own restart."""
        await asyncio.sleep(self._desk.gone_after.total_seconds())
        while True:
            try:
                await self.sweep()
            except StorageUnavailable:
                log.warning("handover.sweep_failed")
            await asyncio.sleep(self._every_s)

    async def sweep(self) -> int:
        """Give back every conversation whose agent is gone while the customer waits; tells how many."""
        async with self._database.read() as db:
            held = select(Conversation.conversation_id).where(
                Conversation.mode == Mode.AGENT, Conversation.state == ConversationState.OPEN, Conversation.blocked.is_(False)
            )
            candidates = list(await db.scalars(held))
        return sum([await self._sweep_one(conversation_id) for conversation_id in candidates])

    async def _sweep_one(self, conversation_id: str) -> bool:
        async with self._database.read() as db:
            if not await self._is_left_alone(db, await repository.get_conversation(db, conversation_id)):
                return False
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            if not await self._is_left_alone(db, conversation):
                return False
            await service.return_to_queue(db, conversation, self._desk)
        log.info("handover.requeued", conversation_id=conversation_id)
        return True

    async def _is_left_alone(self, db: AsyncSession, conversation: Conversation) -> bool:
        if conversation.mode != Mode.AGENT:
            return False
        now = self._desk.now()
        present = await staff_repository.list_present(db, since=now - self._desk.gone_after, now=now)
        return conversation.assigned_to not in present and await _customer_waits(db, conversation.conversation_id)


async def _customer_waits(db: AsyncSession, conversation_id: str) -> bool:
    query = (
        select(Message.author)
        .where(Message.conversation_id == conversation_id, Message.author.in_([Author.CUSTOMER, Author.AGENT]))
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await db.scalar(query) == Author.CUSTOMER
