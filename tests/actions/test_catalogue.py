import pytest

from actions.catalogue import asks_bare_count, asks_difference, catalogue_words, difference_words, types_words, versions_asked
from tests.actions.goods import shop_data
from tests.actions.versions import BIKE, CURTAIN, LANTERN, POT, RIDE, SIMMER, TORCH

PRODUCTS = shop_data().products
TEE = next(product for product in PRODUCTS if product.product_id == "P-6")
KEYBOARDS = [product for product in PRODUCTS if product.product_type == "keyboard"]


@pytest.mark.parametrize(
    "text", ["how many t-shirt options do you have?", "how many different heavy tees are there", "exactly how many versions are available"]
)
def test_versions_are_counted_in_all_and_in_stock(text: str) -> None:
    told = catalogue_words(text, [TEE])
    assert told is not None
    assert "3 versions; 2 of them are in stock" in told


def test_how_many_there_are_and_which_is_the_cheapest_are_both_told() -> None:
    told = catalogue_words("how many versions are there exactly, and what's the cheapest?", [TEE])
    assert told is not None
    assert "3 versions" in told
    assert "23.00 EUR" in told


def test_a_whole_type_is_counted_by_products_and_versions() -> None:
    told = catalogue_words("how many keyboards do you have?", KEYBOARDS)
    assert told == "We have 3 products of the type keyboard, in 4 versions altogether; 3 of these versions are in stock right now."


@pytest.mark.parametrize("text", ["which colours does it come in?", "what colors are available", "how many colours are there?"])
def test_the_values_of_an_option_are_listed(text: str) -> None:
    assert catalogue_words(text, [TEE]) == "The Pellworth Heavy Tee comes in 2 colour choices: black, white."


@pytest.mark.parametrize("text", ["what options do you have for it?", "which versions are there", "show me the variants"])
def test_the_versions_in_stock_are_listed_with_their_prices(text: str) -> None:
    told = catalogue_words(text, [TEE])
    assert told is not None
    assert told.endswith("In stock: M, black (25.00 EUR); M, white (23.00 EUR).")


@pytest.mark.parametrize("text", ["what is the cheapest keyboard?", "least expensive keyboard", "the keyboard with the lowest price"])
def test_the_cheapest_of_a_type_is_named_with_its_price(text: str) -> None:
    told = catalogue_words(text, KEYBOARDS)
    assert told == "The cheapest keyboard in stock is the Juniper Row Felt Keyboard (grey) at 69.00 EUR."


def test_the_most_expensive_that_fits_is_named() -> None:
    told = catalogue_words("what's the most expensive 16 inch bike?", [BIKE])
    assert told is not None
    assert "16-inch, n7, 25kg rack, black" in told


def test_prices_are_added_up() -> None:
    told = catalogue_words("how much are both together?", [KEYBOARDS[1], KEYBOARDS[2]])
    assert told == "198.00 EUR together: Quillon Clatter 100 129.00 EUR and Juniper Row Felt Keyboard 69.00 EUR."


@pytest.mark.parametrize("text", ["what do you sell?", "which types of products do you have?", "list your product categories"])
def test_the_types_are_listed_with_their_numbers(text: str) -> None:
    told = types_words(text, PRODUCTS)
    assert told is not None
    assert told.startswith(f"We sell {len({product.product_type for product in PRODUCTS})} types of product: ")
    assert "desk lamp (2)" in told


@pytest.mark.parametrize("text", ["is it quiet?", "how heavy is it", "do you have it in black", "what is your return policy"])
def test_other_questions_are_left_alone(text: str) -> None:
    assert catalogue_words(text, [TEE]) is None
    assert types_words(text, PRODUCTS) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("is it in stock with eyelet and thermal lining", 3),
        ("the eyelet one at 80% with thermal lining", 1),
        ("is there one in stock", None),
        ("in purple", None),
    ],
)
def test_words_single_out_versions(text: str, count: int | None) -> None:
    found = versions_asked(text, CURTAIN)
    assert (None if found is None else len(found)) == count


def test_a_version_that_does_not_exist_is_none() -> None:
    assert versions_asked("in pink", LANTERN) == []
    assert versions_asked("with 15 hours of burn time", TORCH) == []


@pytest.mark.parametrize("text", ["how much more is the 3 litre one?", "what's the price difference to the biggest?", "does 3 l cost more"])
def test_a_difference_is_told_against_what_was_paid(text: str) -> None:
    assert asks_difference(text)
    told = difference_words(text, SIMMER, POT)
    assert told == "You paid 71.00 EUR for your Arbel Simmer (1 l, glass, black). Now 3 l, glass, black costs 85.00 EUR, 14.00 EUR more."


def test_a_cheaper_version_is_told_to_cost_less() -> None:
    told = difference_words("how much less is the 5kg one", RIDE, BIKE)
    assert told is not None
    assert told.endswith("7.00 EUR less.")


@pytest.mark.parametrize("text", ["A number please. How many exactly?", "how many?", "Just the number, please", "no, how many are there"])
def test_a_number_that_is_asked_for_again_is_told_from_other_counts(text: str) -> None:
    assert asks_bare_count(text)
    assert not asks_bare_count(f"{text} And where is my order?")
