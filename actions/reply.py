"""What an action says and does: one message with its extras, what to remember, what comes next."""

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from actions.turn import Request

Button = dict[str, str]


def button(title: str, intent: str, **entities: str) -> Button:
    """Make a button that asks for `intent`, carrying values of ours."""
    return {"title": title, "payload": f"/{intent}{json.dumps(entities, separators=(',', ':')) if entities else ''}"}


HUMAN = button("Talk to a person", "request_human")
_SHALL_I = re.compile(r"(?:\bOr s|\bS|(?<=[:;] )s)hall I get a person[^?]*\?")
NO_PERSON = button("No, thanks", "deny")


@dataclass(frozen=True)
class Handover:
    """A request for a person: why, and the facts they need."""

    reason: str
    summary: str


@dataclass(frozen=True)
class Reply:
    """One message to the customer.

    Attributes:
        message_id: The id under which parts of the text were already streamed, if any.
        slots: What to remember.
        then: The action or form that goes on in this turn.
        replay: A request to take up next, ahead of those that wait, as if the customer had just made it.
        offer: The intent that a plain yes to this message stands for, such as `request_human`,
            with what a person is to be told where that is known.
        leave_form: Whether an open form is closed instead of resumed.
        before: Messages that are said first.
    """

    text: str
    buttons: list[Button] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    answer_id: str | None = None
    message_id: str | None = None
    handover: Handover | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    then: str | None = None
    replay: Request | None = None
    offer: str | dict[str, Any] | None = None
    leave_form: bool = False
    before: list["Reply"] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """The message as the gateway reads it."""
        payload: dict[str, Any] = {
            "text": self.text,
            "buttons": self.buttons,
            "cards": self.cards,
            "citations": self.citations,
            "answer_id": self.answer_id,
        }
        if self.message_id:
            payload["message_id"] = self.message_id
        if self.handover:
            payload["handover"] = {"reason": self.handover.reason, "summary": self.handover.summary}
        return payload


def offers_person(reply: Reply) -> bool:
    """Whether a plain yes to a reply calls a person."""
    return (reply.offer["intent"] if isinstance(reply.offer, dict) else reply.offer) == "request_human"


def beside_question(reply: Reply) -> Reply:
    """A reply as it is said where another question follows: a person is offered by the button, so that a yes is for that question alone."""
    if not offers_person(reply):
        return reply
    buttons = reply.buttons if HUMAN in reply.buttons else [*reply.buttons, HUMAN]
    text = _SHALL_I.sub(lambda found: f"{'a' if found[0].startswith('s') else 'A'} person can help with that.", reply.text)
    return replace(reply, text=text, buttons=buttons, offer=None)


TROUBLE = Reply(
    "Sorry, I can't reach our systems right now, and I don't want to guess. Please try again in a few minutes. "
    "Or shall I get a person for you?",
    buttons=[HUMAN],
    offer="request_human",
)
