"""Products for a need in the customer's words: "a quiet keyboard under 100"."""

from recommendation import reasons
from recommendation.models import Context, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.settings import RecommendationSettings
from shop.models import Product

_CONSIDERED = 60


class NeedRecommender:
    """Implements `Recommender`."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Rank what a search for the words finds; a product of which no word holds is left out."""
        products = {str(product.product_id): product for product in context.pool}
        found = await context.search.search(context.need, limit=_CONSIDERED, among=frozenset(products)) if context.need.strip() else []
        ranked = [_recommend(context, products[one.product_id], one.score) for one in found if one.product_id in products]
        return [one for one in ranked if one.reasons][:limit]


def _recommend(context: Context, product: Product, score: float) -> Recommendation:
    why, variant = reasons.carries_words(context.need, product, context.sellable(product))
    if why:
        why = [*why, *reasons.within_price(context.filters, variant, product.currency), *reasons.rating(product)]
    return Recommendation(product=product, variant=variant, reasons=why, score=score)


def create(settings: RecommendationSettings) -> Recommender:
    """Make it; it has nothing to set."""
    return NeedRecommender()
