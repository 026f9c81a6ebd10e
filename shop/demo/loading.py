"""Put the demo shop into a shop."""

from datetime import datetime

from shop.demo.generate import generate
from shop.models import ShopData, now_utc
from shop.operations import Shop


def today() -> datetime:
    """Today's midnight in UTC, from which the demo shop counts back."""
    return now_utc().replace(hour=0, minute=0, second=0, microsecond=0)


async def load_demo(shop: Shop, *, replace: bool = True) -> ShopData:
    """Write the demo shop of today, in place of what is there, and give it back.

    Raises:
        InvalidShopData: Without `replace`, if its ids are taken.
    """
    data = generate(now=today())
    await shop.load(data, replace=replace)
    return data
