"""What every recommender keeps, whatever it goes by. A new module of `recommendation/recommenders` joins by being there."""

import pkgutil
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendation import recommenders
from recommendation.models import Context, Recommendation
from recommendation.recommendations import build
from recommendation.settings import RecommendationSettings
from shop.models import Order, Product, ProductFilter
from tests.recommendation.scenery import baskets_of, context, products, untrue

NAMES = sorted(module.name for module in pkgutil.iter_modules(recommenders.__path__) if module.name != "base")


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    found = draw(products())
    most = draw(st.none() | st.integers(1000, 20000))
    options = draw(st.sampled_from([{}, {"colour": "black"}]))
    anchor = draw(st.sampled_from(found))
    owned = draw(st.lists(st.sampled_from(found), max_size=2, unique_by=lambda product: product.product_id))
    more: dict[str, Any] = {
        "anchor": anchor,
        "need": "a quiet black lamp",
        "orders": [_order(owned)] if owned else [],
        "bought": _by_id(owned),
    }
    return context(found, ProductFilter(max_price_cents=most, options=options), draw(baskets_of(found)), **more)


def _by_id(owned: list[Product]) -> dict[str, Product]:
    return {str(product.product_id): product for product in owned}


def _order(owned: list[Product]) -> Order:
    lines = [
        {"line_id": f"L{n}", "product_id": p.product_id, "variant_id": p.variants[0].variant_id, "name": p.name, "price_cents": 1}
        for n, p in enumerate(owned)
    ]
    address = {"line1": "Kai 1", "city": "Kiel", "postal_code": "24103", "country": "DE"}
    return Order.model_validate(
        {
            "order_id": "CH-1", "customer_id": "C", "status": "delivered", "currency": "EUR", "address": address, "lines": lines,
            "placed_at": "2026-01-01T00:00:00Z",
        }
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@given(given_context=contexts(), limit=st.integers(1, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_it_keeps_filters_stock_limit_and_says_only_what_is_true(name: str, given_context: Context, limit: int) -> None:
    found = await build(name, RecommendationSettings()).recommend(given_context, limit)
    assert len(found) <= limit
    assert len({one.product.product_id for one in found}) == len(found)
    for one in found:
        _keeps_its_word(one, given_context)


def _keeps_its_word(one: Recommendation, given_context: Context) -> None:
    assert one.product in given_context.pool
    assert one.variant in one.product.variants
    assert one.variant.stock > 0
    most = given_context.filters.max_price_cents
    assert most is None or one.variant.price_cents <= most
    assert all(one.variant.options[key] == value for key, value in given_context.filters.options.items())
    assert one.reasons
    assert untrue(one, given_context) == []


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_to_choose_from_gives_nothing(name: str) -> None:
    assert await build(name, RecommendationSettings()).recommend(context([], need="a lamp"), 4) == []


@pytest.mark.parametrize("name", NAMES)
@given(given_context=contexts())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_the_order_is_the_same_every_time(name: str, given_context: Context) -> None:
    recommender = build(name, RecommendationSettings())
    first = [one.product.product_id for one in await recommender.recommend(given_context, 5)]
    assert [one.product.product_id for one in await recommender.recommend(given_context, 5)] == first


def test_an_unknown_name_says_where_to_look() -> None:
    with pytest.raises(ValueError, match=r"No recommender 'psychic'"):
        build("psychic", RecommendationSettings())
