"""Turns that depend on what was said before: a yes to nothing, a bare fact, a correction."""

import re
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.buying import buying_reply
from actions.cancel import find_reason
from actions.follow_up import follow_up_intent
from actions.mentions import find_ordinal
from actions.reply import HUMAN, Reply
from actions.resolve import find_order_ids
from actions.services import Services
from actions.shelf import PRODUCT_INTENTS, Shelf
from actions.smalltalk import HELP
from actions.turn import Request, Turn


class ActionMeetYes(ShopAction):
    """A yes where nothing was asked confirms nothing; an offer to help may be taken up."""

    action_name = "action_meet_yes"

    async def act(self, turn: Turn) -> Reply:
        """Say so, unless the button of an old proposal was pressed."""
        if turn.request.value("proposal"):
            return await self._old_button(turn)
        offer = turn.slot("offer")
        if isinstance(offer, dict) and offer["intent"] != "request_human":
            # What is said with the yes ("yes, I no longer need it") belongs to what was offered.
            return Reply("", replay=replace(Request.from_json(offer), text=turn.text))
        if isinstance(offer, dict):
            return Reply("", replay=Request(intent="request_human", text=""))
        if turn.slot("offer"):
            return Reply("", replay=Request(intent=str(turn.slot("offer")), text=""))
        receipts = await self.services.shop.list_receipts(turn.conversation_id) if "?" in turn.text or _WORKED.search(turn.text) else []
        if receipts:
            return Reply(f"Yes, that is done. {receipts[-1].text}")
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
        """Take it as "that was all", or leave what was offered."""
        offer = turn.slot("offer")
        if isinstance(offer, dict) and offer["intent"] == "request_human":
            return Reply("All right, I haven't passed it on, and nothing was changed. Is there anything else?")
        if isinstance(offer, dict):
            return Reply("All right, nothing was changed. Is there anything else?")
        return Reply("All right. Tell me if there is anything else I can do.")


class ActionDropIt(ShopAction):
    """The customer drops something, and no form is open."""

    action_name = "action_drop_it"

    async def act(self, turn: Turn) -> Reply:
        """Withdraw what might be open, and say truthfully what was done before."""
        await self.services.shop.withdraw(turn.conversation_id)
        receipts = await self.services.shop.list_receipts(turn.conversation_id)
        if receipts:
            text = f"There is no question open any more, and this is done: {receipts[-1].text} To undo it, please ask a person."
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

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shelf = Shelf(services)

    async def act(self, turn: Turn) -> Reply:
        """Read it by what was asked last, else by what it is."""
        offer = turn.slot("offer")
        if isinstance(offer, dict) and offer["intent"] == "cancel_order" and find_reason(turn.request):
            # Who gives the reason to "shall I cancel all of it?" wants it; the proposal still needs a yes.
            return Reply("", replay=replace(Request.from_json(offer), text=turn.text))
        if find_order_ids(turn.request):
            return self._as("track_order", turn)
        buying = await buying_reply(turn, self._shelf)
        if buying:
            return buying
        shown = turn.slot("shown_products") or []
        follow_up = (
            await follow_up_intent(turn, self._shelf) if turn.slot("last_intent") in {*PRODUCT_INTENTS, "compare_products"} else None
        )
        if follow_up and turn.slot("last_intent") not in _OF_ONE:
            return self._as(follow_up, turn)
        if any(turn.request.value(fact) for fact in (*_NAMES, *_WISHES)) or find_ordinal(turn.text, len(shown)) is not None:
            return self._as(self._question(turn), turn)
        return Reply("Thank you. What would you like me to do with that?", buttons=HELP)

    def _question(self, turn: Turn) -> str:
        """What was asked last, where the fact completes it; a product that is named anew is looked for."""
        last = str(turn.slot("last_intent"))
        named = any(turn.request.value(fact) for fact in _NAMES)
        return last if last in _OF_ONE or (last in PRODUCT_INTENTS and not named) else "search_product"

    def _as(self, intent: str, turn: Turn) -> Reply:
        return Reply("", replay=replace(turn.request, intent=intent))


_WORKED = re.compile(r"\b(?:did|has|is) (?:that|it|this)\b.*\b(?:work\w*|done|go through|gone through)\b", re.IGNORECASE)
_NAMES = ("product", "product_type", "product_id", "brand")
_WISHES = ("colour", "size", "price_max", "price_min", "capacity", "material")
_OF_ONE = frozenset({"ask_product", "check_stock", "ask_price", "ask_size"})


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    kinds = (ActionMeetYes, ActionMeetNo, ActionDropIt, ActionTakeCorrection, ActionTakeFact)
    return [kind(services) for kind in kinds]
