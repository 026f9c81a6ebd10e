"""Items, or another order, that are named in one breath with something else in the middle of a return."""

import re
from dataclasses import replace

from actions.conditions import task_named
from actions.forms.step import Step
from actions.meant import others_waiting
from actions.own_words import asks_sooner
from actions.owned import get_order_in_hand, get_owned, get_products
from actions.reply import Reply
from actions.returns.changes import ADDS, take_changes
from actions.returns.items import mentioned, read_items
from actions.returns.opening import take_order
from actions.returns.orders import all_taken_out, can_come_back, told_part, turned_to
from actions.services import Services
from actions.turn import Request, Turn
from actions.yes_no import is_question
from shop.models import Order

_NO_RETURN = re.compile(r"(?:\b(?:not|no|never|dont)|n't) (?:\w+ ){0,3}?(?:return\w*|refund\w*|money back|send\w* (?:\w+ )?back)\b")
_RATHER = re.compile(rf"\b(?:rather|instead|changed my mind|after all|better)\b|{_NO_RETURN.pattern}")
_SECOND = re.compile(r"\b(?:also|too|as well|later|afterwards|first)\b|\bexchange\w* (?:rate|rules?|policy)\b")


def rather_exchanged(text: str) -> bool:
    """Whether words give a return up for an exchange, whatever NLU hears: "I don't want to return it, I'd rather exchange it"."""
    plain = text.lower().replace("’", "'")
    is_turned = task_named(_NO_RETURN.sub(" ", plain)) == "exchange_item" and _RATHER.search(plain)
    return bool(is_turned) and not _SECOND.search(plain) and not is_question(Request("", plain))


async def told_items(services: Services, turn: Turn) -> Step | None:
    """Items named in one breath with a question: they are taken first, and what is proposed then tells the figures."""
    told = told_part(turn.whole_text)
    other_task = task_named(turn.whole_text) not in {None, "return_item"}
    if turn.request.pressed or not told or told == turn.text.strip() or other_task:
        return None
    said = replace(turn, request=replace(turn.request, text=told, intent="inform"))
    order = await get_order_in_hand(services, turn)
    mention = await mentioned(services, said.request, order, turn.slot("items_options") or ())
    if not mention.keys:
        return None
    step = await read_items(services, said, order)
    step = replace(step, slots={**step.slots, "waiting_requests": others_waiting(turn)})
    if not asks_sooner(turn.whole_text):
        return step
    return replace(step, said=Reply(f"{step.said.text if step.said else ''} I'm sorry, I can't make a refund any faster.".strip()))


async def told_more(services: Services, turn: Turn) -> Step | None:
    """A further item named at the proposal in one breath with a question."""
    told, chosen = told_part(turn.whole_text), set(turn.slot("items_choice") or [])
    if turn.request.pressed or not told or told == turn.text.strip() or task_named(turn.whole_text) not in {None, "return_item"}:
        return None
    said = replace(turn, request=replace(turn.request, text=told, intent="inform"))
    order = await get_order_in_hand(services, turn)
    more = set((await mentioned(services, said.request, order)).keys) - chosen
    step = await take_changes(services, said, order) if more and ADDS.search(told.lower()) else None
    return replace(step, slots={**step.slots, "waiting_requests": others_waiting(turn)}) if step else None


async def turn_elsewhere(services: Services, turn: Turn, current: Order) -> Step | None:
    """The return of another order's items, where the words turn to it; what was proposed is gone then."""
    owned = await get_owned(services, turn)
    products = await get_products(services, owned.orders)
    fresh = dict.fromkeys(("order_choice", "items_choice", "items_kept", "items_options", "method_choice", "confirmation"))
    if all_taken_out(turn, current, products, turn.slot("items_choice") or []):
        await services.shop.withdraw(turn.conversation_id)
        options = [str(order.order_id) for order in owned.orders if can_come_back(order) and order.order_id != current.order_id]
        return Step(slots={**fresh, "order_options": options or None}, said=Reply("All right, not that."))
    other = turned_to(turn, owned, current, products)
    if other is None:
        return None
    await services.shop.withdraw(turn.conversation_id)
    turn.tracker.slots.update(fresh)
    said = replace(turn, request=replace(turn.request, intent="return_item", text=turn.whole_text))
    step = await take_order(services, said, other)
    return replace(step, slots={**fresh, "waiting_requests": others_waiting(turn), **step.slots})
