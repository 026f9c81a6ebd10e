"""The frame of every action: read the turn, act, say it, and go on with what waits."""

import logging
from dataclasses import replace
from textwrap import shorten
from typing import Any

from rasa_sdk.events import ActionExecuted, ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import asks_bare_count, count_words
from actions.closing import is_closing
from actions.distress import distress_reply
from actions.foreign import foreign_reply
from actions.in_passing import without_meanwhile
from actions.intents import ABOUT_GOODS
from actions.matter import goes_on_with
from actions.meant import find_meant, others_waiting
from actions.met import meet
from actions.order_facts import fact_intent
from actions.reply import HUMAN, NO_PERSON, TROUBLE, Reply, beside_question, offers_person
from actions.services import Services
from actions.spoken import find_order_ids
from actions.totals import sum_reply
from actions.turn import QUEUED, WAITING, Request, Turn
from actions.waiting import still_open
from actions.yes_no import is_noise
from shop.models import Actor

log = logging.getLogger(__name__)

FORM_SLOTS = (
    "order_choice",
    "items_choice",
    "items_kept",
    "reason_choice",
    "method_choice",
    "address_choice",
    "address_parts",
    "address_missing",
    "all_said",
    "swaps",
    "variant_choice",
    "variant_options",
    "fallback",
    "confirmation",
    "problem_details",
    "problem_kind",
    "proof_order",
    "proof_code",
    "proof_sent",
    "form_outcome",
    "form_misses",
)

_LONGEST_QUOTE = 120

PATIENT_FORMS = frozenset({"order_proof_form"})
"""Forms that wait for their answer without asking again after every other question that was answered."""
REPEATABLE = frozenset(
    """track_order list_orders ask_invoice check_refund search_product ask_product compare_products check_stock ask_price ask_size
    request_recommendation find_similar find_matching ask_popular cancel_order return_item exchange_item
    change_address change_payment ask_order_details""".split()  # noqa: SIM905
)
"""What a correction or a bare fact can ask again with other words."""


class ShopAction(Action):
    """An action of a topic. A subclass says its name and implements `act`."""

    action_name: str

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """The name under which the domain knows it."""
        return self.action_name

    async def act(self, turn: Turn) -> Reply:
        """Do it and say so."""
        raise NotImplementedError

    async def actor(self, turn: Turn) -> Actor:
        """Who is writing, by the server's own record."""
        return await self.services.identity.get_actor(turn.conversation_id)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answer Rasa's call. The edge of a turn: whatever fails here is logged and told honestly."""
        turn = _in_short(Turn.of(tracker))
        try:
            met = await meet(self.services, turn)
            aside = distress_reply(turn) or foreign_reply(turn) or _noise_reply(turn) or (met.said if met and met.ends else None)
            reply = (aside or _meant(turn) or _plainly(turn) or _gone_on(turn)) if turn.is_new else None
            if reply is None and met:
                say(dispatcher, met.said)
            reply = reply or (await sum_reply(self.services, turn) if turn.is_new else None)
            reply = reply or (await self.told_before(turn) if turn.is_new and not turn.form else None)
            reply = reply or await self.act(turn)
            if turn.form and turn.form not in PATIENT_FORMS and not reply.leave_form and not reply.handover:
                reply = beside_question(reply)
            if WAITING in reply.slots:
                turn = replace(turn, waiting=tuple(Request.from_json(one) for one in reply.slots[WAITING]))
            turn = replace(turn, waiting=await self.still_waiting(turn))
        except Exception:
            log.exception("action.failed action=%s turn_id=%s", self.action_name, turn.turn_id)
            reply = TROUBLE
        say(dispatcher, reply)
        return [*remember(reply, turn), *self.go_on(dispatcher, turn, reply)]

    async def told_before(self, turn: Turn) -> Reply | None:
        """The number of what was just shown, where only that is asked for: "how many exactly?"."""
        shown = turn.slot("shown_products") or []
        of_goods = turn.slot("last_intent") in ABOUT_GOODS and not turn.request.pressed
        if not of_goods or not shown or not asks_bare_count(turn.whole_text):
            return None
        products = [await self.services.shop.get_product(product_id) for product_id in shown]
        return Reply(count_words(products))

    async def still_waiting(self, turn: Turn) -> tuple[Request, ...]:
        """What is to be taken up after this, as far as it is still open."""
        return await still_open(self.services, turn)

    def go_on(self, dispatcher: CollectingDispatcher, turn: Turn, reply: Reply) -> list[EventType]:
        """Choose what happens next in this turn: a named step, a person, the open form, or the next request."""
        if reply.handover:
            return [*close_form(turn), SlotSet(WAITING, None), FollowupAction("action_listen")]
        closed = close_form(turn) if reply.leave_form else []
        if reply.then:
            return [*closed, *_keep(turn, turn.waiting), FollowupAction(reply.then)]
        if turn.form in PATIENT_FORMS and not reply.leave_form and not reply.replay:
            # Named anew, the form reads the next message; after Rasa has seen it reject one, it would not.
            return [*_keep(turn, turn.waiting), ActiveLoop(turn.form), FollowupAction("action_listen")]
        if turn.form and not reply.leave_form and not (turn.form in PATIENT_FORMS and reply.replay):
            return [*_keep(turn, turn.waiting), FollowupAction(turn.form)]
        if reply.replay:
            return [*closed, *_keep(turn, turn.waiting), *_as_if_said(turn, reply.replay)]
        if turn.waiting:
            following, *rest = turn.waiting
            dispatcher.utter_message(json_message=Reply(announcement(turn, following)).payload())
            return [*closed, *_keep(turn, rest), *_as_if_said(turn, following)]
        # An action that was named by a form, not by a rule, would leave Rasa without a prediction.
        return [*closed, FollowupAction("action_listen")]


def _in_short(turn: Turn) -> Turn:
    """The turn without what the customer does meanwhile, which names no goods that are asked about."""
    text = turn.text if turn.request.pressed else without_meanwhile(turn.text)
    return turn if text == turn.text else replace(turn, request=replace(turn.request, text=text))


def _meant(turn: Turn) -> Reply | None:
    """The request that is meant where NLU, or a button, tells less than the words around it."""
    meant = None if turn.form else find_meant(turn)
    return Reply("", replay=meant, slots={WAITING: others_waiting(turn) or []}) if meant else None


def _plainly(turn: Turn) -> Reply | None:
    """What the words ask for so plainly that it counts whatever NLU took them for: a goodbye, or a fact from the records."""
    if turn.form or turn.request.pressed or turn.intent == "request_human":
        return None
    intent = "say_goodbye" if is_closing(turn.text) else fact_intent(turn.text, str(turn.slot("last_intent")))
    return Reply("", replay=replace(turn.request, intent=intent)) if intent and intent != turn.intent else None


def _gone_on(turn: Turn) -> Reply | None:
    """The last answer's topic again, for a question that leans on it ("and how long does that take?")."""
    intent = goes_on_with(turn)
    return Reply("", replay=replace(turn.request, intent=intent)) if intent else None


def _noise_reply(turn: Turn) -> Reply | None:
    """What is said to a message without a word in it; None for all others."""
    if turn.form or not is_noise(turn.request):
        return None
    return Reply("I can't read that, sorry. Could you say it in words?")


def announcement(turn: Turn, following: Request) -> str:
    """What is said before a request that waited is taken up: only the customer's own words are quoted, others are named by their order."""
    words = " ".join(following.text.split())
    if words and any(words in one for one in _said(turn)):
        return f'Now to your other request: "{shorten(words, _LONGEST_QUOTE, placeholder=" …")}"'
    order_id = next(iter(find_order_ids(following)), None)
    return f"Now to order {order_id.upper()}." if order_id else "Now to your other request."


def _said(turn: Turn) -> list[str]:
    """What the customer wrote, message by message; requests that we took up in their place are none of it."""
    events = [event for event in turn.tracker.events or [] if event.get("event") == "user"]
    own = [event for event in (*events, {"text": turn.whole_text, "parse_data": turn.tracker.latest_message}) if not _is_replayed(event)]
    return [" ".join(str(event.get("text") or "").split()) for event in own]


def _is_replayed(event: dict[str, Any]) -> bool:
    return bool((event.get("parse_data") or {}).get("replayed"))


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send a reply and what comes before it; an offer to get a person always has its buttons."""
    for message in (*reply.before, reply):
        if message.text:
            message = replace(message, buttons=[HUMAN, NO_PERSON]) if offers_person(message) and not message.buttons else message
            dispatcher.utter_message(json_message=message.payload())


def remember(reply: Reply, turn: Turn) -> list[EventType]:
    """The slots a reply sets. A turn that was understood ends a series of misunderstandings."""
    slots = {"misunderstandings": 0, **reply.slots} if turn.slot("misunderstandings") else dict(reply.slots)
    if slots.get("shown_products") and set(slots["shown_products"]) < set(turn.slot("shown_products") or ()) and slots.get("product_id"):
        # One that was picked from a list leaves the list, so that "the first two" still are what they were.
        del slots["shown_products"]
    if reply.offer or (turn.slot("offer") and not reply.replay):
        slots["offer"] = reply.offer
    if turn.is_new and turn.intent in REPEATABLE:
        slots["last_intent"] = turn.intent
    return [SlotSet(name, value) for name, value in slots.items()]


def queue_events(turn: Turn) -> list[EventType]:
    """Keep this message's further requests, once."""
    return _keep(turn, turn.waiting) if turn.queue_events_due else []


def close_form(turn: Turn) -> list[EventType]:
    """Leave whatever form is open, and forget what it asked."""
    forget: list[EventType] = [SlotSet(slot, None) for slot in FORM_SLOTS if turn.slot(slot) is not None]
    return [*forget, ActiveLoop(None), SlotSet("requested_slot", None)] if turn.form else forget


def _keep(turn: Turn, requests: Any) -> list[EventType]:
    kept = [request.to_json() for request in requests]
    if not kept and not turn.slot(WAITING) and not turn.queue_events_due:
        return []
    return [SlotSet(WAITING, kept or None), SlotSet(QUEUED, turn.message_id)]


def _as_if_said(turn: Turn, request: Request) -> list[EventType]:
    # Rasa predicts from the last user event; a listen before it marks where the customer's next words begin.
    metadata = {name: value for name, value in turn.metadata.items() if name != "proof"}  # what was proved has been answered by now
    parsed = {
        "intent": {"name": request.intent, "confidence": request.confidence},
        "entities": list(request.entities),
        "text": request.text,
        "message_id": f"{turn.message_id}-{len(turn.waiting)}",
        "metadata": metadata,
        "replayed": True,
    }
    said = {"event": "user", "timestamp": None, "text": request.text, "parse_data": parsed, "metadata": metadata}
    return [ActionExecuted("action_listen"), said]
