"""The data's records in our shop's format."""

import pytest

from benchmarks.store_transactions.convert import cents_of, convert, country_code, line_ids_of
from benchmarks.store_transactions.records import told_record
from benchmarks.store_transactions.rules import shop_settings
from shop.coherence import find_problems
from shop.models import OrderStatus, PaymentKind, ShopData
from tests.benchmarks.small_shop import records

EMPTY = ShopData(products=[], customers=[], orders=[])


def test_a_whole_shop_is_converted_without_a_problem() -> None:
    assert find_problems(convert(records()), EMPTY, shop_settings("sqlite+aiosqlite:///unused.db")) == []


def test_amounts_are_exact_cents() -> None:
    assert [cents_of(amount) for amount in (20.1, 0.1 + 0.2, 1126.04, 5.05, 2e3)] == [2010, 30, 112604, 505, 200000]


def test_countries_become_codes_and_unknown_ones_are_refused() -> None:
    assert [country_code(name) for name in ("USA", "United States", "US", "Germany", "UK")] == ["US", "US", "US", "DE", "GB"]
    with pytest.raises(ValueError, match="Atlantis"):
        country_code("Atlantis")


def test_two_pieces_of_one_item_are_two_lines() -> None:
    assert line_ids_of(["71", "72", "71"]) == ["71", "72", "71-2"]
    [order] = [one for one in convert(records()).orders if one.order_id == "#W100"]
    assert [(line.line_id, line.variant_id, line.quantity) for line in order.lines] == [("71", "71", 1), ("71-2", "71", 1)]


def test_what_the_data_does_not_know_is_not_invented() -> None:
    shop = convert(records())
    assert all(order.placed_at is None and order.delivered_at is None for order in shop.orders)
    stock = {variant.variant_id: variant.stock for product in shop.products for variant in product.variants}
    assert stock == {"71": None, "72": None, "73": 0, "81": None}


def test_payment_methods_keep_their_ids_and_a_gift_card_its_balance() -> None:
    ida = convert(records()).customers[0]
    told = {method.payment_method_id: (method.kind, method.balance_cents, method.last_four) for method in ida.payment_methods}
    assert told["gift_card_1"] == (PaymentKind.GIFT_CARD, 1235, "")
    assert told["credit_card_2"] == (PaymentKind.CARD, None, "4242")


def test_a_state_that_nobody_knows_is_refused_by_name() -> None:
    strange = records()
    strange["orders"]["#W100"]["status"] = "on hold"
    with pytest.raises(ValueError, match="on hold"):
        convert(strange)


def test_a_changed_order_comes_back_in_the_datas_words() -> None:
    changed = records()
    changed["orders"]["#W100"]["status"] = "pending (item modified)"
    [order] = [one for one in convert(changed).orders if one.order_id == "#W100"]
    assert (order.status, order.items_changed) == (OrderStatus.PENDING, True)
    assert told_record(order)["status"] == "pending (item modified)"
