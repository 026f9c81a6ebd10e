"""A person: at once, with the facts, and honest about the hours."""

import re
from typing import Any

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.reply import Handover, Reply
from actions.services import Services
from actions.turn import Turn
from actions.words import order_words
from actions.yes_no import plain
from shop.models import Actor, Level, Order

ASKED = "asked for a person"
_NO_PERSON = re.compile(
    r"^\W*(?:no|not a|don'?t (?:want|need) (?:a |to talk to a |any )?)\s*(?:person|human|people|agent|staff)\W*$|"
    r"\bwithout (?:a )?(?:person|human|agent)\b"
)
_STAFF = (
    r"(?<!delivery )(?<!courier )(?<!sales )(?:(?:real |live |actual )?(?:human|person|people|agent)s?|representatives?|reps?|operators?|"
    r"supervisors?|managers?|staff|(?:someone|somebody) real)"
)
_ASKS = (
    re.compile(rf"\b(?:get|give|fetch|find|transfer|connect|pass|put|hand|escalate|forward)\b(?: [\w']+){{0,4}}? {_STAFF}\b"),
    re.compile(rf"\b(?:speak|talk|chat)(?:ing)? (?:to|with)(?: [\w']+){{0,3}}? {_STAFF}\b"),
    re.compile(rf"\b(?<!do i )(?:want|need|demand|prefer|rather have|like)(?: to have)? (?:an? |some |the |your )?{_STAFF}\b"),
    re.compile(
        rf"^\W*(?:(?:no+|just|then|ok(?:ay)?|please|an?)\b\W*)*{_STAFF}(?:[ ,]*\b(?:please|pls|now|then|thanks|instead)\b)*\W*$"
    ),
)
_ASKS_NOT = re.compile(
    rf"(?:\bnot|n't|\bwithout|\bnever)\b(?: [\w']+){{0,6}}? {_STAFF}\b|\bno {_STAFF}\b|\b(?:are|is|am i|were) .*{_STAFF}\b"
)
_IN_CASE = re.compile(r"\b(?:if|unless|in case|otherwise|or else)\b")
_REFUSES = re.compile(r"^\W*(?:no|nope|nah)\b")
_LEVELS = {Level.ANONYMOUS: "not identified", Level.GUEST: "proved an order by code", Level.CUSTOMER: "signed in"}


def asks_for_person(turn: Turn) -> bool:
    """Whether the words themselves, and not only NLU, ask for a person in the middle of something.

    "If you can't, get me a human" asks for one where what was proposed is refused in the same breath.
    """
    if turn.request.pressed:
        return False
    text = plain(turn.whole_text)
    asking = [one for one in re.split(r"(?<=[.!?;])\s+", text) if any(ask.search(one) for ask in _ASKS) and not _ASKS_NOT.search(one)]
    return any(not _IN_CASE.search(one) or _REFUSES.match(text) for one in asking)


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


async def known_facts(services: Services, turn: Turn) -> list[str]:
    """What a person needs to know: the words, the order in hand, and whatever a form had collected."""
    facts = [f"Said: {turn.text}" if turn.text else ""]
    order_id = turn.slot("order_choice") or turn.slot("order_id")
    if order_id:
        actor: Actor = await services.identity.get_actor(turn.conversation_id)
        orders: list[Order] = await services.shop.list_orders(actor, limit=100)
        facts += [f"Order: {order_words(order)}" for order in orders if order.order_id == order_id]
    if turn.form:
        facts.append(f"Was in the middle of: {turn.form.removesuffix('_form').replace('_', ' ')} (nothing was changed)")
    collected: dict[str, Any] = {name: turn.slot(name) for name in ("reason_choice", "problem_kind", "problem_details")}
    return facts + [f"{name.replace('_', ' ')}: {value}" for name, value in collected.items() if value]


class ActionHandOver(ShopAction):
    """Hands over when a person is asked for. No questions back."""

    action_name = "action_hand_over"

    async def act(self, turn: Turn) -> Reply:
        """Hand over with the order in hand and whatever a form had collected."""
        if _NO_PERSON.search(turn.text.lower()):
            return Reply("All right, no person. What can I do for you?")
        offer = turn.slot("offer")
        if isinstance(offer, dict) and offer["intent"] == "request_human":
            return await hand_over(self.services, turn, offer["reason"], offer["facts"])
        return await hand_over(self.services, turn, ASKED, await known_facts(self.services, turn))


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionHandOver(services)]
