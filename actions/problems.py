"""What went wrong, or what only a person can change: the facts are collected, checked against the record, handed over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.change_order import adds, change_buttons, route_of, rule_on
from actions.forms.ask import Ask
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.step import Step
from actions.handover import offer_to_pass_on
from actions.mentions import Mention
from actions.order_choice import choose_order
from actions.orders import status_words
from actions.owned import get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import match_lines, refers_to_order, without_order_ids
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import items_words, now_of, order_words
from shop.models import OperationName, Order, OrderStatus
from shop.wording import day

_TOLD_ENOUGH = 7
"""Words from which on an opening message already says what is wrong."""


_TOLD_BY_RECORD = frozenset({"report_missing_delivery", "report_late_order"})
"""What needs no question back: the record tells the dates and the parcel."""
_ADDED_TO = {OperationName.RETURN_ITEMS: "return_item", OperationName.EXCHANGE_ITEMS: "exchange_item"}
_WISHES = frozenset({"change_order"})
_ANEW = re.compile(
    r"\b(?:exchang\w*|swap\w*|replac\w*|same (?:one|thing|item|again)"
    r"|(?:a |the )?(?:new|fresh|working|intact|another) (?:one|copy|piece|unit))\b"
)
"""What asks for the same once more in place of what is broken."""
_WANTED = re.compile(r"\d|\binstead\b|\bfor an?\b|\binto\b|\bfrom\b.*\bto\b|\b(?:xs|s|m|l|xl|bigger|smaller|larger)\b")


@dataclass(frozen=True)
class Kind:
    """One way in which a person is needed.

    Attributes:
        label: For the queue.
        question: What is asked for the details.
        states: In which states of the order it makes sense.
        items: Whether it is about items, not the whole parcel.
    """

    label: str
    question: str
    states: frozenset[OrderStatus]
    items: bool


_ARRIVED = frozenset({OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED})
_UNDER_WAY = frozenset({OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED})
KINDS = {
    "report_damaged_item": Kind("item damaged, missing or wrong", "I'm sorry to hear that. What is wrong with it?", _ARRIVED, items=True),
    "report_missing_delivery": Kind(
        "delivered but not received",
        "I'm sorry. What happened?",
        frozenset({OrderStatus.DELIVERED, OrderStatus.SHIPPED}),
        items=False,
    ),
    "report_late_order": Kind("order is late", "I'm sorry about that. What did the carrier say?", _UNDER_WAY, items=False),
    "change_order": Kind("wants to change an order", "What should be changed?", _UNDER_WAY, items=False),
}


class ValidateReportProblemForm(ShopForm):
    """Reads which order and items it is about, and what is wrong."""

    form = "report_problem_form"
    finish = "action_report_problem"
    intents = frozenset(KINDS)
    free_slots = frozenset({"problem_details"})

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: order, items, details."""
        wished = turn.intent if asked is None else turn.slot("problem_kind")
        if wished == "change_order" and asked in {None, "problem_details"}:
            elsewhere = await self._late_addition(turn) or self._elsewhere(turn)
            if elsewhere:
                return elsewhere
        if wished == "report_damaged_item" and asked in {None, "problem_details"} and _ANEW.search(turn.text.lower()):
            return self._anew(turn)
        if asked == "problem_details":
            return self._end(turn, str(turn.slot("order_choice")), turn.slot("items_choice") or [], turn.text)
        name = turn.intent if asked is None else str(turn.slot("problem_kind"))
        kind = KINDS.get(name, KINDS["report_damaged_item"])
        if asked == "items_choice":
            return await self._read_items(turn)
        order = await choose_order(self.services, turn, lambda order: order.status in kind.states, opening=asked is None)
        opened = {"problem_kind": name} if asked is None else {}
        told = turn.text if asked is None and (name in _TOLD_BY_RECORD or _tells(turn.request)) else None
        if isinstance(order, Step):
            return replace(order, slots={**opened, "problem_details": told, **order.slots})
        return await self._take(turn, order, name, told or turn.slot("problem_details"))

    async def _late_addition(self, turn: Turn) -> Step | None:
        """What is to be added ("the speaker too") once a return or an exchange was registered: it is about that one."""
        done = [receipt for receipt in await self.services.shop.list_receipts(turn.conversation_id) if receipt.operation in _ADDED_TO]
        if not done or not adds(turn.text) or done[-1].order_id is None:
            return None
        order = await self.services.shop.get_order(await self.services.identity.get_actor(turn.conversation_id), done[-1].order_id)
        if not (await self._mentioned(turn.request, order)).keys:
            return None
        about = ({"entity": "order_id", "value": str(order.order_id)},)
        return Step(outcome={"kind": "redirected", "request": Request(_ADDED_TO[done[-1].operation], turn.text, entities=about).to_json()})

    def _elsewhere(self, turn: Turn) -> Step | None:
        """A change that has a form of its own, or that no order allows."""
        route = route_of(turn.text)
        if route:
            order_id = turn.slot("order_choice")
            entities = turn.request.entities + (({"entity": "order_id", "value": order_id},) if order_id else ())
            return Step(outcome={"kind": "redirected", "request": Request(route, turn.text, entities=entities).to_json()})
        rule = rule_on(turn.request)
        return Step(outcome={"kind": "refused", "text": rule.text, "buttons": rule.buttons}) if rule else None

    @staticmethod
    def _anew(turn: Turn) -> Step:
        """The same once more is an exchange, which the shop's rules allow or refuse."""
        about = ({"entity": "order_id", "value": turn.slot("order_choice")},) if turn.slot("order_choice") else ()
        request = replace(turn.request, intent="exchange_item", entities=(*turn.request.entities, *about))
        return Step(outcome={"kind": "redirected", "request": request.to_json()})

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Another order after all; other corrections are part of the story."""
        if not turn.slot("order_choice") or not (refers_to_order(turn.request) or asked == "order_choice"):
            return await self.read(turn, asked)
        name, current = str(turn.slot("problem_kind")), str(turn.slot("order_choice"))
        states = KINDS[name].states
        order = await choose_order(self.services, turn, lambda order: order.status in states, opening=False, excluded_id=current)
        fresh: dict[str, Any] = {"order_choice": None, "items_choice": None}
        if isinstance(order, Step):
            return replace(order, slots={**fresh, **order.slots}, missed=False)
        step = await self._take(turn, order, name, turn.slot("problem_details"))
        return replace(step, slots={**fresh, **step.slots})

    async def _take(self, turn: Turn, order: Order, name: str, details: str | None) -> Step:
        kind = KINDS[name]
        refusal = self._not_so(order, name)
        if refusal:
            return Step(outcome={"kind": "refused", "slots": {"order_id": order.order_id}, **refusal})
        slots = {"problem_kind": name, "order_choice": order.order_id, "order_id": order.order_id, "problem_details": details}
        mention = await self._mentioned(turn.request, order) if kind.items else Mention(keys=("all",))
        if kind.items and len(order.lines) == 1:
            mention = Mention(keys=(order.lines[0].line_id,))
        if not mention.keys:
            return Step(slots={**slots, "items_options": list(mention.unsure) or None})
        if details:
            return replace(self._end(turn, str(order.order_id), list(mention.keys), details), slots=slots)
        return Step(slots={**slots, "items_choice": list(mention.keys)})

    async def _read_items(self, turn: Turn) -> Step:
        order = await self.services.shop.get_order(
            await self.services.identity.get_actor(turn.conversation_id), str(turn.slot("order_choice"))
        )
        mention = await self._mentioned(turn.request, order, turn.slot("items_options") or ())
        if not mention.keys:
            return Step(slots={"items_options": list(mention.unsure) or None}, missed=not mention.unsure)
        details = turn.slot("problem_details")
        return (
            self._end(turn, str(order.order_id), list(mention.keys), details)
            if details
            else Step(slots={"items_choice": list(mention.keys)})
        )

    async def _mentioned(self, request: Request, order: Order, among: Sequence[str] = ()) -> Mention:
        return match_lines(request, order, await get_products(self.services, [order]), among)

    def _end(self, turn: Turn, order_id: str, line_ids: list[str], details: str) -> Step:
        return Step(outcome={"kind": "confirmed", "order_id": order_id, "line_ids": line_ids, "details": details})

    def _not_so(self, order: Order, name: str) -> dict[str, Any] | None:
        """What the record says instead, where it does not fit the report."""
        expected = [parcel.expected_at for parcel in order.fulfilments if parcel.expected_at]
        if name == "report_late_order" and order.status is OrderStatus.SHIPPED and expected and max(expected) > now_of(self.services):
            until = day(max(expected))
            text = f"{status_words(order)} So it isn't late yet. If it hasn't come by {until}, tell me and I'll get a person to trace it."
            return {"text": text, "buttons": [HUMAN]}
        if name == "change_order" and order.status is OrderStatus.SHIPPED:
            text = (
                f"{status_words(order)} What has been shipped can't be changed any more, the address included. The carrier's page may "
                "offer another day or a pick-up point; and what you don't want can come back to us once it has arrived."
            )
            return {"text": text, "buttons": [HUMAN]}
        if order.status in KINDS[name].states:
            return None
        return {"text": _instead_words(order, name), "buttons": _instead(order, name)}


def _instead_words(order: Order, name: str) -> str:
    if name == "change_order":
        return f"{status_words(order)} It can no longer be changed from here. A person can tell you what is still possible."
    return status_words(order)


def _instead(order: Order, name: str) -> list[Button]:
    if name == "report_late_order" and order.status is OrderStatus.DELIVERED:
        return [button("I didn't get it", "report_missing_delivery", order_id=str(order.order_id)), HUMAN]
    return [HUMAN]


def _tells(request: Request) -> bool:
    """Whether the words that opened the form already say what is wrong, or what is wanted instead."""
    if request.pressed:
        return False
    if request.intent in _WISHES:
        text = without_order_ids(request.text).lower()
        return bool(_WANTED.search(text)) and len(request.text.split()) >= _TOLD_ENOUGH
    return len(request.text.split()) >= _TOLD_ENOUGH or bool(request.values("problem"))


class AskProblemDetails(Ask):
    """Asks what is wrong, or what is wanted instead."""

    action_name = "action_ask_problem_details"

    async def act(self, turn: Turn) -> Reply:
        """Ask in the words of the kind."""
        name = str(turn.slot("problem_kind"))
        kind = KINDS.get(name, KINDS["report_damaged_item"])
        order = Request("", "", entities=({"entity": "order_id", "value": str(turn.slot("order_choice"))},))
        offered = change_buttons(order) if name == "change_order" else []
        return Reply(kind.question, buttons=[*offered, HUMAN, button("Leave it", "change_mind")])


class ActionReportProblem(FinishForm):
    """Ends the report: the facts go to a person if the customer wants that."""

    action_name = "action_report_problem"
    task = "that"

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Say what can be done, and offer to pass on order, items, tracking and the customer's words."""
        order = await self.services.shop.get_order(await self.actor(turn), outcome["order_id"])
        kind = KINDS.get(str(turn.slot("problem_kind")), KINDS["report_damaged_item"])
        lines = [line for line in order.lines if line.line_id in outcome["line_ids"]] if kind.items else []
        facts = [
            f"Matter: {kind.label}",
            f"Order: {order_words(order)}",
            f"Items: {items_words(lines, 6)}" if lines else "",
            *(f"Parcel: {parcel.carrier} {parcel.tracking_id}" for parcel in order.fulfilments),
            f"Customer's words: {outcome['details']}",
        ]
        about = f" ({items_words(lines, 6)})" if lines else ""
        if kind.label == KINDS["report_late_order"].label:
            about = f": {status_words(order, now_of(self.services))}"
        text = f"This is about order {order.order_id}{about}. {_TRUTH[kind.label]} Shall I pass this on to our team?"
        return Reply(text, buttons=[button("Yes", "affirm"), button("No", "deny")], offer=offer_to_pass_on(kind.label, facts))


_TRUTH = {
    KINDS["report_damaged_item"].label: "I'm sorry. I can't settle that by myself.",
    KINDS["report_missing_delivery"].label: (
        "I'm sorry. Please look with neighbours, at your door and for a note from the carrier first; some parcels are marked as delivered "
        "a day before they come. If it isn't there after 24 hours, a person takes it up with the carrier."
    ),
    KINDS["report_late_order"].label: "I'm sorry. A person can take that up with the carrier.",
    KINDS["change_order"].label: "I can't change that myself; nothing has been changed yet.",
}


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateReportProblemForm(services), AskProblemDetails(services), ActionReportProblem(services)]
