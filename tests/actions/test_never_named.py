"""Which items words speak of, and which they only tell of, point at, or take out again."""

import pytest

from actions.item_choice import spread, taken_out
from actions.mentions import Thing, find_mentions, words_of
from actions.turn import Request
from actions.variants import Outcome, asking_words, choose_variant, wishes_by_line
from shop.models import Order, Product
from tests.actions.goods import FLASK, line, order, shop_data

SHOP = shop_data()
PRODUCTS: dict[str, Product] = {str(product.product_id): product for product in SHOP.products}
BOX = next(one for one in SHOP.orders if one.order_id == "CH-60003")


def named_in(text: str, box: Order = BOX) -> set[str]:
    names = {piece.line_id: piece.name for piece in box.lines}
    return {names[wish.line_id] for wish in wishes_by_line(text, box.lines, PRODUCTS)}  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("exchange both, the flask for a green one and the night light for the high one", {"Fjordline Steel", "Ombra Glow"}),
        ("two things: first, the flask in green; second, the night light on mains. Both please", {"Fjordline Steel", "Ombra Glow"}),
        ("the flask in green, that's everything, thanks for all", {"Fjordline Steel"}),
        ("I love the night light. The flask should be green", {"Fjordline Steel"}),
        ("change everything to the cheapest", {"Fjordline Steel", "Ombra Glow", "Havre Pack"}),
        ("same specs but green for the flask", {"Fjordline Steel"}),
        ("change all those small mugs", set()),
    ],
)
def test_only_what_is_named_is_spoken_of(text: str, names: set[str]) -> None:
    assert named_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a night light? No, I never said that", {"Ombra Glow"}),
        ("leave the backpack alone and do the flask in green", {"Havre Pack"}),
        ("I didn't ask for a flask, the night light please", {"Fjordline Steel"}),
        ("take the flask out again", {"Fjordline Steel"}),
        ("the backpack has nothing to do with it", {"Havre Pack"}),
        ("no new flask, only the night light on mains", {"Fjordline Steel"}),
        ("make the flask green and not the black one", set()),
        ("not the low one, the high one", set()),
    ],
)
def test_what_words_take_out_is_told_from_a_version_that_they_refuse(text: str, names: set[str]) -> None:
    by_id = {piece.line_id: piece.name for piece in BOX.lines}
    assert {by_id[one] for one in taken_out(text, BOX, PRODUCTS, list(by_id))} == names  # type: ignore[index]


def test_a_name_weighs_more_than_another_things_option() -> None:
    camera = Thing("camera", words_of("Calder Eye camera", "black"), words_of("Calder Eye camera"))
    bag = Thing("bag", words_of("Havre bag", "camera", "green"), words_of("Havre bag"))
    assert find_mentions("send the camera back", [camera, bag]).keys == ("camera",)
    assert find_mentions("send the green camera bag back", [camera, bag]).keys == ("bag",)


@pytest.mark.parametrize("text", ["that's everything", "thank you for everything", "is that all?", "first of all, hello", "wait a second"])
def test_words_that_seem_to_count_mean_nothing(text: str) -> None:
    things = [Thing("a", words_of("lamp")), Thing("b", words_of("rug"))]
    assert find_mentions(text, things).keys == ()


def test_both_means_two_and_not_three() -> None:
    things = [Thing(name, words_of(name)) for name in ("lamp", "rug", "mug")]
    assert find_mentions("return both", things).keys == ()
    assert find_mentions("return both", things[:2]).keys == ("lamp", "rug")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I bought a flask for my trip. Please take the backpack back", "Please take the backpack back"),
        ("my backpack is broken and I want to return it", "I want to return it"),
        ("the lamp was lovely", "the lamp was lovely"),
    ],
)
def test_what_is_asked_is_told_from_what_is_only_told(text: str, asked: str) -> None:
    assert asking_words(text) == asked


def test_a_thing_in_all_orders_is_that_thing_alone() -> None:
    shirts = [line(2, "P-6", "Pellworth Heavy Tee", 2500, {"size": "M", "colour": colour}) for colour in ("black", "white")]
    made = [order(f"CH-7000{at}", "C-4", "pending", 1, [FLASK, shirt], "pm-card-4a") for at, shirt in enumerate(shirts)]
    orders = [Order.model_validate(one) for one in made]
    found = spread(Request("exchange_item", "make my shirts in all my orders a size up"), orders, PRODUCTS)
    assert [[wish.line_id for wish in wishes] for _, wishes in found] == [["L2"], ["L2"]]
    found = spread(Request("exchange_item", "make everything in all my orders the cheapest"), orders, PRODUCTS)
    assert [len(wishes) for _, wishes in found] == [2, 2]


FLASK_HELD = BOX.lines[1]


@pytest.mark.parametrize(
    "text", ["the same one again, mine is broken", "it leaks", "a new one of the very same", "an identical one, 750 ml black as before"]
)
def test_a_broken_piece_wishes_for_the_same_once_more(text: str) -> None:
    flask = PRODUCTS["P-11"]
    assert choose_variant(text, flask, FLASK_HELD, same_allowed=True).variant == flask.find_variant(FLASK_HELD.variant_id)
    assert choose_variant(text, flask, FLASK_HELD).outcome is Outcome.PRESENT


@pytest.mark.parametrize("text", ["the biggest one", "one as big as possible"])
def test_the_most_of_something_changes_nothing_else_untold(text: str) -> None:
    choice = choose_variant(text, PRODUCTS["P-11"], FLASK_HELD, same_allowed=True)
    assert choice.outcome is Outcome.NEAREST
    assert choice.sold_out[0].options == {"capacity": "1 l", "colour": "black"}


@pytest.mark.parametrize(
    "text",
    ["everything the same except green", "unchanged apart from green", "the same, only green", "no, that's black, mine should be green"],
)
def test_what_follows_the_same_but_is_what_changes(text: str) -> None:
    choice = choose_variant(text, PRODUCTS["P-11"], FLASK_HELD, same_allowed=True)
    assert choice.variant is not None
    assert choice.variant.options == {"capacity": "750 ml", "colour": "green"}


def test_a_value_before_for_only_says_which_is_meant() -> None:
    choice = choose_variant("the black flask for the cheapest one", PRODUCTS["P-11"], FLASK_HELD, same_allowed=True)
    assert choice.variant is not None
    assert choice.variant.price_cents == 2400
