"""What is said in an exchange beside an answer: a question for an order, a version or the sum, or other orders' items."""

from dataclasses import replace

from actions.exchange.answers import read
from actions.exchange.changes import go_on
from actions.exchange.corrections import adds, denies, existing_reply, reopened
from actions.exchange.counter import Counter
from actions.exchange.elsewhere import Elsewhere, go_there, read_elsewhere, turns_there, wait_there
from actions.exchange.records import record_reply
from actions.exchange.settling import both_said
from actions.exchange.swaps import Swaps
from actions.exchange.telling import total_reply, versions_reply
from actions.forms.step import Step
from actions.owned import get_products
from actions.reply import Reply
from actions.services import Services
from actions.turn import Turn
from actions.variants import LineWish, Outcome
from actions.variants.likeness import likeness_in, ranks_others
from actions.yes_no import is_question

REOPENED = frozenset({"variant_choice", "method_choice", "confirmation"})
"""Questions at which items can still be left out."""
WISHED = frozenset({Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST})


async def read_beside(services: Services, turn: Turn, asked: str, counter: Counter, swaps: Swaps) -> Step | None:
    """What is asked of an order, its versions or its sum, or for another order; None where neither is."""
    if asked == "variant_choice" and not is_question(turn.request) and ranks_others(likeness_in(turn.text) or ""):
        # "The cheapest of the rest of that order" names a model, and asks for no price.
        return await read(services, turn, asked)
    orders = [counter.order, *counter.others]
    told = record_reply(turn.request, counter, swaps, await get_products(services, orders))
    if told:
        return await _answered(services, turn, asked, told, counter, swaps)
    elsewhere = await read_elsewhere(services, turn, counter, swaps)
    if elsewhere:
        return await _taken_there(services, turn, asked, elsewhere, counter, swaps)
    if asked not in REOPENED:
        return None
    versions = versions_reply(turn.request, counter, swaps)
    if versions:
        said, rest, listed = versions
        return await _answered(services, turn, asked, (said, rest), counter, listed)
    aside = (total_reply(turn.request, counter, swaps) or existing_reply(turn, counter, swaps)) if asked == "confirmation" else None
    if aside:
        return Step(slots={asked: None}, said=aside)
    return await read(services, turn, asked) if asked == "confirmation" and adds(turn.request, counter, swaps) else None


async def _answered(services: Services, turn: Turn, asked: str, told: tuple[Reply, str], counter: Counter, swaps: Swaps) -> Step:
    """Tell what was asked; what is wished for beside the question is taken, else what was open is asked again."""
    said, rest = told
    turn.tracker.slots["swaps"] = swaps.to_json()
    wished = any(counter.choose(LineWish(one, rest)).outcome in WISHED for one in swaps.line_ids) if rest else False
    if wished:
        step = await read(services, replace(turn, request=replace(turn.request, text=rest)), asked)
    elif asked == "confirmation" and len(swaps.line_ids) == 1 and denies(turn.request):
        # Who says no and asks what else there is does not want what is proposed.
        step = await go_on(services, turn, counter, reopened(swaps, counter, swaps.line_ids))
    else:
        step = Step(slots={asked: None})
    return replace(step, slots={"swaps": swaps.to_json(), **step.slots}, said=both_said(said, step.said), missed=False)


async def _taken_there(services: Services, turn: Turn, asked: str, elsewhere: Elsewhere, counter: Counter, swaps: Swaps) -> Step:
    """Go to the other order where what is in hand was not meant; else it comes next."""
    own = elsewhere.own
    if turns_there(turn, counter, swaps):
        await services.shop.withdraw(turn.conversation_id)
        return go_there(elsewhere, turn)
    wished = any(counter.choose_again(LineWish(one, own), swaps).outcome in WISHED for one in swaps.line_ids) if own else False
    step = await read(services, replace(turn, request=replace(turn.request, text=own)), asked) if wished else None
    return wait_there(elsewhere, turn, asked, step)
