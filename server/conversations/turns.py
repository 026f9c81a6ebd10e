"""Turns in SQL: which waiting messages make one, who works on it, and what it leaves behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.dialogue.base import PastTurn
from server.ids import new_turn_id
from server.storage.engine import announce
from server.storage.models import Conversation, Message, Turn
from server.storage.types import Author, Mode, TurnState, utc_now

LEASE = timedelta(seconds=15)
BURST = 20
"""Most messages that one turn takes."""
HISTORY_TURNS = 60
"""Turns that the dialogue manager's memory is rebuilt from."""


@dataclass(frozen=True)
class TurnWork:
    """A turn that this gateway has taken, with all it needs to ask for an answer."""

    turn_id: str
    conversation_id: str
    message_ids: tuple[str, ...]
    text: str
    payload: str | None
    language: str | None
    channel: str
    locale: str
    sign_in: bool
    owner_epoch: int
    first_seq: int
    begun_at: datetime
    attempt: int = 1
    has_history: bool = False
    person_between: bool = False


def turn_topic(conversation_id: str) -> str:
    """The bus topic on which a conversation's finished turns are told to those who wait for replies."""
    return f"turns/{conversation_id}"


def begin(db: AsyncSession, conversation: Conversation, messages: Sequence[Message], gateway_id: str) -> TurnWork:
    """Make one turn of messages and take it. `conversation` has to be locked and to have no open turn."""
    now = utc_now()
    turn = Turn(
        turn_id=new_turn_id(),
        conversation_id=conversation.conversation_id,
        first_seq=messages[0].seq,
        owner_epoch=conversation.owner_epoch,
        state=TurnState.OPEN,
        attempt=1,
        leased_by=gateway_id,
        leased_until=now + LEASE,
        started_at=now,
    )
    db.add(turn)
    for message in messages:
        message.turn_id = turn.turn_id
        message.waiting = False
    earlier, earlier_epoch = conversation.turn_count, conversation.last_turn_epoch
    conversation.open_turn_id = turn.turn_id
    conversation.turn_count = earlier + 1
    conversation.last_turn_epoch = conversation.owner_epoch
    return _work(conversation, turn, messages, person_between=earlier > 0 and earlier_epoch != conversation.owner_epoch)


async def take_waiting(db: AsyncSession, conversation: Conversation, gateway_id: str) -> TurnWork | None:
    """Make the next turn of what waits: a run of texts, or one button; None when nothing waits or the bot is not to answer."""
    if conversation.mode != Mode.BOT or conversation.open_turn_id is not None:
        return None
    query = select(Message).where(Message.conversation_id == conversation.conversation_id, Message.waiting.is_(True))
    waiting = list(await db.scalars(query.order_by(Message.seq).limit(BURST)))
    taken = waiting[:1]
    if taken and taken[0].rasa_payload is None:
        for message in waiting[1:]:
            if message.rasa_payload is not None:
                break
            taken.append(message)
    return begin(db, conversation, taken, gateway_id) if taken else None


async def is_any_left(db: AsyncSession, *, all_open: bool) -> bool:
    """Tell, without locking anything, whether there are turns to take over."""
    query = select(Turn.turn_id).where(Turn.state == TurnState.OPEN)
    if not all_open:
        query = query.where(Turn.leased_until < utc_now())
    return await db.scalar(query.limit(1)) is not None


async def take_over(db: AsyncSession, gateway_id: str, *, all_open: bool, limit: int = 50) -> list[TurnWork]:
    """Take turns whose gateway is gone, to answer them again.

    Args:
        db: A writing transaction.
        gateway_id: Who takes them.
        all_open: Whether leases are ignored: at the start of the only gateway of a database.
        limit: Most turns at once.
    """
    query = select(Turn).where(Turn.state == TurnState.OPEN).order_by(Turn.started_at).limit(limit)
    if not all_open:
        query = query.where(Turn.leased_until < utc_now())
    works = []
    for turn in await db.scalars(query.with_for_update(skip_locked=True)):
        turn.attempt += 1
        turn.leased_by = gateway_id
        turn.leased_until = utc_now() + LEASE
        conversation = await db.get_one(Conversation, turn.conversation_id)
        messages = await _customer_messages(db, [turn.turn_id])
        earlier = await _epoch_before(db, turn)
        works.append(_work(conversation, turn, messages, person_between=earlier is not None and earlier != turn.owner_epoch))
    return works


async def renew(db: AsyncSession, gateway_id: str, turn_ids: Sequence[str]) -> None:
    """Keep the leases of turns that are still being worked on."""
    mine = update(Turn).where(Turn.turn_id.in_(turn_ids), Turn.leased_by == gateway_id, Turn.state == TurnState.OPEN)
    await db.execute(mine.values(leased_until=utc_now() + LEASE))


async def find_open(db: AsyncSession, work: TurnWork) -> Turn | None:
    """Find the turn if this attempt is still the one that may commit."""
    turn = await db.get(Turn, work.turn_id, with_for_update=True)
    return turn if turn is not None and turn.state == TurnState.OPEN and turn.attempt == work.attempt else None


async def close(db: AsyncSession, conversation: Conversation, turn: Turn, state: TurnState, answered_by: str | None) -> None:
    """End a turn. Messages that wait for a bot which is not to answer any more stop waiting."""
    turn.state = state
    turn.answered_by = answered_by
    turn.finished_at = utc_now()
    turn.leased_until = None
    if conversation.open_turn_id == turn.turn_id:
        conversation.open_turn_id = None
    if conversation.mode != Mode.BOT:
        query = update(Message).where(Message.conversation_id == conversation.conversation_id, Message.waiting.is_(True))
        await db.execute(query.values(waiting=False))


def tell(db: AsyncSession, conversation: Conversation, work: TurnWork, replies: list[dict[str, object]]) -> None:
    """Have those who wait for this turn told its replies after the commit."""
    frame = {"turn_id": work.turn_id, "message_ids": list(work.message_ids), "replies": replies, "mode": str(conversation.mode)}
    announce(db, turn_topic(conversation.conversation_id), frame)


async def find_replies(db: AsyncSession, message: Message) -> list[Message] | None:
    """List the replies of the turn that took a customer's message; None while there is no end of it."""
    turn = await db.get(Turn, message.turn_id) if message.turn_id else None
    if turn is None or turn.state == TurnState.OPEN:
        return [] if turn is None and not message.waiting else None
    query = select(Message).where(Message.turn_id == turn.turn_id, Message.author != Author.CUSTOMER)
    return list(await db.scalars(query.order_by(Message.seq)))


async def list_past(db: AsyncSession, work: TurnWork) -> list[PastTurn]:
    """List the committed turns before one, oldest first, for the dialogue manager's memory."""
    query = (
        select(Turn)
        .where(Turn.conversation_id == work.conversation_id, Turn.state == TurnState.DONE, Turn.first_seq < work.first_seq)
        .order_by(Turn.first_seq.desc())
        .limit(HISTORY_TURNS)
    )
    turns = list(reversed(list(await db.scalars(query))))
    spoken = await db.scalars(select(Message).where(Message.turn_id.in_([turn.turn_id for turn in turns])).order_by(Message.seq))
    said: dict[str | None, list[Message]] = {}
    for message in spoken:
        said.setdefault(message.turn_id, []).append(message)
    return [_past(turn, said.get(turn.turn_id, [])) for turn in turns]


async def _epoch_before(db: AsyncSession, turn: Turn) -> int | None:
    earlier = select(Turn.owner_epoch).where(Turn.conversation_id == turn.conversation_id, Turn.first_seq < turn.first_seq)
    epoch: int | None = await db.scalar(earlier.order_by(Turn.first_seq.desc()).limit(1))
    return epoch


async def _customer_messages(db: AsyncSession, turn_ids: Sequence[str]) -> list[Message]:
    query = select(Message).where(Message.turn_id.in_(turn_ids), Message.author == Author.CUSTOMER)
    return list(await db.scalars(query.order_by(Message.seq)))


def _past(turn: Turn, messages: list[Message]) -> PastTurn:
    said = "\n".join(message.text for message in messages if message.author == Author.CUSTOMER)
    replies = [message.text for message in messages if message.author == Author.BOT]
    return PastTurn(turn.turn_id, turn.dialogue_events, said, replies)


def _work(conversation: Conversation, turn: Turn, messages: Sequence[Message], *, person_between: bool) -> TurnWork:
    return TurnWork(
        turn_id=turn.turn_id,
        conversation_id=turn.conversation_id,
        message_ids=tuple(message.message_id for message in messages),
        text="\n".join(message.text for message in messages),
        payload=messages[0].rasa_payload if len(messages) == 1 else None,
        language=next((message.language for message in reversed(messages) if message.language), None),
        channel=conversation.channel,
        locale=conversation.locale,
        sign_in=conversation.sign_in,
        owner_epoch=turn.owner_epoch,
        first_seq=turn.first_seq,
        begun_at=turn.started_at,
        attempt=turn.attempt,
        has_history=conversation.turn_count > 1,
        person_between=person_between,
    )
