"""The door of the package, over the small shop on SQLite."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

import shop as shop_package
from recommendation.recommendations import Recommendations
from recommendation.settings import RecommendationSettings
from shop.errors import ProductNotFound
from shop.models import ProductFilter
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.actions.goods import NOW, shop_data
from tests.recommendation.scenery import WordSearch

ANY = ProductFilter()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    made = shop_package.create(ShopSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"))
    await made.load(shop_data())
    yield made
    await made.close()


@pytest.fixture
def advice(shop: Shop) -> Recommendations:
    return Recommendations(RecommendationSettings(), shop, WordSearch(shop_data().products))


async def test_similar_says_what_is_shared_and_what_differs(advice: Recommendations) -> None:
    (found,) = await advice.similar_to("P-7", ANY)
    assert found.product.product_id == "P-8"
    assert found.variant.options == {"case": "42 mm", "strap": "leather"}
    assert {"same case (42 mm)", "20.00 EUR cheaper", "also by Calder"} <= set(found.reasons)


async def test_similar_to_what_is_not_sold_raises(advice: Recommendations) -> None:
    with pytest.raises(ProductNotFound):
        await advice.similar_to("P-999", ANY)


async def test_a_need_is_met_within_the_price(advice: Recommendations) -> None:
    found = await advice.for_need("a quiet keyboard", ProductFilter(max_price_cents=8000))
    assert [one.product.product_id for one in found] == ["P-3"]
    assert "69.00 EUR, within your 80.00 EUR" in found[0].reasons


async def test_a_need_without_a_word_of_ours_gives_nothing(advice: Recommendations) -> None:
    assert await advice.for_need("submarine", ANY) == []


async def test_what_is_sold_out_is_never_recommended(advice: Recommendations) -> None:
    lamps = await advice.for_need("desk lamp", ANY)
    assert "P-5" not in {one.product.product_id for one in lamps}
    (white,) = await advice.for_need("quiet keyboard", ProductFilter(options={"colour": "grey"}))
    assert white.product.product_id == "P-3"
    assert "P-1" not in {one.product.product_id for one in await advice.for_need("keyboard", ProductFilter(options={"colour": "white"}))}


async def test_goes_with_counts_the_orders(advice: Recommendations) -> None:
    (found,) = await advice.goes_with("P-1", ANY)
    assert found.product.product_id == "P-10"
    assert "bought together with the Quillon Hush 75 in 4 orders" in found.reasons


async def test_popular_is_what_most_orders_hold(advice: Recommendations) -> None:
    found = await advice.popular(ANY, limit=2)
    assert {one.product.product_id for one in found} == {"P-1", "P-10"}
    assert found[0].reasons[0] == "bought in 4 orders"


async def test_a_customer_is_not_offered_what_they_just_bought(advice: Recommendations) -> None:
    found = await advice.popular(ANY, customer_id="C-1")
    assert not {"P-1", "P-10", "P-4", "P-9", "P-6"} & {one.product.product_id for one in found}


async def test_what_was_bought_long_ago_may_come_up_again(shop: Shop) -> None:
    later = Recommendations(RecommendationSettings(), shop, WordSearch(shop_data().products), clock=lambda: NOW + timedelta(days=400))
    assert "P-1" in {one.product.product_id for one in await later.popular(ANY, customer_id="C-1")}


async def test_a_known_customer_gets_reasons_from_their_own_orders(shop: Shop) -> None:
    advice = Recommendations(RecommendationSettings(just_bought_days=0), shop, WordSearch(shop_data().products))
    found = await advice.for_customer("C-2", ANY)
    assert found
    assert all(one.reasons[0].startswith(("by ", "bought together with your")) for one in found)


async def test_nobody_we_know_gets_nothing_personal(advice: Recommendations) -> None:
    assert await advice.for_customer("C-404", ANY) == []


async def test_find_keeps_filters_and_the_order_of_the_search(advice: Recommendations) -> None:
    found = await advice.find("quiet keyboard", ProductFilter(max_price_cents=9000))
    assert [product.product_id for product in found][:1] == ["P-1"]
    assert "P-2" not in {product.product_id for product in found}
    assert await advice.find("", ProductFilter(product_type="wristwatch"), limit=1) != []
