"""Turns that depend on what was said before: a yes to nothing, a bare fact, a correction, words nobody understood."""

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.mentions import words_of
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids
from actions.services import Services
from actions.shelf import Shelf
from actions.smalltalk import HELP
from actions.turn import Request, Turn
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


def did_you_mean(turn: Turn) -> list[Button]:
    """Buttons for the likeliest intents of a message that was not understood, two or three of them."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    likely = [one["name"] for one in ranking if one.get("name") in TITLES and float(one.get("confidence", 0)) >= _CLOSE]
    return [button(TITLES[name], name) for name in likely[:3]]


class ActionClarifyRequest(ShopAction):
    """Asks what was meant; the second time in a row it offers a person."""

    action_name = "action_clarify_request"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shelf = Shelf(services)

    async def act(self, turn: Turn) -> Reply:
        """Ask, never guess."""
        order_ids = find_order_ids(Request(intent="", text=turn.text))
        if order_ids and len(words_of(turn.text)) <= 3:
            return Reply("", replay=Request(intent="track_order", text=turn.text, entities=turn.request.entities))
        if await self._is_product_wish(turn):
            return Reply("", replay=Request(intent=str(turn.slot("last_intent")), text=turn.text, entities=turn.request.entities))
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

    async def _is_product_wish(self, turn: Turn) -> bool:
        """Whether a few words after an answer about products are an option or a price: "in brass?"."""
        if turn.slot("last_intent") not in _PRODUCT_INTENTS or len(turn.text.split()) > 4:
            return False
        wishes = read_wishes(turn.request, (await self._shelf.words()).vocabulary)
        return wishes.filters != ProductFilter()


class ActionDefaultFallback(ActionClarifyRequest):
    """Rasa's own last resort: the same honest question."""

    action_name = "action_default_fallback"


class ActionMeetYes(ShopAction):
    """A yes where nothing was asked confirms nothing; an offer to help may be taken up."""

    action_name = "action_meet_yes"

    async def act(self, turn: Turn) -> Reply:
        """Say so, unless the button of an old proposal was pressed."""
        if turn.request.value("proposal"):
            return await self._old_button(turn)
        if turn.slot("offer"):
            return Reply("", replay=Request(intent=str(turn.slot("offer")), text=""))
        return Reply("There is nothing open that I need a yes for. What can I do for you?", buttons=[] if turn.form else HELP)

    async def _old_button(self, turn: Turn) -> Reply:
        receipts = await self.services.shop.list_receipts(turn.conversation_id)
        done = [receipt for receipt in receipts if receipt.proposal_id == turn.request.value("proposal")]
        if done:
            return Reply(f"That was already done. {done[0].text}")
        return Reply("That question is no longer open, so nothing was changed. Please tell me again what you would like.", buttons=HELP)


class ActionMeetNo(ShopAction):
    """A no where nothing was asked."""

    action_name = "action_meet_no"

    async def act(self, turn: Turn) -> Reply:
        """Take it as "that was all"."""
        return Reply("All right. Tell me if there is anything else I can do.")


class ActionDropIt(ShopAction):
    """The customer drops something, and no form is open."""

    action_name = "action_drop_it"

    async def act(self, turn: Turn) -> Reply:
        """Withdraw what might be open, and say truthfully what was done before."""
        await self.services.shop.withdraw(turn.conversation_id)
        receipts = await self.services.shop.list_receipts(turn.conversation_id)
        if receipts:
            text = (
                f"Nothing is open. What is already done stays done: {receipts[-1].text} If that has to be undone, a person can look at it."
            )
            return Reply(text, buttons=[HUMAN], slots={"proposal": None})
        return Reply("All right, we leave it. Nothing was changed.", slots={"proposal": None, "pending_request": None})


class ActionTakeCorrection(ShopAction):
    """A correction after an answer: the same question again, about something else."""

    action_name = "action_take_correction"

    async def act(self, turn: Turn) -> Reply:
        """Ask the last question again with the new words."""
        last = turn.slot("last_intent")
        if last:
            return Reply("", replay=Request(intent=last, text=turn.text, entities=turn.request.entities))
        return Reply("Sorry for the misunderstanding. What should it be instead?", buttons=HELP)


class ActionTakeFact(ShopAction):
    """A bare fact, such as an order number or a product's name, with no question."""

    action_name = "action_take_fact"

    async def act(self, turn: Turn) -> Reply:
        """Read it by what was asked last, else by what it is."""
        if find_order_ids(turn.request):
            return self._as("track_order", turn)
        product_facts = (
            "product",
            "product_type",
            "brand",
            "colour",
            "size",
            "price_max",
            "price_min",
            "capacity",
            "material",
            "product_id",
        )
        if any(turn.request.value(fact) for fact in product_facts):
            last = turn.slot("last_intent")
            return self._as(last if last in _PRODUCT_INTENTS else "search_product", turn)
        return Reply("Thank you. What would you like me to do with that?", buttons=HELP)

    def _as(self, intent: str, turn: Turn) -> Reply:
        return Reply("", replay=Request(intent=intent, text=turn.text, entities=turn.request.entities, pressed=turn.request.pressed))


_PRODUCT_INTENTS = frozenset(
    """search_product ask_product check_stock ask_price ask_size request_recommendation find_similar
    find_matching ask_popular""".split()  # noqa: SIM905
)


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    kinds = (ActionClarifyRequest, ActionDefaultFallback, ActionMeetYes, ActionMeetNo, ActionDropIt, ActionTakeCorrection, ActionTakeFact)
    return [kind(services) for kind in kinds]
