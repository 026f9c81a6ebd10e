from datetime import UTC, datetime
from typing import Any

import pytest

from actions.resolve import find_order_ids, match_lines, match_orders
from actions.turn import Request
from shop.models import Order, Product
from tests.actions.goods import shop_data

DATA = shop_data()
ADA = sorted((order for order in DATA.orders if order.customer_id == "C-1"), key=lambda order: order.placed_at, reverse=True)
PRODUCTS: dict[str, Product] = {product.product_id: product for product in DATA.products}
TODAY = datetime.now(UTC).date()


def said(text: str, **entities: str) -> Request:
    return Request("track_order", text, entities=tuple({"entity": name, "value": value} for name, value in entities.items()))


def orders(text: str, current: str | None = None, **entities: str) -> list[str]:
    return [str(order.order_id) for order in match_orders(said(text, **entities), ADA, TODAY, PRODUCTS, current).orders]


def order(order_id: str) -> Order:
    return next(order for order in ADA if order.order_id == order_id)


@pytest.mark.parametrize("written", ["CH-20002", "ch20002", "#20002", "CH 20002", "ch - 20002", "order number 20002"])
def test_an_order_number_is_found_in_any_spelling(written: str) -> None:
    assert orders(f"where is {written} please") == ["CH-20002"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("my last order", ["CH-20001"]),
        ("the keyboard order", ["CH-20001"]),
        ("the order with the shoes", ["CH-20002"]),
        ("the running shoes", ["CH-20002"]),
        ("the watch", ["CH-20004"]),
        ("the pending one", ["CH-20001"]),
        ("the one that was delivered", ["CH-20003"]),
        ("the second one", ["CH-20005"]),
        ("the lamp", ["CH-20005", "CH-20003"]),
        ("the white lamp", ["CH-20003"]),
    ],
)
def test_loose_words_mean_the_customers_own_orders(text: str, meant: list[str]) -> None:
    assert orders(text) == meant


def test_no_reference_leaves_all_orders_open() -> None:
    match = match_orders(said("where is my order"), ADA, TODAY, PRODUCTS)
    assert not match.named
    assert len(match.orders) == len(ADA)


def test_the_other_one_is_not_the_one_spoken_of() -> None:
    assert "CH-20001" not in orders("the other order", current="CH-20001")


def test_a_foreign_number_is_unknown_and_not_matched_by_digits_nearby() -> None:
    for written in ("CH-30001", "CH-20009", "#20010"):
        match = match_orders(said(written), ADA, TODAY, PRODUCTS)
        assert (match.orders, bool(match.unknown_id)) == ((), True)


def test_a_product_nobody_bought_is_said_to_be_missing() -> None:
    match = match_orders(said("cancel the toaster", product="toaster"), ADA, TODAY, PRODUCTS)
    assert (match.orders, match.unknown_thing) == ((), "toaster")


def test_a_pressed_button_names_its_order_only() -> None:
    request = Request("track_order", "", entities=({"entity": "order_id", "value": "CH-20003"},), pressed=True)
    assert find_order_ids(request) == ["CH-20003"]


def test_prices_and_codes_are_no_order_numbers() -> None:
    assert find_order_ids(said("under 100 euros, size 42, code 123456")) == []


def lines(text: str, **more: Any) -> list[str]:
    return list(match_lines(said(text, **more), order("CH-20003"), PRODUCTS).keys)


def test_lines_are_found_by_type_colour_and_exception() -> None:
    assert lines("the lamp") == ["L1"]
    assert lines("the black shirt") == ["L2"]
    assert lines("both shirts") == ["L2", "L3"]
    assert lines("everything except the lamp") == ["L2", "L3"]
    assert lines("the lamp and the white tee") == ["L1", "L3"]


def test_a_pressed_line_is_taken_and_a_foreign_one_is_not() -> None:
    pressed = Request("inform", "", entities=({"entity": "line_id", "value": "L2"},), pressed=True)
    assert match_lines(pressed, order("CH-20003"), PRODUCTS).keys == ("L2",)
    foreign = Request("inform", "", entities=({"entity": "line_id", "value": "L9"},), pressed=True)
    assert match_lines(foreign, order("CH-20003"), PRODUCTS).keys == ()
