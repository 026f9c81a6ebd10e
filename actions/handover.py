"""A person: at once, with the facts, and honest about the hours."""

import re
from typing import Any

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.reply import Handover, Reply
from actions.services import Services
from actions.turn import Turn
from actions.words import order_words
from shop.models import Actor, Level, Order

_NO_PERSON = re.compile(
    r"^\W*(?:no|not a|don'?t (?:want|need) (?:a |to talk to a |any )?)\s*(?:person|human|people|agent|staff)\W*$|"
    r"\bwithout (?:a )?(?:person|human|agent)\b"
)
_LEVELS = {Level.ANONYMOUS: "not identified", Level.GUEST: "proved an order by code", Level.CUSTOMER: "signed in"}


def offer_to_pass_on(reason: str, facts: list[str]) -> dict[str, Any]:
    """What to keep in the slot `offer` while the customer is asked whether a person shall get it."""
    return {"intent": "request_human", "reason": reason, "facts": [fact for fact in facts if fact]}


async def hand_over(services: Services, turn: Turn, reason: str, facts: list[str], words: str = "") -> Reply:
    """Ask for a person, with what they need to know.

    Args:
        services: What actions may use.
        turn: The present turn; what still waits is told to the person.
        reason: In a few words, for the queue.
        facts: What was found out, one line each.
        words: What the customer is told first.
    """
    await services.shop.withdraw(turn.conversation_id)
    lines = [await _who(services, turn), *facts, *(f"Also asked: {request.text}" for request in turn.waiting)]
    hours = f"{services.settings.opening_hours} ({services.settings.timezone})"
    told = f"I'm passing you to a person, with what we have so far. Our team is here {hours} and replies in this chat."
    return Reply(f"{words} {told}".strip(), handover=Handover(reason, "\n".join(line for line in lines if line)), slots={"proposal": None})


async def _who(services: Services, turn: Turn) -> str:
    actor: Actor = await services.identity.get_actor(turn.conversation_id)
    name = ""
    if actor.customer_id:
        customer = await services.shop.get_customer(actor)
        name = f"{customer.name}, "
    how = "named their account" if actor.level is Level.GUEST and actor.customer_id and not actor.order_ids else _LEVELS[actor.level]
    return f"Customer: {name}{how}"


class ActionHandOver(ShopAction):
    """Hands over when a person is asked for. No questions back."""

    action_name = "action_hand_over"
    reason = "asked for a person"

    async def act(self, turn: Turn) -> Reply:
        """Hand over with the order in hand and whatever a form had collected."""
        if _NO_PERSON.search(turn.text.lower()):
            return Reply("All right, no person. What can I do for you?")
        offer = turn.slot("offer")
        if isinstance(offer, dict) and offer["intent"] == "request_human":
            return await hand_over(self.services, turn, offer["reason"], offer["facts"])
        return await hand_over(self.services, turn, self.reason, await self._facts(turn))

    async def _facts(self, turn: Turn) -> list[str]:
        facts = [f"Said: {turn.text}" if turn.text else ""]
        order_id = turn.slot("order_choice") or turn.slot("order_id")
        if order_id:
            actor = await self.actor(turn)
            orders: list[Order] = await self.services.shop.list_orders(actor, limit=100)
            facts += [f"Order: {order_words(order)}" for order in orders if order.order_id == order_id]
        if turn.form:
            facts.append(f"Was in the middle of: {turn.form.removesuffix('_form').replace('_', ' ')} (nothing was changed)")
        collected: dict[str, Any] = {name: turn.slot(name) for name in ("reason_choice", "problem_kind", "problem_details")}
        return facts + [f"{name.replace('_', ' ')}: {value}" for name, value in collected.items() if value]


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionHandOver(services)]
