"""Column types and enums of the gateway's tables."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    """The person who writes to us."""
    BOT = "bot"
    """The software."""
    AGENT = "agent"
    """A member of the staff."""
    SYSTEM = "system"
    """The gateway itself, such as the notice that an AI answers again."""


class Mode(StrEnum):
    """Who answers a conversation."""

    BOT = "bot"
    """The bot answers."""
    QUEUED = "queued"
    """A person is asked for; nobody has it yet; the bot is silent."""
    AGENT = "agent"
    """A member of the staff has it; the bot is silent."""


class ConversationState(StrEnum):
    """Whether the matter is settled."""

    OPEN = "open"
    """Still going on."""
    RESOLVED = "resolved"
    """Settled; a new message opens it again."""


class TurnState(StrEnum):
    """How far a turn has come."""

    OPEN = "open"
    """Being answered, or to be answered again after a crash."""
    DONE = "done"
    """Its replies are committed."""
    DISCARDED = "discarded"
    """A person took over before its replies were committed; they never left."""


class DeliveryState(StrEnum):
    """How far a message has come on its way to a messaging platform or a mailbox."""

    PENDING = "pending"
    """To be sent, now or at its due time."""
    SENDING = "sending"
    """Being sent; after a crash here its result is unknown."""
    SENT = "sent"
    """The other side took it."""
    UNCERTAIN = "uncertain"
    """Nobody can say whether the other side took it; never sent again blindly."""
    FAILED = "failed"
    """Given up."""


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time, always UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"A time without a zone: {value!r}."
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)  # type: ignore[no-any-return]


ID = String(64)
NAME = String(32)


def utc_now() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)
