"""A pressed button has no words, and speaks of no line by them."""

from actions.variants import wishes_by_line
from shop.models import ShopData
from tests.actions.goods import shop_data


def test_no_words_name_no_line() -> None:
    data: ShopData = shop_data()
    assert wishes_by_line("", data.orders[0].lines, {}) == []
