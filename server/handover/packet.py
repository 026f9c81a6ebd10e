"""What a person should know before they answer: why, how well the customer is known, what was tried. From records alone."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.models import Conversation, Feedback, Message, ProvedOrder, Turn
from server.storage.types import Author, TurnState


async def write_summary(db: AsyncSession, conversation: Conversation, summary: str) -> str:
    """Join what the action found out with the facts of the conversation, one to a line.

    Args:
        db: A transaction.
        conversation: The one that is handed over.
        summary: The action's own words, made from records; may be empty.
    """
    lines = [summary.strip(), await _describe_identity(db, conversation), await _describe_steps(db, conversation)]
    if conversation.language and conversation.language != "en":
        lines.append(f"Writes in: {conversation.language}")
    return "\n".join(line for line in lines if line)


async def _describe_identity(db: AsyncSession, conversation: Conversation) -> str:
    query = select(ProvedOrder.order_id).where(ProvedOrder.conversation_id == conversation.conversation_id)
    orders = sorted(await db.scalars(query))
    proved = f", proved order {', '.join(orders)}" if orders else ""
    match conversation.level:
        case "customer":
            return f"Identity: signed in as {conversation.customer_name or conversation.customer_id}{proved}"
        case "guest":
            return f"Identity: guest{proved}"
        case _:
            return "Identity: not proved"


async def _describe_steps(db: AsyncSession, conversation: Conversation) -> str:
    of_this = conversation.conversation_id
    written = await db.scalar(
        select(func.count()).select_from(Message).where(Message.conversation_id == of_this, Message.author == Author.CUSTOMER)
    )
    answered = await db.scalar(select(func.count()).select_from(Turn).where(Turn.conversation_id == of_this, Turn.state == TurnState.DONE))
    disliked = await db.scalar(
        select(func.count()).select_from(Feedback).where(Feedback.conversation_id == of_this, Feedback.rating == "down")
    )
    tried = f"So far: {written} {'message' if written == 1 else 'messages'} from the customer, {answered} answered by the bot"
    return f"{tried}, {disliked} of them disliked" if disliked else tried
