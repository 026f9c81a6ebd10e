"""Wishes that point elsewhere: at another product, or at another piece of the customer's own."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from actions.mentions import Thing, find_mentions, words_of
from actions.variants.likeness import likeness_in, ranks_others, without_likeness
from actions.variants.model import PRICE, Wish
from actions.variants.names import find_names
from actions.variants.scales import option_names, option_values
from actions.variants.values import tokens_of
from shop.filtering import singular
from shop.models import OrderLine, Product

_INTO = re.compile(r"\b(?:for|to|into|with|by|want|take|get|have|like)\b")


def names_other_product(text: str, product: Product, known: Sequence[Product]) -> str | None:
    """The type of another product that a text wants instead ("for a mouse"); None where it names none."""
    own = _heads(product)
    types = {other.product_type for other in known if other.product_type != product.product_type}
    for part in re.split(r"[,.;!?]|\bbut\b|\band\b", without_likeness(text).lower()):
        words = [singular(word) for word in re.findall(r"[\w-]+", _INTO.split(part)[-1])] if _INTO.search(part) else []
        if own & set(words):
            continue
        for kind in sorted(types, key=len, reverse=True):
            wanted = [singular(word) for word in kind.lower().split()]
            if wanted[-1] in words and all(word in words for word in wanted) and not _is_value(wanted, product):
                return kind
    return None


def with_own_variants(
    wishes: Sequence[Wish], text: str, product: Product, present: OrderLine | None, own: Sequence[OrderLine]
) -> Sequence[Wish]:
    """Fill in what "the same as in my other order" means: that piece, or the option of it that is named."""
    likeness = likeness_in(text)
    if likeness is None:
        return wishes
    inside = {option for _, option in find_names(tokens_of(likeness), product)}
    options = inside or {option for _, option in find_names(tokens_of(text), product)}
    alike = [line for line in own if line.product_id == product.product_id and (present is None or line.variant_id != present.variant_id)]
    if options and not ranks_others(likeness):
        models = _named_models(likeness, product, own) or alike
        values = {name: tuple(dict.fromkeys(line.options[name] for line in models if name in line.options)) for name in options}
        known = {name: found for name, found in values.items() if found and set(found) <= set(option_values(product, name))}
        return [replace(wish, required={**known, **_beside(wish, inside)}, kept=wish.kept - known.keys(), same=False) for wish in wishes]
    return [_like(wish, _ranked(alike, wish, product), present) for wish in wishes]


def _ranked(models: Sequence[OrderLine], wish: Wish, product: Product) -> list[OrderLine]:
    """Of several models, the one of which its price tells: "the cheaper of the other two in that order"."""
    signs = [one.sign for one in wish.extremes if one.option == PRICE] + [one.sign for one in wish.comparisons if one.option == PRICE]
    sign = next(iter(signs), 0)
    prices = {str(one.variant_id): one.price_cents for one in product.variants}
    priced = [line for line in models if str(line.variant_id) in prices]
    if not sign or not priced or wish.required.keys() - _shared(priced):
        return list(models)
    best = max(sign * prices[str(line.variant_id)] for line in priced)
    return [line for line in priced if sign * prices[str(line.variant_id)] == best]


def _shared(models: Sequence[OrderLine]) -> set[str]:
    """The options that all of the models have alike, so that naming them tells none apart."""
    return {name for name in models[0].options if len({line.options.get(name) for line in models}) == 1}


def _beside(wish: Wish, inside: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What is wished for besides the options that shall be as in the model."""
    return {name: values for name, values in wish.required.items() if name not in inside}


def _like(wish: Wish, models: Sequence[OrderLine], present: OrderLine | None) -> Wish:
    """The models themselves; or, "but in green", the one model's options where others are not wished for."""
    # "The black one like my other one": black only says which is meant.
    own = {name: (value,) for name, value in present.options.items()} if present else {}
    wish = replace(wish, required={name: values for name, values in wish.required.items() if own.get(name) != values})
    if not wish.touched and models:
        return replace(wish, picked=tuple(dict.fromkeys(str(line.variant_id) for line in models)), same=False)
    if len({line.variant_id for line in models}) == 1:
        wanted = {name: (value,) for name, value in models[0].options.items() if name not in wish.touched}
        return replace(wish, required={**wanted, **wish.required}, same=False)
    # Where nothing is like that, "the same" means none of what the customer has.
    return replace(wish, same=False)


def _named_models(likeness: str, product: Product, own: Sequence[OrderLine]) -> list[OrderLine]:
    """Pieces of other products that are named: "the same colour as my boots"."""
    others = [line for line in own if line.product_id != product.product_id]
    found = find_mentions(likeness, [Thing(str(number), words_of(line.name)) for number, line in enumerate(others)])
    return [others[int(key)] for key in (*found.keys, *found.unsure)]


def _heads(product: Product) -> set[str]:
    return {singular(word) for text in (product.product_type, product.name, *product.keywords) for word in text.lower().split()}


def _is_value(words: Sequence[str], product: Product) -> bool:
    values = {token.key for name in option_names(product) for value in option_values(product, name) for token in tokens_of(value)}
    return set(words) <= values
