"""What a customer says of goods, without those that only stand in it: taken back, told as a reason, or in brackets."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions.conditions import task_named
from actions.mentions import Thing, find_names, words_of
from actions.owned import get_owned, get_products
from actions.self_correction import TURN, Named, without_taken_back
from actions.services import Services
from actions.turn import Entity, Turn
from actions.variants.telling import tells
from actions.yes_no import plain
from shop.models import OrderLine, Product

_REASON = re.compile(
    r"[\s,–—-]{0,4}\b(?:because|since|given that|considering (?:that )?|seeing (?:that|as)|'?cause|cuz"
    r"|as(?! (?:it|they|that|this|those) (?:is|are|was|were|stands?)\b(?:\s*[.,;!?]|\s*$| (?:and|but|now)\b))"
    r"(?= (?:it|they|that|this|none|neither|all|nothing|those|these|we|my|i (?:don'?t|do not|can'?t|never|already|only|still))\b))\b"
    r"[^.;!?]*?"
    r"(?=[.;!?)]|$|,\s*(?:and|but|so|please|only|just|not|then|can|could|would|i|we|return|exchange|swap|send|change)\b"
    r"|\s+(?:and|plus)\s+(?:also |then )?(?:the|my|i|please)\b|\s+(?:because|since)\b)",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"[\s,–—-]{0,4}\b(?:and |but |as |since |because )?(?:none|neither|nothing|not (?:one|any))"
    r" of (?:that|this|them|those|these|it|which)\b"
    r"(?= (?:\w+ )?(?:is|are|was|were|has|have|belongs?)\b)[^.;!?]*",
    re.IGNORECASE,
)
_WHICH_GOES = re.compile(r"\s{0,2}\b(?:which|that)\b[^,.;!?]*?\b(?:with|beside|next to|for|from) (?:my|the|our) [^,.;!?]*", re.IGNORECASE)
_BRACKET = re.compile(r"\s{0,2}\((?P<inside>[^()]*)\)")
_OF_GOODS = frozenset({"return_item", "exchange_item", "inform", "correct_request", "deny"})
_ASIDES = (_NONE_OF, _REASON, _WHICH_GOES)
_WISHES = re.compile(r"\b(?:want\w*|need\w*|prefer\w*|(?:'d|would) (?:like|love|rather))\b", re.IGNORECASE)
"""What makes of a reason a wish: "since I need the other lamp"."""


async def heard(services: Services, turn: Turn) -> Turn:
    """The turn with the words that mean goods, where others only stand in them."""
    turn, whole = await _in_full(services, turn), turn.whole_text
    if turn.request.pressed or not any(pattern.search(plain(whole)) for pattern in (TURN, _BRACKET, *_ASIDES)):
        return turn
    named = await _owned_namer(services, turn)
    text, meant = meant_words(turn.text, named), meant_words(whole, named)
    if (text, meant) == (turn.text, whole):
        return turn
    turn.tracker.latest_message = {**turn.tracker.latest_message, "text": meant}
    kept = tuple(one for one in turn.request.entities if not _has_fallen(one, whole, meant))
    return replace(turn, request=replace(turn.request, text=text, entities=kept))


async def _in_full(services: Services, turn: Turn) -> Turn:
    """The whole message where only a part of it was heard as the answer: "Not the red one! I mean the mug… Plus the lamp"."""
    whole, requests = turn.whole_text, turn.tracker.latest_message.get("requests") or []
    is_part = len(requests) == 1 and bool(turn.form) and turn.text != whole and not turn.request.pressed
    if not is_part or turn.intent not in _OF_GOODS or "?" in whole or task_named(whole) not in {None, turn.intent}:
        return turn
    before = whole.replace(turn.text, " ", 1)
    return replace(turn, request=replace(turn.request, text=whole)) if (await _owned_namer(services, turn))(before) else turn


async def _owned_namer(services: Services, turn: Turn) -> Named:
    orders = (await get_owned(services, turn)).orders
    return namer([line for order in orders for line in order.lines], await get_products(services, orders))


def namer(lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Named:
    """A function that says which of some lines words call by the name of their product."""
    things = {str(line.product_id): _thing(line, products.get(str(line.product_id))) for line in lines}

    def named(words: str) -> set[str]:
        found = find_names(words, list(things.values()))
        return {*found.keys, *found.sure, *found.unsure}

    return named


def meant_words(text: str, named: Named) -> str:
    """The words that mean goods; all of them where what is told beside them is all that names any."""
    text = without_taken_back(text, named)
    for pattern in _ASIDES:
        text = _without(text, pattern, named, lambda found: not _WISHES.search(found[0]))
    return _without(text, _BRACKET, named, lambda found: tells(found["inside"]) is True)


def _without(text: str, pattern: re.Pattern[str], named: Named, is_aside: Callable[[re.Match[str]], bool]) -> str:
    """The text without asides that name others than the words around them."""
    for found in reversed(list(pattern.finditer(text))):
        rest = f"{text[: found.start()]} {text[found.end() :].lstrip()}".strip()
        around = set(named(rest))
        if around and set(named(found[0])) - around and is_aside(found):
            text = rest
    return text


def _thing(line: OrderLine, product: Product | None) -> Thing:
    words = words_of(line.name, *([product.product_type, *product.keywords] if product else []))
    return Thing(str(line.product_id), words, words)


def _has_fallen(entity: Entity, before: str, after: str) -> bool:
    """Whether the words that an entity was read from are no longer there."""
    start, end = entity.get("start"), entity.get("end")
    words = before[start:end] if isinstance(start, int) and isinstance(end, int) else ""
    return bool(words) and words not in after
