"""A dialogue manager that says what a test tells it to. Real in every other respect."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from server.dialogue.base import DialogueEvents, HandoverWish, PastTurn, Reply, TurnInput

Script = Callable[[TurnInput], Awaitable[list[Reply]]]


def create(_settings: Any = None) -> "ScriptedDialogue":
    """Build one that echoes, hands over on "person", and offers buttons on "menu"."""
    return ScriptedDialogue()


async def echo(turn: TurnInput) -> list[Reply]:
    """Say what was said, or which payload was pressed."""
    if "person" in turn.text.lower():
        return [Reply("I'll get a person.", handover=HandoverWish("asked for a person", "The customer asked."))]
    if turn.text.lower() == "menu":
        return [Reply("Choose:", buttons=[{"title": "Track", "payload": '/track{"order":"CH-1"}'}, {"title": "Stop", "payload": "/stop"}])]
    return [Reply(f"You said: {turn.payload or turn.text}")]


class ScriptedDialogue:
    """Keeps every turn it saw, and with `recalls` the history it was given, so that a test can look."""

    name = "scripted"

    def __init__(self, script: Script = echo, *, recalls: bool = False) -> None:
        self.script = script
        self.recalls = recalls
        self.turns: list[TurnInput] = []
        self.histories: dict[str, list[PastTurn]] = {}
        self.running: dict[str, int] = {}
        self.most_at_once = 0
        self._records: dict[str, DialogueEvents] = {}

    async def reply(self, turn: TurnInput) -> list[Reply]:
        """Follow the script."""
        self.turns.append(turn)
        if self.recalls and (turn.has_history or turn.attempt > 1):
            self.histories[turn.turn_id] = await turn.load_history()
        running = self.running[turn.conversation_id] = self.running.get(turn.conversation_id, 0) + 1
        self.most_at_once = max(self.most_at_once, running)
        try:
            replies = await self.script(turn)
        finally:
            self.running[turn.conversation_id] -= 1
        self._records[turn.turn_id] = [{"event": "turn", "text": turn.text, "payload": turn.payload}]
        return replies

    async def record(self, conversation_id: str, turn_ids: Sequence[str]) -> dict[str, DialogueEvents]:
        """Give the records of turns."""
        await asyncio.sleep(0)
        return {turn_id: self._records.pop(turn_id) for turn_id in turn_ids if turn_id in self._records}

    def forget(self, conversation_id: str) -> None:
        """There is nothing to rebuild."""

    async def check(self) -> None:
        """Always alive."""

    async def close(self) -> None:
        """Nothing to close."""
