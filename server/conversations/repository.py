"""The conversation log in SQL: the only place that gives out `seq` and changes who owns a conversation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations.schemas import message_json
from server.errors import ConversationNotFound, MessageNotFound
from server.ids import new_id, new_message_id
from server.storage.engine import announce
from server.storage.models import Button, Conversation, Delivery, Message, ModeEvent, Staff
from server.storage.types import Author, Mode, utc_now


@dataclass(frozen=True)
class NewMessage:
    """What is said; the log adds id, number and time.

    Attributes:
        buttons: `{"title", "payload"}` with the dialogue manager's payloads; customers get opaque ids instead.
    """

    text: str
    buttons: Sequence[dict[str, Any]] = ()
    cards: Sequence[dict[str, Any]] = ()
    citations: Sequence[dict[str, Any]] = ()
    attachments: Sequence[dict[str, Any]] = ()
    answer_id: str | None = None
    message_id: str | None = None
    client_message_id: str | None = None
    turn_id: str | None = None
    staff_id: str | None = None
    waiting: bool = False
    rasa_payload: str | None = None
    language: str | None = None


async def get_conversation(db: AsyncSession, conversation_id: str, *, lock: bool = False) -> Conversation:
    """Read a conversation; with `lock` nobody else changes it until this transaction ends.

    Raises:
        ConversationNotFound: If there is none.
    """
    query = select(Conversation).where(Conversation.conversation_id == conversation_id)
    conversation = await db.scalar(query.with_for_update() if lock else query)
    if conversation is None:
        raise ConversationNotFound(conversation_id)
    return conversation


async def find_by_external_id(db: AsyncSession, channel: str, external_id: str) -> Conversation | None:
    """Find the conversation of a platform's chat."""
    query = select(Conversation).where(Conversation.channel == channel, Conversation.external_id == external_id)
    found: Conversation | None = await db.scalar(query)
    return found


async def append_message(db: AsyncSession, conversation: Conversation, author: Author, new: NewMessage) -> Message:
    """Write a message under the next `seq`, queue it for its platform, and have it told to live listeners after the commit.

    `conversation` has to be locked by this transaction (`get_conversation(..., lock=True)`, or new in it).
    """
    message_id = new.message_id or new_message_id()
    message = Message(
        message_id=message_id,
        conversation_id=conversation.conversation_id,
        seq=_take_seq(conversation),
        author=author,
        text=new.text,
        buttons=_swap_buttons(db, conversation, message_id, new.buttons),
        cards=list(new.cards),
        citations=list(new.citations),
        attachments=list(new.attachments),
        answer_id=new.answer_id,
        client_message_id=new.client_message_id,
        turn_id=new.turn_id,
        staff_id=new.staff_id,
        waiting=new.waiting,
        rasa_payload=new.rasa_payload,
        language=new.language,
        created_at=conversation.updated_at,
    )
    db.add(message)
    if conversation.external_id is not None and author is not Author.CUSTOMER:
        db.add(_delivery(conversation, message))
    announce(db, conversation.conversation_id, _message_frame(message, await name_staff(db, [new.staff_id])))
    return message


async def change_mode(
    db: AsyncSession, conversation: Conversation, mode: Mode, *, reason: str = "", staff_id: str | None = None
) -> ModeEvent:
    """Change who answers: a new epoch, an event under the next `seq`, told to live listeners after the commit.

    `conversation` has to be locked by this transaction. Bot replies begun under the old epoch can no longer commit.
    """
    conversation.mode = mode
    conversation.owner_epoch += 1
    conversation.assigned_to = staff_id if mode is Mode.AGENT else None
    change = ModeEvent(
        conversation_id=conversation.conversation_id,
        seq=_take_seq(conversation),
        mode=mode,
        owner_epoch=conversation.owner_epoch,
        reason=reason[:200],
        staff_id=staff_id,
        created_at=conversation.updated_at,
    )
    db.add(change)
    announce(db, conversation.conversation_id, _mode_frame(change, await name_staff(db, [staff_id])))
    return change


async def get_message(db: AsyncSession, conversation_id: str, message_id: str) -> Message:
    """Read one message of a conversation.

    Raises:
        MessageNotFound: If there is none in this conversation.
    """
    query = select(Message).where(Message.message_id == message_id, Message.conversation_id == conversation_id)
    message = await db.scalar(query)
    if message is None:
        raise MessageNotFound(message_id)
    return message


async def list_messages(db: AsyncSession, conversation_id: str, after: int = 0, limit: int = 100) -> list[Message]:
    """List messages with a `seq` above `after`, oldest first."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq > after)
    return list(await db.scalars(query.order_by(Message.seq).limit(limit)))


async def list_frames(db: AsyncSession, conversation_id: str, after: int = 0, limit: int = 500) -> list[dict[str, Any]]:
    """List the live frames of messages and mode changes above `after`, in the order of `seq`."""
    messages = await list_messages(db, conversation_id, after, limit)
    query = select(ModeEvent).where(ModeEvent.conversation_id == conversation_id, ModeEvent.seq > after)
    changes = list(await db.scalars(query.order_by(ModeEvent.seq).limit(limit)))
    names = await name_staff(db, [one.staff_id for one in messages] + [one.staff_id for one in changes])
    frames = [_message_frame(message, names) for message in messages] + [_mode_frame(change, names) for change in changes]
    return sorted(frames, key=lambda frame: frame["seq"])[:limit]


async def name_staff(db: AsyncSession, staff_ids: Iterable[str | None]) -> dict[str | None, str]:
    """Give the names of staff by id; who is not there any more is left out."""
    wanted = {staff_id for staff_id in staff_ids if staff_id}
    if not wanted:
        return {}
    rows = await db.execute(select(Staff.staff_id, Staff.name).where(Staff.staff_id.in_(wanted)))
    return {row.staff_id: row.name for row in rows}


def _message_frame(message: Message, names: dict[str | None, str]) -> dict[str, Any]:
    return {"type": "message", "seq": message.seq, "message": message_json(message, names.get(message.staff_id))}


def _mode_frame(change: ModeEvent, names: dict[str | None, str]) -> dict[str, Any]:
    frame = {"type": "mode", "seq": change.seq, "mode": str(change.mode)}
    return frame | {"agent_name": names.get(change.staff_id)} if change.mode == Mode.AGENT else frame


def _take_seq(conversation: Conversation) -> int:
    seq = conversation.next_seq
    conversation.next_seq = seq + 1
    conversation.updated_at = utc_now()
    return seq


def _swap_buttons(db: AsyncSession, conversation: Conversation, message_id: str, buttons: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    shown = []
    for button in buttons:
        title = str(button.get("title", ""))[:200]
        button_id = new_id("btn")
        db.add(
            Button(
                button_id=button_id,
                conversation_id=conversation.conversation_id,
                message_id=message_id,
                title=title,
                payload=str(button.get("payload") or title),
            )
        )
        shown.append({"title": title, "payload": button_id})
    return shown


def _delivery(conversation: Conversation, message: Message) -> Delivery:
    return Delivery(
        delivery_id=new_id("dlv"),
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        seq=message.seq,
        channel=conversation.channel,
    )
