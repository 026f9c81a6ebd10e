"""Which products a filter leaves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shop.models import Product, ProductFilter, Variant

_WORD = re.compile(r"[^\W_]+(?:[.,']\d+)?")


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case and singular, so that "Headphones" meets "headphone"."""
    return frozenset(singular(word) for word in _WORD.findall(text.casefold()))


def singular(word: str) -> str:
    """Take a plural ending off an English word in lower case; words it does not know stay as they are."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


@dataclass(frozen=True)
class SearchText:
    """A product's words, read once."""

    name: frozenset[str]
    kind: frozenset[str]
    everything: frozenset[str]

    @classmethod
    def of(cls, product: Product) -> "SearchText":
        """Take name, type, brand and keywords."""
        name, kind = words_of(product.name), words_of(product.product_type)
        return cls(name, kind, name | kind | words_of(" ".join([product.brand, *product.keywords])))


def ranked(candidates: Iterable[tuple[Product, SearchText]], query: ProductFilter) -> Iterator[Product]:
    """The products that satisfy `query`, those whose name holds all of its words first, else in catalogue order."""
    wanted, kind = words_of(query.text or ""), words_of(query.product_type or "")
    fitting = [
        (product, text)
        for product, text in candidates
        if wanted <= text.everything and kind in (frozenset(), text.kind) and _satisfies(product, query)
    ]
    fitting.sort(key=lambda pair: not wanted <= pair[1].name)
    return (product for product, _ in fitting)


def _satisfies(product: Product, query: ProductFilter) -> bool:
    return (
        (query.brand is None or query.brand.casefold() == product.brand.casefold())
        and _carries(product.attributes, query.attributes)
        and any(fits(variant, query) for variant in product.variants)
    )


def told_of(value: str, variants: Sequence[Variant]) -> list[Variant]:
    """The variants that a record's value is true of: "38 dB with quiet red switches" of those with quiet red, "2 years" of all."""
    text = value.casefold()
    named = [{name for name, one in variant.options.items() if _stands_in(one.casefold(), text)} for variant in variants]
    limited = set[str]().union(*named)
    return [variant for variant, names in zip(variants, named, strict=True) if names == limited]


def _stands_in(option: str, text: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(option)}(?!\w|[.,]\d)", text) is not None


def fits(variant: Variant, query: ProductFilter) -> bool:
    """Whether one variant has the wanted options, price and stock."""
    return (
        _carries(variant.options, query.options)
        and (query.min_price_cents is None or variant.price_cents >= query.min_price_cents)
        and (query.max_price_cents is None or variant.price_cents <= query.max_price_cents)
        and (not query.in_stock or variant.available)
    )


def _carries(values: dict[str, str], wanted: dict[str, str]) -> bool:
    if not wanted:
        return True
    folded = {name.casefold(): value.casefold() for name, value in values.items()}
    return all(folded.get(name.casefold()) == value.casefold() for name, value in wanted.items())
