"""What goes with a product: what was bought together with it more often than its own popularity explains."""

import math

from recommendation import reasons
from recommendation.models import Context, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.settings import RecommendationSettings
from shop.models import Product


class CoPurchaseRecommender:
    """Implements `Recommender`."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Rank products of other types by the cosine of their orders with the anchor's."""
        anchor = context.anchor
        if anchor is None:
            return []
        met = [product for product in context.pool if _goes_with(context, anchor, product)]
        found = [_recommend(context, anchor, product) for product in met]
        return sorted(found, key=lambda one: (-one.score, one.product.product_id))[:limit]


def _goes_with(context: Context, anchor: Product, product: Product) -> bool:
    if product.product_id == anchor.product_id or product.product_type == anchor.product_type:
        return False
    return context.baskets.together(anchor.product_id, product.product_id) >= context.least_together


def _recommend(context: Context, anchor: Product, product: Product) -> Recommendation:
    why = reasons.bought_with(anchor, product, context.baskets) + reasons.same_brand(anchor, product) + reasons.rating(product)
    score = cosine(context, anchor.product_id, product.product_id)
    return Recommendation(product=product, variant=context.sellable(product)[0], reasons=why, score=score)


def cosine(context: Context, one: str, other: str) -> float:
    """How strongly two products go together: orders in common over the geometric mean of their orders."""
    counts = context.baskets.counts
    return context.baskets.together(one, other) / math.sqrt(max(counts[one] * counts[other], 1))


def create(settings: RecommendationSettings) -> Recommender:
    """Make it; how often products must have met comes with the context."""
    return CoPurchaseRecommender()
