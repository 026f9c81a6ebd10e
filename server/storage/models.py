"""The gateway's tables. The conversation log is the truth; everything else can be rebuilt from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, true
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from server.storage.types import ID, NAME, ConversationState, DeliveryState, Mode, TurnState, UtcDateTime, utc_now


class Base(DeclarativeBase):
    """Common base; text columns hold plain strings, times are UTC."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012  # SQLAlchemy's own idiom


def _refers_to(column: str, ondelete: str) -> ForeignKey:
    # Checked at the commit: rows of one transaction may be written in any order.
    return ForeignKey(column, ondelete=ondelete, deferrable=True, initially="DEFERRED")


def _conversation_key(**options: Any) -> Mapped[str]:
    return mapped_column(ID, _refers_to("conversations.conversation_id", "CASCADE"), **options)


class Conversation(Base):
    """Everything exchanged with one customer on one channel about one matter.

    Attributes:
        owner_epoch: Fencing token; grows with every change of `mode`. A bot reply commits only under the epoch it began with.
        next_seq: The number that the next event of this conversation takes; gapless.
        external_id: The platform's id of the chat, such as a Telegram chat id; None on the web.
        language: ISO 639-1 code of the customer's language when it was recognised, else None.
        sign_in: Whether customers can sign in where this conversation is held.
        identified_until: How long the verified identity holds without being shown again; None for guests.
        open_turn_id: The one turn that is being answered, if any.
        turn_count: Turns begun so far.
        last_turn_epoch: The epoch of the latest turn; a person answered since if it is not `owner_epoch`.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_conversations_queue", "mode", "state", "updated_at"),
        Index("ix_conversations_updated", "updated_at"),
    )

    conversation_id: Mapped[str] = mapped_column(ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(NAME)
    external_id: Mapped[str | None] = mapped_column(String(128))
    locale: Mapped[str] = mapped_column(String(16), default="en")
    language: Mapped[str | None] = mapped_column(String(8))
    level: Mapped[str] = mapped_column(NAME, default="anonymous")
    customer_id: Mapped[str | None] = mapped_column(String(128), index=True)
    customer_name: Mapped[str | None] = mapped_column(String(200))
    sign_in: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    identified_until: Mapped[datetime | None]
    mode: Mapped[str] = mapped_column(NAME, default=Mode.BOT)
    owner_epoch: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(NAME, default=ConversationState.OPEN)
    next_seq: Mapped[int] = mapped_column(Integer, default=1)
    open_turn_id: Mapped[str | None] = mapped_column(ID)
    turn_count: Mapped[int] = mapped_column(Integer, default=0)
    last_turn_epoch: Mapped[int] = mapped_column(Integer, default=0)
    assigned_to: Mapped[str | None] = mapped_column(ID, _refers_to("staff.staff_id", "SET NULL"), index=True)
    blocked: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)


class Message(Base):
    """What one author sent at once.

    Attributes:
        client_message_id: The sender's own id; a repeat gives the first result.
        turn_id: The turn that answers it (customer) or that it answers (bot); None while it waits, and for staff.
        waiting: Whether a customer's message still has to be taken by a turn of the bot.
        rasa_payload: What Rasa gets instead of the text when a button was pressed.
        language: ISO 639-1 code when it is surely not English.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_message_id"),
        Index("ix_messages_waiting", "conversation_id", "waiting"),
        Index("ix_messages_turn", "turn_id"),
    )

    message_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key()
    seq: Mapped[int] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(NAME)
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    cards: Mapped[list[Any]] = mapped_column(default=list)
    citations: Mapped[list[Any]] = mapped_column(default=list)
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    answer_id: Mapped[str | None] = mapped_column(ID)
    client_message_id: Mapped[str | None] = mapped_column(String(128))
    turn_id: Mapped[str | None] = mapped_column(ID)
    staff_id: Mapped[str | None] = mapped_column(ID, _refers_to("staff.staff_id", "SET NULL"))
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    rasa_payload: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class ModeEvent(Base):
    """A change of who answers. Counts in the conversation's `seq` like a message."""

    __tablename__ = "mode_events"

    conversation_id: Mapped[str] = _conversation_key(primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    mode: Mapped[str] = mapped_column(NAME)
    owner_epoch: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(200), default="")
    staff_id: Mapped[str | None] = mapped_column(ID)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Turn(Base):
    """A customer's message, or a burst of them, and all that answers it.

    Attributes:
        attempt: Grows each time the turn is begun; only the newest attempt may commit.
        leased_until: Until when a living gateway works on it; later, any gateway may begin it again.
        dialogue_events: The dialogue manager's own events of this turn, to rebuild its tracker. None: not fetched yet.
        answered_by: `rasa`, `fallback` or `scripted`.
    """

    __tablename__ = "turns"
    __table_args__ = (Index("ix_turns_open", "state", "leased_until"), Index("ix_turns_conversation", "conversation_id", "first_seq"))

    turn_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key()
    first_seq: Mapped[int] = mapped_column(Integer)
    owner_epoch: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(NAME, default=TurnState.OPEN)
    attempt: Mapped[int] = mapped_column(Integer, default=1)
    leased_by: Mapped[str | None] = mapped_column(ID)
    leased_until: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(NAME)
    dialogue_events: Mapped[list[Any] | None]
    started_at: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None]


class Button(Base):
    """The secret meaning of a button: an opaque id for the customer, a payload for the dialogue manager."""

    __tablename__ = "buttons"

    button_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key(index=True)
    message_id: Mapped[str] = mapped_column(ID)
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[str] = mapped_column(Text)


class Inbox(Base):
    """Events that a platform sent us, so that a repeat has no effect."""

    __tablename__ = "inbox"

    channel: Mapped[str] = mapped_column(NAME, primary_key=True)
    account: Mapped[str] = mapped_column(String(128), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ID)
    received_at: Mapped[datetime] = mapped_column(default=utc_now)


class Delivery(Base):
    """One message on its way to a messaging platform."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("message_id", "channel"), Index("ix_deliveries_due", "state", "due_at"))

    delivery_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key(index=True)
    message_id: Mapped[str] = mapped_column(ID, _refers_to("messages.message_id", "CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(NAME)
    state: Mapped[str] = mapped_column(NAME, default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(default=utc_now)
    leased_until: Mapped[datetime | None]
    platform_message_id: Mapped[str | None] = mapped_column(String(128))
    last_error: Mapped[str | None] = mapped_column(String(500))
    sent_at: Mapped[datetime | None]


class Email(Base):
    """One e-mail on its way. Written in the transaction that wants it sent."""

    __tablename__ = "emails"
    __table_args__ = (Index("ix_emails_due", "state", "due_at"),)

    email_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ID, index=True)
    to: Mapped[str] = mapped_column("to_address", String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(NAME, default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    sent_at: Mapped[datetime | None]


class OrderCode(Base):
    """A code sent to the e-mail of an order. Written for unknown orders too, so that nobody can tell them apart."""

    __tablename__ = "order_codes"
    __table_args__ = (
        Index("ix_order_codes_conversation", "conversation_id", "created_at"),
        Index("ix_order_codes_order", "order_id", "created_at"),
    )

    code_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key()
    order_id: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    real: Mapped[bool] = mapped_column(Boolean)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]


class ProvedOrder(Base):
    """An order that a guest proved in a conversation."""

    __tablename__ = "proved_orders"

    conversation_id: Mapped[str] = _conversation_key(primary_key=True)
    order_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    proved_at: Mapped[datetime] = mapped_column(default=utc_now)


class Feedback(Base):
    """What the customer thought of one message; the last word counts."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(ID, _refers_to("messages.message_id", "CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = _conversation_key(index=True)
    rating: Mapped[str] = mapped_column(NAME)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class StoredAnswer(Base):
    """What each sentence of an answer rests on, kept for staff and audits."""

    __tablename__ = "answers"

    answer_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ID, index=True)
    question: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    generator: Mapped[str] = mapped_column(NAME, default="")
    known: Mapped[bool] = mapped_column(Boolean, default=True)
    ledger: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Staff(Base):
    """A member of the staff. `password_hash` is Argon2id."""

    __tablename__ = "staff"

    staff_id: Mapped[str] = mapped_column(ID, primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(NAME, default="agent")
    password_hash: Mapped[str] = mapped_column(String(300))
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=True)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class StaffSession(Base):
    """A signed-in browser. Only the hash of the cookie is kept."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ID, _refers_to("staff.staff_id", "CASCADE"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]


class Handover(Base):
    """One stretch from the wish for a person to its end.

    Attributes:
        outcome: `released`, `resolved`, or None while it lasts.
        summary: What the person should know, made from records.
    """

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_open", "conversation_id", "closed_at"), Index("ix_handovers_queue", "closed_at", "requested_at"))

    handover_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key()
    reason: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    requested_at: Mapped[datetime] = mapped_column(default=utc_now)
    staff_id: Mapped[str | None] = mapped_column(ID, _refers_to("staff.staff_id", "SET NULL"))
    assigned_at: Mapped[datetime | None]
    first_reply_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(NAME)


class Block(Base):
    """A customer who may not write for now, and why."""

    __tablename__ = "blocks"

    block_id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = _conversation_key(index=True)
    customer_id: Mapped[str | None] = mapped_column(String(128), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    staff_id: Mapped[str | None] = mapped_column(ID, _refers_to("staff.staff_id", "SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    lifted_at: Mapped[datetime | None]


class AuditEntry(Base):
    """Who of the staff did what, when. Holds no customer text."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"),)

    entry_id: Mapped[str] = mapped_column(ID, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    staff_id: Mapped[str | None] = mapped_column(ID)
    action: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[str | None] = mapped_column(ID, index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
