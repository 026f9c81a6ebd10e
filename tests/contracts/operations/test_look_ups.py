"""Orders, people, methods and the catalogue, as they are looked up."""

from datetime import timedelta

import pytest

from shop.errors import NotPermitted
from shop.models import Actor, Level, OrderStatus, ShopData
from tests.contracts.operations.counter import PENDING, Counter
from tests.shop.builders import ADA, AS_ADA, AS_BO, CARD, GIFT, NOW, PAYPAL, as_guest, order, small_shop


class TestLookUps:
    async def test_orders_are_found_by_what_is_in_them_and_by_date(self, counter: Counter) -> None:
        shop = counter.shop
        assert len(await shop.find_orders(AS_ADA, product_id="lamp")) == 11
        assert await shop.find_orders(AS_ADA, product_id="lamp", variant_id="shoes-white") == []
        assert [o.order_id for o in await shop.find_orders(AS_ADA, variant_id="shoes-white", status=OrderStatus.SHIPPED)] == ["CH-20004"]
        assert await shop.find_orders(AS_ADA, placed_from=NOW) == []
        assert len(await shop.find_orders(AS_ADA, placed_to=NOW)) == 11
        assert await shop.find_orders(Actor(), product_id="lamp") == []
        assert len(await shop.find_orders(AS_BO)) == 1

    async def test_the_last_order_is_told_only_where_the_dates_tell(self, counter: Counter) -> None:
        await counter.shop.load(small_shop(order("CH-1", placed_at=NOW - timedelta(days=2)), order("CH-2")), replace=True)
        last = await counter.shop.find_last_order(AS_ADA)
        assert last is not None
        assert last.order_id == "CH-1"
        await counter.shop.load(small_shop(order("CH-1", placed_at=None), order("CH-2")), replace=True)
        assert await counter.shop.find_last_order(AS_ADA) is None
        assert [found.order_id for found in await counter.shop.list_orders(AS_ADA)] == ["CH-2", "CH-1"]
        assert await counter.shop.find_last_order(AS_BO) is None

    async def test_payment_methods_come_with_balances_to_their_owner_alone(self, counter: Counter) -> None:
        assert await counter.shop.list_payment_methods(AS_ADA) == [CARD, GIFT, PAYPAL]
        assert await counter.shop.list_payment_methods(AS_ADA, PENDING) == [CARD, GIFT, PAYPAL]
        assert await counter.shop.list_payment_methods(Actor(level=Level.GUEST, customer_id=ADA.customer_id)) == [CARD, GIFT, PAYPAL]
        [seen] = await counter.shop.list_payment_methods(as_guest("CH-20011"), "CH-20011")
        assert seen == GIFT.model_copy(update={"balance_cents": None})
        with pytest.raises(NotPermitted):
            await counter.shop.list_payment_methods(as_guest(PENDING))

    async def test_people_are_found_whatever_the_case_of_their_name(self, counter: Counter) -> None:
        shop = counter.shop
        assert await shop.find_customer_by_email("ADA@example.COM ") == ADA
        assert await shop.find_customer_by_email("nobody@example.com") is None
        assert await shop.find_customer_by_name_zip("ADA", "berg", "20457") == ADA
        assert await shop.find_customer_by_name_zip("ada", "berg", "2045") is None
        assert await shop.find_customer_by_name_zip("ada berg", "", "20457") is None

    async def test_who_may_be_two_is_nobody(self, counter: Counter) -> None:
        twin = ADA.model_copy(update={"customer_id": "cus_twin", "payment_methods": []})
        await counter.shop.load(ShopData(products=[], customers=[twin], orders=[]))
        assert await counter.shop.find_customer_by_email(ADA.email) is None
        assert await counter.shop.find_customer_by_name_zip("Ada", "Berg", "20457") is None

    async def test_the_catalogue_is_listed_by_type_name_and_variant(self, counter: Counter) -> None:
        shop = counter.shop
        assert await shop.list_product_types() == {"desk lamp": ["lamp"], "running shoes": ["shoes"]}
        found = await shop.find_variant("lamp-red")
        assert found is not None
        assert (found[0].name, found[1].available) == ("Lamp", False)
        assert await shop.find_variant("lamp") is None
        named = await shop.find_product_by_name(" lAMP ")
        assert named is not None
        assert named.product_id == "lamp"
        assert await shop.find_product_by_name("desk lamp") is None
