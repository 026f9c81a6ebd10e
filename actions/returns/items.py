"""Which lines of the order go back, and what is asked or proposed once they are known."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.forms.step import Step
from actions.heard import namer
from actions.item_choice import kept_words, taken_out
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

NONE = re.compile(
    r"\b(?:none|neither|nothing|not any|no(?= [a-z]))\b(?: (?:of|the|my|those|these|them|two|any))*"
    r"(?: (?!please\b|at\b|just\b|only\b|i\b)[\w-]+){0,3}"
)
"""What refuses all that was offered: "none of them", "neither heater"."""
_DROPS = re.compile(r"\b(?:forget|never ?mind|stop|drop|cancel|leave|changed my mind|don'?t want to return)\b")
_ONLY = re.compile(r"\b(?:only|just|alone|nothing else)\b")


async def mentioned(services: Services, request: Request, order: Order, among: Sequence[str] = ()) -> Mention:
    """The lines of an order that a request speaks of."""
    return match_lines(request, order, await get_products(services, [order]), among)


async def read_items(services: Services, turn: Turn, order: Order) -> Step:
    """Read which lines go back; what was noted before stays."""
    noted = await _noted_alone(services, turn, order)
    if noted:
        return await choose(services, turn, order, Mention(keys=tuple(noted)))
    offered, products = list(turn.slot("items_options") or ()), await get_products(services, [order])
    out = taken_out(turn.text, order, products, offered)
    if len(out) == len(offered) - 1 > 0:
        # "Not the red one" of two is the other.
        turn = replace(turn, request=replace(turn.request, text=kept_words(turn.text)))
    mention = await mentioned(services, turn.request, order, offered)
    if len(out) == len(offered) - 1 > 0 and not mention.keys:
        mention = Mention(keys=tuple(one for one in offered if one not in out))
    if mention.keys and turn.slot("items_options"):
        mention = match_more(turn.request, order, products, mention, offered)
    if mention.keys:
        out = taken_out(turn.text, order, products, list(turn.slot("items_kept") or ()))
        kept = {*(turn.slot("items_kept") or ()), *mention.keys} - set(out)
        return await choose(services, turn, order, Mention(keys=tuple(line.line_id for line in order.lines if line.line_id in kept)))
    if mention.unsure:
        kept = {*(turn.slot("items_kept") or ()), *mention.sure}
        return Step(slots={"items_options": list(mention.unsure), "items_kept": list(kept) or None})
    names = ", ".join(line_words(line) for line in order.lines)
    return Step(missed=True, said=Reply(f"I don't see that in order {order.order_id}. It has: {names}."))


def refuses_offered(request: Request) -> bool:
    """Whether an answer refuses what was offered, and not the whole return."""
    text = request.text.lower().replace("’", "'")
    return request.intent == "change_mind" if request.pressed else bool(NONE.search(text)) and not _DROPS.search(text)


async def _noted_alone(services: Services, turn: Turn, order: Order) -> list[str]:
    """The lines that were noted, where none of those that were offered beside them is meant; empty where one may be."""
    kept, offered = list(turn.slot("items_kept") or ()), set(turn.slot("items_options") or ())
    if not kept or not offered or turn.request.pressed:
        return kept if kept and offered and refuses_offered(turn.request) else []
    products = await get_products(services, [order])
    named = namer([line for line in order.lines if line.line_id in {*kept, *offered}], products)
    text = turn.text.lower().replace("’", "'")
    refused, rest = [found[0] for found in NONE.finditer(text)], named(NONE.sub(" ", text))
    kinds = {str(line.product_id) for line in order.lines if line.line_id in offered}
    own = {str(line.product_id) for line in order.lines if line.line_id in kept} - kinds
    is_refused = refuses_offered(turn.request) and any(not named(words) or named(words) & kinds for words in refused)
    meant = is_refused or (bool(rest) and bool(_ONLY.search(text)))
    return kept if meant and rest <= own else []


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
