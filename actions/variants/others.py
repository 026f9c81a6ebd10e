"""Wishes that point elsewhere: at another product, or at another piece of the customer's own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.variants.model import Wish
from actions.variants.names import find_names
from actions.variants.scales import option_names, option_values
from actions.variants.values import tokens_of
from shop.filtering import singular
from shop.models import OrderLine, Product

_INTO = re.compile(r"\b(?:for|to|into|with|by|want|take|get|have|like)\b")
_LIKE_OWN = re.compile(
    r"\b(?:same|match(?:es|ing)?|identical|equal|(?<!d )(?<!would )(?<!i )like)\b[^.;!?]{0,60}?\b(?:"
    r"(?:my|the) (?:\w+ )?other|(?:my|the) (?:pending|delivered|second|first|previous) (?:one|order)"
    r"|already (?:have|got|bought|ordered|own|received)"
    r"|i (?:already|have|own|bought|got|ordered|received)|one from my|in my (?:pending|other|previous|last))\b"
)


def names_other_product(text: str, product: Product, known: Sequence[Product]) -> str | None:
    """The type of another product that a text wants instead ("for a mouse"); None where it names none."""
    own = _heads(product)
    types = {other.product_type for other in known if other.product_type != product.product_type}
    for part in re.split(r"[,.;!?]|\bbut\b|\band\b", text.lower()):
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
    others = [line for line in own if line.product_id == product.product_id and (present is None or line.variant_id != present.variant_id)]
    if not others or not _LIKE_OWN.search(text.lower()):
        return wishes
    options = {option for _, option in find_names(tokens_of(text), product)}
    if not options:
        ids = tuple(dict.fromkeys(str(line.variant_id) for line in others))
        return [replace(wishes[0], picked=ids, same=False)]
    values = {name: tuple(dict.fromkeys(line.options[name] for line in others if name in line.options)) for name in options}
    return [replace(wish, required={**wish.required, **values}, kept=wish.kept - options) for wish in wishes]


def _heads(product: Product) -> set[str]:
    return {singular(word) for text in (product.product_type, product.name, *product.keywords) for word in text.lower().split()}


def _is_value(words: Sequence[str], product: Product) -> bool:
    values = {token.key for name in option_names(product) for value in option_values(product, name) for token in tokens_of(value)}
    return set(words) <= values
