"""Reasons, each a fact of the shop's records in a few words. Nothing is said that a record does not hold."""

import re
from collections.abc import Sequence

from recommendation.models import Baskets
from shop.filtering import told_of, words_of
from shop.models import Product, ProductFilter, Variant
from shop.wording import money

_SAME_MOST = 2
_QUOTE_MOST = 90
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def same_options(anchor: Variant, variant: Variant) -> list[str]:
    """Options that both variants share, such as "same size (42 mm)"."""
    shared = [name for name, value in anchor.options.items() if variant.options.get(name, "").casefold() == value.casefold()]
    return [f"same {name} ({variant.options[name]})" for name in shared]


def same_attributes(anchor: Product, product: Product) -> list[str]:
    """Attributes that both products share, such as "same material (wool)"."""
    shared = [name for name, value in anchor.attributes.items() if product.attributes.get(name, "").casefold() == value.casefold()]
    return [f"same {name} ({product.attributes[name]})" for name in shared[:_SAME_MOST]]


def price_difference(anchor: Variant, variant: Variant, currency: str) -> list[str]:
    """How the price compares, such as "20.00 EUR cheaper"."""
    difference = variant.price_cents - anchor.price_cents
    if difference == 0:
        return ["same price"]
    return [f"{money(abs(difference), currency)} {'cheaper' if difference < 0 else 'more'}"]


def same_brand(anchor: Product, product: Product) -> list[str]:
    """That both come from one brand."""
    return [f"also by {product.brand}"] if anchor.brand == product.brand else []


def carries_words(need: str, product: Product, variants: Sequence[Variant]) -> tuple[list[str], Variant]:
    """Where words of the need stand in the product's attributes, or else in its own text: a sentence of it, its type, or another name.

    Args:
        need: The customer's words.
        product: The product.
        variants: Those that may be shown, the preferred first; at least one.

    Returns:
        The reasons, and the first variant that they are true of: a noise level "with quiet red switches" is none of the clicky one's.
    """
    wanted = words_of(need) - _FILLERS
    shown, attributes = list(variants), list[str]()
    for name, value in product.attributes.items():
        true_of = told_of(value, product.variants)
        if wanted & words_of(f"{name} {value}") and (left := [variant for variant in shown if variant in true_of]):
            shown = left
            attributes.append(f"{name}: {value}")
    return attributes[:_SAME_MOST] or _quoted(wanted, product.description) or _named(wanted, product), shown[0]


def _quoted(wanted: frozenset[str], description: str) -> list[str]:
    """The one sentence of the description that holds most of the words, where it is short enough for a card."""
    sentences = [one.strip() for one in _SENTENCE_END.split(description)]
    fitting = [one for one in sentences if wanted & words_of(one) and len(one) <= _QUOTE_MOST]
    best = max(fitting, key=lambda one: len(wanted & words_of(one)), default="")
    return [best.rstrip(".")] if best else []


def _named(wanted: frozenset[str], product: Product) -> list[str]:
    """That the product is called so: by its type or name, or by a word that customers use for it."""
    if wanted & words_of(f"{product.name} {product.product_type}"):
        return [product.product_type]
    known = [word for word in product.keywords if wanted & words_of(word)]
    return [f"also called {known[0]}"] if known else []


def within_price(filters: ProductFilter, variant: Variant, currency: str) -> list[str]:
    """That the price keeps the customer's limit."""
    if filters.max_price_cents is None:
        return []
    return [f"{money(variant.price_cents, currency)}, within your {money(filters.max_price_cents, currency)}"]


def bought_with(anchor: Product, product: Product, baskets: Baskets, whose: str = "the") -> list[str]:
    """In how many orders both were bought together."""
    count = baskets.together(anchor.product_id, product.product_id)
    return [f"bought together with {whose} {anchor.name} in {count} orders"] if count > 1 else []


def often_bought(product: Product, baskets: Baskets) -> list[str]:
    """In how many orders it was bought."""
    count = baskets.counts[product.product_id]
    return [f"bought in {count} orders"] if count > 1 else []


def rating(product: Product, least: int = 2) -> list[str]:
    """What buyers gave it on average, where enough of them did."""
    ratings = [review.rating for review in product.reviews]
    return [f"rated {sum(ratings) / len(ratings):.1f} of 5 by {len(ratings)} buyers"] if len(ratings) >= least else []


_FILLERS = words_of(
    "a an the i me my we you something anything some any one ones thing for with without and or of to in on at is are be it that this "
    "which need want looking look recommend recommendation suggest suggestion good best nice great please can could would give show "
    "find get buy "
    "under over below above euro eur dollar less more than cheap what do like love loves someone him her dad mum mom gift present"
)
