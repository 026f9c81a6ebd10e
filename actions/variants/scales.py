"""Which of an option's values is more: numbers with units, sizes, grades. Where nothing tells, there is no order."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from actions.variants.values import measure_of, tokens_of, value_words
from shop.models import Product

_LADDERS = (
    ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "3xl", "4xl", "5xl"),
    ("mini", "travel", "portable", "compact", "s", "standard", "regular", "m", "l", "big", "jumbo", "king"),
    ("twin", "single", "double", "queen", "king"),
    ("none", "off", "low", "medium", "m", "middle", "high", "maximum", "max"),
    ("none", "soft", "gentle", "m", "firm", "hard"),
    ("easy", "beginner", "starter", "intermediate", "m", "advanced", "hard", "expert"),
    ("basic", "standard", "plus", "premium", "pro", "professional", "deluxe", "ultra"),
    ("dim", "m", "bright"),
    ("thin", "slim", "m", "thick"),
    ("light", "m", "dark"),
    ("half", "full"),
    ("child", "kid", "youth", "adult"),
)
_SERIES = re.compile(r"([a-z]+)(\d+)")


@lru_cache(maxsize=1024)
def scale_of(values: frozenset[str]) -> dict[str, float] | None:
    """Each value's place, more being higher; None where the values cannot be put in an order for sure."""
    ordered = sorted(values)
    for ranking in (_by_measure, _by_ladder, _by_series):
        ranks = ranking(ordered)
        if ranks is not None and len(set(ranks)) > 1:
            return dict(zip(ordered, ranks, strict=True))
    return None


def option_values(product: Product, option: str) -> tuple[str, ...]:
    """The distinct values of an option, in the catalogue's order."""
    return tuple(dict.fromkeys(variant.options[option] for variant in product.variants if option in variant.options))


def option_names(product: Product) -> tuple[str, ...]:
    """The names of a product's options, in the catalogue's order."""
    return tuple(dict.fromkeys(name for variant in product.variants for name in variant.options))


def product_scale(product: Product, option: str) -> dict[str, float] | None:
    """The scale of one of a product's options, or None."""
    return scale_of(frozenset(option_values(product, option)))


def dimensions_of(values: Iterable[str]) -> frozenset[str]:
    """The kinds of measure that values are given in, such as volume."""
    return frozenset(measure[0] for value in values for token in tokens_of(value) if (measure := measure_of(token.key)))


def place_of(key: str, values: Sequence[str]) -> float | None:
    """Where a measure or a size that no value carries would stand on the values' scale; None where it cannot."""
    measure = measure_of(key)
    if measure is not None:
        return measure[1] if measure[0] in dimensions_of(values) and _by_measure(values) is not None else None
    is_letter = key in _LADDERS[0] and all(set(_rungs(value)) & set(_LADDERS[0]) for value in values)
    return (scale_of(frozenset([*values, key])) or {}).get(key) if is_letter and _by_ladder(values) is not None else None


def is_rung(key: str) -> bool:
    """Whether a word is a size or a grade, so that it may be compared."""
    return any(key in ladder for ladder in _LADDERS)


def _by_measure(values: Sequence[str]) -> list[float] | None:
    found = [_measure(value) for value in values]
    kinds = {measure[0] for measure in found if measure}
    if len(kinds) != 1 or any(measure is None and not _is_none(value) for value, measure in zip(values, found, strict=True)):
        return None
    return [measure[1] if measure else 0.0 for measure in found]


def _measure(value: str) -> tuple[str, float] | None:
    denies, words = value_words(value)
    if words == ("full", "size") or words == ("full",):
        return "percent", 100.0
    measures = [measure for word in words if (measure := measure_of(word))]
    return measures[0] if len(measures) == 1 and not denies else None


def _is_none(value: str) -> bool:
    return value_words(value)[0]


def _by_ladder(values: Sequence[str]) -> list[float] | None:
    said = [_rungs(value) for value in values]
    for ladder in _LADDERS:
        places = [[ladder.index(word) for word in words if word in ladder] for words in said]
        if all(len(place) == 1 for place in places):
            return [float(place[0]) for place in places]
    return None


def _rungs(value: str) -> tuple[str, ...]:
    denies, words = value_words(value)
    return ("none",) if denies else words


def _by_series(values: Sequence[str]) -> list[float] | None:
    words = [_rungs(value) for value in values]
    heads = [_SERIES.fullmatch(word[0].replace(" ", "")) if word and word[0] != "none" else None for word in words]
    named = {head[1] for head in heads if head}
    if len(named) != 1 or any(head is None and word != ("none",) for head, word in zip(heads, words, strict=True)):
        return None
    # A4 is larger than A5: paper is counted by how often it was folded.
    sign = -1.0 if named == {"a"} else 1.0
    return [sign * float(head[2]) if head else 0.0 for head in heads]
