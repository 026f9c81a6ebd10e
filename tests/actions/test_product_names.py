import pytest

from actions.product_names import ProductNames
from tests.actions.goods import shop_data

PRODUCTS = shop_data().products
NAMES = ProductNames(PRODUCTS)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how much is the quillon hush", "P-1"),
        ("the Quilon Hush 75", "P-1"),
        ("nordlys fold", "P-4"),
        ("is the nordlis lamp in stock", "P-4"),
        ("calder tide", "P-7"),
        ("the heavy tee", "P-6"),
        ("palm rest", "P-10"),
    ],
)
def test_a_product_is_found_by_its_name_with_typing_errors(text: str, meant: str) -> None:
    match = NAMES.find(text)
    assert match.only is not None
    assert match.only.product_id == meant


def test_a_type_gives_all_its_products() -> None:
    match = NAMES.find("how much are your keyboards")
    assert {product.product_id for product in match.products} == {"P-1", "P-2", "P-3"}
    assert not match.by_name


@pytest.mark.parametrize("text", ["a toaster", "is it in stock", "hello", ""])
def test_words_the_catalogue_lacks_name_nothing(text: str) -> None:
    assert NAMES.find(text).products == ()


@pytest.mark.parametrize(
    "text", ["quillon hush vs quillon clatter", "compare the hush with the clatter", "difference between hush and clatter"]
)
def test_both_sides_of_a_comparison_are_found(text: str) -> None:
    assert [product.product_id for product in NAMES.find_several(text)] == ["P-1", "P-2"]


def test_a_question_stands_without_the_products_name() -> None:
    question = NAMES.without_name("is the Quillon Hush 75 keyboard waterproof?", PRODUCTS[0])
    assert question == "is it waterproof?"


@pytest.mark.parametrize("word", ["lawyer", "letter", "manager", "really"])
def test_words_of_everyday_talk_are_no_typing_errors(word: str) -> None:
    names = ProductNames([PRODUCTS[0].model_copy(update={"keywords": ["layer", "latter", "manger", "relly"]})])
    assert names.mend_words(f"a {word}") == f"a {word}"
    assert names.find(f"my {word} will hear of it").products == ()


@pytest.mark.parametrize("text", ["how many tshirts do you have?", "a tshirt for my son"])
def test_a_kind_written_as_one_word_is_the_same_kind(text: str) -> None:
    assert {product.product_type for product in NAMES.find_plain(text)} == {"t-shirt"}
