"""Cancelling an order: which one, why, the proposal, a yes, the receipt."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.conditions import task_named
from actions.confirmation import propose, read_confirmation, refuse, undone_words
from actions.forms.ask import Ask
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.leaving import switch
from actions.forms.step import Step
from actions.item_choice import narrowed
from actions.kept import KEEPS, wished_besides
from actions.methods import find_method, wishes_way_back, words_of_method
from actions.order_choice import choose_order
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Reply, button
from actions.resolve import find_order_ids, match_lines
from actions.services import Services
from actions.turn import Request, Turn
from actions.waiting import is_settled
from actions.words import items_words
from actions.yes_no import is_clear_no, is_clear_yes
from shop.errors import NotPermitted
from shop.models import OperationName, Order, OrderStatus
from shop.wording import money

REASONS = {
    "no longer needed": re.compile(
        r"no longer|not? (?:any ?more|longer)|any ?more|don'?t (?:need|want)|changed my mind|not needed|unnecessary|"
        r"^\W*(?:1|the first|first)(?: one)?\W*$"
    ),
    "ordered by mistake": re.compile(
        r"mistake|accident|wrong (?:item|one|size|colou?r|address|product)|twice|duplicate|double|didn'?t mean|misclick|kid|"
        r"by error|^\W*(?:2|the second|second)(?: one)?\W*$"
    ),
}

_MOST_NAMED = 4
_LATER = frozenset({"reason_choice", "confirmation"})
_JUST = re.compile(r"\b(?:just|only|but not|except|without|part of|some of)\b")
_ONE_OF = re.compile(
    r"\b(?:(?:just|only) (?:one|some|a few|part)|(?:one|a single|single|individual|some|part|certain|specific) (?:of (?:the |my "
    r"|its |those )?)?"
    r"(?:items?|things?|products?|pieces?|articles?|lines?)|part of|partial\w*|one of (?:the|my"
    r"|those|them|these)\b(?!.{0,12}orders))\b"
)
"""An item without its name: "can I cancel only one item?"."""
_ITEMS = re.compile(
    r"\bcancel\w*\s+(?:out |off )?(?P<what>(?:(?!\b(?:orders?|purchases?|from|in|of|on|out of|off|because|since|as|with"
    r"|and (?:refund|get|then))\b|[,.;!?]).)+)"
)
"""What is to be cancelled, up to the order that it is in."""
_WHOLE = re.compile(r"\b(?:whole|entire|complete|full)\s+(?=order|thing)", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"\b(?:whole|entire|complete|full|everything|all of (?:it|them)|both|all)\b")
_YES_BUT = re.compile(r"^\W*(?:yes|ok|okay|sure)?\W*but (?!not\b)")
_WHERE_IT_CAME_FROM = Reply("What was paid for a cancelled order goes back to where it came from, and to nothing else.")
_RULE = "I can only cancel a whole order, not a part of it. What you don't want can be sent back once it has arrived."
_EACH = re.compile(r"\b(?:both|all|each|every)\b.*\borders?\b|\b(?:everything|all)\b.*\b(?:pending|open|not|hasn'?t|haven'?t|yet|still)\b")


class ValidateCancelOrderForm(ShopForm):
    """Reads the answers of the cancellation."""

    form = "cancel_order_form"
    finish = "action_cancel_order"
    intents = frozenset({"cancel_order"})

    def answers(self, request: Request, asked: str) -> bool:
        """A reason is taken for one even where it sounds like something else, and so is a wish for the money's way."""
        if asked == "confirmation" and request.intent != "request_human" and wishes_way_back(request) and not find_order_ids(request):
            return True
        return asked == "reason_choice" and find_reason(request) is not None and "?" not in request.text

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer keeps the order."""
        keeps = not turn.request.pressed and KEEPS.search(turn.text.lower().replace("’", "'"))
        return bool(keeps) or super().drops(turn, asked)

    async def stopped(self, turn: Turn) -> Step:
        """Keep the order; what is wished for instead is taken up, of the same order where its items are named."""
        instead = wished_besides(turn)
        return switch(turn, await self._of_this_order(turn, instead)) if instead else await super().stopped(turn)

    async def _of_this_order(self, turn: Turn, request: Request) -> Request:
        order = (await get_owned(self.services, turn)).find(turn.slot("order_choice"))
        if order is None or find_order_ids(request):
            return request
        mention = match_lines(request, order, await get_products(self.services, [order]))
        if not (mention.keys or mention.unsure or _ALL_OF_IT.search(request.text.lower())):
            return request
        return replace(request, entities=(*request.entities, {"entity": "order_id", "value": str(order.order_id)}))

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: order, then reason, then the yes."""
        aside = await self._read_aside(turn, asked)
        if aside:
            return aside
        if asked in _LATER and turn.intent == "cancel_order" and not turn.request.pressed:
            named = await self._named_again(turn)
            if named is not None:
                return named
        if asked == "confirmation":
            reason = find_reason(turn.request)
            if reason and reason != turn.slot("reason_choice") and not turn.request.pressed:
                return await self._propose(turn, str(turn.slot("order_choice")), reason)
            if not turn.request.pressed and wishes_way_back(turn.request) and not is_clear_yes(turn.request):
                return Step(slots={"confirmation": None}, said=_WHERE_IT_CAME_FROM)
            return await read_confirmation(self.services, turn)
        if asked == "reason_choice":
            return await self._read_reason(turn)
        if asked is None and _EACH.search(turn.text.lower()):
            step = await self._take_each(turn)
            if step is not None:
                return step
        # "The whole order" is one order, and no word for all of them.
        words = turn if turn.request.pressed else replace(turn, request=replace(turn.request, text=_WHOLE.sub("", turn.text)))
        order = await choose_order(self.services, words, _can_be_cancelled, opening=asked is None)
        return order if isinstance(order, Step) else await self._take(turn, order)

    async def _read_aside(self, turn: Turn, asked: str | None) -> Step | None:
        """What can be said to "I want it back" and to "only the lamp", which are no answers."""
        vague = asked is None and not turn.request.pressed and not find_order_ids(turn.request)
        if vague and await is_settled(self.services, turn, turn.request):
            return Step(outcome={"kind": "refused", "text": await self._done_words(turn)})
        undone = await undone_words(self.services, turn) if asked is None else None
        if undone:
            return Step(outcome={"kind": "refused", "text": undone.text, "buttons": undone.buttons})
        current = (await get_owned(self.services, turn)).find(turn.slot("order_choice")) if asked in _LATER else None
        if current and await self._wants_part(turn, current):
            await self.services.shop.withdraw(turn.conversation_id)
            return await self._tell_rule(turn, current)
        return None

    async def _done_words(self, turn: Turn) -> str:
        """What was cancelled in this conversation, by its receipts."""
        receipts = await self.services.shop.list_receipts(turn.conversation_id)
        done = [one.text for one in receipts if one.operation is OperationName.CANCEL_ORDER]
        return " ".join(["That is done already.", *done])

    async def _tell_rule(self, turn: Turn, order: Order) -> Step:
        """Say that only a whole order can be cancelled, and ask whether that is wanted; nothing goes on by itself."""
        told = {"kind": "refused", "slots": {"order_id": order.order_id}}
        if turn.slot("fallback"):
            return Step(outcome={**told, "text": _RULE})
        actor = await self.services.identity.get_actor(turn.conversation_id)
        if not (await self.services.shop.check(actor, OperationName.CANCEL_ORDER, {"order_id": order.order_id})).allowed:
            return Step(outcome={**told, "text": _RULE, "buttons": _instead(order)})
        holds = f"Order {order.order_id} holds {items_words(order.lines)}, {money(order.total_cents, order.currency)} in all."
        reason = find_reason(turn.request) or turn.slot("reason_choice")
        whole = {"order_id": str(order.order_id), "whole": "yes", **({"cancel_reason": reason} if reason else {})}
        buttons = [
            button("Cancel the whole order", "cancel_order", **whole),
            button("Change an item instead", "exchange_item", order_id=str(order.order_id)),
            button("Keep the order", "change_mind"),
        ]
        offer = Request("cancel_order", "", entities=tuple({"entity": name, "value": value} for name, value in whole.items()))
        text = f"{_RULE} {holds} Shall I cancel all of it?"
        return Step(outcome={**told, "text": text, "buttons": buttons, "offer": offer.to_json()})

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Take the order back, and find the one that is meant instead."""
        await self.services.shop.withdraw(turn.conversation_id)
        current = turn.slot("order_choice")
        order = await choose_order(self.services, turn, _can_be_cancelled, opening=False, excluded_id=current)
        if isinstance(order, Step):
            return replace(order, slots={"order_choice": None, "confirmation": None, **order.slots}, missed=False)
        return await self._take(turn, order)

    async def _take_each(self, turn: Turn) -> Step | None:
        """Take the first of several orders that are all meant; the others wait their turn, each with its own yes."""
        owned = await get_owned(self.services, turn)
        fitting = [order for order in owned.orders if _can_be_cancelled(order)]
        if len(fitting) < 2:
            return None
        reason = find_reason(turn.request)
        given = ({"entity": "cancel_reason", "value": reason},) if reason else ()
        waiting = [Request("cancel_order", f"cancel order {order.order_id}", entities=given) for order in fitting[1:]]
        step = await self._take(turn, fitting[0])
        return replace(step, slots={**step.slots, "waiting_requests": [request.to_json() for request in [*waiting, *turn.waiting]]})

    async def _named_again(self, turn: Turn) -> Step | None:
        """Another order that the customer names for cancelling in the middle of it; None where it is still the same."""
        order = await choose_order(self.services, turn, _can_be_cancelled, opening=False)
        if isinstance(order, Step) or str(order.order_id) == turn.slot("order_choice"):
            return None
        await self.services.shop.withdraw(turn.conversation_id)
        return await self._take(turn, order)

    async def _read_reason(self, turn: Turn) -> Step:
        order_id = str(turn.slot("order_choice"))
        reason = find_reason(turn.request)
        if reason:
            return await self._propose(turn, order_id, reason)
        if int(turn.slot("form_misses") or 0):
            return _without_reason(order_id)
        other = Reply("I need one of these two reasons to cancel an order.") if not is_clear_no(turn.request) else None
        return Step(said=other, missed=True)

    async def _take(self, turn: Turn, order: Order) -> Step:
        arguments: dict[str, Any] = {"order_id": order.order_id}
        actor = await self.services.identity.get_actor(turn.conversation_id)
        decision = await self.services.shop.check(actor, OperationName.CANCEL_ORDER, arguments)
        if not decision.allowed:
            return refuse(decision, str(order.order_id), _instead(order))
        if await self._wants_part(turn, order):
            return await self._tell_rule(turn, order)
        reason = find_reason(turn.request) or turn.slot("reason_choice")
        if reason:
            return await self._propose(turn, str(order.order_id), reason)
        return Step(slots={"order_choice": order.order_id, "order_id": order.order_id})

    async def _wants_part(self, turn: Turn, order: Order) -> bool:
        """Whether "just the lamp" or "cancel the lamp in my order" leaves something of the order out."""
        if len(order.lines) < 2 or turn.request.pressed or turn.request.value("whole"):
            return False
        # "Yes, but only the lamp" leaves out all but the lamp.
        text = _of_cancelling(_YES_BUT.sub("", turn.text.lower().replace("’", "'")))
        if _ONE_OF.search(text):
            return True
        words = text if _JUST.search(text) else _object(text)
        if not words or (words != text and _ALL_OF_IT.search(words)):
            return False
        products = await get_products(self.services, [order])
        if narrowed(words, order, products, [str(line.line_id) for line in order.lines]):
            return True
        said = tuple(one for one in turn.request.entities if turn.whole_text[one.get("start", 0) : one.get("end", 0)].lower() in words)
        mention = match_lines(replace(turn.request, text=words, entities=said), order, products)
        return 0 < len(mention.keys or mention.unsure) < len(order.lines)

    async def _propose(self, turn: Turn, order_id: str, reason: str) -> Step:
        arguments = {"order_id": order_id, "reason": reason}
        step = await propose(self.services, turn, OperationName.CANCEL_ORDER, arguments)
        step = replace(step, said=await self._not_that_way(turn, step) or step.said)
        return replace(step, slots={"order_choice": order_id, "order_id": order_id, "reason_choice": reason, **step.slots})

    async def _not_that_way(self, turn: Turn, step: Step) -> Reply | None:
        """Why the money can't go where the customer wants it; None where it does, or where they did not say."""
        words, shown = words_of_method(turn), step.slots.get("proposal")
        if not shown or not wishes_way_back(words):
            return None
        actor = await self.services.identity.get_actor(turn.conversation_id)
        try:
            own = await self.services.shop.list_payment_methods(actor, shown["arguments"]["order_id"])
        except NotPermitted:
            own = []
        used = [one["payment_method_id"] for one in shown["refunds"]]
        named = find_method(words, own, used)
        return None if named and named.payment_method_id in used else _WHERE_IT_CAME_FROM


def _without_reason(order_id: str) -> Step:
    """A reason is asked for once more, and not over and over."""
    buttons = [button(reason.capitalize(), "cancel_order", order_id=order_id, whole="yes", cancel_reason=reason) for reason in REASONS]
    text = f"Without one of these two reasons I can't cancel order {order_id}, so it stays as it is."
    return Step(outcome={"kind": "refused", "text": text, "buttons": [*buttons, HUMAN], "slots": {"order_id": order_id}})


def _of_cancelling(text: str) -> str:
    """The words without sentences of another task: "cancel them all… return the watch, just the watch"."""
    clauses = re.split(r"(?<=[.!?;…])\s+", text)
    return " ".join(one for one in clauses if task_named(one) in {None, "cancel_order"}) or text


def _object(text: str) -> str:
    """The item that is to be cancelled by its name; empty where the order itself is named for it ("my lamp order")."""
    found = _ITEMS.search(text)
    rest = text[found.end() :] if found else ""
    return found["what"].strip() if found and not re.match(r"\s*\b(?:orders?|purchases?)\b", rest) else ""


def find_reason(request: Request) -> str | None:
    """The reason that a request gives, or None where it gives none or both."""
    named = [value for value in request.values("cancel_reason") if value in REASONS]
    if named:
        return named[0]
    text = request.text.lower().replace("’", "'")
    found = [reason for reason, pattern in REASONS.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def _can_be_cancelled(order: Order) -> bool:
    return order.status is OrderStatus.PENDING


def _instead(order: Order) -> list[dict[str, str]]:
    buttons = [button("Track it", "track_order", order_id=str(order.order_id)), button("Talk to a person", "request_human")]
    if order.status is OrderStatus.DELIVERED:
        return [button("Return items", "return_item", order_id=str(order.order_id)), buttons[1]]
    return buttons if order.status in {OrderStatus.PROCESSED, OrderStatus.SHIPPED} else buttons[1:]


class AskReasonChoice(Ask):
    """Asks for one of the two reasons."""

    action_name = "action_ask_reason_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask."""
        choices = [button(reason.capitalize(), "inform", cancel_reason=reason) for reason in REASONS]
        is_again = bool(int(turn.slot("form_misses") or 0))
        text = "Which of the two is it?" if is_again else f"Why would you like to cancel order {await self._named(turn)}?"
        return Reply(text, buttons=[*choices, button("Keep the order", "change_mind")])

    async def _named(self, turn: Turn) -> str:
        """The order with what is in it: who asked for one thing hears what would go with it."""
        order = (await get_owned(self.services, turn)).find(turn.slot("order_choice"))
        held = f" ({items_words(order.lines)})" if order and len(order.lines) <= _MOST_NAMED else ""
        return f"{turn.slot('order_choice')}{held}"


class ActionCancelOrder(FinishForm):
    """Ends the cancellation."""

    action_name = "action_cancel_order"
    task = "the cancellation"


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateCancelOrderForm(services), AskReasonChoice(services), ActionCancelOrder(services)]
