"""Products like another: of its type, with the same options and attributes, near in price and in words."""

from recommendation import reasons
from recommendation.models import Context, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.settings import RecommendationSettings
from shop.models import Product, Variant

_SHARED, _PRICE, _WORDS = 0.5, 0.2, 0.3
"""Weights of shared facts, of the price and of the words."""


class SimilarRecommender:
    """Implements `Recommender`."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Rank the products of the anchor's type; without an anchor there is nothing to be like."""
        anchor = context.anchor
        if anchor is None:
            return []
        pool = [p for p in context.pool if p.product_type == anchor.product_type and p.product_id != anchor.product_id]
        likeness = await _likeness(context, anchor, pool)
        found = [_compare(context, anchor, product, likeness.get(product.product_id, 0.0)) for product in pool]
        return sorted(found, key=lambda one: (-one.score, one.product.product_id))[:limit]


async def _likeness(context: Context, anchor: Product, pool: list[Product]) -> dict[str, float]:
    words = " ".join([anchor.name, *anchor.attributes.values(), *anchor.keywords])
    ranked = await context.search.search(words, limit=max(len(pool), 1), among=frozenset(p.product_id for p in pool))
    return {one.product_id: 1 - rank / len(ranked) for rank, one in enumerate(ranked)}


def _compare(context: Context, anchor: Product, product: Product, likeness: float) -> Recommendation:
    old, new = _closest(anchor, context.sellable(product))
    facts = reasons.same_options(old, new) + reasons.same_attributes(anchor, product) + reasons.same_brand(anchor, product)
    known = max(len(old.options) + len(anchor.attributes), 1)
    shared = len(reasons.same_options(old, new)) + sum(product.attributes.get(name) == value for name, value in anchor.attributes.items())
    near = min(old.price_cents, new.price_cents) / max(old.price_cents, new.price_cents, 1)
    why = [*facts[:1], *reasons.price_difference(old, new, product.currency), *facts[1:], *reasons.rating(product)]
    return Recommendation(product=product, variant=new, reasons=why, score=_SHARED * shared / known + _PRICE * near + _WORDS * likeness)


def _closest(anchor: Product, variants: list[Variant]) -> tuple[Variant, Variant]:
    """The pair of old and new variant with most options in common, the cheapest of those."""
    pairs = [(old, new) for new in variants for old in anchor.variants]
    return max(pairs, key=lambda pair: (len(reasons.same_options(*pair)), -abs(pair[0].price_cents - pair[1].price_cents)))


def create(settings: RecommendationSettings) -> Recommender:
    """Make it; it has nothing to set."""
    return SimilarRecommender()
