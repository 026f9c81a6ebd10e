"""What the gateway asks of a dialogue manager, whichever it is."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

DialogueEvents = list[dict[str, Any]]
"""The dialogue manager's own record of turns; opaque to everybody else."""


@dataclass(frozen=True)
class HandoverWish:
    """A dialogue's wish for a person."""

    reason: str
    summary: str = ""


@dataclass(frozen=True)
class Reply:
    """One message for the customer, with the dialogue manager's own button payloads."""

    text: str
    buttons: Sequence[dict[str, Any]] = ()
    cards: Sequence[dict[str, Any]] = ()
    citations: Sequence[dict[str, Any]] = ()
    answer_id: str | None = None
    message_id: str | None = None
    handover: HandoverWish | None = None


@dataclass(frozen=True)
class PastTurn:
    """A committed turn, for rebuilding the dialogue manager's memory.

    Attributes:
        events: The dialogue manager's own record; None when it was not fetched in time.
        said: The customer's words.
        replies: What was answered.
    """

    turn_id: str
    events: DialogueEvents | None
    said: str
    replies: Sequence[str] = ()


@dataclass(frozen=True)
class TurnInput:
    """What a turn is about.

    Attributes:
        text: The customer's words; those of a burst are joined by newlines.
        payload: The payload of the button that was pressed instead.
        sign_in: Whether customers can sign in where they write.
        attempt: 1 at first; higher when an earlier attempt did not get to its commit.
        has_history: Whether this conversation had turns before.
        person_between: Whether a person answered since the last turn of the bot.
        proof: What became of a proof of identity in the words, if there was one; see `server.identity.meeting`.
        load_history: Gives the committed turns before this one, oldest first.
    """

    turn_id: str
    conversation_id: str
    text: str
    channel: str
    locale: str
    sign_in: bool = True
    payload: str | None = None
    language: str | None = None
    attempt: int = 1
    has_history: bool = False
    person_between: bool = False
    proof: dict[str, Any] | None = None
    load_history: Callable[[], Awaitable[list[PastTurn]]] = field(default=lambda: _nothing())

    @property
    def metadata(self) -> dict[str, Any]:
        """What the dialogue manager is told beside the words; made by the server alone."""
        told: dict[str, Any] = {"turn_id": self.turn_id, "channel": self.channel, "locale": self.locale, "sign_in": self.sign_in}
        return told | ({"language": self.language} if self.language else {}) | ({"proof": self.proof} if self.proof else {})


async def _nothing() -> list[PastTurn]:
    return []


class Dialogue(Protocol):
    """One turn in, messages out. The gateway lets no two turns of one conversation run at once."""

    name: str

    async def reply(self, turn: TurnInput) -> list[Reply]:
        """Answer a turn; never with nothing.

        Raises:
            DialogueUnavailable: If it does not answer, or answered with nothing.
            DialogueTimeout: If it took too long.
        """

    async def record(self, conversation_id: str, turn_ids: Sequence[str]) -> dict[str, DialogueEvents]:
        """Give the dialogue manager's record of finished turns; those that it has not (any more) are left out."""

    def forget(self, conversation_id: str) -> None:
        """Take what the dialogue manager knows of a conversation as wrong; rebuild it before the next turn."""

    async def check(self) -> None:
        """Ask for a sign of life.

        Raises:
            DialogueUnavailable: If there is none.
        """

    async def close(self) -> None:
        """Close connections."""
