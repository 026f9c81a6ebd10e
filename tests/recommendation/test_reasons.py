"""A reason and the price on its card belong to the same version."""

import pytest

from recommendation.reasons import carries_words
from shop.filtering import told_of
from shop.models import Product, Variant
from tests.actions.goods import shop_data

TEE = next(product for product in shop_data().products if product.product_id == "P-6")


def sized(value: str) -> Product:
    return TEE.model_copy(update={"attributes": {"weight": value}})


def sizes(variants: list[Variant]) -> set[str]:
    return {variant.options["size"] for variant in variants}


def test_a_value_that_names_a_version_is_true_of_that_version_alone() -> None:
    assert sizes(told_of("180 g in L", TEE.variants)) == {"L"}


@pytest.mark.parametrize("value", ["100% cotton", "180 g", "blackcurrant dye"])
def test_a_value_that_names_none_is_true_of_all(value: str) -> None:
    assert told_of(value, TEE.variants) == list(TEE.variants)


def test_the_card_shows_a_version_that_the_reason_is_true_of() -> None:
    why, variant = carries_words("low weight", sized("180 g in L"), sorted(TEE.variants, key=lambda one: one.price_cents))
    assert why == ["weight: 180 g in L"]
    assert variant.options["size"] == "L"


def test_a_reason_that_no_version_on_offer_has_is_not_given() -> None:
    others = [variant for variant in TEE.variants if variant.options["size"] != "L"]
    why, variant = carries_words("low weight", sized("180 g in L"), others)
    assert why == []
    assert variant is others[0]
