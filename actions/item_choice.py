"""Fewer items of those that were chosen, and items of several orders in one message."""

import re
from collections.abc import Mapping, Sequence

from actions.resolve import find_order_ids, match_lines, refers_to_order
from actions.turn import Request
from actions.variants import LineWish, wishes_by_line
from shop.models import LineId, Order, Product

_OUT = re.compile(
    r"\b(?:not|without|except|but|leave(?: out)?|drop|remove|forget(?: about)?|keep|skip|scratch|minus|never ?mind)\s+"
    r"(?:(?:to )?(?:exchange|swap|change|modify|return|send)\s+)?(?:about )?(?:back )?(?:the |my |that |those )?(?P<what>[^,.;]+)"
)
_ONLY = re.compile(r"\b(?:just|only|nothing but)\b")
_TOGETHER = re.compile(r"\b(?:both|all|every|each|everything)\b")
_EVERY_ORDER = re.compile(
    r"\b(?:all|both|every|each)\b(?:\W+\w+){0,4}?\W+orders?\b|\beverything\b.*\borders\b|"
    r"\b(?:everything|all (?:of )?(?:the |my )?(?:things|items|stuff|products|purchases))\b.*"
    r"\b(?:ordered|bought|purchased|got|received|have)\b"
)


def narrowed(text: str, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> list[str] | None:
    """The chosen lines that are left after "not the lamp" or "just the shirt"; None where the words take nothing out."""
    plain = text.lower().replace("’", "'")
    lines = [line for line in order.lines if line.line_id in chosen]
    if len(lines) < 2:
        return None
    pool = order.model_copy(update={"lines": lines})
    if _ONLY.search(plain):
        kept = match_lines(Request("", plain), pool, products).keys
        return list(kept) if 0 < len(kept) < len(lines) else None
    out = _OUT.search(plain)
    gone = match_lines(Request("", out["what"]), pool, products).keys if out else ()
    left = [line_id for line_id in chosen if line_id not in gone]
    return left if gone and left else None


def spread(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> list[tuple[Order, list[LineWish]]]:
    """The items of several orders that one message names, order by order; empty where one order holds them, or where it is open which.

    Args:
        request: The words; where they name an order, nothing is spread.
        orders: Those that what is asked can apply to.
        products: The products in them.
    """
    if request.pressed or len(orders) < 2 or find_order_ids(request) or refers_to_order(request):
        return []
    if _EVERY_ORDER.search(request.text.lower()):
        return [(order, [LineWish(line.line_id, request.text) for line in order.lines]) for order in orders]
    lines = {f"{number}|{line.line_id}": line for number, order in enumerate(orders) for line in order.lines}
    found = wishes_by_line(request.text, [line.model_copy(update={"line_id": LineId(key)}) for key, line in lines.items()], products)
    if _is_open(found) or len(found) == len(lines):
        return []
    grouped = [
        (order, [LineWish(wish.line_id.split("|", 1)[1], wish.text) for wish in found if wish.line_id.startswith(f"{number}|")])
        for number, order in enumerate(orders)
    ]
    named = [(order, wishes) for order, wishes in grouped if wishes]
    return named if len(named) > 1 else []


def holding_most(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> Order | None:
    """The one order that holds more of the several items that were named than any other; None where there is no such order."""
    if request.pressed or len(orders) < 2 or find_order_ids(request) or refers_to_order(request):
        return None
    named = {str(order.order_id): len(wishes_by_line(request.text, order.lines, products)) for order in orders}
    most = max(named.values())
    best = [order for order in orders if named[str(order.order_id)] == most]
    return best[0] if most > 1 and len(best) == 1 else None


def _is_open(found: Sequence[LineWish]) -> bool:
    """Whether the same words name items of different orders, and nothing says that all are meant."""
    for wish in found:
        places = {other.line_id.split("|")[0] for other in found if other.text == wish.text}
        if len(places) > 1 and not _TOGETHER.search(wish.text.lower()):
            return True
    return False
