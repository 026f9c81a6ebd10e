"""What most customers buy."""

from recommendation import reasons
from recommendation.models import Context, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.settings import RecommendationSettings


class PopularRecommender:
    """Implements `Recommender`."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Rank by the number of orders; what was bought once or never is not popular."""
        counts = context.baskets.counts
        best = sorted(context.pool, key=lambda product: (-counts[product.product_id], product.product_id))
        return [
            Recommendation(
                product=product,
                variant=context.sellable(product)[0],
                reasons=[
                    *reasons.often_bought(product, context.baskets),
                    *reasons.within_price(context.filters, context.sellable(product)[0], product.currency),
                    *reasons.rating(product),
                ],
                score=float(counts[product.product_id]),
            )
            for product in best[:limit]
            if counts[product.product_id] > 1 and (context.anchor is None or product.product_id != context.anchor.product_id)
        ]


def create(settings: RecommendationSettings) -> Recommender:
    """Make it; it has nothing to set."""
    return PopularRecommender()
