"""Which lines of the order go back, and what is asked or proposed once they are known."""

from collections.abc import Sequence
from dataclasses import replace

from actions.forms.step import Step
from actions.item_choice import taken_out
from actions.mentions import Mention
from actions.methods import find_method, is_asked, names_method, original_ids, words_of_method
from actions.owned import get_products
from actions.reply import HUMAN, Reply
from actions.resolve import match_lines, match_more
from actions.returns.refund import allowed_methods, propose_return, why_not
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import line_words
from shop.models import Order


async def mentioned(services: Services, request: Request, order: Order, among: Sequence[str] = ()) -> Mention:
    """The lines of an order that a request speaks of."""
    return match_lines(request, order, await get_products(services, [order]), among)


async def read_items(services: Services, turn: Turn, order: Order) -> Step:
    """Read which lines go back; what was noted before stays."""
    mention = await mentioned(services, turn.request, order, turn.slot("items_options") or ())
    if mention.keys and turn.slot("items_options"):
        mention = match_more(turn.request, order, await get_products(services, [order]), mention, turn.slot("items_options"))
    if mention.keys:
        out = taken_out(turn.text, order, await get_products(services, [order]), list(turn.slot("items_kept") or ()))
        kept = {*(turn.slot("items_kept") or ()), *mention.keys} - set(out)
        return await choose(services, turn, order, Mention(keys=tuple(line.line_id for line in order.lines if line.line_id in kept)))
    if mention.unsure:
        kept = {*(turn.slot("items_kept") or ()), *mention.sure}
        return Step(slots={"items_options": list(mention.unsure), "items_kept": list(kept) or None})
    names = ", ".join(line_words(line) for line in order.lines)
    return Step(missed=True, said=Reply(f"I don't see that in order {order.order_id}. It has: {names}."))


async def choose(services: Services, turn: Turn, order: Order, mention: Mention) -> Step:
    """Take these lines: propose their return where it is known how the money goes, else ask for that."""
    slots = {"items_choice": list(mention.keys), "items_options": None}
    options, words = await allowed_methods(services, turn, order, mention.keys), words_of_method(turn)
    method = find_method(words, options, original_ids(order), asked=is_asked(turn))
    said = await why_not(services, replace(turn, request=words), order, mention.keys) if names_method(words) and not method else None
    only = options[0].payment_method_id if len(options) == 1 else None
    chosen = method.payment_method_id if method else turn.slot("method_choice") or only
    if chosen:
        step = await propose_return(services, turn, order, mention.keys, chosen)
        return replace(step, said=said or step.said)
    if not options:
        text = "None of the ways this order was paid can take that refund by itself, so a person has to arrange this return."
        return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN]})
    return Step(slots=slots, said=said)
