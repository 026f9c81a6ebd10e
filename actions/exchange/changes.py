"""What words change of the items in hand: fewer or more of them, other versions; then what is asked or proposed next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.exchange.corrections import is_wrong_version, reopened
from actions.exchange.counter import Counter, read_answer
from actions.exchange.left_out import denied, fewer, kept_wishes, turn_instead
from actions.exchange.naming import named_lines
from actions.exchange.settling import both_said, settle
from actions.exchange.swaps import Swaps
from actions.exchange.taking import take, wished_by_price
from actions.forms.step import Step
from actions.item_choice import kept_words, taken_out
from actions.methods import names_method
from actions.owned import get_products
from actions.reply import Reply
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import LineWish, Outcome, wishes_by_line


async def take_changes(services: Services, turn: Turn, counter: Counter) -> Step | None:
    """Fewer items, more of them, another version or another method, said instead of an answer: a new proposal."""
    swaps = Swaps.from_json(turn.slot("swaps"))
    left = fewer(turn.request, counter, swaps)
    if left:
        return await go_on(services, turn, counter, left)
    rid = await drop_denied(services, turn, counter, swaps)
    if rid:
        return rid
    named = kept_wishes(turn.request, counter, swaps)
    if not named and (priced := wished_by_price(turn.text, counter, swaps)):
        return await collect(services, turn, counter, priced, replace(swaps, spared=()))
    if not named and len(swaps.line_ids) == 1:
        named = [LineWish(swaps.line_ids[0], turn.text)]
    wishes = [wish for wish in named if counter.choose_again(wish, swaps).outcome not in {Outcome.NOT_SAID, Outcome.PRESENT}]
    new = [wish for wish in named if wish.line_id not in swaps.line_ids]
    if wishes or new:
        changed = swaps
        for wish in [*wishes, *(one for one in new if one not in wishes)]:
            changed = take(changed, wish, counter.choose_again(wish, swaps), counter)
        if changed != swaps:
            return await go_on(services, turn, counter, changed)
    if names_method(turn.request) and turn.slot("method_choice"):
        return await settle(services, turn, counter, swaps, missed=True)
    if any(counter.is_noted(wish, swaps) for wish in named) and not taken_out(turn.text, counter.order, counter.products, swaps.line_ids):
        return Step(slots={"confirmation": None}, said=Reply("That is just what I have noted:"))
    return await _wrong(services, turn, counter, swaps, named) if is_wrong_version(turn) else None


async def _wrong(services: Services, turn: Turn, counter: Counter, swaps: Swaps, named: Sequence[LineWish]) -> Step:
    """Ask for the version anew; of several items, first which of them is wrong."""
    meant = [wish.line_id for wish in named if wish.line_id in swaps.line_ids] or list(swaps.line_ids)
    if len(meant) == 1:
        return await go_on(services, turn, counter, reopened(swaps, counter, meant))
    await services.shop.withdraw(turn.conversation_id)
    asked = replace(swaps, asked={"lines": meant, "text": ""})
    return Step(slots={"items_choice": None, "swaps": asked.to_json(), "confirmation": None})


async def drop_denied(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> Step | None:
    """Without items that the customer never meant; what is named besides is taken in, wherever it was ordered."""
    out = denied(turn, counter, swaps)
    if not out:
        return None
    said = replace(turn.request, text=kept_words(turn.whole_text))
    own = {"waiting_requests": turn.slot("waiting_requests")}
    rest = swaps.only([one for one in swaps.line_ids if one not in out])
    named = [wish for wish in named_lines(counter, said, chosen=rest.line_ids) if wish.line_id not in out]
    if named or rest.line_ids:
        step = await collect(services, turn, counter, named, rest)
        return replace(step, slots={**step.slots, **own})
    await services.shop.withdraw(turn.conversation_id)
    others = [order for order in counter.others if wishes_by_line(said.text, order.lines, await get_products(services, [order]))]
    # In another order, the request begins anew.
    again = Request("exchange_item", said.text)
    return Step(slots=own, outcome={"kind": "redirected", "request": again.to_json()} if others else {"kind": "stopped"})


async def collect(services: Services, turn: Turn, counter: Counter, named: Sequence[LineWish], swaps: Swaps) -> Step:
    """Take what is wished for each line; where it is open which line is meant, that is asked."""
    loose = [wish for wish in named if not wish.is_sure]
    for wish in (wish for wish in named if wish.is_sure):
        choice = read_answer(wish, counter, swaps)
        if choice.outcome is Outcome.NOT_SAID and wish.line_id in swaps.line_ids:
            # Named once more, and nothing new said of it: what was chosen or asked stands.
            continue
        swaps = take(swaps, wish, choice, counter, several=len(named) > 1)
    if loose:
        swaps = replace(swaps, asked={"lines": [wish.line_id for wish in loose], "text": loose[0].text})
        return Step(slots={"items_choice": None, "swaps": swaps.to_json(), "confirmation": None})
    return await go_on(services, turn, counter, swaps)


async def go_on(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> Step:
    """Ask for the next open version, or go on to what it comes to."""
    said = Reply(" ".join(swaps.said)) if swaps.said else None
    slots: dict[str, Any] = {"items_choice": list(swaps.line_ids) or None, "swaps": swaps.to_json(), "confirmation": None}
    if swaps.instead and not swaps.line_ids:
        return turn_instead(counter, swaps)
    if not swaps.line_ids:
        text = " ".join(swaps.said) or "Then nothing is exchanged."
        return Step(outcome={"kind": "refused", "text": f"{text} Nothing was changed.", "slots": {"order_id": counter.order.order_id}})
    if swaps.open_line:
        await services.shop.withdraw(turn.conversation_id)
        return Step(slots={**slots, "variant_choice": None}, said=said)
    step = await settle(services, turn, counter, swaps, missed=False)
    return replace(step, slots={**slots, "variant_choice": True, **step.slots}, said=both_said(said, step.said))
