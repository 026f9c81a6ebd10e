"""What a channel is: one way in and out, such as a messaging app."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import APIRouter


@dataclass(frozen=True)
class Incoming:
    """One thing a customer did on a platform: wrote words, pressed a button of ours, or asked for a person.

    Attributes:
        account: Which of our accounts there it came to.
        event_id: The platform's own id; a repeat within channel and account has no effect.
        external_id: The platform's id of the chat; one conversation of ours for each.
        payload: The opaque id of a button of ours.
        wants_person: Whether the always-present "talk to a person" was pressed.
        begins: Whether it only opens the chat: a new conversation's greeting is answer enough.
        customer_name: As the platform shows it. Proves nothing.
    """

    channel: str
    account: str
    event_id: str
    external_id: str
    text: str | None = None
    payload: str | None = None
    wants_person: bool = False
    locale: str = "en"
    customer_name: str | None = None
    begins: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One message on its way to a chat; `message` has the shape of the public contract."""

    external_id: str
    message: dict[str, Any]
    mode: str = "bot"


Receive = Callable[[Incoming], Awaitable[bool]]
"""Commits what came in; false when it was known already. Answer the platform only after it returns."""


class Channel(Protocol):
    """One adapter per platform: `create(settings) -> Channel` in `server/channels/<name>.py`."""

    name: str

    def routes(self, receive: Receive) -> APIRouter:
        """Give the routes on which the platform calls us; empty where it does not."""

    def parse(self, payload: dict[str, Any]) -> list[Incoming]:
        """Read a payload whose origin is verified; what is not for us gives nothing."""

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Hand a message to the platform.

        Returns:
            The platform's id of the message, if it has one.

        Raises:
            DeliveryFailed: If the platform surely did not take it; `permanent` when it never will.
            DeliveryUncertain: If nobody can say.
        """

    async def run(self, receive: Receive) -> None:
        """Work in the background while the gateway lives, such as polling. Returns at once where there is nothing to do."""

    async def close(self) -> None:
        """Close connections."""
