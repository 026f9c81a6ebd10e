"""What an exchange comes to: the difference, what it is settled with, and the proposal."""

from dataclasses import replace
from typing import Any

from actions.confirmation import propose, refuse
from actions.exchange.counter import Counter
from actions.exchange.orders import other_ways
from actions.exchange.swaps import Swaps
from actions.exchange.telling import priced_words
from actions.forms.step import Step
from actions.methods import find_method, is_asked, names_method, original_ids, words_of_method
from actions.reply import HUMAN, Reply
from actions.services import Services
from actions.turn import Turn
from shop.models import PaymentMethod

NO_METHOD = "none"
"""Stands in the method's slot where nothing has to be paid or given back."""


async def settle(services: Services, turn: Turn, counter: Counter, swaps: Swaps, *, missed: bool) -> Step:
    """Find what the difference is settled with, and propose."""
    actor = await services.identity.get_actor(turn.conversation_id)
    order_id, used = str(counter.order.order_id), original_ids(counter.order)
    decision = await services.shop.check(actor, counter.operation, {"order_id": order_id, "changes": swaps.changes()})
    if not decision.allowed:
        return refuse(decision, order_id, other_ways(counter.order))
    methods = await settling_methods(services, turn, counter, swaps)
    if counter.difference_cents(swaps) == 0:
        same = next((one.payment_method_id for one in methods if one.payment_method_id in used), None)
        return await _propose(services, turn, counter, swaps, same or next((one.payment_method_id for one in methods), None))
    words = words_of_method(turn)
    found = find_method(words, methods, used, asked=is_asked(turn))
    kept = turn.slot("method_choice") if not names_method(turn.request) else None
    allowed = [method.payment_method_id for method in methods]
    refused = names_method(words) and not found and kept is None
    said = await _why_not(services, replace(turn, request=words), counter, swaps) if refused else None
    if said and len(allowed) == 1:
        step = await _propose(services, turn, counter, swaps, allowed[0])
        return replace(step, said=both_said(said, step.said))
    if found or kept in allowed or len(allowed) == 1:
        return await _propose(services, turn, counter, swaps, found.payment_method_id if found else kept if kept in allowed else allowed[0])
    if not methods:
        text = "None of your payment methods can settle that difference, so I can't do this. A person can tell you what is possible."
        return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN], "slots": {"order_id": order_id}})
    return Step(slots={"method_choice": None, "confirmation": None}, missed=missed and not said, said=said)


def both_said(first: Reply | None, second: Reply | None) -> Reply | None:
    """Two remarks as one."""
    return replace(second, text=f"{first.text} {second.text}") if first and second else first or second


async def _why_not(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> Reply:
    """Why the method that was named can't settle the difference."""
    actor = await services.identity.get_actor(turn.conversation_id)
    own = await services.shop.list_payment_methods(actor, str(counter.order.order_id))
    named = find_method(turn.request, own, original_ids(counter.order))
    arguments = {"order_id": counter.order.order_id, "changes": swaps.changes()}
    if named is None:
        return Reply("The difference can be settled with one of your own methods only.")
    arguments["payment_method_id"] = named.payment_method_id
    return Reply((await services.shop.check(actor, counter.operation, arguments)).explanation)


async def _propose(services: Services, turn: Turn, counter: Counter, swaps: Swaps, method_id: str | None) -> Step:
    arguments: dict[str, Any] = {"order_id": counter.order.order_id, "changes": swaps.changes()}
    if method_id:
        arguments["payment_method_id"] = method_id
    step = await propose(services, turn, counter.operation, arguments)
    known = {"items_choice": list(swaps.line_ids), "swaps": swaps.to_json(), "variant_choice": True}
    priced = priced_words(counter, swaps) if step.outcome is None else ""
    said = Reply(priced) if priced else step.said
    return replace(step, said=said, slots={**known, "method_choice": method_id or NO_METHOD, **step.slots})


async def settling_methods(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> list[PaymentMethod]:
    """The customer's own methods that policy lets settle the difference, what the order was paid with first."""
    actor = await services.identity.get_actor(turn.conversation_id)
    used = original_ids(counter.order)
    methods = sorted(
        await services.shop.list_payment_methods(actor, str(counter.order.order_id)), key=lambda one: one.payment_method_id not in used
    )
    allowed = []
    for method in methods:
        arguments = {"order_id": counter.order.order_id, "changes": swaps.changes(), "payment_method_id": method.payment_method_id}
        if (await services.shop.check(actor, counter.operation, arguments)).allowed:
            allowed.append(method)
    return allowed
