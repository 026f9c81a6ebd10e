import pytest

from shop.filtering import SearchText, ranked, singular
from shop.models import Product, ProductFilter, Variant, VariantId
from tests.shop.builders import product

RED = Variant(variant_id=VariantId("s-red"), options={"size": "42", "colour": "red"}, price_cents=9000, stock=0)
BLUE = Variant(variant_id=VariantId("s-blue"), options={"size": "43", "colour": "blue"}, price_cents=7000, stock=3)
SHOES = product("stride", "running shoes", brand="Calder", variants=[RED, BLUE], attributes={"surface": "trail"}, keywords=["jogging"])
LAMP = product("reading-lamp", "desk lamp", brand="Tarn & Vale", price_cents=5000)
LIGHT = product("glow", "desk lamp", keywords=["lamp", "reading"])


def names(**fields: object) -> list[str]:
    query = ProductFilter.model_validate(fields)
    candidates: list[Product] = [LIGHT, SHOES, LAMP]
    return [found.product_id for found in ranked([(each, SearchText.of(each)) for each in candidates], query)]


def test_an_empty_filter_leaves_everything() -> None:
    assert names() == ["glow", "stride", "reading-lamp"]


@pytest.mark.parametrize("kind", ["running shoes", "Running Shoe", "RUNNING SHOES"])
def test_a_type_is_known_in_singular_and_plural(kind: str) -> None:
    assert names(product_type=kind) == ["stride"]


def test_one_variant_has_to_have_it_all() -> None:
    assert names(options={"Size": "42", "colour": "Red"}) == ["stride"]
    assert names(options={"size": "42", "colour": "blue"}) == []
    assert names(options={"size": "42"}, in_stock=True) == []
    assert names(options={"size": "42"}, max_price_cents=8000) == []
    assert names(options={"size": "43"}, max_price_cents=8000, in_stock=True) == ["stride"]


def test_prices_include_their_bounds() -> None:
    assert names(min_price_cents=7000, max_price_cents=7000) == ["stride"]
    assert names(min_price_cents=9001) == []


def test_brand_and_attributes_compare_without_case() -> None:
    assert names(brand="tarn & vale") == ["reading-lamp"]
    assert names(attributes={"Surface": "TRAIL"}) == ["stride"]
    assert names(attributes={"surface": "road"}) == []


def test_text_looks_at_name_type_brand_and_keywords_and_prefers_the_name() -> None:
    assert names(text="reading lamps") == ["reading-lamp", "glow"]
    assert names(text="calder jogging shoe") == ["stride"]
    assert names(text="purple lamp") == []


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("watches", "watch"),
        ("batteries", "battery"),
        ("glass", "glass"),
        ("dresses", "dress"),
        ("boxes", "box"),
        ("lamps", "lamp"),
        ("bus", "bus"),
    ],
)
def test_plurals_are_taken_off(many: str, one: str) -> None:
    assert singular(many) == one
