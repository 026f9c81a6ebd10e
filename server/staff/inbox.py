"""The inbox: conversations as lines, filtered, counted and paged."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.errors import BadRequest
from server.staff.schemas import AssigneeView, ConversationSummary, CountsView, HandoverView, InboxView, LastMessageView
from server.storage.models import Conversation, Handover, Message, Staff
from server.storage.types import Author, ConversationState, Mode

InboxState = Literal["queued", "mine", "bot", "agent", "open", "resolved", "all"]
_SHOWN_CHARS = 200


async def read_inbox(db: AsyncSession, state: InboxState, staff_id: str, limit: int, cursor: str | None) -> InboxView:
    """Read a page: the queue oldest first, so that nobody waits for ever; everything else newest first.

    Raises:
        BadRequest: If the cursor is not one of ours.
    """
    query = select(Conversation).where(*_conditions(state, staff_id))
    ordered = _order_queue(query, cursor) if state == "queued" else _order_newest(query, cursor)
    found = list(await db.scalars(ordered.limit(limit + 1)))
    items = await summarise(db, found[:limit])
    next_cursor = _write_cursor(items[-1], state) if len(found) > limit else None
    return InboxView(items=items, next_cursor=next_cursor, counts=await _count(db, staff_id))


async def summarise(db: AsyncSession, conversations: Sequence[Conversation]) -> list[ConversationSummary]:
    """Shape conversations as lines of the inbox, in four queries however many there are."""
    ids = [conversation.conversation_id for conversation in conversations]
    owners = {conversation.assigned_to for conversation in conversations if conversation.assigned_to}
    names = {staff.staff_id: staff.name for staff in await db.scalars(select(Staff).where(Staff.staff_id.in_(owners)))}
    open_ones = select(Handover).where(Handover.conversation_id.in_(ids), Handover.closed_at.is_(None)).order_by(Handover.requested_at)
    handovers = {handover.conversation_id: handover for handover in await db.scalars(open_ones)}
    last = {message.conversation_id: message for message in await db.scalars(_last_messages(ids))}
    return [_summary(c, names, handovers.get(c.conversation_id), last.get(c.conversation_id)) for c in conversations]


def _summary(conversation: Conversation, names: dict[str, str], handover: Handover | None, last: Message | None) -> ConversationSummary:
    owner = conversation.assigned_to
    return ConversationSummary(
        conversation_id=conversation.conversation_id, state=conversation.state, mode=conversation.mode,
        channel=conversation.channel, locale=conversation.locale, language=conversation.language, level=conversation.level,
        customer_name=conversation.customer_name,
        assigned_to=AssigneeView(staff_id=owner, name=names.get(owner, "")) if owner else None,
        handover=HandoverView(reason=handover.reason, summary=handover.summary, requested_at=handover.requested_at) if handover else None,
        last_message=LastMessageView(author=last.author, text=last.text[:_SHOWN_CHARS], created_at=last.created_at) if last else None,
        blocked=conversation.blocked, created_at=conversation.created_at, updated_at=conversation.updated_at,
    )  # fmt: skip


def _last_messages(ids: Sequence[str]) -> Select[Message]:
    """What was last said: by anybody, but by the customer where one waits, since our notices of the wait say nothing of them."""
    theirs = or_(Conversation.mode != Mode.QUEUED, Message.author == Author.CUSTOMER)
    newest = (
        select(Message.conversation_id, func.max(Message.seq).label("seq"))
        .join(Conversation, Conversation.conversation_id == Message.conversation_id)
        .where(Message.conversation_id.in_(ids), Message.author != Author.SYSTEM, theirs)
        .group_by(Message.conversation_id)
        .subquery()
    )
    return select(Message).join(newest, and_(Message.conversation_id == newest.c.conversation_id, Message.seq == newest.c.seq))


def _conditions(state: InboxState, staff_id: str) -> list[Any]:
    is_open = Conversation.state == ConversationState.OPEN
    match state:
        case "queued":
            return [is_open, Conversation.mode == Mode.QUEUED]
        case "mine":
            return [is_open, Conversation.mode == Mode.AGENT, Conversation.assigned_to == staff_id]
        case "bot":
            return [is_open, Conversation.mode == Mode.BOT]
        case "agent":
            return [is_open, Conversation.mode == Mode.AGENT]
        case "open":
            return [is_open]
        case "resolved":
            return [Conversation.state == ConversationState.RESOLVED]
        case "all":
            return []


async def _count(db: AsyncSession, staff_id: str) -> CountsView:
    async def count(state: InboxState) -> int:
        return await db.scalar(select(func.count()).select_from(Conversation).where(*_conditions(state, staff_id))) or 0

    return CountsView(queued=await count("queued"), mine=await count("mine"), open=await count("open"))


def _order_newest(query: Select[Conversation], cursor: str | None) -> Select[Conversation]:
    at, tie = Conversation.updated_at, Conversation.conversation_id
    if cursor is not None:
        when, last_id = _read_cursor(cursor)
        query = query.where(or_(at < when, and_(at == when, tie < last_id)))
    return query.order_by(at.desc(), tie.desc())


def _order_queue(query: Select[Conversation], cursor: str | None) -> Select[Conversation]:
    at, tie = Handover.requested_at, Conversation.conversation_id
    query = query.join(Handover, and_(Handover.conversation_id == tie, Handover.closed_at.is_(None)))
    if cursor is not None:
        when, last_id = _read_cursor(cursor)
        query = query.where(or_(at > when, and_(at == when, tie > last_id)))
    return query.order_by(at, tie)


def _write_cursor(last: ConversationSummary, state: InboxState) -> str:
    at = last.handover.requested_at if state == "queued" and last.handover else last.updated_at
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last.conversation_id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        when, _, last_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        at = datetime.fromisoformat(when)
    except (ValueError, binascii.Error) as exc:
        raise BadRequest(f"{cursor!r} is no cursor. Take `next_cursor` of the page before.") from exc
    if at.tzinfo is None:
        raise BadRequest(f"{cursor!r} is no cursor. Take `next_cursor` of the page before.")
    return at, last_id
