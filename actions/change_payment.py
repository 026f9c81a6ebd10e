"""Another way to pay for an order that is still pending."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.conditions import task_named
from actions.confirmation import propose, read_confirmation, refuse
from actions.forms.ask import Ask
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.step import Step
from actions.methods import find_method, method_buttons, method_title, names_method, original_ids
from actions.order_choice import choose_order
from actions.owned import get_order_in_hand
from actions.reply import HUMAN, Reply, button
from actions.resolve import refers_to_order
from actions.services import Services
from actions.turn import Request, Turn
from actions.yes_no import is_question
from shop.errors import NotPermitted
from shop.models import OperationName, Order, OrderStatus, PaymentMethod

_SPLIT = re.compile(r"\bsplit\b|\bhalf\b|\btwo (?:cards|methods|payments)\b|\bpart(?:ly)? (?:on|with|by|of)\b|\brest (?:on|with|by)\b")
_RETURNS = re.compile(r"\breturn\b|\b(?:send|give|take|bring)\b.*\bback\b")
_ORDER_TO_WAY = re.compile(r"\d (?:over )?(?:to|on|onto) (?:my |the |an? )?(?:\w+ )?(?:cards?|visa|mastercard|amex|paypal|voucher)\b")
"""An order that is switched to another way: nothing of it is exchanged."""
_NO_SPLIT = Reply("An order is paid with one method; it can't be split between two.")


class ValidateChangePaymentForm(ShopForm):
    """Reads which order, and what it is to be paid with."""

    form = "change_payment_form"
    finish = "action_change_payment"
    intents = frozenset({"change_payment"})

    def answers(self, request: Request, asked: str) -> bool:
        """A way to pay is taken for one even where it sounds like a question about payment."""
        return asked in {"method_choice", "confirmation"} and not is_question(request) and names_method(request)

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: order, method, then the yes."""
        about = task_named(turn.text) if asked is None and not _ORDER_TO_WAY.search(turn.text.lower()) else None
        if about == "exchange_item" or (about == "return_item" and _RETURNS.search(turn.text.lower())):
            # "Change the boots to size 43 and charge my visa" is about the boots, "return them and refund my visa" too.
            return Step(outcome={"kind": "redirected", "request": replace(turn.request, intent=str(about)).to_json()})
        said = _NO_SPLIT if _SPLIT.search(turn.text.lower()) else None
        if asked in {None, "order_choice"}:
            order = await choose_order(self.services, turn, _is_open, opening=asked is None)
            step = order if isinstance(order, Step) else await self._take(turn, order)
        elif asked == "method_choice":
            step = await self._read_method(turn, await get_order_in_hand(self.services, turn), missed=said is None)
        else:
            step = await self._changed(turn) or await read_confirmation(self.services, turn)
        return replace(step, said=said or step.said, missed=step.missed and said is None)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Another method, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        changed = await self._changed(turn) if turn.slot("order_choice") else None
        if changed:
            return changed
        if asked == "confirmation" and not refers_to_order(turn.request):
            return Step(slots={"confirmation": None}, missed=True)
        fresh: dict[str, Any] = {"order_choice": None, "method_choice": None, "confirmation": None}
        order = await choose_order(self.services, turn, _is_open, opening=False, excluded_id=turn.slot("order_choice"))
        step = replace(order, missed=False) if isinstance(order, Step) else await self._take(turn, order)
        return replace(step, slots={**fresh, **step.slots})

    async def _take(self, turn: Turn, order: Order) -> Step:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        decision = await self.services.shop.check(actor, OperationName.CHANGE_PAYMENT, {"order_id": order.order_id})
        if not decision.allowed:
            return refuse(decision, str(order.order_id))
        methods = await other_methods(self.services, turn, order)
        if not methods:
            text = f"There is no other way to pay in your account that order {order.order_id} could be changed to. You can add one there."
            return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN], "slots": {"order_id": order.order_id}})
        step = await self._read_method(turn, order, missed=False)
        return replace(step, slots={"order_choice": order.order_id, "order_id": order.order_id, **step.slots})

    async def _read_method(self, turn: Turn, order: Order, *, missed: bool) -> Step:
        options = await other_methods(self.services, turn, order)
        method = find_method(turn.request, options, original_ids(order))
        if method is None and missed is False and len(options) == 1 and not names_method(turn.request):
            return Step()
        if method is None:
            return Step(missed=missed)
        return await self._propose(turn, order, method.payment_method_id)

    async def _changed(self, turn: Turn) -> Step | None:
        """Another method, said instead of a yes: a new proposal."""
        if turn.request.pressed and turn.request.value("payment_method") is None:
            return None
        order, present = await get_order_in_hand(self.services, turn), turn.slot("method_choice")
        options = await other_methods(self.services, turn, order)
        method = find_method(turn.request, options, (*original_ids(order), str(present))) if names_method(turn.request) else None
        return await self._propose(turn, order, method.payment_method_id) if method and method.payment_method_id != present else None

    async def _propose(self, turn: Turn, order: Order, method_id: str) -> Step:
        """Propose it; a method that cannot pay it is said to, and the others are offered."""
        arguments = {"order_id": order.order_id, "payment_method_id": method_id}
        known = {"order_choice": order.order_id, "method_choice": method_id}
        step = await propose(self.services, turn, OperationName.CHANGE_PAYMENT, arguments)
        refused = (step.outcome or {}).get("kind") == "refused"
        if refused and len(await other_methods(self.services, turn, order)) > 1:
            return Step(slots={**known, "method_choice": None}, said=Reply(str((step.outcome or {})["text"])))
        return replace(step, slots={**known, **step.slots})


async def other_methods(services: Services, turn: Turn, order: Order) -> list[PaymentMethod]:
    """The customer's own methods, without what the order is paid with now."""
    actor = await services.identity.get_actor(turn.conversation_id)
    try:
        methods = await services.shop.list_payment_methods(actor, str(order.order_id))
    except NotPermitted:
        return []
    return [method for method in methods if method.payment_method_id not in original_ids(order)]


def _covers(method: PaymentMethod, order: Order) -> bool:
    """Whether the method could pay the whole order: a gift card with less on it is not offered, though it may be named."""
    return method.balance_cents is None or method.balance_cents >= order.total_cents


def _is_open(order: Order) -> bool:
    return order.status is OrderStatus.PENDING


class AskOtherMethod(Ask):
    """Asks what the order is to be paid with."""

    action_name = "action_ask_change_payment_form_method_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the customer's other methods as buttons."""
        actor, order = await self.actor(turn), await get_order_in_hand(self.services, turn)
        methods = await self.services.shop.list_payment_methods(actor, str(order.order_id))
        present = [method_title(one, order.currency) for one in methods if one.payment_method_id in original_ids(order)]
        paid = f"Order {order.order_id} is paid with: {', '.join(present)}. " if present else ""
        others = await other_methods(self.services, turn, order)
        buttons = method_buttons([one for one in others if _covers(one, order)] or others, order.currency)
        return Reply(f"{paid}What should it be paid with instead?", buttons=[*buttons, button("Leave it", "change_mind")])


class ActionChangePayment(FinishForm):
    """Ends the change of payment."""

    action_name = "action_change_payment"
    task = "the change of payment"


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateChangePaymentForm(services), AskOtherMethod(services), ActionChangePayment(services)]
