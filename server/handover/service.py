"""From the bot to a person and back. The only writer of who owns a conversation.

The functions work inside a transaction that has locked the conversation, so that of two at once one sees what the other did.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository
from server.conversations.repository import NewMessage
from server.errors import AlreadyAssigned, NotAssigned
from server.handover.desk import Desk
from server.handover.packet import write_summary
from server.ids import new_id
from server.staff import repository as staff_repository
from server.storage.models import Block, Button, Conversation, Handover, Message, ModeEvent, Staff
from server.storage.types import Author, ConversationState, Mode, utc_now

KEEP_ASSISTANT = "/keep_assistant"
"""The payload of the way back to the assistant. The gateway obeys it itself; the dialogue manager never sees it."""
_WAY_BACK = ({"title": "Keep talking to the assistant", "payload": KEEP_ASSISTANT},)


async def request(db: AsyncSession, conversation: Conversation, reason: str, summary: str, desk: Desk | None = None) -> None:
    """Put a conversation in the queue for a person; asking again changes nothing.

    Args:
        db: The transaction in which it happens.
        conversation: Locked by that transaction.
        reason: Why, in a word or a short phrase.
        summary: What the person should know, made from records.
        desk: Says how long it takes; None leaves that line out.
    """
    if conversation.mode != Mode.BOT:
        return
    conversation.state = ConversationState.OPEN
    await _open_stretch(db, conversation, reason, await write_summary(db, conversation, summary))
    await repository.change_mode(db, conversation, Mode.QUEUED, reason=reason)
    if desk is not None:
        await _say(db, conversation, await _describe_wait(db, conversation, desk), _WAY_BACK)


async def withdraw(db: AsyncSession, conversation: Conversation, desk: Desk) -> None:
    """Give a customer who waits back to the bot, because they want it. Where nobody waits any more, only tell who answers."""
    if conversation.mode != Mode.QUEUED:
        name = await _name_of(db, conversation.assigned_to) if conversation.mode == Mode.AGENT else None
        await _say(db, conversation, desk.say_not_waiting(name))
        return
    await _close_stretch(db, conversation, "withdrawn")
    await repository.change_mode(db, conversation, Mode.BOT, reason="withdrawn by the customer")
    await _say(db, conversation, desk.say_withdrawn())


async def remind(db: AsyncSession, conversation: Conversation, desk: Desk) -> None:
    """Tell a customer who writes on while nobody is there when somebody is, once for each time in the queue."""
    if conversation.mode != Mode.QUEUED or await _is_anybody_present(db, desk) or await _count_ways_back(db, conversation) > 1:
        return
    await _say(db, conversation, desk.say_still_waiting(), _WAY_BACK)


async def find_open(db: AsyncSession, conversation_id: str) -> Handover | None:
    """Find the stretch with a person that is going on, or waiting to."""
    query = select(Handover).where(Handover.conversation_id == conversation_id, Handover.closed_at.is_(None))
    found: Handover | None = await db.scalar(query.order_by(Handover.requested_at.desc()).limit(1))
    return found


async def claim(db: AsyncSession, conversation: Conversation, staff: Staff, desk: Desk) -> None:
    """Give a conversation to a person; the bot is silent from here on. Claiming one's own changes nothing.

    Raises:
        AlreadyAssigned: If somebody else has it; the message names them.
    """
    if conversation.mode == Mode.AGENT and conversation.assigned_to == staff.staff_id:
        return
    if conversation.mode == Mode.AGENT and conversation.assigned_to is not None:
        raise AlreadyAssigned(f"{await _name_of(db, conversation.assigned_to)} already has this conversation.")
    stretch = await find_open(db, conversation.conversation_id) or await _open_stretch(
        db, conversation, "taken over by staff", await write_summary(db, conversation, "")
    )
    stretch.staff_id, stretch.assigned_at = staff.staff_id, utc_now()
    conversation.state = ConversationState.OPEN
    await repository.change_mode(db, conversation, Mode.AGENT, reason="claimed", staff_id=staff.staff_id)
    await _say(db, conversation, desk.say_joined(staff.name))
    staff_repository.write_audit(db, "conversation.claimed", staff_id=staff.staff_id, conversation_id=conversation.conversation_id)


async def reply(
    db: AsyncSession, conversation: Conversation, staff: Staff, text: str, client_message_id: str, desk: Desk
) -> tuple[Message, bool]:
    """Write what a person says; whoever says something takes the conversation. A repeated id gives the first message.

    Returns:
        The message, and whether it is new.

    Raises:
        AlreadyAssigned: If somebody else has the conversation.
    """
    key = f"{staff.staff_id}:{client_message_id}"
    query = select(Message).where(Message.conversation_id == conversation.conversation_id, Message.client_message_id == key)
    said_before = await db.scalar(query)
    if said_before is not None:
        return said_before, False
    await claim(db, conversation, staff, desk)
    stretch = await find_open(db, conversation.conversation_id)
    if stretch is not None and stretch.first_reply_at is None:
        stretch.first_reply_at = utc_now()
    new = NewMessage(text=text, client_message_id=key, staff_id=staff.staff_id)
    return await repository.append_message(db, conversation, Author.AGENT, new), True


async def release(db: AsyncSession, conversation: Conversation, staff: Staff, desk: Desk) -> None:
    """Give a conversation back to the bot and tell the customer that it is an AI again.

    Raises:
        NotAssigned: If somebody else has it.
    """
    if conversation.mode == Mode.BOT:
        return
    await _check_own(db, conversation, staff)
    name = staff.name if conversation.mode == Mode.AGENT else None
    await _close_stretch(db, conversation, "released")
    await repository.change_mode(db, conversation, Mode.BOT, reason="released")
    await _say(db, conversation, desk.say_released(name))
    staff_repository.write_audit(db, "conversation.released", staff_id=staff.staff_id, conversation_id=conversation.conversation_id)


async def resolve(db: AsyncSession, conversation: Conversation, staff: Staff, desk: Desk) -> None:
    """Mark the matter as settled; the bot answers if the customer writes again.

    Raises:
        NotAssigned: If somebody else has it.
    """
    if conversation.state == ConversationState.RESOLVED:
        return
    await _check_own(db, conversation, staff)
    await _close_stretch(db, conversation, "resolved")
    if conversation.mode != Mode.BOT:
        await repository.change_mode(db, conversation, Mode.BOT, reason="resolved")
    conversation.state = ConversationState.RESOLVED
    await _say(db, conversation, desk.say_resolved())
    staff_repository.write_audit(db, "conversation.resolved", staff_id=staff.staff_id, conversation_id=conversation.conversation_id)


async def return_to_queue(db: AsyncSession, conversation: Conversation, desk: Desk) -> None:
    """Take a conversation from a person who is gone while the customer waits, and tell the customer."""
    name = await _name_of(db, conversation.assigned_to)
    stretch = await find_open(db, conversation.conversation_id)
    if stretch is not None:
        stretch.staff_id = stretch.assigned_at = None
    gone = conversation.assigned_to
    await repository.change_mode(db, conversation, Mode.QUEUED, reason="the agent is gone")
    await _say(db, conversation, f"{desk.say_agent_left(name)} {await _describe_wait(db, conversation, desk)}", _WAY_BACK)
    staff_repository.write_audit(db, "conversation.requeued", staff_id=gone, conversation_id=conversation.conversation_id)


async def block(db: AsyncSession, conversation: Conversation, staff: Staff, reason: str, desk: Desk) -> None:
    """Stop processing what a customer writes, tell them so, and keep why."""
    if conversation.blocked:
        return
    conversation.blocked = True
    db.add(
        Block(
            block_id=new_id("blk"), conversation_id=conversation.conversation_id, customer_id=conversation.customer_id,
            reason=reason, staff_id=staff.staff_id,
        )
    )  # fmt: skip
    await _say(db, conversation, desk.say_blocked())
    staff_repository.write_audit(db, "customer.blocked", staff_id=staff.staff_id, conversation_id=conversation.conversation_id)


async def unblock(db: AsyncSession, conversation: Conversation, staff: Staff, desk: Desk) -> None:
    """Take a customer's messages again."""
    if not conversation.blocked:
        return
    conversation.blocked = False
    query = select(Block).where(Block.conversation_id == conversation.conversation_id, Block.lifted_at.is_(None))
    for entry in await db.scalars(query):
        entry.lifted_at = utc_now()
    await _say(db, conversation, desk.say_unblocked())
    staff_repository.write_audit(db, "customer.unblocked", staff_id=staff.staff_id, conversation_id=conversation.conversation_id)


async def find_block(db: AsyncSession, customer_id: str) -> Block | None:
    """Find the block that a signed-in customer carries into new conversations."""
    query = select(Block).where(Block.customer_id == customer_id, Block.lifted_at.is_(None))
    found: Block | None = await db.scalar(query.limit(1))
    return found


async def _open_stretch(db: AsyncSession, conversation: Conversation, reason: str, summary: str) -> Handover:
    stretch = Handover(handover_id=new_id("hand"), conversation_id=conversation.conversation_id, reason=reason[:200], summary=summary)
    db.add(stretch)
    await db.flush()
    return stretch


async def _close_stretch(db: AsyncSession, conversation: Conversation, outcome: str) -> None:
    stretch = await find_open(db, conversation.conversation_id)
    if stretch is not None:
        stretch.closed_at, stretch.outcome = utc_now(), outcome


async def _check_own(db: AsyncSession, conversation: Conversation, staff: Staff) -> None:
    owner = conversation.assigned_to
    if conversation.mode == Mode.AGENT and owner not in {None, staff.staff_id} and staff.role != "admin":
        raise NotAssigned(f"{await _name_of(db, owner)} has this conversation. Ask them to give it up.")


async def _describe_wait(db: AsyncSession, conversation: Conversation, desk: Desk) -> str:
    gets_email = conversation.level == "customer" and conversation.external_id is None
    return desk.say_queued(anybody_present=await _is_anybody_present(db, desk), gets_email=gets_email)


async def _is_anybody_present(db: AsyncSession, desk: Desk) -> bool:
    now = desk.now()
    return bool(await staff_repository.list_present(db, since=now - desk.present_for, now=now))


async def _count_ways_back(db: AsyncSession, conversation: Conversation) -> int:
    # The first came with the queue, the second with the reminder.
    of_this = conversation.conversation_id
    queued = select(func.max(ModeEvent.seq)).where(ModeEvent.conversation_id == of_this, ModeEvent.mode == Mode.QUEUED)
    query = (
        select(func.count())
        .select_from(Button)
        .join(Message, Message.message_id == Button.message_id)
        .where(Button.conversation_id == of_this, Button.payload == KEEP_ASSISTANT, Message.seq > queued.scalar_subquery())
    )
    return await db.scalar(query) or 0


async def _name_of(db: AsyncSession, staff_id: str | None) -> str:
    staff = await staff_repository.find_staff(db, staff_id) if staff_id else None
    return staff.name if staff else "A colleague"


async def _say(db: AsyncSession, conversation: Conversation, text: str, buttons: Sequence[dict[str, str]] = ()) -> None:
    await repository.append_message(db, conversation, Author.SYSTEM, NewMessage(text=text, buttons=buttons))
