"""What the customer did, and what the shop has, turned into ranked products with checkable reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recommendation.models import ProductSearch
    from recommendation.recommendations import Recommendations
    from recommendation.settings import RecommendationSettings
    from shop.operations import Shop


def create(settings: RecommendationSettings, shop: Shop, search: ProductSearch) -> Recommendations:
    """Build the package's door."""
    from recommendation.recommendations import Recommendations

    return Recommendations(settings, shop, search)
