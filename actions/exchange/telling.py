"""What is told beside an exchange: every version with its price, the dearest that fits, and what the order then comes to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.exchange.counter import Counter
from actions.exchange.naming import named_lines
from actions.exchange.swaps import Swaps
from actions.reply import Reply
from actions.turn import Request
from actions.variants import read_wish, reading_words, variant_titles
from actions.variants.judge import faults
from actions.variants.model import Wish
from actions.yes_no import is_question
from shop.models import OrderLine, Product, Variant
from shop.wording import money

_MANY = 12
_SENTENCE = re.compile(
    r"(?<=[.!?;])\s+|,\s+(?=(?:and |but )?(?:what|which|how|are there|is (?:that|there)|could|can|please (?:tell|list|show))\b)"
)
_VERSIONS = re.compile(
    r"\bhow much (?:is|are|does|do|for|would) (?:each|they|these|those|all|every|the others?)\b|\bprices?\b"
    r"|\b(?:what|how much) (?:do|does|would|will) (?:they|each|these|those|all|every\w*|the others?)(?: \w+){0,2} cost\b"
    r"|\b(?:all|what|which|any other|the other|other|more) (?:of )?(?:the )?(?:other )?"
    r"(?:options?|versions?|variants?|choices|kinds|models)\b"
    r"|\b(?:are|is) (?:there|that|this|it) (?:any |the )?(?:others?|only|more|another)\b|\bwhat (?:else|others|other \w+)\b"
    r"|\bwhich (?:others|ones|other \w+)\b|\b(?:hear|see|list|show|tell me|name)(?: me)? (?:all|them all|every|each)\b"
    r"|\b(?:which|what) (?:[\w-]+ ){1,14}?(?:do you (?:have|sell|offer)|have you got|are there|is there|exist|are available)\b"
    r"|\bwhat (?:are|is) (?:all of )?(?:them|they|the others)\b|\bwhat (?:do you have|have you got|is there)\b"
)
"""What asks for the versions that there are."""
_TOTAL = re.compile(
    r"\b(?:new|order|order'?s|final|overall|whole|updated|full|grand) (?:\w+ )?(?:total|sum)\b"
    r"|\btotal (?:now|then|of|be|price|after|with)\b"
    r"|\bwhat(?:'s| is| will| would)(?: \w+){0,3} total\b|\b(?:my|the) (?:whole |new |entire )?order (?:then )?(?:cost|come|comes|be)\b"
)
"""What asks for the sum of the order as it would be."""


def versions_reply(request: Request, counter: Counter, swaps: Swaps) -> tuple[Reply, str, Swaps] | None:
    """The versions that a question asks for, what else is said, and that they were listed; None where none are asked for."""
    sentences = [one for one in _SENTENCE.split(request.text) if re.search(r"\w", one)]
    asking = [one for one in sentences if _VERSIONS.search(one.lower()) and is_question(Request("", one))]
    if request.pressed or not asking or not swaps.line_ids:
        return None
    named = {wish.line_id for wish in named_lines(counter, replace(request, text=" ".join(asking)))} & set(swaps.line_ids)
    open_line = [swaps.open_line] if swaps.open_line else list(swaps.line_ids)
    line_ids = [one for one in swaps.line_ids if one in (named or open_line)]
    told = [_versions_words(" ".join(asking), counter, counter.line(one)) for one in line_ids]
    rest = " ".join(one for one in sentences if one not in asking)
    listed = {one: [str(variant.variant_id) for variant in found] for one, (_, found) in zip(line_ids, told, strict=True) if found}
    words = " ".join(filter(None, (text for text, _ in told)))
    return (Reply(words), rest, replace(swaps, told={**swaps.told, **listed})) if words else None


def _versions_words(text: str, counter: Counter, line: OrderLine) -> tuple[str, Sequence[Variant]]:
    """What is said of the versions that a question means, and these."""
    product = counter.products.get(str(line.product_id))
    if product is None:
        return "", ()
    wish = replace(read_wish(text, product, line, known=counter.known)[0], extremes=(), all_free=False, same=False, picked=(), unclear=())
    there = [one for one in product.variants if one.available and one.variant_id != line.variant_id]
    fitting = [one for one in there if not faults(one, wish, product, line)] if not wish.unmet else []
    like = reading_words(wish, product.currency)
    of_what = f"of the {product.name}{f' ({like})' if like else ''} in stock"
    if not fitting:
        return _none_fitting(wish, product, line, of_what), ()
    count = "is one other version" if len(fitting) == 1 else f"are {len(fitting)} other versions"
    return f"There {count} {of_what}: {_listed(fitting, product, line)}.", fitting


def _none_fitting(wish: Wish, product: Product, line: OrderLine, of_what: str) -> str:
    """That there is no other, whether the customer's own is like that, and what is like that and sold out."""
    if wish.unmet:
        return f"There is no other version {of_what}."
    made = [one for one in product.variants if not faults(one, wish, product, line)]
    own = ", only the one that you have" if any(one.variant_id == line.variant_id for one in made) else ""
    gone = [one for one in made if one.variant_id != line.variant_id]
    return f"There is no other version {of_what}{own}.{f' Sold out: {_listed(gone, product, line)}.' if gone else ''}"


def _listed(variants: Sequence[Variant], product: Product, line: OrderLine) -> str:
    ranked = sorted(variants, key=lambda one: one.price_cents)
    more = f", and {len(ranked) - _MANY} more" if len(ranked) > _MANY else ""
    return "; ".join(variant_titles(ranked[:_MANY], product, line)) + more


def total_reply(request: Request, counter: Counter, swaps: Swaps) -> Reply | None:
    """What the order comes to with the versions chosen; None where that is not asked."""
    if request.pressed or not (is_question(request) and _TOTAL.search(request.text.lower())):
        return None
    return Reply(total_words(counter, swaps))


def total_words(counter: Counter, swaps: Swaps) -> str:
    """What the order comes to with the versions chosen, and what it came to before."""
    order, more = counter.order, counter.difference_cents(swaps)
    now, then = (money(cents, order.currency) for cents in (order.total_cents, order.total_cents + more))
    return f"Order {order.order_id} then comes to {then} in all, instead of {now}." if more else f"Order {order.order_id} stays at {now}."


def priced_words(counter: Counter, swaps: Swaps) -> str:
    """The prices of the versions that were chosen by their price, and the order's new sum; empty where none was."""
    told = list(dict.fromkeys(words for one in swaps.line_ids if one in swaps.priced and (words := _price_of(counter, swaps, one))))
    return f"{'. '.join(told)}. {total_words(counter, swaps)}" if told else ""


def _price_of(counter: Counter, swaps: Swaps, line_id: str) -> str:
    variant, line = counter.variant(line_id, swaps.chosen.get(line_id, "")), counter.line(line_id)
    return f"{swaps.priced[line_id]} is {money(variant.price_cents, counter.order.currency)}" if variant and line else ""
