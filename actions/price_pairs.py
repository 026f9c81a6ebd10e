"""What one thing costs beside another: "how much would I save with the small one instead of the large one?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.catalogue import versions_asked
from actions.own_words import asks_compared
from actions.owned import get_owned
from actions.product_names import ProductNames
from actions.product_words import options_words
from actions.reply import Reply
from actions.services import Services
from actions.shelf import Shelf
from actions.turn import Turn
from shop.models import Order, OrderStatus, Product
from shop.wording import money

_BETWEEN = re.compile(r"\b(?:instead of|rather than|in place of|compared (?:to|with)|versus|vs|than|over|and|or)\b")
_OWN = re.compile(r"\b(?:mine|my|what i (?:have|paid|got|bought|ordered)|the one i (?:have|got|bought|ordered))\b")
_COMPARING = re.compile(r"\b(?:how much|what|more|less|cheaper|dearer|expensive|sav\w+|difference|pric\w+|costs?|would|will|is|are)\b")
"""Words of the comparison itself, which would be read as a wish."""


@dataclass(frozen=True)
class _Side:
    """One of two things: the product, how it is called, and its one price."""

    product: Product
    label: str
    cents: int


async def price_pair_reply(services: Services, turn: Turn, shelf: Shelf) -> Reply | None:
    """What two things cost, and how far apart that is; None where the words do not name two things with one price each."""
    text = turn.text.lower().replace("’", "'")
    if turn.request.pressed or not asks_compared(text):
        return None
    names = (await shelf.words()).names
    in_hand = await shelf.live(turn.slot("product_id"))
    orders = (await get_owned(services, turn)).orders if _OWN.search(text) else ()
    for found in _BETWEEN.finditer(text):
        sides = await _sides(text[: found.start()], text[found.end() :], names, shelf, in_hand, orders)
        if sides:
            return _told(*sides)
    return None


async def _sides(
    first: str, second: str, names: ProductNames, shelf: Shelf, in_hand: Product | None, orders: Sequence[Order]
) -> tuple[_Side, _Side] | None:
    """Both things; one that is named by its version alone is of the product that the other one names."""
    named = [await _product(part, names, shelf) for part in (first, second)]
    products = [named[0] or named[1] or in_hand, named[1] or named[0] or in_hand]
    sides = [_side(part, product, names, orders) for part, product in zip((first, second), products, strict=True) if product]
    if len(sides) < 2 or sides[0] is None or sides[1] is None or sides[0].label == sides[1].label:
        return None
    return (sides[0], sides[1]) if sides[0].product.currency == sides[1].product.currency else None


async def _product(text: str, names: ProductNames, shelf: Shelf) -> Product | None:
    found = names.find_plain(text)
    return await shelf.live(found[0].product_id) if len(found) == 1 else None


def _side(text: str, product: Product, names: ProductNames, orders: Sequence[Order]) -> _Side | None:
    if _OWN.search(text):
        return _own_side(product, orders)
    asked = versions_asked(_COMPARING.sub(" ", names.without_name(text, product)), product)
    variants = list(product.variants) if asked is None else asked
    if len({variant.price_cents for variant in variants}) != 1:
        return None
    options = options_words(variants[0].options) if len(variants) == 1 else ""
    return _Side(product, f"{product.name} ({options})" if options else product.name, variants[0].price_cents)


def _own_side(product: Product, orders: Sequence[Order]) -> _Side | None:
    """What the customer paid for the one piece of a product that they have."""
    kept = [order for order in orders if order.status is not OrderStatus.CANCELLED]
    lines = [line for order in kept for line in order.lines if line.product_id == product.product_id]
    return _Side(product, f"your {lines[0].label}", lines[0].price_cents) if len(lines) == 1 else None


def _told(first: _Side, second: _Side) -> Reply:
    currency, gap = first.product.currency, second.cents - first.cents
    figures = f"{_capital(first.label)}: {money(first.cents, currency)}. {_capital(second.label)}: {money(second.cents, currency)}."
    apart = f"The first is {money(abs(gap), currency)} {'cheaper' if gap > 0 else 'dearer'} than the second."
    ids = list(dict.fromkeys(str(side.product.product_id) for side in (first, second)))
    slots = {"shown_products": ids, "product_id": ids[0] if len(ids) == 1 else None}
    return Reply(f"{figures} {apart if gap else 'Both cost the same.'}", slots=slots)


def _capital(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}"
