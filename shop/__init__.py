"""The shop: its nouns, its rules as code, and its operations. Knows no Rasa and no HTTP."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.operations import Shop
    from shop.settings import ShopSettings


def create(settings: "ShopSettings") -> "Shop":
    """Build the shop that the settings name. Opens nothing yet.

    Raises:
        ValueError: If there is no such back end.
    """
    from shop.backends import build
    from shop.operations import Shop

    return Shop(build(settings), settings)
