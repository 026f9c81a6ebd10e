"""What a recommender is."""

from typing import Protocol

from recommendation.models import Context, Recommendation


class Recommender(Protocol):
    """Ranks products of the context's pool."""

    async def recommend(self, context: Context, limit: int) -> list[Recommendation]:
        """Give the best products, best first, with a variant in stock and reasons that hold.

        Args:
            context: What may be recommended, and what is known.
            limit: The most to give, at least 1.

        Returns:
            Distinct products of the pool, never the anchor; empty where nothing fits.
        """
        ...
