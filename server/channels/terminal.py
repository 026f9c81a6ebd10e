"""A conversation in a terminal: one line in, our messages out. Used offline and in tests."""

import sys
from typing import Any, TextIO

from fastapi import APIRouter

from server.channels.base import Incoming, Outgoing, Receive
from server.ids import new_id
from shop.wording import money


def create(_settings: Any = None) -> "TerminalChannel":
    """Build the channel on standard output."""
    return TerminalChannel()


class TerminalChannel:
    """Shows what a terminal can: text, numbered choices, cards and sources as lines."""

    name = "terminal"

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def routes(self, _receive: Receive) -> APIRouter:
        """A terminal calls nobody."""
        return APIRouter()

    def parse(self, payload: dict[str, Any]) -> list[Incoming]:
        """Read `{"chat", "text"}`, with an `event_id` where a repeat has to be recognised; blank lines are nothing."""
        text = str(payload.get("text", "")).strip()
        if not text:
            return []
        event_id = str(payload.get("event_id") or new_id("line"))
        return [Incoming(self.name, "local", event_id, str(payload.get("chat", "terminal")), text=text)]

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Print a message."""
        for line in render(outgoing.message):
            self._out.write(f"{line}\n")
        self._out.flush()
        return None

    async def run(self, _receive: Receive) -> None:
        """`counterhand chat` reads the keyboard."""

    async def close(self) -> None:
        """Nothing to close."""


def render(message: dict[str, Any]) -> list[str]:
    """Turn a message into lines."""
    lines = [f"{message['author']}: {message['text']}"] if message.get("text") else []
    lines += [f"  * {card['title']} {_price(card)}{card.get('url', '')}".rstrip() for card in message.get("cards", [])]
    lines += [f"  ({number}) {button['title']}" for number, button in enumerate(message.get("buttons", []), 1)]
    lines += [
        f"  [{number}] {source['title']} {source.get('url', '')}".rstrip() for number, source in enumerate(message.get("citations", []), 1)
    ]
    return lines


def _price(card: dict[str, Any]) -> str:
    cents = card.get("price_cents")
    return f"{money(cents, card.get('currency') or '')} " if isinstance(cents, int) else ""
