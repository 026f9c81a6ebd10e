"""Telling lines of orders apart: by their options and prices, "the most expensive", "the one that isn't waterproof", "two shirts"."""

import re
from collections.abc import Sequence

from actions.variants import Outcome, choose_variant
from shop.models import OrderLine, Product

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_COUNT = re.compile(rf"\b({'|'.join(_NUMBERS)})\b(?!\s*(?:(?:to|or|-)\s*\d|business|orders?|weeks?|days?|months?|times?|x\b))")
_TOP = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_NUMBERS)})\s+)?(?:(?P<most>most expensive|priciest"
    rf"|dearest|costliest)|(?P<least>cheapest|least expensive))\b"
)


def narrow_lines(text: str, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The lines that a text picks by number, price or options; all of them where it says nothing of these."""
    if len(lines) < 2:
        return list(lines)
    top = top_lines(text, lines)
    if top is not None:
        return top
    counted = _COUNT.search(text.lower())
    if counted and _NUMBERS[counted[1]] == len(lines):
        return list(lines)
    return _by_options(text, lines)


def is_counted(text: str, lines: Sequence[OrderLine]) -> bool:
    """Whether a text counts just as many pieces as there are lines: "the two lamps" of two."""
    counted = _COUNT.search(text.lower())
    return bool(counted and _NUMBERS[counted[1]] == len(lines))


def top_lines(text: str, lines: Sequence[OrderLine]) -> list[OrderLine] | None:
    """The dearest or the cheapest so-and-so-many; None where the text asks for none, or where prices tie at the border."""
    found = _TOP.search(text.lower())
    if not found or not lines:
        return None
    count = _NUMBERS[found["count"]] if found["count"] else 1
    ranked = sorted(lines, key=lambda line: line.price_cents, reverse=bool(found["most"]))
    if count < len(ranked) and ranked[count - 1].price_cents == ranked[count].price_cents:
        return None
    chosen = {line.line_id for line in ranked[:count]}
    return [line for line in lines if line.line_id in chosen]


def _by_options(text: str, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Read the lines as if they were versions of one product."""
    variants = [
        {"variant_id": f"line-{index}", "options": line.options, "price_cents": line.price_cents, "stock": None}
        for index, line in enumerate(lines)
    ]
    shelf = Product.model_validate(
        {
            "product_id": "lines",
            "name": "lines",
            "product_type": "line",
            "brand": "-",
            "description": "",
            "currency": "EUR",
            "variants": variants,
        }
    )
    choice = choose_variant(text, shelf, among=[str(variant.variant_id) for variant in shelf.variants])
    if choice.outcome not in {Outcome.CHOSEN, Outcome.SEVERAL}:
        return list(lines)
    meant = {variant.variant_id for variant in choice.variants}
    return [line for index, line in enumerate(lines) if f"line-{index}" in meant]
