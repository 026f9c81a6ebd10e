"""Where a text names option values: in full, by a word of theirs, with typing errors, or denied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from actions.variants.scales import dimensions_of, option_names, option_values, place_of
from actions.variants.values import NEGATIONS, Token, measure_of, printed_number, tokens_of, value_words
from shop.models import Product

_LONG, _VERY_LONG = 5, 8
"""Letters from which on one typing error is forgiven, and two."""
_FILLERS = frozenset({"a", "an", "any", "the", "in", "of", "with", "want", "need", "like", "to", "be", "really", "it", "one", "so", "too"})
_ANY_BUT = re.compile(
    r"(?:anything|everything|any \w+|all|other|except|apart|besides|rather|instead)(?: but| than| for| from| of)?(?: the| a| an)?$"
)
_YES, _NO = frozenset({"yes", "true", "with"}), frozenset({"no", "false", "none", "without"})
_EMPTY_WORDS = frozenset({"and", "the", "size", "set", "type", "one", "version", "equivalent"})
_STEM = 6
_MORE_NAMES = {
    "colour": ("color", "shade", "tone"), "color": ("colour", "shade", "tone"), "storage": ("memory", "disk", "drive", "space"),
    "ram": ("memory",), "processor": ("cpu", "chip"), "material": ("fabric", "made"), "capacity": ("volume", "holds"),
    "screen": ("display",), "display": ("screen",), "length": ("long",), "height": ("tall",), "connectivity": ("connection",),
    "strap": ("band", "bracelet"), "band": ("strap", "bracelet"), "power": ("powered",), "brightness": ("bright",),
    "compatibility": ("compatible",), "difficulty": ("level",), "scent": ("smell", "fragrance"), "size": ("sized",),
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A value that a text names.

    Attributes:
        start: The first of its tokens.
        end: One past the last.
        options: Option and value that may be meant; several where the words fit more than one option.
        denied: Whether the text refuses it.
        rank: Where a measure that no value carries would stand on the option's scale.
        weight: How surely it is meant; longer and fuller namings weigh more.
    """

    start: int
    end: int
    options: tuple[tuple[str, str], ...]
    denied: bool = False
    rank: float | None = None
    weight: float = 1.0


def find_named(tokens: Sequence[Token], product: Product) -> list[Named]:
    """The values that a text names, in its order; the longest naming of each word counts."""
    found = sorted(_candidates(tokens, product), key=lambda one: (-one.weight, one.start))
    kept: list[Named] = []
    for one in found:
        same = next((other for other in kept if (other.start, other.end, other.weight) == (one.start, one.end, one.weight)), None)
        if same is not None:
            kept[kept.index(same)] = Named(
                one.start, one.end, tuple(dict.fromkeys(same.options + one.options)), one.denied, one.rank, one.weight
            )
        elif not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    settled = [_settled(one, tokens, product) for one in kept]
    return sorted(settled, key=lambda one: one.start)


def find_names(tokens: Sequence[Token], product: Product) -> list[tuple[int, str]]:
    """Where a text says the name of an option, or another word for it: positions and names."""
    found = []
    for option in option_names(product):
        words = name_words(option)
        found += [(at, option) for at, token in enumerate(tokens) if any(_same_stem(token.key, word) for word in words)]
    return sorted(found)


def name_words(option: str) -> tuple[str, ...]:
    """The words that an option goes by: those of its name and other words for them."""
    own = [token.key for token in tokens_of(option) if not token.is_sign]
    return tuple(dict.fromkeys([*own, *(more for word in own for more in _MORE_NAMES.get(word, ()))]))


def is_denied(tokens: Sequence[Token], start: int) -> bool:
    """Whether the words before a place refuse what follows: "not the", "anything but", "instead of"."""
    at = start - 1
    while at >= 0 and start - at <= 5 and tokens[at].key in _FILLERS:
        at -= 1
    if at >= 0 and tokens[at].key in NEGATIONS and tokens[at].key != "none":
        return not (tokens[at].key == "not" and at > 0 and tokens[at - 1].key == "if")
    before = " ".join(token.raw for token in tokens[max(0, start - 4) : start])
    return bool(_ANY_BUT.search(before)) and not before.endswith((" all", "all", "other", "other the"))


def _candidates(tokens: Sequence[Token], product: Product) -> Iterator[Named]:
    for option in option_names(product):
        values = option_values(product, option)
        for value in values:
            yield from _of_value(tokens, option, value, values)
        yield from _unknown_measures(tokens, option, values)


def _of_value(tokens: Sequence[Token], option: str, value: str, values: Sequence[str]) -> Iterator[Named]:
    _, words = value_words(value)
    if value.lower() in _YES | _NO and ({other.lower() for other in values} <= _YES | _NO or not words):
        yield from _yes_no(tokens, option, value, values)
        return
    for at in range(len(tokens)):
        end = _match(tokens, at, words)
        if end is not None:
            yield from _voiced(tokens, at, end, option, value, values, weight=2.0 + len(words))
        weight = _partial(tokens[at], value, values, option)
        if weight:
            yield from _voiced(tokens, at, at + 1, option, value, values, weight=weight)


def _voiced(
    tokens: Sequence[Token], start: int, end: int, option: str, value: str, values: Sequence[str], *, weight: float
) -> Iterator[Named]:
    """A value as the text means it: the twin that denies where the text does ("not polarized"), else refused."""
    denied, (denies, words) = is_denied(tokens, start), value_words(value)
    twins = [other for other in values if value_words(other) == (not denies, words)]
    if denies == denied:
        yield Named(start, end, ((option, value),), weight=weight)
    elif not twins and not denies:
        yield Named(start, end, ((option, value),), denied=True, weight=weight)


def _yes_no(tokens: Sequence[Token], option: str, value: str, values: Sequence[str]) -> Iterator[Named]:
    """A value that only says whether: told by the option's own name, "no backlight", "waterproof", "water resistance: no"."""
    own = tuple(token.key for token in tokens_of(option) if not token.is_sign)
    says_no = value.lower() in _NO
    only_two = {other.lower() for other in values} <= _YES | _NO
    for at in range(len(tokens)):
        end = _match_name(tokens, at, own)
        if end is None:
            continue
        after = next((token.key for token in tokens[end : end + 4] if token.key in _YES | _NO), None)
        denied = is_denied(tokens, at) or after in _NO
        if (only_two and denied == says_no) or (not only_two and denied and says_no):
            yield Named(at, end, ((option, value),), weight=2.5)
        elif not only_two and says_no and at and tokens[at - 1].key in {"with", "has", "have"}:
            yield Named(at, end, ((option, value),), denied=True, weight=1.5)


def _match(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int | None:
    """The end of a naming in full that begins at a token; "and" and signs may stand between its words."""
    for word in words:
        while at < len(tokens) and (tokens[at].key in {"and", "+", "/"}) and word != tokens[at].key:
            at += 1
        if at >= len(tokens) or tokens[at].key != word:
            return None
        at += 1
    return at if words else None


def _match_name(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int | None:
    for offset, word in enumerate(words):
        if at + offset >= len(tokens) or not _same_stem(tokens[at + offset].key, word):
            return None
    return at + len(words)


def _same_stem(said: str, word: str) -> bool:
    if said == word:
        return True
    if min(len(said), len(word)) >= 4 and (said.startswith(word) or word.startswith(said)):
        return True
    shared = min(len(said), len(word), _STEM)
    return shared >= 5 and said[:shared] == word[:shared] and not said.isdigit()


def _partial(token: Token, value: str, values: Sequence[str], option: str) -> float:
    """How surely one word means a value of which it is only a part; 0 where it does not."""
    _, words = value_words(value)
    others = {word for other in values if value_words(other)[1] != words for word in value_words(other)[1]}
    if token.key in _EMPTY_WORDS or token.is_sign or token.key in NEGATIONS:
        return 0
    if token.key in words and len(words) > 1 and token.key not in others and (len(token.key) > 2 or token.key.startswith("=")):
        return 1.4 if token.key.startswith("=") else 1.2
    if _same_number(token, value, values, option):
        return 1.1
    return 1.0 if token.key not in others and any(word not in others and _is_typo(token.key, word) for word in words) else 0


def _is_typo(said: str, word: str) -> bool:
    if not (said.isalpha() and word.isalpha()) or min(len(said), len(word)) < _LONG:
        return False
    return OSA.distance(said, word) <= (2 if len(word) >= _VERY_LONG else 1)


def _same_number(token: Token, value: str, values: Sequence[str], option: str) -> bool:
    """Whether a bare number, or one with the option's name for its unit, is the number of one value alone."""
    said = printed_number(token.raw)
    if said is None or printed_number(value) != said or sum(printed_number(other) == said for other in values) > 1:
        return False
    measure = measure_of(token.key)
    if measure is None:
        return False
    if measure[0] == "":
        return measure_of(value_words(value)[1][0] if value_words(value)[1] else "") is not None and float(said) >= 5
    unit = re.sub(r"[\d.,\s-]", "", token.raw)
    return not dimensions_of([value]) - {""} and any(_same_stem(unit, word) for word in name_words(option))


def _unknown_measures(tokens: Sequence[Token], option: str, values: Sequence[str]) -> Iterator[Named]:
    for at, token in enumerate(tokens):
        if token.key.startswith("=") and (place := place_of(token.key, values)) is not None:
            yield Named(at, at + 1, ((option, token.raw),), denied=is_denied(tokens, at), rank=place, weight=0.5)


def _settled(named: Named, tokens: Sequence[Token], product: Product) -> Named:
    """Where several options fit, the one whose name stands near: "a black frame", "lens colour: blue"."""
    if len(named.options) < 2:
        return named
    near = {token.key for token in [*tokens[max(0, named.start - 4) : named.start], *tokens[named.end : named.end + 2]]}
    scores = {option: sum(any(_same_stem(key, word) for key in near) for word in name_words(option)) for option, _ in named.options}
    top = max(scores.values())
    best = tuple(pair for pair in named.options if scores[pair[0]] == top)
    # "colour" itself is the colour, where "shade colour" is an option too.
    plain = tuple(pair for pair in best if len(tokens_of(pair[0])) == 1) if top == 0 else ()
    return Named(named.start, named.end, plain if len(plain) == 1 else best, named.denied, named.rank, named.weight)
