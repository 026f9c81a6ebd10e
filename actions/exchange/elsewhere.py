"""Items of the customer's other orders that are named in the middle of an exchange: never read as a wish for the item in hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from actions.exchange.counter import Counter
from actions.exchange.left_out import denied
from actions.exchange.orders import part_of
from actions.exchange.swaps import Swaps
from actions.forms.step import Step
from actions.mentions import Thing, find_names, words_of
from actions.order_filters import by_number
from actions.owned import get_products
from actions.reply import Reply
from actions.services import Services
from actions.turn import WAITING, Request, Turn
from actions.variants import LineWish, is_named, read_wish, wishes_by_line, without_likeness
from actions.yes_no import is_question
from shop.models import LineId, Order, OrderLine, OrderStatus, Product
from shop.wording import join

_OPEN = frozenset({OrderStatus.PENDING, OrderStatus.DELIVERED})
_SWAPS = re.compile(r"\b(?:exchang\w*|swap\w*|chang\w*|switch\w*|replac\w*|also|add|plus|too|as well|both|next|next up|instead)\b|:")
"""What makes of a name a request and not only a remark."""
_REST = re.compile(r"\bthe rest\b")


@dataclass(frozen=True)
class Elsewhere:
    """What a message says of other orders.

    Attributes:
        own: The words that are left for the order in hand.
        later: The requests for the others, in the message's order.
        names: What is meant there, as the customer's records call it.
    """

    own: str
    later: tuple[Request, ...]
    names: tuple[str, ...]


async def read_elsewhere(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> Elsewhere | None:
    """What the words ask of items in other orders; None where they ask nothing of such."""
    if turn.request.pressed:
        return None
    orders = [order for order in counter.others if order.status in _OPEN]
    products = {**await get_products(services, orders), **counter.products}
    return _by_number(turn, counter, orders, products) or _by_name(turn, counter, swaps, orders, products)


def _by_number(turn: Turn, counter: Counter, orders: Sequence[Order], products: Mapping[str, Product]) -> Elsewhere | None:
    words = Request("", without_likeness(turn.text))
    written, own = by_number(words, orders), by_number(words, [counter.order])
    if not written or not written[0] or (own and own[0]) or (is_question(turn.request) and not _SWAPS.search(turn.text.lower())):
        return None
    order = written[0][0]
    named = [line for line in order.lines if is_named(words.text, [line], products)]
    if len(written[0]) > 1 or not named:
        return None
    return Elsewhere("", (part_of(order, [LineWish("", turn.text)]),), (named[0].name,))


def _by_name(turn: Turn, counter: Counter, swaps: Swaps, orders: Sequence[Order], products: Mapping[str, Product]) -> Elsewhere | None:
    lines = [_marked(0, line) for line in counter.order.lines]
    # What this order holds too is meant here, unless another order's number is written.
    own_products = {line.product_id for line in counter.order.lines}
    lines += [
        _marked(number, line) for number, order in enumerate(orders, 1) for line in order.lines if line.product_id not in own_products
    ]
    open_line = swaps.open_line or next(iter(swaps.line_ids), None)
    about = f"0|{open_line}" if open_line else None
    wishes = wishes_by_line(_REST.sub(" ", turn.text), lines, products, about, [f"0|{one}" for one in swaps.line_ids])
    by_key = {str(line.line_id): line for line in lines}
    own = [wish for wish in wishes if wish.line_id.startswith("0|")]
    taken = {wish.text for wish in own}
    words = _own_words(counter)
    is_turned = turns_there(turn, counter, swaps)
    others = [wish for wish in wishes if wish.text not in taken and not wish.line_id.startswith("0|")]
    there = [wish for wish in others if _is_meant(wish, by_key[wish.line_id], products, words, asks=not is_turned)]
    if not there:
        return None
    later = [_request(text, [wish for wish in there if wish.text == text], orders) for text in dict.fromkeys(wish.text for wish in there)]
    names = dict.fromkeys(by_key[wish.line_id].name for wish in there)
    return Elsewhere(", ".join(dict.fromkeys(wish.text for wish in own)), tuple(later), tuple(names))


def _marked(number: int, line: OrderLine) -> OrderLine:
    return line.model_copy(update={"line_id": LineId(f"{number}|{line.line_id}")})


def _own_words(counter: Counter) -> frozenset[str]:
    """Words of the items in hand and of their versions: "the light one" is no lamp of another order."""
    found = [counter.products[str(line.product_id)] for line in counter.order.lines if str(line.product_id) in counter.products]
    texts = [text for product in found for text in (product.name, product.product_type, *product.keywords)]
    texts += [text for product in found for variant in product.variants for pair in variant.options.items() for text in pair]
    return words_of(*texts)


def _is_meant(wish: LineWish, line: OrderLine, products: Mapping[str, Product], own_words: frozenset[str], *, asks: bool) -> bool:
    """Whether words name a line by words that nothing in hand goes by, and ask something for it where that is needed."""
    product = products.get(str(line.product_id))
    if product is None:
        return False
    names = words_of(line.name, product.product_type, *product.keywords) - own_words
    found = find_names(without_likeness(wish.text), [Thing(str(line.line_id), names, names)])
    if not (found.keys or found.unsure):
        return False
    return not asks or bool(_SWAPS.search(wish.text.lower())) or not read_wish(wish.text, product, line)[0].is_empty


def _request(text: str, wishes: Sequence[LineWish], orders: Sequence[Order]) -> Request:
    places = {int(wish.line_id.partition("|")[0]) for wish in wishes}
    # In several orders: which one is asked when its turn comes.
    return part_of(orders[places.pop() - 1], wishes) if len(places) == 1 else Request("exchange_item", text)


def turns_there(turn: Turn, counter: Counter, swaps: Swaps) -> bool:
    """Whether all that is in hand was not meant: "the mug, not the lamp", or nothing of this order was named yet."""
    if not swaps.line_ids:
        return True
    return set(swaps.line_ids) <= {*denied(turn, counter, swaps), *_not_named(turn.text, counter, swaps)}


_NOT_A = re.compile(r"\b(?:not|isn'?t|wasn'?t|no)\s+(?:an?\s+|the\s+|my\s+|any\s+)?(?P<what>[\w-]+(?: [\w-]+)?)\s*(?:$|[.,;!])")


def _not_named(text: str, counter: Counter, swaps: Swaps) -> list[str]:
    """The lines in hand that a short "not a lamp" names by their own names."""
    refused = [found["what"] for found in _NOT_A.finditer(text.lower().replace("’", "'"))]
    found = []
    for line in (counter.line(one) for one in swaps.line_ids):
        product = counter.products.get(str(line.product_id))
        names = words_of(line.name, *([product.product_type, *product.keywords] if product else []))
        if any(find_names(what, [Thing("it", names, names)]).keys for what in refused):
            found.append(str(line.line_id))
    return found


def go_there(elsewhere: Elsewhere, turn: Turn) -> Step:
    """Leave what is in hand for what was meant."""
    first, *others = elsewhere.later
    first, waiting = _joined(first, turn.waiting)
    queue = [request.to_json() for request in (*others, *waiting)]
    return Step(slots={WAITING: queue or None}, outcome={"kind": "redirected", "request": first.to_json()})


def wait_there(elsewhere: Elsewhere, turn: Turn, asked: str, step: Step | None) -> Step:
    """Take the other orders' items later: each order has its own proposal and its own yes."""
    waiting = list(turn.waiting)
    later = []
    for request in elsewhere.later:
        joined, waiting = _joined(request, waiting)
        later.append(joined)
    told = next_words(elsewhere.names)
    slots = {WAITING: [request.to_json() for request in (*later, *waiting)]}
    if step is None:
        return Step(slots={asked: None, **slots}, said=Reply(f"{told} This is the question about the first:"))
    said = replace(step.said, text=f"{told} {step.said.text}") if step.said else Reply(told)
    return replace(step, slots={**step.slots, **slots}, said=said, missed=False)


def names_of(found: Sequence[tuple[Order, Sequence[LineWish]]]) -> list[str]:
    """What the lines that are meant are called."""
    return [line.name for order, wishes in found for line in order.lines if line.line_id in {wish.line_id for wish in wishes}]


def next_words(names: Sequence[str]) -> str:
    """That what is named comes next."""
    return f"The {join(list(dict.fromkeys(names)), 'and')} is part of another order, so I come to it next."


def _joined(request: Request, waiting: Sequence[Request]) -> tuple[Request, list[Request]]:
    """The request with what was said of the same order before, and what else waits."""
    order_id = request.value("order_id")
    same = [one for one in waiting if order_id and one.intent == request.intent and one.value("order_id") == order_id]
    words = ". ".join(dict.fromkeys([*(one.text for one in same), request.text]))
    return replace(request, text=words), [one for one in waiting if one not in same]
