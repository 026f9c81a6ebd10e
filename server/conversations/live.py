"""Parts of answers that are on their way: told to live listeners, never stored."""

from collections.abc import Callable
from typing import Any

import structlog

from server.conversations import repository
from server.errors import ConversationNotFound
from server.events.base import STAFF, EventBus
from server.storage.engine import Committed, Database
from server.storage.types import Mode

log = structlog.get_logger()


class Streams:
    """Which messages were streamed in part by the turns of this process."""

    def __init__(self) -> None:
        self._streamed: dict[str, dict[str, set[str]]] = {}

    def note(self, conversation_id: str, turn_id: str, message_id: str) -> None:
        """Remember that a part of a message went out."""
        self._streamed.setdefault(conversation_id, {}).setdefault(turn_id, set()).add(message_id)

    def end(self, conversation_id: str, turn_id: str | None = None) -> set[str]:
        """Forget a turn's streams, or all of a conversation, and give the ids of their messages."""
        if turn_id is None:
            return {message for messages in self._streamed.pop(conversation_id, {}).values() for message in messages}
        by_turn = self._streamed.get(conversation_id, {})
        messages = by_turn.pop(turn_id, set())
        if not by_turn:
            self._streamed.pop(conversation_id, None)
        return messages


class Publisher:
    """What actions publish through: only the turn that runs may stream, and only while the bot owns the conversation."""

    def __init__(self, database: Database, bus: EventBus, streams: Streams) -> None:
        self._database = database
        self._bus = bus
        self._streams = streams

    async def __call__(self, conversation_id: str, frame: dict[str, Any]) -> None:
        """Tell listeners of a part of an answer; one that comes too late is dropped."""
        if not await self._may_speak(conversation_id, str(frame.get("turn_id", ""))):
            return
        if frame.get("type") == "answer.delta":
            self._streams.note(conversation_id, str(frame["turn_id"]), str(frame["message_id"]))
        await self._bus.publish(conversation_id, frame)

    async def _may_speak(self, conversation_id: str, turn_id: str) -> bool:
        try:
            async with self._database.read() as db:
                conversation = await repository.get_conversation(db, conversation_id)
        except ConversationNotFound:
            return False
        return conversation.mode == Mode.BOT and conversation.open_turn_id == turn_id


class Announcer:
    """Tells listeners what transactions announced: the customer's own, and the consoles."""

    def __init__(self, bus: EventBus, streams: Streams, stop_answers: Callable[[str], None]) -> None:
        self._bus = bus
        self._streams = streams
        self._stop_answers = stop_answers

    async def __call__(self, committed: list[Committed]) -> None:
        """Publish frames in the order in which they were written."""
        touched: list[str] = []
        for one in committed:
            await self._bus.publish(one.conversation_id, one.frame)
            kind = one.frame.get("type")
            if kind in {"message", "mode"}:
                await self._bus.publish(STAFF, {**one.frame, "conversation_id": one.conversation_id})
                touched.append(one.conversation_id)
            if kind == "mode":
                if one.frame["mode"] != Mode.BOT:
                    self._stop_answers(one.conversation_id)
                await self._drop_streams(one.conversation_id)
        for conversation_id in dict.fromkeys(touched):
            await self._bus.publish(STAFF, {"type": "inbox", "conversation_id": conversation_id})

    async def _drop_streams(self, conversation_id: str) -> None:
        for message_id in self._streams.end(conversation_id):
            await self._bus.publish(conversation_id, {"type": "answer.dropped", "message_id": message_id})
