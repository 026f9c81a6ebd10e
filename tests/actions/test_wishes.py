import pytest

from actions.product_words import wish_words
from actions.turn import Request
from actions.wishes import Vocabulary, Wishes, read_wishes
from tests.actions.goods import shop_data

VOCABULARY = Vocabulary.of(shop_data().products)


def wishes(text: str, **entities: str) -> Wishes:
    found = tuple({"entity": name, "value": value} for name, value in entities.items())
    return read_wishes(Request("search_product", text, entities=found), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("a keyboard under 100", None, 10000),
        ("keyboards under 99.50 euros", None, 9950),
        ("between 50 and 80 euros", 5000, 8000),
        ("from 50 to 80", 5000, 8000),
        ("50-80 €", 5000, 8000),
        ("over 100 eur", 10000, None),
        ("at least 20", 2000, None),
        ("max 1200", None, 120000),
        ("up to €60", None, 6000),
        ("a watch for 200 euros", None, 20000),
        ("something for my dad", None, None),
        ("a lamp under 60 cm", None, None),
        ("size 42", None, None),
    ],
)
def test_price_ranges_are_read_in_cents(text: str, least: int | None, most: int | None) -> None:
    filters = wishes(text).filters
    assert (filters.min_price_cents, filters.max_price_cents) == (least, most)


def test_a_limit_is_told_in_the_shops_own_currency() -> None:
    dollars = Vocabulary.of([product.model_copy(update={"currency": "USD"}) for product in shop_data().products])
    assert wish_words(read_wishes(Request("search_product", "a lamp up to 60"), dollars)) == " up to 60.00 USD"
    assert wish_words(wishes("a lamp up to $60")) == " up to 60.00 EUR"


def test_options_brand_and_type_become_filters() -> None:
    found = wishes("do you have black t-shirts by Pellworth in size M under 30")
    assert found.filters.product_type == "t-shirt"
    assert found.filters.brand == "Pellworth"
    assert found.filters.options == {"colour": "black", "size": "M"}
    assert found.filters.max_price_cents == 3000


def test_a_bare_letter_or_number_is_no_size() -> None:
    assert wishes("what's m favourite, 42 things").filters.options == {}
    assert wishes("size 42 please").filters.options == {"size": "42"}


def test_a_colour_the_shop_lacks_is_told_and_not_filtered() -> None:
    found = wishes("a pink lamp", colour="pink")
    assert found.unmet == ("pink",)
    assert found.filters.options == {}


def test_cheaper_is_a_wish_unless_an_amount_is_named() -> None:
    assert wishes("anything cheaper?").cheaper
    assert not wishes("cheaper than 50 euros").cheaper
    assert wishes("cheaper than 50 euros").filters.max_price_cents == 5000


def test_the_rest_stays_as_words_for_the_search() -> None:
    assert wishes("I'm looking for a quiet keyboard under 100 euros").words == "quiet keyboard"
    assert wishes("show me something").is_empty
