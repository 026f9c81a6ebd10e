from datetime import UTC, datetime
from typing import Any

import pytest

from actions.resolve import find_order_ids, match_items, match_lines, match_orders
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


@pytest.mark.parametrize(
    "text",
    [
        "my zip code is 10117",
        "postal code: 73301",
        "it went to Austin, TX 78704",
        "I live in 10119 Berlin",
        "90210 is my zip",
        "the post code should be 2100",
    ],
)
def test_a_postal_code_is_no_order_number(text: str) -> None:
    number = next(word for word in text.replace(",", " ").split() if word.isdigit())
    assert find_order_ids(said(text)) == []
    assert find_order_ids(said(text, order_id=number)) == []


@pytest.mark.parametrize("text", ["zip 10119, order CH-20003", "cancel 20003, my postal code is 10119", "the order #20003 to 10119 Berlin"])
def test_an_order_number_beside_a_postal_code_is_one(text: str) -> None:
    assert [str(one.order_id) for one in match_orders(said(text), ADA, TODAY, PRODUCTS).orders] == ["CH-20003"]


@pytest.mark.parametrize(
    "text", ["my zip is 10119, cancel the shoes", "10119 is my zip code. cancel the running shoes", "zip 10119; cancel the Kestrel Trail"]
)
def test_the_customers_own_zip_finds_no_order(text: str) -> None:
    match = match_orders(said(text), ELSEWHERE, TODAY, PRODUCTS)
    assert (match.unknown_id, [str(one.order_id) for one in match.orders]) == (None, ["CH-20002"])


@pytest.mark.parametrize("text", ["cancel that order", "where is this order going?", "the same order again please"])
def test_that_order_is_the_one_spoken_of_last(text: str) -> None:
    assert orders(text, current="CH-20004") == ["CH-20004"]
    assert len(orders(text)) == len(ADA)


def test_that_order_with_a_name_is_the_one_that_is_named() -> None:
    assert orders("that order with the shoes", current="CH-20004") == ["CH-20002"]


@pytest.mark.parametrize(
    ("text", "meant"), [("item P-6-3", ["L3"]), ("P-6-1 and P-4-1", ["L1", "L2"]), ("the article number p-4-1", ["L1"])]
)
def test_lines_go_by_the_numbers_of_their_versions(text: str, meant: list[str]) -> None:
    assert lines(text) == meant


@pytest.mark.parametrize("text", ["item 44556677", "variant number 44556677", "exchange item 44556677 for 44556680"])
def test_the_number_of_an_item_is_no_unknown_order(text: str) -> None:
    match = match_orders(said(text, order_id="44556677"), ADA, TODAY, PRODUCTS)
    assert (match.unknown_id, match.named) == (None, False)


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


BERLIN = {"line1": "Torstrasse 8", "city": "Berlin", "postal_code": "10119", "country": "DE"}
AUSTIN = {"line1": "4 Oak Street", "city": "Austin", "region": "TX", "postal_code": "73301", "country": "US"}


def moved(order_id: str, address: dict[str, str]) -> Order:
    return Order.model_validate({**order(order_id).model_dump(), "address": address})


ELSEWHERE = [moved(one.order_id, {"CH-20002": BERLIN, "CH-20003": AUSTIN}.get(one.order_id, one.address.model_dump())) for one in ADA]


class TestOrdersByOtherMarks:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("the order ending in 02", ["CH-20002"]),
            ("it ends with 0003", ["CH-20003"]),
            ("the last two digits are 04", ["CH-20004"]),
            ("the one with 05 at the end", ["CH-20005"]),
            ("the one I sent to Berlin", ["CH-20002"]),
            ("the order that went to Torstrasse 8", ["CH-20002"]),
            ("the TX one", ["CH-20003"]),
            ("the one to the USA", ["CH-20003"]),
            ("my most expensive order", ["CH-20004"]),
            ("the cheapest order", ["CH-20005"]),
            ("the order for 119 euros", ["CH-20002"]),
            ("CH-20001 and CH-20003", ["CH-20001", "CH-20003"]),
            ("the lamp I received", ["CH-20003"]),
            ("the lamp that hasn't arrived yet", ["CH-20005"]),
            ("the order i just placed", ["CH-20001"]),
            ("the Texas one", ["CH-20003"]),
            ("the one that goes to 10119 Berlin", ["CH-20002"]),
            ("the one with the watch", ["CH-20004"]),
            ("the order with item P-9-1", ["CH-20002"]),
        ],
    )
    def test_an_order_is_told_by_what_the_customer_knows_of_it(self, text: str, meant: list[str]) -> None:
        match = match_orders(said(text), ELSEWHERE, TODAY, PRODUCTS)
        assert match.named
        assert [str(one.order_id) for one in match.orders] == meant

    def test_an_ending_that_no_order_has_is_unknown(self) -> None:
        assert match_orders(said("the order ending in 99"), ADA, TODAY, PRODUCTS).unknown_id == "99"

    @pytest.mark.parametrize("text", ["both orders", "all my orders", "all of my pending orders", "every order i made"])
    def test_all_of_them_are_meant_together(self, text: str) -> None:
        pending = [one for one in ADA if one.order_id in {"CH-20001", "CH-20002"}]
        match = match_orders(said(text), pending, TODAY, PRODUCTS)
        assert match.each is ("pending" not in text)

    @pytest.mark.parametrize("text", ["my last order", "the latest order", "the oldest order"])
    def test_orders_without_days_have_no_last_one(self, text: str) -> None:
        undated = [one.model_copy(update={"placed_at": None}) for one in ADA]
        match = match_orders(said(text), undated, TODAY, PRODUCTS)
        assert match.named
        assert len(match.orders) == len(ADA)

    def test_a_thing_counts_more_than_a_wrong_day(self) -> None:
        assert orders("the running shoes i got yesterday") == ["CH-20002"]

    @pytest.mark.parametrize("written", ["#W9044173", "w9044173", "9044173", "order #W9044173 please"])
    def test_numbers_of_other_shops_are_found_too(self, written: str) -> None:
        other = ADA[0].model_copy(update={"order_id": "#W9044173"})
        assert [one.order_id for one in match_orders(said(written), [other, *ADA[1:]], TODAY, PRODUCTS).orders] == ["#W9044173"]


class TestLinesByOtherMarks:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("the most expensive item", {"L1"}),
            ("the two most expensive", {"L1", "L2"}),
            ("the cheapest thing", {"L3"}),
            ("the cheaper shirt", {"L3"}),
            ("the shirt that is not white", {"L2"}),
            ("the two shirts", {"L2", "L3"}),
            ("the black shirt for a white one", {"L2"}),
            ("the lamp and the cheapest shirt", {"L1", "L3"}),
            ("everything except the lamp", {"L2", "L3"}),
        ],
    )
    def test_lines_are_told_by_price_number_and_options(self, text: str, meant: set[str]) -> None:
        assert set(match_lines(said(text), order("CH-20003"), PRODUCTS).keys) == meant


class TestItemsOfAllOrders:
    def test_pieces_of_several_orders_are_found_at_once(self) -> None:
        found = match_items(said("the keyboard, the palm rest and the running shoes"), ADA, TODAY, PRODUCTS)
        assert {str(one.order_id): set(ids) for one, ids in found.lines} == {"CH-20001": {"L1", "L2"}, "CH-20002": {"L1"}}
        assert found.unsure == ()

    def test_what_is_in_two_orders_stays_open_beside_what_is_sure(self) -> None:
        found = match_items(said("the lamp and the watch"), ADA, TODAY, PRODUCTS)
        assert {str(one.order_id) for one, _ in found.unsure} == {"CH-20003", "CH-20005"}
        assert [str(one.order_id) for one, _ in found.lines] == ["CH-20004"]

    def test_an_option_tells_which_of_two(self) -> None:
        found = match_items(said("the brass lamp"), ADA, TODAY, PRODUCTS)
        assert [(str(one.order_id), ids) for one, ids in found.lines] == [("CH-20005", ("L1",))]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("everything that is not a lamp", ["CH-20003"]),
        ("all of it except the lamp", ["CH-20003"]),
        ("everything but the white shirt", ["CH-20003"]),
        ("all non-keyboard things", ["CH-20001"]),
        ("everything except the watch", ["CH-20001", "CH-20005", "CH-20002", "CH-20003"]),
    ],
)
def test_what_is_left_out_names_no_order_of_its_own(text: str, meant: list[str]) -> None:
    assert orders(text) == meant
