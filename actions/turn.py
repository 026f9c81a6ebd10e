"""What an action may know of the turn it runs in: one request of the customer's, and what went before."""

from dataclasses import dataclass
from typing import Any, Self

from rasa_sdk.interfaces import Tracker

WAITING = "waiting_requests"
QUEUED = "queued_message"

Entity = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """One thing the customer asks for, as NLU understood it.

    Attributes:
        text: The customer's words; empty when a button was pressed.
        pressed: Whether it came from a button, so that its entities are ours and not guessed from words.
    """

    intent: str
    text: str
    confidence: float = 1.0
    entities: tuple[Entity, ...] = ()
    pressed: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read a request as the request splitter or `to_json` writes it."""
        return cls(
            intent=str(data.get("intent", "")),
            text=str(data.get("text", "")),
            confidence=float(data.get("confidence", 1.0)),
            entities=tuple(data.get("entities", ())),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the request so that it can wait in a slot."""
        return {"intent": self.intent, "text": self.text, "confidence": self.confidence, "entities": list(self.entities)}

    def value(self, entity: str) -> str | None:
        """The first value of an entity, or None."""
        return next(iter(self.values(entity)), None)

    def values(self, entity: str) -> list[str]:
        """All values of an entity, in the order of the words."""
        return [str(found["value"]) for found in self.entities if found.get("entity") == entity and found.get("value") is not None]


@dataclass(frozen=True)
class Turn:
    """The tracker, read once.

    Attributes:
        is_new: Whether nothing has acted on the customer's message yet; false when a form resumes after an answer.
        form: The form that is open, or None.
        waiting: Requests that are still to be taken after this one, those of this message included.
        queue_events_due: Whether this message's further requests are not in the slot yet.
        assent: The yes that the message begins with before it asks for something else; empty where it does not.
    """

    tracker: Tracker
    conversation_id: str
    turn_id: str
    metadata: dict[str, Any]
    request: Request
    is_new: bool
    form: str | None
    waiting: tuple[Request, ...]
    queue_events_due: bool
    assent: str = ""

    @classmethod
    def of(cls, tracker: Tracker, form: str | None = None) -> Self:
        """Read a tracker; `form` names the form whose validation reads it."""
        message: dict[str, Any] = tracker.latest_message
        requests = [Request.from_json(found) for found in message.get("requests") or []]
        due = len(requests) > 1 and tracker.get_slot(QUEUED) != message.get("message_id")
        waiting = [Request.from_json(kept) for kept in tracker.get_slot(WAITING) or []]
        metadata = message.get("metadata") or {}
        return cls(
            tracker=tracker,
            conversation_id=str(tracker.sender_id),
            turn_id=str(metadata.get("turn_id", "")),
            metadata=metadata,
            request=requests[0] if requests else _whole(message),
            is_new=_is_new(tracker, form),
            form=tracker.active_loop_name,
            waiting=tuple(requests[1:] + waiting if due else waiting),
            queue_events_due=due,
            assent=str(message.get("assent") or ""),
        )

    @property
    def text(self) -> str:
        """The words of this turn's request."""
        return self.request.text

    @property
    def intent(self) -> str:
        """What this turn's request asks for."""
        return self.request.intent

    @property
    def whole_text(self) -> str:
        """All words of the customer's message."""
        return str(self.tracker.latest_message.get("text") or "")

    @property
    def can_sign_in(self) -> bool:
        """Whether the customer can sign in where they write: on a web page, if it is one that knows its customers."""
        return self.metadata.get("channel", "web") == "web" and bool(self.metadata.get("sign_in", True))

    @property
    def message_id(self) -> str | None:
        """Rasa's id of the customer's message."""
        found: str | None = self.tracker.latest_message.get("message_id")
        return found

    def slot(self, name: str) -> Any:
        """What is remembered under `name`, or None."""
        return self.tracker.get_slot(name)


def _whole(message: dict[str, Any]) -> Request:
    text = str(message.get("text") or "")
    pressed = text.startswith("/")
    intent = message.get("intent") or {}
    return Request(
        intent=str(intent.get("name") or "nlu_fallback"),
        text="" if pressed else text,
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(message.get("entities") or ()),
        pressed=pressed,
    )


def _is_new(tracker: Tracker, form: str | None) -> bool:
    acted: list[str] = []
    for event in reversed(tracker.events or []):
        if event.get("event") == "user":
            break
        if event.get("event") == "action" and event.get("name") != "action_extract_slots":
            acted.append(event["name"])
    # Rasa hands a form's validation a tracker in which the form has already acted.
    return (acted[1:] if acted[:1] == [form] else acted) == []
