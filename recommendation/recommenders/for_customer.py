"""For a known customer: what goes with the things they bought, then what their brands make besides."""

from recommendation import reasons
from recommendation.models import Context, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.recommenders.co_purchase import cosine
from recommendation.settings import RecommendationSettings
from shop.models import Product

_BRAND_SCORE = 0.05
"""A brand bought before counts less than any real co-purchase."""
_AGE = 0.9
"""Each order further back counts a tenth less."""


class ForCustomerRecommender:
    """Implements `Recommender`."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Rank by the best reason that one of the customer's own products gives."""
        found = [best for product in context.pool if (best := _best(context, product)) is not None]
        return sorted(found, key=lambda one: (-one.score, one.product.product_id))[:limit]


def _best(context: Context, product: Product) -> Recommendation | None:
    """The strongest tie to something bought. What they already own a kind of is not offered again."""
    if product.product_type in {owned.product_type for owned in context.bought.values()}:
        return None
    ties = [_tie(context, owned, product) * _AGE**age for age, owned in _by_age(context)]
    strongest = max(range(len(ties)), key=ties.__getitem__, default=None)
    if strongest is None or ties[strongest] <= 0:
        return None
    owned = _by_age(context)[strongest][1]
    why = reasons.bought_with(owned, product, context.baskets, whose="your") or [f"by {product.brand}, like your {owned.name}"]
    variant = context.sellable(product)[0]
    return Recommendation(product=product, variant=variant, reasons=[*why, *reasons.rating(product)], score=ties[strongest])


def _by_age(context: Context) -> list[tuple[int, Product]]:
    return [
        (age, context.bought[line.product_id])
        for age, order in enumerate(context.orders)
        for line in order.lines
        if line.product_id in context.bought
    ]


def _tie(context: Context, owned: Product, product: Product) -> float:
    if context.baskets.together(owned.product_id, product.product_id) >= context.least_together:
        return cosine(context, owned.product_id, product.product_id)
    return _BRAND_SCORE if owned.brand == product.brand else 0.0


def create(settings: RecommendationSettings) -> Recommender:
    """Make it; it has nothing to set."""
    return ForCustomerRecommender()
