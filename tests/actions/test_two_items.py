"""Which words are a wish for what is in hand, which name a model, and which speak of another order."""

import pytest

from actions.exchange.counter import Counter
from actions.exchange.naming import named_lines
from actions.exchange.records import record_reply
from actions.exchange.swaps import Swaps
from actions.mentions import Thing, find_names
from actions.turn import Request
from actions.variants import LineWish, Outcome, choose_variant, likeness_in, question_words, read_wish, without_likeness
from shop.models import OrderLine, Product
from tests.actions.goods import shop_data

DATA = shop_data()
PRODUCTS = {str(product.product_id): product for product in DATA.products}
OWN = [order for order in DATA.orders if order.customer_id == "C-5"]
cases = pytest.mark.parametrize


def counter(order_id: str) -> Counter:
    order = next(one for one in OWN if one.order_id == order_id)
    return Counter(order, PRODUCTS, [one for one in OWN if one is not order], DATA.products)


def bought(name: str, at: int = 0) -> tuple[Product, OrderLine]:
    line = [line for order in OWN for line in order.lines if line.name == name][at]
    return PRODUCTS[str(line.product_id)], line


SCOPE, HAMMOCK = bought("Larkmoor Scout"), bought("Sola Sling")


@cases(
    "text",
    [
        "for the type in my pending order",
        "Same as the lead in my pending order",
        "the cheaper of the other two speakers in that order",
        "the cheapest one of those in the rest of the order",
        "keep looking in my pending order",
        "I have a pending order with a lead in it. I want that same one.",
    ],
)
def test_a_model_is_named_and_leaves_no_wish(text: str) -> None:
    assert likeness_in(text)
    assert "order" not in without_likeness(text)


@cases("text", ["exchange it for the blue one", "a shorter one of hemp", "I'd like the dearest", "the same again"])
def test_what_names_no_piece_of_the_customers_own_is_no_model(text: str) -> None:
    assert likeness_in(text) is None


@cases("text", ["No, that's longer. A shorter one in hemp", "that is bigger. shorter, hemp", "no, it's longer; shorter hemp"])
def test_what_is_found_fault_with_is_no_wish(text: str) -> None:
    product, line = HAMMOCK
    assert [one.sign for one in read_wish(text, product, line)[0].comparisons] == [-1]


@cases(
    "text",
    ["the most expensive shorter one: 2 m, hemp, dotted", "longer or shorter, whatever: 2 m hemp dotted", "2 m, hemp, dotted, dearest"],
)
def test_named_values_leave_nothing_to_compare(text: str) -> None:
    product, line = HAMMOCK
    wish = read_wish(text, product, line)[0]
    assert (wish.comparisons, wish.extremes) == ((), ())
    assert choose_variant(text, product, line).outcome is Outcome.CHOSEN


@cases("text", ["maximum zoom, everything else the same", "the highest zoom, all other specs unchanged", "most zoom; nothing else changes"])
def test_what_must_stay_is_held(text: str) -> None:
    product, line = SCOPE
    choice = choose_variant(text, product, line)
    assert choice.outcome is Outcome.NEAREST
    assert question_words(choice, product, line).startswith("No Larkmoor Scout with 65 mm and hard case has more zoom than yours.")


@cases("text", ["65 mm must stay, the highest zoom you have for it", "the most zoom, 65 mm has to stay", "keep 65 mm, maximum zoom"])
def test_the_next_best_is_within_what_must_stay(text: str) -> None:
    product, line = SCOPE
    assert [one.options["zoom"] for one in choose_variant(text, product, line).variants] == ["30x"]


@cases("text", ["65 mm, hard case, 45x", "65 mm and hard case with 30x or 45x, whichever is the most"])
def test_what_is_not_made_is_said_to_be_missing_altogether(text: str) -> None:
    product, line = SCOPE
    assert " at all. " in question_words(choose_variant(text, product, line), product, line)


@cases(
    "text",
    [
        "maybe the 80 mm 45x... no wait, everything the same as mine: 65 mm and hard case, only with the highest zoom you have for that",
        "80 mm, no wait, 65 mm with hard case and the most zoom",
    ],
)
def test_what_was_taken_back_weighs_nothing(text: str) -> None:
    product, line = SCOPE
    assert question_words(choose_variant(text, product, line), product, line).startswith("No Larkmoor Scout with 65 mm and hard case")


def test_what_was_not_taken_back_stays() -> None:
    product, line = HAMMOCK
    choice = choose_variant("the 3 m one in hemp, dotted, no wait, striped", product, line)
    assert [one.options for one in choice.variants] == [{"length": "3 m", "cloth": "hemp", "pattern": "striped"}]


def test_a_second_is_no_place_in_a_list() -> None:
    product, line = SCOPE
    offered = [str(one.variant_id) for one in product.variants[:3]]
    wish = read_wish("leave that for a second", product, line, among=offered)[0]
    assert wish.picked == ()


def test_of_versions_listed_last_one_is_picked() -> None:
    product, _ = HAMMOCK
    short = [str(one.variant_id) for one in product.variants if one.options["length"] == "2 m" and one.options["cloth"] == "hemp"]
    swaps = Swaps(("L1",), {"L1": short[0]}, told={"L1": short})
    choice = counter("CH-70002").choose_again(LineWish("L1", "the most expensive"), Swaps.from_json(swaps.to_json()))
    assert choice.variant is not None
    assert choice.variant.variant_id == short[-1]


@cases(
    "text",
    ["exchange speakers: blue, 6 hours, waterproof to blue, 9 hours, unsealed", "the speakers, blue 6 hours waterproof, for unsealed ones"],
)
def test_a_piece_whose_version_is_written_out_is_meant_alone(text: str) -> None:
    assert [wish.line_id for wish in named_lines(counter("CH-70004"), Request("", text))] == ["L3"]


@cases("text", ["What lead is in my pending order?", "show me my pending order", "which lead is in order CH-70003?"])
def test_what_an_order_holds_is_told(text: str) -> None:
    told = record_reply(Request("", text), counter("CH-70001"), Swaps(("L1",)), PRODUCTS)
    assert told is not None
    assert "Galvan Reach (5 m, rubber, black) for 22.80 EUR" in told[0].text


@cases("text", ["which versions are there?", "what does the order cost then?", "swap it for the one in my pending order", "10 m please"])
def test_what_asks_for_no_record_is_told_none(text: str) -> None:
    assert record_reply(Request("", text), counter("CH-70001"), Swaps(("L1",)), PRODUCTS) is None


def test_pieces_of_the_same_version_go_together() -> None:
    assert counter("CH-70005").unlike("L1", ["L1", "L2"]) == []
    assert counter("CH-70004").unlike("L1", ["L1", "L3"]) == ["L3"]


@cases(
    ("word", "right", "meant"),
    [("vaccum", "vacuum", True), ("cofee", "coffee", True), ("jacket", "racket", False), ("bottle", "battle", False)],
)
def test_a_slip_is_forgiven_and_another_word_is_not(word: str, right: str, *, meant: bool) -> None:
    assert bool(find_names(word, [Thing("it", frozenset({right}), frozenset({right}))]).keys) is meant
