"""Which order a return is about, where words do more than name it: they point at it, doubt its number, or turn to another one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions.conditions import task_named
from actions.item_choice import taken_out
from actions.mentions import leaves_out
from actions.owned import Owned
from actions.resolve import find_order_ids, match_lines
from actions.turn import Request, Turn
from actions.yes_no import is_question
from shop.models import Order, OrderStatus, Product

Fits = Callable[[Order], bool]

_INSIDE = re.compile(
    r"\b(?:in|of|from|inside|out of) (?:it|there|that|this|that one|this one|(?:that|this|the same) (?:order|parcel|package))\b"
)
_DOUBTS = re.compile(
    r"\b(?:i (?:think|believe|guess|suppose|assume)|not (?:\w+ )?(?:sure|certain)|unsure|maybe|perhaps|probably|possibly|might be|may be"
    r"|could be|if i(?:'m| am) not (?:mistaken|wrong)|or so)\b"
)
_TURNS = re.compile(
    r"\b(?:wrong|not (?:that|this|the right)|other|another|different|instead|rather|meant|mean|switch|no|nope|return|send|from)\b|n't\b"
)
_EACH = re.compile(
    r"^\W*(?:(?:i|we|mean|meant|want|please|oh|well|just|yes|return|the|to|for|in|from)\W+)*"
    r"(?:both|all|each|every one|the lot|all (?:two|three|four))(?:\W+(?:of|them|those|these|the|orders?|ones?|please|two|three|four"
    r"|thanks|and|everything|all|in|it))*\W*$"
)


def pointed_order(request: Request, owned: Owned, order_id: str | None, products: Mapping[str, Product]) -> Order | None:
    """The order that was told of last, where "all in it" points at it and it holds whatever is named; None for all other words."""
    current = owned.find(order_id)
    if current is None or request.pressed or find_order_ids(request) or not _INSIDE.search(request.text.lower()):
        return None
    own = match_lines(request, current, products)
    return current if own.keys or own.unsure else None


def means_each(request: Request) -> bool:
    """Whether the answer to "which order?" is all that were offered: "both of them"."""
    return not request.pressed and bool(_EACH.match(request.text.lower().replace("’", "'")))


def likelier_order(text: str, request: Request, owned: Owned, products: Mapping[str, Product], fits: Fits) -> tuple[Order, Order] | None:
    """A doubted order that cannot be meant, and the only one that can.

    Args:
        text: The whole message, in which the number may be doubted.
        request: What is asked, with the number and the items.
        owned: The customer's orders.
        products: The products in them.
        fits: Which orders what is asked can apply to.
    """
    # A number may be written twice over: as the words have it, and as an entity.
    written = {str(order.order_id): order for number in find_order_ids(request) if (order := owned.find_loosely(number))}
    doubted = list(written.values())
    if request.pressed or len(doubted) != 1 or fits(doubted[0]) or not _DOUBTS.search(text.lower().replace("’", "'")):
        return None
    bare = _without_numbers(request)
    holding = [order for order in owned.orders if fits(order) and _names_some(bare, order, products)]
    return (doubted[0], holding[0]) if len(holding) == 1 else None


def turned_to(turn: Turn, owned: Owned, current: Order, products: Mapping[str, Product]) -> Order | None:
    """Another order that the words turn to by its number in the middle of a return; None where they only ask about it."""
    whole = replace(turn.request, text=turn.whole_text)
    found = {str(order.order_id): order for number in find_order_ids(whole) if (order := owned.find_loosely(number))}
    if turn.request.pressed or len(found) != 1 or str(current.order_id) in found or task_named(whole.text) not in {None, "return_item"}:
        return None
    other = next(iter(found.values()))
    text = whole.text.lower().replace("’", "'")
    turns = _TURNS.search(text) or _names_some(_without_numbers(whole), other, products)
    return other if turns and not is_question(whole) else None


def told_part(text: str) -> str:
    """A message without its questions: "the red one, and the lamp. When do I get the money?" tells of two items."""
    sentences = [one.strip() for one in re.split(r"(?<=[.!?;])\s+", text) if one.strip()]
    return " ".join(one for one in sentences if not one.endswith("?") and not is_question(Request("inform", one))) if sentences else ""


def all_taken_out(turn: Turn, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> bool:
    """Whether the words leave out each of the items in hand: "no, everything but the games"."""
    out = taken_out(turn.whole_text, order, products, chosen)
    return bool(chosen) and not turn.request.pressed and leaves_out(turn.whole_text) and set(out) == set(chosen)


def _without_numbers(request: Request) -> Request:
    text = request.text
    for number in find_order_ids(request):
        text = text.replace(number, " ")
    return replace(request, text=text, entities=tuple(one for one in request.entities if one.get("entity") != "order_id"))


def _names_some(request: Request, order: Order, products: Mapping[str, Product]) -> bool:
    mention = match_lines(request, order, products)
    return bool(mention.keys or mention.unsure)


def can_come_back(order: Order) -> bool:
    """Whether anything of an order can be sent back."""
    return order.status is OrderStatus.DELIVERED
