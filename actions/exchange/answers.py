"""The answers to what an exchange asks: which order, which items, which version, which way to pay, and the yes."""

from dataclasses import replace

from actions.confirmation import read_confirmation, undone_words
from actions.exchange.changes import collect, drop_denied, go_on, take_changes
from actions.exchange.corrections import is_wrong_version, reopened
from actions.exchange.counter import Counter, read_answer
from actions.exchange.left_out import fewer, skips
from actions.exchange.naming import named_lines, picked_lines
from actions.exchange.opening import counter_in_hand, take_each, take_order
from actions.exchange.orders import find_order
from actions.exchange.settling import settle
from actions.exchange.swaps import Swaps
from actions.exchange.taking import take
from actions.forms.step import Step
from actions.reply import Reply
from actions.services import Services
from actions.turn import Turn
from actions.variants import LineWish, Outcome
from actions.words import line_words
from actions.yes_no import is_all_said, is_clear_yes


async def read(services: Services, turn: Turn, asked: str | None) -> Step:
    """Read the next answer."""
    if asked in {None, "order_choice"}:
        undone = await undone_words(services, turn) if asked is None else None
        if undone:
            return Step(outcome={"kind": "refused", "text": undone.text, "buttons": undone.buttons})
        several = await take_each(services, turn) if asked is None else None
        if several:
            return several
        order = await find_order(services, turn, opening=asked is None)
        return order if isinstance(order, Step) else await take_order(services, turn, order)
    counter = await counter_in_hand(services, turn)
    if asked == "items_choice":
        return await _read_items(services, turn, counter)
    if asked == "variant_choice":
        return await _read_variant(services, turn, counter)
    if asked == "method_choice":
        changed = await take_changes(services, turn, counter)
        return changed or await settle(services, turn, counter, Swaps.from_json(turn.slot("swaps")), missed=True)
    return await _read_yes(services, turn, counter)


async def _read_items(services: Services, turn: Turn, counter: Counter) -> Step:
    swaps = Swaps.from_json(turn.slot("swaps"))
    meant = picked_lines(counter, turn.request, swaps.asked)
    if meant and not swaps.asked["text"]:
        return await go_on(services, turn, counter, reopened(replace(swaps, asked={}), counter, [wish.line_id for wish in meant]))
    if meant:
        return await collect(services, turn, counter, meant, replace(swaps, asked={}))
    if swaps.chosen and turn.request.pressed and turn.intent == "change_mind":
        return await go_on(services, turn, counter, swaps)
    named = named_lines(counter, turn.request)
    if named:
        return await collect(services, turn, counter, named, swaps)
    names = ", ".join(line_words(line) for line in counter.order.lines)
    return Step(missed=True, said=Reply(f"I don't see that in order {counter.order.order_id}. It has: {names}."))


async def _read_variant(services: Services, turn: Turn, counter: Counter) -> Step:
    """Read the version of the item that was asked about, or what the words change of the others."""
    swaps = Swaps.from_json(turn.slot("swaps"))
    line_id = str(swaps.open_line)
    if turn.request.value("variant_id"):
        return await go_on(services, turn, counter, replace(swaps, chosen={**swaps.chosen, line_id: str(turn.request.value("variant_id"))}))
    left = fewer(turn.request, counter, swaps)
    if left:
        return await go_on(services, turn, counter, left)
    rid = await drop_denied(services, turn, counter, swaps)
    if rid:
        return rid
    if skips(turn.request) and len(swaps.line_ids) > 1:
        rest = swaps.only(counter.unlike(line_id, swaps.line_ids))
        return await go_on(services, turn, counter, rest) if rest.line_ids else Step(outcome={"kind": "stopped"})
    named = named_lines(counter, turn.request, line_id, swaps.line_ids) if len(counter.order.lines) > 1 else []
    if any(wish.line_id != line_id for wish in named):
        return await collect(services, turn, counter, named, swaps)
    wish = LineWish(line_id, turn.text)
    choice = read_answer(wish, counter, swaps)
    step = await go_on(services, turn, counter, take(swaps, wish, choice, counter))
    return replace(step, missed=choice.outcome is Outcome.NOT_SAID and not is_wrong_version(turn))


async def _read_yes(services: Services, turn: Turn, counter: Counter) -> Step:
    shown = turn.slot("proposal") or {}
    if turn.request.value("more"):
        return Step(slots={"items_choice": None, "variant_choice": None, "confirmation": None})
    if turn.request.pressed or is_clear_yes(turn.request, shown.get("operation")):
        return await read_confirmation(services, turn)
    if is_all_said(turn.request) and not fewer(turn.request, counter, Swaps.from_json(turn.slot("swaps"))):
        return await read_confirmation(services, turn)
    changed = await take_changes(services, turn, counter)
    return changed or await read_confirmation(services, turn)
