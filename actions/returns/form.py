"""Sending items back: which order, which of its lines, where the money goes, the proposal, a yes, the receipt."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.beside import figures
from actions.confirmation import read_confirmation, undone_words
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.leaving import about_items, switch
from actions.forms.step import Step
from actions.intents import ABOUT_GOODS
from actions.item_choice import narrowed
from actions.methods import names_method, wishes_way_back
from actions.order_choice import choose_order
from actions.order_facts import TRACKING_NUMBER
from actions.own_words import OF_MONEY, asks_sooner
from actions.owned import get_order_in_hand, get_products
from actions.reply import Reply
from actions.resolve import find_order_ids, match_lines
from actions.returns.absence import absent_step
from actions.returns.changes import take_changes, take_other_items
from actions.returns.items import read_items, refuses_offered
from actions.returns.opening import likely_order, take_each, take_offered, take_order
from actions.returns.orders import can_come_back
from actions.returns.refund import read_method
from actions.returns.told import rather_exchanged, told_items, told_more, turn_elsewhere
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import is_named
from actions.yes_no import is_all_said, is_question, is_stop

_FEW_WORDS = 3
_ELSEWHERE = re.compile(r"\b(?:orders?|other|another|wrong|different|meant|mean|not|no|rather|instead|ones?|from)\b|\d{3,}|n't\b")


class ValidateReturnItemsForm(ShopForm):
    """Reads the answers of the return."""

    form = "return_items_form"
    finish = "action_return_items"
    intents = frozenset({"return_item"})
    feels_for = True
    of_goods = True

    def answers(self, request: Request, asked: str) -> bool:
        """A way to pay, or an item, is taken for one even where it sounds like a question about payment, or a search."""
        if asked in {"items_choice", "confirmation"} and request.intent in ABOUT_GOODS and not is_question(request):
            return True
        if asked not in {"method_choice", "confirmation"} or not names_method(request) or find_order_ids(request):
            return False
        return not is_question(request) or request.intent == "change_payment" or wishes_way_back(request)

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words leave out items of several that are to go back."""
        if turn.request.pressed or asked not in {"method_choice", "confirmation"} or self.names_other_task(turn):
            return False
        order = await get_order_in_hand(self.services, turn)
        return bool(narrowed(turn.text, order, await get_products(self.services, [order]), list(turn.slot("items_choice") or [])))

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops the return; another way for the refund is wished for, and drops nothing."""
        if asked == "items_choice" and turn.slot("items_kept") and turn.slot("items_options"):
            # None of those that were offered leaves what was noted before.
            return is_stop(turn.request, asked) and not refuses_offered(turn.request)
        wished = not turn.request.pressed and asked in {"method_choice", "confirmation"} and names_method(turn.request)
        return is_stop(turn.request, asked) and not (wished and not is_stop(replace(turn.request, intent="inform"), asked))

    def handed_on(self, turn: Turn) -> Request:
        """What another task is told: "exchange it" is about the items that were to go back."""
        return about_items(turn, turn.slot("items_choice") or [])

    async def _items_handed_on(self, turn: Turn) -> Request:
        """What an exchange is told in the place of this return: its items, where the words name none."""
        order = await get_order_in_hand(self.services, turn) if turn.slot("order_choice") else None
        if order is None or is_named(turn.text, order.lines, await get_products(self.services, [order])):
            return self.handed_on(turn)
        named = tuple({"entity": "line_id", "value": one} for one in turn.slot("items_choice") or [])
        return replace(turn.request, entities=(*turn.request.entities, *named))

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: order, items, where the money goes, then the yes."""
        undone = await undone_words(self.services, turn) if asked is None else None
        if undone:
            return Step(outcome={"kind": "refused", "text": undone.text, "buttons": undone.buttons})
        absent = await absent_step(self.services, turn)
        if absent:
            return absent
        if asked in {None, "order_choice"}:
            several = await (take_each(self.services, turn) if asked is None else take_offered(self.services, turn))
            if several:
                return several
            likely = await likely_order(self.services, turn) if asked is None else None
            order = likely or await choose_order(self.services, turn, can_come_back, opening=asked is None)
            return order if isinstance(order, Step) else await take_order(self.services, turn, order)
        order = await get_order_in_hand(self.services, turn)
        if asked == "items_choice":
            return await read_items(self.services, turn, order)
        if asked == "method_choice":
            return await take_other_items(self.services, turn, order) or await read_method(self.services, turn, order)
        if is_all_said(turn.request) and not await self.takes_out(turn, "confirmation"):
            return await read_confirmation(self.services, turn)
        if turn.request.value("more"):
            return Step(slots={"items_choice": None, "confirmation": None, "items_kept": turn.slot("items_choice")})
        changed = await take_changes(self.services, turn, order)
        return changed or await read_confirmation(self.services, turn)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Other items, another method, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        current = await get_order_in_hand(self.services, turn) if turn.slot("order_choice") else None
        changed = await take_changes(self.services, turn, current) if current else None
        if changed:
            return changed
        fresh: dict[str, Any] = {"order_choice": None, "items_choice": None, "method_choice": None, "confirmation": None}
        order = await choose_order(
            self.services, turn, can_come_back, opening=False, excluded_id=str(current.order_id) if current else None
        )
        if isinstance(order, Step) and current and not _ELSEWHERE.search(turn.text.lower()):
            # "That's too long" corrects nothing that could be chosen anew.
            return Step(slots={"confirmation": None}, missed=True)
        if isinstance(order, Step):
            return replace(order, slots={**fresh, **order.slots}, missed=False)
        if current and not can_come_back(order):
            # "Not the lamp" names another order's lamp only by chance.
            return Step(slots={"items_choice": None, "confirmation": None})
        step = await take_order(self.services, turn, order)
        return replace(step, slots={**fresh, **step.slots})

    async def _read_inside(self, turn: Turn, asked: str) -> Step | None:
        """Turn to another order that is named, or take the items that are named, before anything else is made of the words."""
        if not turn.request.pressed and rather_exchanged(turn.whole_text):
            return switch(turn, replace(await self._items_handed_on(turn), intent="exchange_item"))
        tracks = bool(TRACKING_NUMBER.search(turn.text.lower()))
        if turn.slot("order_choice") and asked in {"items_choice", "method_choice", "confirmation"} and not tracks:
            turned = await turn_elsewhere(self.services, turn, await get_order_in_hand(self.services, turn))
            if turned:
                return turned
        if asked == "items_choice" and await self._names_offered(turn):
            return await self.read(turn, asked)
        told = await told_items(self.services, turn) if asked == "items_choice" else None
        told = await told_more(self.services, turn) if asked == "confirmation" else told
        return told or await super()._read_inside(turn, asked)

    async def _names_offered(self, turn: Turn) -> bool:
        """Whether a word or two are of the items that were asked about ("robotic"), whatever they sound like by themselves."""
        text = turn.whole_text
        if turn.request.pressed or is_question(turn.request) or len(text.split()) > _FEW_WORDS or is_stop(turn.request, "items_choice"):
            return False
        order = await get_order_in_hand(self.services, turn)
        mention = match_lines(turn.request, order, await get_products(self.services, [order]), turn.slot("items_options") or ())
        return bool(mention.keys)

    async def _answer(self, turn: Turn, asked: str) -> Step | None:
        """No, where the money is wanted sooner than it can come."""
        shown = turn.slot("proposal") or {}
        if asked == "confirmation" and shown and not turn.request.pressed and asks_sooner(turn.text) and OF_MONEY.search(turn.text.lower()):
            return Step(slots={asked: None}, said=Reply(f"No, I'm sorry, I can't make that any faster. {figures(shown)}"))
        return await super()._answer(turn, asked)


class ActionReturnItems(FinishForm):
    """Ends the return."""

    action_name = "action_return_items"
    task = "the return"


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateReturnItemsForm(services), ActionReturnItems(services)]
