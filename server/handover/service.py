"""From the bot to a person and back. The only writer of who owns a conversation."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository
from server.ids import new_id
from server.storage.models import Conversation, Handover
from server.storage.types import Mode


async def request(db: AsyncSession, conversation: Conversation, reason: str, summary: str) -> None:
    """Put a conversation in the queue for a person; asking again changes nothing.

    Args:
        db: The transaction in which it happens.
        conversation: Locked by that transaction.
        reason: Why, in a word or a short phrase.
        summary: What the person should know, made from records.
    """
    if conversation.mode != Mode.BOT:
        return
    db.add(Handover(handover_id=new_id("hand"), conversation_id=conversation.conversation_id, reason=reason[:200], summary=summary))
    await repository.change_mode(db, conversation, Mode.QUEUED, reason=reason)


async def find_open(db: AsyncSession, conversation_id: str) -> Handover | None:
    """Find the stretch with a person that is going on, or waiting to."""
    found: Handover | None = await db.scalar(
        select(Handover).where(Handover.conversation_id == conversation_id, Handover.closed_at.is_(None)).limit(1)
    )
    return found
