"""What words change of a return before the yes: other items, fewer or more of them, another way for the money."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.conditions import task_named
from actions.forms.step import Step
from actions.item_choice import kept_words, narrowed, taken_out
from actions.mentions import Mention
from actions.methods import find_method, names_method, original_ids
from actions.owned import get_products
from actions.resolve import match_lines
from actions.returns.items import choose, mentioned
from actions.returns.refund import allowed_methods, propose_return, why_not
from actions.services import Services
from actions.turn import Request, Turn
from actions.yes_no import is_clear_yes, is_question
from shop.models import Order, Product

ADDS = re.compile(r"\b(?:also|too|as well|add|plus|and)\b")
_WRONG = re.compile(r"\b(?:wrong|not that|instead|i (?:mean|meant|said)|rather)\b|^\W*(?:no|nope|nah)\b")
_ASKS_FOR = re.compile(
    r"\b(?:can|could|would|will|may) (?:you|i|we)\b.*\b(?:add\w*|also|too|as well|instead|return\w*|send|include|put|take)\b"
    r"|\balso\b|\badd\b"
)
"""A question that wishes for other items: "could you add the flask?"."""


async def take_other_items(services: Services, turn: Turn, order: Order) -> Step | None:
    """Fewer items, or one more, said where the method was asked for."""
    line_ids = list(turn.slot("items_choice") or [])
    products = await get_products(services, [order])
    fewer = narrowed(turn.text, order, products, line_ids) or _instead_of(turn.request, order, products, line_ids)
    mention = match_lines(turn.request, order, products) if ADDS.search(turn.text.lower()) else Mention()
    wanted = fewer or [line.line_id for line in order.lines if line.line_id in {*line_ids, *mention.keys}]
    return await choose(services, turn, order, Mention(keys=tuple(wanted))) if wanted != line_ids else None


async def take_changes(services: Services, turn: Turn, order: Order) -> Step | None:
    """Other items or another method, said instead of a yes: a new proposal."""
    if turn.request.pressed and turn.intent in {"affirm", "deny"}:
        return None
    line_ids, method_id = list(turn.slot("items_choice") or []), turn.slot("method_choice")
    products = await get_products(services, [order])
    left = narrowed(turn.text, order, products, line_ids) or _instead_of(turn.request, order, products, line_ids)
    if left:
        return await choose(services, turn, order, Mention(keys=tuple(left)))
    # What a question names, or what another task is wished for, is not to go back.
    is_aside = (is_question(turn.request) and not _ASKS_FOR.search(turn.text.lower())) or task_named(turn.text) not in {None, "return_item"}
    mention = Mention() if is_aside else await mentioned(services, turn.request, order)
    if mention.unsure and (kept := [key for key in mention.unsure if key in line_ids]):
        # "Only the shirt" means the shirt that is already in the list.
        mention = Mention(keys=tuple(kept))
    if mention.unsure:
        noted = {*mention.sure, *(line_ids if ADDS.search(turn.text.lower()) else ())}
        known = {"items_options": list(mention.unsure), "items_kept": list(noted) or None}
        return Step(slots={"items_choice": None, "confirmation": None, **known})
    wanted = list(mention.keys)
    if wanted and ADDS.search(turn.text.lower()):
        stay = set(line_ids) - set(_mistaken(turn.text, order, line_ids, wanted))
        wanted = [line.line_id for line in order.lines if line.line_id in {*stay, *wanted}]
    method = find_method(turn.request, await allowed_methods(services, turn, order, wanted or line_ids), original_ids(order))
    new_method = method.payment_method_id if method else method_id
    if wanted and new_method is None:
        return await choose(services, turn, order, Mention(keys=tuple(wanted)))
    if line_ids and ((wanted and wanted != line_ids) or new_method != method_id):
        return await propose_return(services, turn, order, wanted or line_ids, new_method)
    if names_method(turn.request) and method is None and not is_clear_yes(turn.request):
        return Step(slots={"confirmation": None}, said=await why_not(services, turn, order, line_ids))
    return None


def _mistaken(text: str, order: Order, line_ids: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The chosen lines in whose place another of the same kind is named: "wrong mug, I mean the tall one, plus the lamp"."""
    kinds = {line.product_id for line in order.lines if line.line_id in wanted and line.line_id not in line_ids}
    is_wrong = _WRONG.search(text.lower().replace("’", "'"))
    return [line.line_id for line in order.lines if is_wrong and line.product_id in kinds and line.line_id not in wanted]


def _instead_of(request: Request, order: Order, products: Mapping[str, Product], line_ids: Sequence[str]) -> list[str]:
    """The items that are left, and those named for them, where words take some out: "not the lamp, the shirt"; empty where they do not."""
    out = [] if request.pressed else taken_out(request.text, order, products, line_ids)
    named = match_lines(replace(request, text=kept_words(request.text), entities=()), order, products).keys if out else ()
    wanted = {*(set(line_ids) - set(out)), *named} if out else set()
    return [line.line_id for line in order.lines if line.line_id in wanted]
