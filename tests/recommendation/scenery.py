"""Shops to recommend from: the small one with known figures, and any that hypothesis makes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from recommendation.models import Baskets, Context, Recommendation
from shop.models import Product, ProductFilter
from tests.actions.goods import shop_data

TYPES = ("lamp", "keyboard", "watch")
BRANDS = ("Quillon", "Nordlys")
COLOURS = ("black", "white")
MATERIALS = ("oak", "steel", "felt")


@dataclass(frozen=True)
class Hit:
    product_id: str
    score: float


class WordSearch:
    """Finds products that share words with the query; as simple as a search can be."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._words = {str(p.product_id): _words(p) for p in products}

    async def search(self, query: str, limit: int = 20, among: frozenset[str] | None = None) -> list[Hit]:
        wanted = set(re.findall(r"\w+", query.lower()))
        scored = [(len(wanted & words), key) for key, words in self._words.items() if among is None or key in among]
        return [Hit(key, float(score)) for score, key in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score][:limit]


def _words(product: Product) -> set[str]:
    text = " ".join(
        [product.name, product.product_type, product.brand, product.description, *product.attributes.values(), *product.keywords]
    )
    return set(re.findall(r"\w+", text.lower()))


def context(
    products: Sequence[Product], filters: ProductFilter | None = None, baskets: Sequence[tuple[str, ...]] = (), **more: Any
) -> Context:
    filters = filters or ProductFilter()
    fitting = Context([], filters, Baskets(()), WordSearch(()))
    pool = [product for product in products if fitting.sellable(product)]
    return Context(pool=pool, filters=filters, baskets=Baskets(baskets), search=WordSearch(products), **more)


@st.composite
def products(draw: st.DrawFn) -> list[Product]:
    return [_product(draw, number) for number in range(draw(st.integers(2, 7)))]


def _product(draw: st.DrawFn, number: int) -> Product:
    kind = draw(st.sampled_from(TYPES))
    variants = [
        {
            "variant_id": f"P{number}-{index}",
            "options": {"colour": draw(st.sampled_from(COLOURS))},
            "price_cents": draw(st.integers(100, 20000)),
            "stock": draw(st.integers(0, 2)),
        }
        for index in range(draw(st.integers(1, 3)))
    ]
    ratings = draw(st.lists(st.integers(1, 5), max_size=3))
    return Product.model_validate(
        {
            "product_id": f"P{number}",
            "name": f"Model {number}",
            "product_type": kind,
            "brand": draw(st.sampled_from(BRANDS)),
            "description": f"A {draw(st.sampled_from(('quiet', 'bright', 'plain')))} {kind}.",
            "currency": "EUR",
            "attributes": {"material": draw(st.sampled_from(MATERIALS))},
            "variants": variants,
            "reviews": [{"author": "A", "rating": one, "text": "t", "written_at": "2026-01-01T00:00:00Z"} for one in ratings],
        }
    )


def baskets_of(found: Sequence[Product]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    ids = [str(product.product_id) for product in found]
    return st.lists(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True).map(tuple), max_size=12)


GOODS = shop_data()


def untrue(one: Recommendation, context: Context) -> list[str]:
    """The reasons of a recommendation that the records do not bear out, read anew from their words."""
    return [reason for reason in one.reasons if not _holds(reason, one, context)]


def _holds(reason: str, one: Recommendation, context: Context) -> bool:
    checks = (_same, _price, _within, _together, _bought, _rated, _brand, _attribute, _described)
    return any(check(reason, one, context) for check in checks)


def _same(reason: str, one: Recommendation, context: Context) -> bool:
    found = re.fullmatch(r"same (.+) \((.+)\)", reason)
    if not found or context.anchor is None:
        return False
    name, value = found[1], found[2]
    by_option = one.variant.options.get(name) == value and any(v.options.get(name) == value for v in context.anchor.variants)
    return by_option or (one.product.attributes.get(name) == value == context.anchor.attributes.get(name))


def _price(reason: str, one: Recommendation, context: Context) -> bool:
    if context.anchor is None:
        return False
    prices = [variant.price_cents for variant in context.anchor.variants]
    if reason == "same price":
        return one.variant.price_cents in prices
    found = re.fullmatch(r"([\d,]+)\.(\d\d) EUR (cheaper|more)", reason)
    if not found:
        return False
    cents = int(found[1].replace(",", "")) * 100 + int(found[2])
    return any(one.variant.price_cents - price == (-cents if found[3] == "cheaper" else cents) for price in prices)


def _within(reason: str, one: Recommendation, context: Context) -> bool:
    found = re.fullmatch(r"([\d,.]+) EUR, within your ([\d,.]+) EUR", reason)
    if not found:
        return False
    price, limit = (round(float(part.replace(",", "")) * 100) for part in found.groups())
    return price == one.variant.price_cents and limit == context.filters.max_price_cents and price <= limit


def _together(reason: str, one: Recommendation, context: Context) -> bool:
    found = re.fullmatch(r"bought together with (the|your) (.+) in (\d+) orders", reason)
    known = [context.anchor, *context.bought.values()]
    partners = [product for product in known if product is not None and found and product.name == found[2]]
    return any(
        sum(1 for basket in context.baskets.orders if {p.product_id, one.product.product_id} <= set(basket)) == int(found[3])
        for p in partners
        if found
    )


def _bought(reason: str, one: Recommendation, context: Context) -> bool:
    found = re.fullmatch(r"bought in (\d+) orders", reason)
    return bool(found) and sum(1 for basket in context.baskets.orders if one.product.product_id in basket) == int(found[1])  # type: ignore[index]


def _rated(reason: str, one: Recommendation, context: Context) -> bool:
    ratings = [review.rating for review in one.product.reviews]
    return bool(ratings) and reason == f"rated {sum(ratings) / len(ratings):.1f} of 5 by {len(ratings)} buyers"


def _brand(reason: str, one: Recommendation, context: Context) -> bool:
    if reason == f"also by {one.product.brand}":
        return context.anchor is not None and context.anchor.brand == one.product.brand
    owned = [p for p in context.bought.values() if reason == f"by {one.product.brand}, like your {p.name}"]
    return any(product.brand == one.product.brand for product in owned)


def _attribute(reason: str, one: Recommendation, context: Context) -> bool:
    return any(reason == f"{name}: {value}" for name, value in one.product.attributes.items())


def _described(reason: str, one: Recommendation, context: Context) -> bool:
    product = one.product
    said = reason.removeprefix("also called ")
    stands = f"{reason}." in product.description or reason == product.product_type or (said != reason and said in product.keywords)
    asked = _words_of_text(said) | (_words_of_text(product.name) if reason == product.product_type else set())
    return stands and bool(asked & _words_of_text(context.need))


def _words_of_text(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower())}
