"""What an order holds, asked in the middle of an exchange: told from the record, and what was asked stays open."""

import re
from collections.abc import Mapping, Sequence

from actions.exchange.counter import Counter
from actions.exchange.swaps import Swaps
from actions.order_filters import by_number, narrow_orders
from actions.reply import Reply
from actions.turn import Request
from actions.variants import is_named
from actions.words import line_words
from shop.models import Order, Product
from shop.wording import join, money

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_ASKS = re.compile(
    r"\b(?:what|which)\b[^.?!]*\b(?:in|on|of|from|inside)\b[^.?!]*\border\b|\bwhat(?:'s| is| was| are)? (?:in )?(?:\w+ ){0,4}order\b"
    r"|\b(?:show|list|tell|read out|look up|check)\b[^.?!]*\border\b"
)
_OF_VERSIONS = re.compile(
    r"\b(?:exchang\w*|swap\w*|chang\w*|switch\w*|versions?|options?|in stock|do you (?:have|sell)|cost|total|sum|address|pay\w*|cheap\w*)\b"
)
"""What speaks of what could be had, or of another matter, and not of what an order holds."""
_THIS = re.compile(r"\b(?:that|this|the same|said) (?:same )?order\b")
_OTHER = re.compile(r"\bother\b")
_MOST = 2


def record_reply(request: Request, counter: Counter, swaps: Swaps, products: Mapping[str, Product]) -> tuple[Reply, str] | None:
    """What the order that a question names holds of the things that it names, and what else was said; None where none is asked for."""
    sentences = [one for one in _SENTENCE.split(request.text.replace("’", "'")) if re.search(r"\w", one)]
    asking = [one for one in sentences if _ASKS.search(one.lower()) and not _OF_VERSIONS.search(one.lower())]
    if request.pressed or not asking:
        return None
    words = " ".join(asking)
    orders = _orders(words, counter)
    if not orders or len(orders) > _MOST:
        return None
    in_hand = swaps.line_ids if _OTHER.search(words.lower()) else ()
    told = [_holds(order, words, products, in_hand if order is counter.order else ()) for order in orders]
    return Reply(" ".join(told)), " ".join(one for one in sentences if one not in asking)


def _orders(words: str, counter: Counter) -> Sequence[Order]:
    every = [counter.order, *counter.others]
    numbered = by_number(Request("", words), every)
    if numbered:
        return numbered[0]
    if _THIS.search(words.lower()):
        return [counter.order]
    return narrow_orders(Request("", words), every, counter.today, {}) or []


def _holds(order: Order, words: str, products: Mapping[str, Product], in_hand: Sequence[str]) -> str:
    named = [line for line in order.lines if is_named(words, [line], products)]
    lines = [line for line in named or order.lines if line.line_id not in in_hand] or named or list(order.lines)
    told = join([f"{line_words(line)} for {money(line.price_cents, order.currency)}" for line in lines], "and")
    return f"Order {order.order_id} has: {told}."
