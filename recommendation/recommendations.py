"""The door of this package: which products to show, from live records."""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

from recommendation.models import Baskets, Context, ProductSearch, Recommendation
from recommendation.recommenders.base import Recommender
from recommendation.settings import RecommendationSettings
from shop.errors import ProductNotFound
from shop.models import Actor, CustomerId, Level, Order, OrderStatus, Product, ProductFilter
from shop.operations import Shop

_WHOLE_CATALOGUE = 50_000


class Recommendations:
    """Recommends products that are in stock, within the filters, and not just bought."""

    def __init__(
        self, settings: RecommendationSettings, shop: Shop, search: ProductSearch, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._settings = settings
        self._shop = shop
        self._search = search
        self._clock = clock

    async def similar_to(
        self, product_id: str, filters: ProductFilter, limit: int = 4, customer_id: str | None = None
    ) -> list[Recommendation]:
        """Products like this one.

        Raises:
            ProductNotFound: If there is no such product.
        """
        anchor = await self._shop.get_product(product_id)
        return await self._recommend(self._settings.similar, filters, limit, customer_id, anchor=anchor)

    async def for_need(self, need: str, filters: ProductFilter, limit: int = 4, customer_id: str | None = None) -> list[Recommendation]:
        """Products for a need in the customer's words; empty where no product carries any of them."""
        return await self._recommend(self._settings.need, filters, limit, customer_id, need=need)

    async def goes_with(
        self, product_id: str, filters: ProductFilter, limit: int = 4, customer_id: str | None = None
    ) -> list[Recommendation]:
        """Products of other types that are bought together with this one.

        Raises:
            ProductNotFound: If there is no such product.
        """
        anchor = await self._shop.get_product(product_id)
        return await self._recommend(self._settings.goes_with, filters, limit, customer_id, anchor=anchor)

    async def popular(self, filters: ProductFilter, limit: int = 4, customer_id: str | None = None) -> list[Recommendation]:
        """What most customers buy."""
        return await self._recommend(self._settings.popular, filters, limit, customer_id)

    async def for_customer(self, customer_id: str, filters: ProductFilter, limit: int = 4) -> list[Recommendation]:
        """Products that follow from what this customer bought; empty where nothing does."""
        return await self._recommend(self._settings.customer, filters, limit, customer_id)

    async def find(self, words: str, filters: ProductFilter, limit: int = 8) -> list[Product]:
        """Products by words and filters, best first; with no words, in catalogue order. Stock counts only if the filters say so."""
        pool = {str(product.product_id): product for product in await self._shop.list_products(filters, limit=_WHOLE_CATALOGUE)}
        if not words.strip():
            return list(pool.values())[:limit]
        found = await self._search.search(words, limit=limit, among=frozenset(pool))
        return [pool[one.product_id] for one in found if one.product_id in pool]

    async def _recommend(
        self, name: str, filters: ProductFilter, limit: int, customer_id: str | None, *, anchor: Product | None = None, need: str = ""
    ) -> list[Recommendation]:
        orders = await self._orders_of(customer_id)
        recent = self._just_bought(orders)
        sellable = filters.model_copy(update={"in_stock": True})
        listed = await self._shop.list_products(sellable, limit=_WHOLE_CATALOGUE)
        context = Context(
            pool=[product for product in listed if product.product_id not in recent],
            filters=filters,
            baskets=Baskets(await self._shop.list_co_purchases()),
            search=self._search,
            anchor=anchor,
            need=need,
            orders=orders,
            bought=await self._products_of(orders),
            least_together=self._settings.least_together,
        )
        return await build(name, self._settings).recommend(context, limit)

    async def _orders_of(self, customer_id: str | None) -> list[Order]:
        if customer_id is None:
            return []
        actor = Actor(level=Level.CUSTOMER, customer_id=CustomerId(customer_id))
        orders = await self._shop.list_orders(actor, limit=100)
        return [order for order in orders if order.status is not OrderStatus.CANCELLED]

    async def _products_of(self, orders: list[Order]) -> dict[str, Product]:
        found: dict[str, Product] = {}
        for product_id in {line.product_id for order in orders for line in order.lines}:
            try:
                found[product_id] = await self._shop.get_product(product_id)
            except ProductNotFound:
                continue  # no longer sold
        return found

    def _just_bought(self, orders: list[Order]) -> set[str]:
        since = self._clock() - timedelta(days=self._settings.just_bought_days)
        return {str(line.product_id) for order in orders if order.placed_at and order.placed_at >= since for line in order.lines}


def build(name: str, settings: RecommendationSettings) -> Recommender:
    """Make the recommender of a module of `recommendation/recommenders`.

    Raises:
        ValueError: If there is no such module.
    """
    try:
        module = importlib.import_module(f"recommendation.recommenders.{name}")
    except ModuleNotFoundError as exc:
        msg = f"No recommender {name!r}. See recommendation/recommenders for those there are."
        raise ValueError(msg) from exc
    return cast("Recommender", module.create(settings))
