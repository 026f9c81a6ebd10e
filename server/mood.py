"""Customers who are upset are offered a person, where a sentiment model is set: `COUNTERHAND_SENTIMENT_MODEL`."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import structlog

from server.dialogue.base import Dialogue, DialogueEvents, Reply, TurnInput
from server.dialogue.fallback import PERSON_PAYLOAD

log = structlog.get_logger()

_PERSON = {"title": "Talk to a person", "payload": PERSON_PAYLOAD}
_MIN_CHARS = 12
"""Shorter messages ("no", "wrong one") sound negative and are not."""


class Mood(Protocol):
    """Judges how somebody feels. Blocking and safe to call from several threads."""

    def is_upset(self, text: str) -> bool:
        """Whether the words are those of somebody who is upset."""


class SentimentMood:
    """Any sequence classifier with a class that begins with "neg", or with stars from one to five."""

    def __init__(self, model: str, min_probability: float) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing, or if it has no such class.
        """
        from neural.classifier import Classifier

        self._classifier = Classifier(model, "COUNTERHAND_SENTIMENT_MODEL")
        self._bad = self._classifier.find_label("neg", "1 star", "2 star")
        self._min_probability = min_probability

    def is_upset(self, text: str) -> bool:
        """Whether the model says so with enough certainty."""
        (row,) = self._classifier.probabilities([text])
        return float(row[self._bad].sum()) >= self._min_probability


class AttentiveDialogue:
    """A dialogue whose last reply to somebody upset offers a person; everything else is the dialogue's own."""

    def __init__(self, dialogue: Dialogue, mood: Mood) -> None:
        self._dialogue = dialogue
        self._mood = mood
        self.name = dialogue.name

    async def reply(self, turn: TurnInput) -> list[Reply]:
        """Answer as the dialogue does; the model reads along and never delays or prevents an answer."""
        feeling = asyncio.create_task(asyncio.to_thread(self._mood.is_upset, turn.text)) if len(turn.text) >= _MIN_CHARS else None
        try:
            replies = await self._dialogue.reply(turn)
            upset = feeling is not None and feeling.done() and _verdict(feeling)
        finally:
            if feeling is not None:
                feeling.cancel()
        return [*replies[:-1], _with_person(replies[-1])] if upset and replies else replies

    async def record(self, conversation_id: str, turn_ids: Sequence[str]) -> dict[str, DialogueEvents]:
        """Give the dialogue's record."""
        return await self._dialogue.record(conversation_id, turn_ids)

    def forget(self, conversation_id: str) -> None:
        """Have the dialogue rebuild what it knows."""
        self._dialogue.forget(conversation_id)

    async def check(self) -> None:
        """Ask the dialogue for a sign of life."""
        await self._dialogue.check()

    async def close(self) -> None:
        """Close the dialogue's connections."""
        await self._dialogue.close()


def _verdict(feeling: "asyncio.Task[bool]") -> bool:
    try:
        return feeling.result()
    except Exception as exc:  # a model of somebody else's making; the answer does not depend on it
        log.warning("mood.failed", error=type(exc).__name__)
        return False


def _with_person(reply: Reply) -> Reply:
    if reply.handover is not None or any(_asks_person(button) for button in reply.buttons):
        return reply
    return replace(reply, buttons=[*reply.buttons, _PERSON])


def _asks_person(button: dict[str, Any]) -> bool:
    return str(button.get("payload", "")).startswith(PERSON_PAYLOAD)
