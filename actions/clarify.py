"""Words nobody understood: asked about, never guessed at; the second time in a row a person is offered."""

import re

from rasa_sdk.interfaces import Action

from actions.base import PATIENT_FORMS, ShopAction
from actions.buying import buying_reply
from actions.closing import leaves
from actions.ellipsis import leans
from actions.follow_up import follow_up_intent
from actions.knowledge import UNKNOWN, answer_question, in_full
from actions.mentions import words_of
from actions.misspelt import task_meant
from actions.plain_words import plain_intent, tracks_order
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids
from actions.service_prices import service_price_reply
from actions.services import Services
from actions.shelf import PRODUCT_INTENTS, Shelf, catalogue_reply
from actions.smalltalk import HELP
from actions.turn import Request, Turn
from actions.understanding import restate_request
from actions.wishes import read_wishes
from shop.models import ProductFilter

# How an intent is offered back in "did you mean". What is not here is never guessed at.
TITLES = {
    "track_order": "Where is my order?",
    "list_orders": "Show my orders",
    "cancel_order": "Cancel an order",
    "change_order": "Change an order",
    "return_item": "Return something",
    "exchange_item": "Exchange something",
    "check_refund": "Where is my refund?",
    "ask_returns_policy": "How do returns work?",
    "report_damaged_item": "Something arrived damaged",
    "report_missing_delivery": "My parcel never came",
    "report_late_order": "My order is late",
    "ask_invoice": "I need an invoice",
    "search_product": "Find a product",
    "check_stock": "Is it in stock?",
    "ask_price": "What does it cost?",
    "ask_size": "Which size do I need?",
    "request_recommendation": "Recommend something",
    "ask_delivery": "Delivery times and costs",
    "ask_payment": "Ways to pay",
    "ask_promo_code": "Promo codes",
    "ask_gift_card": "Gift cards",
    "ask_account": "My account",
    "ask_warranty": "Warranty",
    "ask_privacy": "My data",
    "ask_loyalty": "Loyalty points",
    "make_complaint": "Make a complaint",
    "request_human": "Talk to a person",
}
_CLOSE = 0.12
"""Intents at least this likely are offered; below it a guess helps nobody."""
_FEW_WORDS = 4
_FEW_NAMES = 3
_OF_THINGS = frozenset({"search_product", "ask_product", "check_stock", "ask_price"})
_BARE = re.compile(r"[A-Za-z][A-Za-z-]{3,}(?: [A-Za-z][A-Za-z-]{2,})?[.?!]?")
_WHERE = re.compile(r"\bwhere(?:'?s| is)? (?:it|my)\b|\bwhen does it\b")


def did_you_mean(turn: Turn) -> list[Button]:
    """Buttons for the likeliest intents of a message that was not understood, two or three of them."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    likely = [one["name"] for one in ranking if one.get("name") in TITLES and float(one.get("confidence", 0)) >= _CLOSE]
    return [button(TITLES[name], name) for name in likely[:3]]


def _as(turn: Turn, intent: str) -> Reply:
    return Reply("", replay=Request(intent=intent, text=turn.text, entities=turn.request.entities))


def likeliest(turn: Turn) -> str:
    """What NLU heard first, where it was not sure of it."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    return next((str(one.get("name")) for one in ranking if one.get("name") != "nlu_fallback"), "")


def _is_bare(turn: Turn) -> bool:
    """Whether a word or two are most likely the name of a thing: "airpods", "garden hose"."""
    return likeliest(turn) in _OF_THINGS and bool(_BARE.fullmatch(turn.text.strip()))


class ActionClarifyRequest(ShopAction):
    """Asks what was meant; the second time in a row it offers a person."""

    action_name = "action_clarify_request"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shelf = Shelf(services)

    async def act(self, turn: Turn) -> Reply:
        """Ask, never guess; what the words ask for in so many words needs no asking."""
        understood = await self._understood(turn) or await self._restated(turn)
        if understood:
            return understood
        misunderstood = int(turn.slot("misunderstandings") or 0) + 1
        slots = {"misunderstandings": misunderstood}
        guesses = did_you_mean(turn)
        if misunderstood > 1:
            text = "I'm sorry, I still don't understand, and I don't want to guess. Shall I get a person for you?"
            return Reply(text, buttons=[HUMAN, *guesses], slots=slots, offer="request_human")
        if guesses:
            return Reply("I'm not sure what you mean. Is it one of these?", buttons=[*guesses, HUMAN], slots=slots)
        text = "Sorry, I didn't understand that. Could you put it in other words? This is what I can help with:"
        return Reply(text, buttons=HELP, slots=slots)

    async def _understood(self, turn: Turn) -> Reply | None:
        """The answer, or the request that is meant, where the words leave no doubt after all."""
        kinds = (await self._shelf.words()).vocabulary.types
        task = None if turn.request.pressed else task_meant(turn.text, likeliest(turn), kinds)
        if task:
            return Reply("", replay=Request(intent=task[0], text=task[1], entities=turn.request.entities))
        if leaves(turn.text) and not re.search(r"\d{4,}", turn.text):
            return _as(turn, "say_goodbye")
        order_ids = find_order_ids(Request(intent="", text=turn.text))
        if (order_ids and len(words_of(turn.text)) <= _FEW_NAMES) or tracks_order(turn.text):
            return _as(turn, "track_order")
        told = await service_price_reply(self.services, turn, self._shelf)
        told = told or await catalogue_reply(turn, self._shelf) or await buying_reply(turn, self._shelf)
        if told:
            return told
        if turn.slot("last_intent") == "track_order" and _WHERE.search(turn.text.lower()):
            return _as(turn, "track_order")
        follow_up = None if order_ids else await self._follow_up(turn)
        plain = follow_up or ("search_product" if _is_bare(turn) else plain_intent(turn.text))
        return _as(turn, plain) if plain else await self._of_matter(turn)

    async def _of_matter(self, turn: Turn) -> Reply | None:
        """The answer to a question that leans on what was said before, where there is one."""
        if (turn.form and turn.form not in PATIENT_FORMS) or not leans(turn.text):
            return None
        question, matter = await in_full(self.services, turn, turn.text)
        if matter.product:
            return _as(turn, "ask_product")
        if question == turn.text:
            return None
        reply = await answer_question(self.services, turn, question, speaks_of_it=lambda answer: answer.known)
        return None if reply.text == UNKNOWN else reply

    async def _restated(self, turn: Turn) -> Reply | None:
        """What a language model puts into plain words, where the shop lets it help; it is read like any other request."""
        if self.services.reader is None:
            return None
        restated = await restate_request(self.services, turn, (await self._shelf.words()).vocabulary)
        return Reply("", replay=restated.request, slots=restated.slots) if restated else None

    async def _follow_up(self, turn: Turn) -> str | None:
        """What a few words ask of the products shown last: "lightest?"; else a price or an option after an answer about products."""
        found = await follow_up_intent(turn, self._shelf)
        if found or len(turn.text.split()) > _FEW_WORDS or turn.slot("last_intent") not in PRODUCT_INTENTS:
            return found
        wishes = read_wishes(turn.request, (await self._shelf.words()).vocabulary)
        return str(turn.slot("last_intent")) if wishes.filters != ProductFilter() else None


class ActionDefaultFallback(ActionClarifyRequest):
    """Rasa's own last resort: the same honest question."""

    action_name = "action_default_fallback"


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionClarifyRequest(services), ActionDefaultFallback(services)]
