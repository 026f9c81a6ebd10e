"""Other versions of items: changed in an order that is pending, exchanged in one that was delivered.

All items are collected before the one change that an order allows: which lines, the variant for each, what the difference
is settled with, the proposal, a yes, the receipt.
"""

import re
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.assent import find_assent
from actions.conditions import task_named
from actions.exchange.answers import read
from actions.exchange.beside import REOPENED, WISHED, read_beside
from actions.exchange.changes import take_changes
from actions.exchange.corrections import given_up_for, leaves_all
from actions.exchange.counter import Counter
from actions.exchange.left_out import denied, drop_named, skips
from actions.exchange.opening import counter_in_hand, stay, take_order
from actions.exchange.orders import find_order, fits_of
from actions.exchange.swaps import Swaps
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.leaving import about_items
from actions.forms.step import Step
from actions.intents import ABOUT_GOODS
from actions.methods import names_method
from actions.resolve import refers_to_order
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import LineWish
from actions.yes_no import is_question, is_stop

_MODEL = re.compile(r"\b(?:same|like|identical|want that|that one)\b")
_SENDS_BACK = re.compile(r"\b(?:return\w*|sen[dt]\w*|tak(?:e|ing)|giv(?:e|ing))\b")


class ValidateExchangeItemsForm(ShopForm):
    """Reads which items, for what, and how the difference is settled."""

    form = "exchange_items_form"
    finish = "action_exchange_items"
    intents = frozenset({"exchange_item"})
    feels_for = True
    reads_conditions = True
    of_goods = True

    def answers(self, request: Request, asked: str) -> bool:
        """A version or a way to pay is taken for one even where it sounds like a search, or another task."""
        if request.pressed or is_question(request):
            return False
        if asked == "variant_choice" and request.intent in {"list_orders", "ask_order_details", "track_order"}:
            # "The same type as in my pending order" names a version, and asks for no list.
            return bool(_MODEL.search(request.text.lower()))
        goes_back = request.intent == "return_item" and _SENDS_BACK.search(request.text.lower())
        if asked in {"method_choice", "confirmation"} and names_method(request) and not goes_back:
            # "The refund on my gift card" sends nothing back.
            return True
        return asked in {"variant_choice", "items_choice", "confirmation"} and request.intent in ABOUT_GOODS | {"correct_request"}

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops the whole exchange, and not one item of several."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if asked == "items_choice" and swaps.chosen and turn.request.pressed:
            # "None" as one item more leaves those that were chosen before.
            return False
        one_of_several = asked == "variant_choice" and len(swaps.line_ids) > 1
        return is_stop(turn.request, asked) and not (one_of_several and skips(turn.request))

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """A question for the versions, their prices or the new sum is answered, and what was asked or proposed is asked again."""
        if asked not in REOPENED | {"items_choice"} or turn.request.pressed:
            return await super().step(turn, asked)
        swaps, counter = Swaps.from_json(turn.slot("swaps")), await counter_in_hand(self.services, turn)
        given_up = given_up_for(turn, counter, swaps)
        if given_up:
            request = self.handed_on(replace(turn, request=given_up))
            # What the splitter made of it is all the one request.
            waiting = {"waiting_requests": turn.slot("waiting_requests")}
            return Step(slots=waiting, outcome={"kind": "switched", "request": request.to_json()})
        if self.names_other_task(turn) or (asked == "confirmation" and find_assent(turn, self.intents)):
            return await super().step(turn, asked)
        if (
            (len(swaps.line_ids) == 1 or asked == "confirmation")
            and leaves_all(turn.request, counter, swaps)
            and not drop_named(turn.text, counter, swaps)
        ):
            return Step(outcome={"kind": "stopped"})
        return await read_beside(self.services, turn, str(asked), counter, swaps) or await super().step(turn, asked)

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words leave out items of several that are to be exchanged."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if turn.request.pressed or asked not in REOPENED or not swaps.line_ids or self.names_other_task(turn):
            return False
        if task_named(turn.whole_text) not in {None, *self.intents}:
            return False
        counter = await counter_in_hand(self.services, turn)
        taken = drop_named(turn.text, counter, swaps) or denied(turn, counter, swaps)
        # "No no, the high one" drops nothing.
        return bool(taken) or (is_stop(turn.request, asked) and self._corrects(turn, counter, swaps))

    @staticmethod
    def _corrects(turn: Turn, counter: Counter, swaps: Swaps) -> bool:
        """Whether a no comes with another version."""
        return any(counter.choose_again(LineWish(one, turn.text), swaps).outcome in WISHED for one in swaps.line_ids)

    def handed_on(self, turn: Turn) -> Request:
        """What another task is told: "return it" is about the items that were to be exchanged."""
        return about_items(turn, Swaps.from_json(turn.slot("swaps")).line_ids)

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer."""
        return await read(self.services, turn, asked)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Other items, another version or method, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        if turn.slot("order_choice"):
            counter = await counter_in_hand(self.services, turn)
            if asked in {"items_choice", "variant_choice"}:
                return await self.read(turn, asked)
            changed = await take_changes(self.services, turn, counter)
            if changed:
                return changed
        if asked in {"method_choice", "confirmation"} and not refers_to_order(turn.request):
            return Step(slots={"confirmation": None}, missed=True)
        fresh = dict.fromkeys(("order_choice", "items_choice", "swaps", "variant_choice", "method_choice", "confirmation"))
        order = await find_order(self.services, turn, opening=False, excluded_id=turn.slot("order_choice"))
        if not isinstance(order, Step) and turn.slot("order_choice") and not fits_of(turn.text)(order):
            return await stay(self.services, turn, order)
        step = replace(order, missed=False) if isinstance(order, Step) else await take_order(self.services, turn, order)
        return replace(step, slots={**fresh, **step.slots})


class ActionExchangeItems(FinishForm):
    """Ends the exchange."""

    action_name = "action_exchange_items"
    task = "the exchange"


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateExchangeItemsForm(services), ActionExchangeItems(services)]
