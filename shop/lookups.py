"""The catalogue's words, for the bot to recognise in what customers write."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from shop.filtering import singular, words_of
from shop.models import Product

_SIZES: Final = frozenset({"size", "diameter", "case size", "thickness"})
_SEPARATORS = re.compile(r",|\band\b|\bon\b|\bwith\b|\bof\b|\d+(?:-layer)?%?")
_NOT_MATERIALS: Final = frozenset({"recycled", "organic", "natural", "solid", "frosted", "brushed", "polished"})
# Everyday words that would be found in every second sentence. They stay entities by context, not by lookup.
_AMBIGUOUS: Final = frozenset(
    {"clear", "foam", "plate", "cover", "back", "board", "card", "top", "lid", "cast", "stretch", "refill", "waxed"}
)


def lookups(products: Sequence[Product]) -> dict[str, list[str]]:
    """Collect values by entity: product, product_type, brand, colour, size, capacity, material.

    Returns:
        Each entity's values, sorted, each once whatever its case; entities without values are left out.
    """
    found = {
        "product": _names(products),
        "product_type": _types(products),
        "brand": (product.brand for product in products),
        "colour": _options(products, lambda option: "colour" in option or "color" in option),
        "size": _options(products, lambda option: option in _SIZES),
        "capacity": _options(products, lambda option: option == "capacity"),
        "material": chain(_materials(products), _options(products, lambda option: option == "material")),
    }
    return {entity: values for entity, each in found.items() if (values := _unique(each))}


def write_rasa_lookups(products: Sequence[Product], path: Path) -> None:
    """Write `lookups` as Rasa lookup tables.

    Left out is what would be found where it is not meant: single letters and bare numbers (a size is written "size M"),
    everyday words, and colours that are also materials, because an exact match cannot tell which is which.
    """
    tables = lookups(products)
    tables["size"] = [value for size in tables.get("size", []) for value in _told_as_size(size)]
    tables["colour"] = [colour for colour in tables.get("colour", []) if colour not in tables.get("material", [])]
    text = "".join(_table(entity, values) for entity, values in tables.items() if values)
    path.write_text(f'version: "3.1"\n\nnlu:\n{text}', encoding="utf-8")


def _table(entity: str, values: Iterable[str]) -> str:
    examples = "".join(f"      - {value}\n" for value in values if value.casefold() not in _AMBIGUOUS)
    return f"  - lookup: {entity}\n    examples: |\n{examples}"


def _told_as_size(size: str) -> list[str]:
    # The "s" of "what's" and the quantity "42" must not become sizes.
    return [f"size {size}"] if len(size) == 1 or size.isdigit() else [size]


def _unique(values: Iterable[str]) -> list[str]:
    by_fold = {value.casefold(): value for value in values if value}
    return [by_fold[fold] for fold in sorted(by_fold)]


def _names(products: Iterable[Product]) -> Iterator[str]:
    for product in products:
        yield product.name
        if len(short := _without_type(product)) > 1:
            yield " ".join(short)
        yield from _forms(product.product_type)


def _without_type(product: Product) -> list[str]:
    """The name's words without those of the type at its end: "Kestrel K2"."""
    words = product.name.split()
    while words and words_of(words[-1]) <= words_of(product.product_type):
        words.pop()
    return words


def _types(products: Iterable[Product]) -> Iterator[str]:
    return (form for product in products for form in _forms(product.product_type))


def _forms(product_type: str) -> tuple[str, str, str]:
    """The type as written, its singular and its plural; a type without the one simply repeats the other."""
    *before, noun = product_type.split()
    one = singular(noun)
    many = noun if noun != one else one + ("es" if one.endswith(("s", "x", "ch", "sh")) else "s")
    return product_type, " ".join([*before, one]), " ".join([*before, many])


def _options(products: Iterable[Product], wanted: Callable[[str], bool]) -> Iterator[str]:
    for product in products:
        for variant in product.variants:
            yield from (value for option, value in variant.options.items() if wanted(option))


def _materials(products: Iterable[Product]) -> Iterator[str]:
    """Materials as written ("organic cotton"), and the single words that several products share ("cotton")."""
    parts = {part for product in products for part in _parts(product.attributes.get("material", "").casefold())}
    yield from parts
    common = Counter(word for part in parts for word in set(part.split()))
    yield from (word for word, count in common.items() if count > 1 and word not in _NOT_MATERIALS and len(word) > 2)


def _parts(material: str) -> Iterator[str]:
    return (part.strip(" .") for part in _SEPARATORS.split(material) if len(part.strip(" .")) > 2)
