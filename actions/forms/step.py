"""What reading an answer led to, and what Rasa is told of it."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import REPEATABLE, queue_events, say
from actions.reply import HUMAN, Reply
from actions.turn import Turn


@dataclass(frozen=True)
class Step:
    """What reading an answer led to.

    Attributes:
        slots: What is known now; None opens a question again.
        said: A word about it, before the next question.
        outcome: How the form ended, for its finishing action; None while it goes on.
        missed: Whether the answer was not understood.
    """

    slots: dict[str, Any] = field(default_factory=dict)
    said: Reply | None = None
    outcome: dict[str, Any] | None = None
    missed: bool = False


def met_step(said: Reply, asked: str | None) -> Step:
    """What is said to a proof of identity, which ends a form that has only begun."""
    if asked is not None:
        return Step(said=said)
    return Step(outcome={"kind": "refused", "text": said.text, "buttons": said.buttons})


def as_events(dispatcher: CollectingDispatcher, turn: Turn, step: Step, finish: str) -> list[EventType]:
    """Say what a step has to say, and what it makes of the slots; `finish` acts where the form ends."""
    misses = int(turn.slot("form_misses") or 0) + 1 if step.missed else 0
    said = Reply("Sorry, I didn't get that.", buttons=[HUMAN] if misses > 1 else []) if step.missed and not step.said else step.said
    if said:
        say(dispatcher, said)
    events: list[EventType] = [*queue_events(turn), *(SlotSet(name, value) for name, value in step.slots.items())]
    events.append(SlotSet("form_misses", misses))
    if turn.intent in REPEATABLE:
        events.append(SlotSet("last_intent", turn.intent))
    if step.outcome is not None:
        events += [SlotSet("form_outcome", step.outcome), SlotSet("requested_slot", None), FollowupAction(finish)]
    return events
