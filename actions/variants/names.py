"""The names of options in a text: "screen size", "the colour", and other words for them."""

from collections.abc import Sequence

from actions.variants.scales import option_names
from actions.variants.values import Token, tokens_of
from shop.models import Product

_STEM, _PREFIX = 6, 4
_MORE_NAMES = {
    "colour": ("color", "shade", "tone"), "color": ("colour", "shade", "tone"), "storage": ("memory", "disk", "drive", "space"),
    "ram": ("memory",), "processor": ("cpu", "chip"), "material": ("fabric", "made"), "capacity": ("volume", "holds"),
    "screen": ("display",), "display": ("screen",), "length": ("long",), "height": ("tall",), "connectivity": ("connection",),
    "strap": ("band", "bracelet"), "band": ("strap", "bracelet"), "power": ("powered",), "brightness": ("bright",),
    "compatibility": ("compatible",), "difficulty": ("level",), "scent": ("smell", "fragrance"), "size": ("sized",),
}  # fmt: skip
_SAME_MEANING = (
    frozenset({("waterproof",), ("water", "resistance"), ("water", "proof"), ("water", "resistant"), ("waterproofing",)}),
    frozenset({("rechargeable",), ("recharge",)}),
)
"""Names of options that say only whether, and mean the same to a customer."""


def own_words(option: str) -> tuple[str, ...]:
    """The words of an option's own name."""
    return tuple(token.key for token in tokens_of(option) if not token.is_sign)


def name_words(option: str) -> tuple[str, ...]:
    """The words that an option goes by: those of its name and other words for them."""
    own = own_words(option)
    return tuple(dict.fromkeys([*own, *(more for word in own for more in _MORE_NAMES.get(word, ()))]))


def names_of(option: str) -> list[tuple[str, ...]]:
    """The names in full that an option goes by."""
    own = own_words(option)
    return [own, *(name for names in _SAME_MEANING if own in names for name in sorted(names) if name != own)]


def find_names(tokens: Sequence[Token], product: Product) -> list[tuple[int, str]]:
    """Where a text says the name of an option, or another word for it: positions and names."""
    found = []
    for option in option_names(product):
        words = name_words(option)
        found += [(at, option) for at, token in enumerate(tokens) if any(same_stem(token.key, word) for word in words)]
    return sorted(found)


def match_name(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int | None:
    """One past the end of a name in full that begins at a token, or None."""
    for offset, word in enumerate(words):
        if at + offset >= len(tokens) or not same_stem(tokens[at + offset].key, word):
            return None
    return at + len(words)


def same_stem(said: str, word: str) -> bool:
    """Whether two words are forms of one: "resistant" and "resistance"."""
    if said == word:
        return True
    if min(len(said), len(word)) >= _PREFIX and (said.startswith(word) or word.startswith(said)):
        return True
    shared = min(len(said), len(word), _STEM)
    return shared > _PREFIX and said[:shared] == word[:shared] and not said.isdigit()


def is_near(tokens: Sequence[Token], start: int, end: int, option: str) -> int:
    """How many words beside a place, in the same breath, are of an option's name: "a black frame", "lens colour: blue"."""
    before, after = [token.key for token in tokens[max(0, start - 4) : start]], [token.key for token in tokens[end : end + 2]]
    while (comma := next((index for index, key in enumerate(before) if key in {",", ".", ";", "and"}), None)) is not None:
        before = before[comma + 1 :]
    stop = next((index for index, key in enumerate(after) if key in {",", ".", ";", "and", ":"}), len(after))
    near = {*before, *after[:stop]}
    return sum(any(same_stem(key, word) for key in near) for word in name_words(option))


def is_in_name(start: int, tokens: Sequence[Token], option: str) -> bool:
    """Whether a token stands in the name in full of an option of several words, such as "bagged/bagless"."""
    words = own_words(option)
    said = [(token.key, at) for at, token in enumerate(tokens) if not token.is_sign]
    runs = (said[first : first + len(words)] for first in range(len(said) - len(words) + 1))
    return len(words) > 1 and any(tuple(key for key, _ in run) == words and start in {at for _, at in run} for run in runs)
