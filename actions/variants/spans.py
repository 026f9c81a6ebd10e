"""Where a text names option values: in full, by a word of theirs, with typing errors, or denied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from actions.mentions import STOP_WORDS
from actions.variants.names import is_in_name, is_near, match_name, name_words, names_of, own_words, same_stem
from actions.variants.scales import dimensions_of, is_rung, option_names, option_values, place_of, scale_of
from actions.variants.values import NEGATIONS, Token, measure_of, printed_number, value_words
from shop.models import Product

_LONG, _VERY_LONG = 5, 8
"""Letters from which on one typing error is forgiven, and two."""
_PREFIX = 4
_BESIDE_ONLY = -1.0
"""The weight of a word's beginning, which means the word only beside its option's name: "soft material" for softshell."""
_FILLERS = frozenset({"a", "an", "any", "the", "in", "of", "with", "want", "need", "like", "to", "be", "really", "it", "one", "so", "have"})
_ANY_BUT = re.compile(
    r"(?:(?:anything|everything|any \w+|all|other|except|apart|besides)(?: but| than| for| from| of)?|rather than|instead of)"
    r"(?: the| a| an)?$"
)
_REJECTED = re.compile(r"\bno+(?: [,.!;])* (?:but )?(?:that|this|it)(?:'s| is| one is| was)?(?: the| an?)?$")
"""What was proposed, told back: "no, that's the green one"."""
_SAME_BUT = re.compile(
    r"\b(?:same|identical|unchanged|as (?:it is|before|now)|alike)\b(?: \S+){0,4}? (?:except|apart|besides|other than|but)\b"
)
"""What follows is the one thing that shall change: "everything the same except green"."""
_YES, _NO = frozenset({"yes", "true", "with"}), frozenset({"no", "false", "none", "without"})
_EMPTY_WORDS = frozenset({"and", "the", "size", "set", "type", "one", "version", "equivalent"})
_DEGREE = frozenset({"too", "less", "more", "not"})


@dataclass(frozen=True)
class Named:
    """A value that a text names.

    Attributes:
        start: The first of its tokens.
        end: One past the last.
        options: Option and value that may be meant; several where the words fit more than one option.
        denied: Whether the text refuses it.
        rank: Where a measure that no value carries would stand on the option's scale.
        weight: How surely it is meant; longer and fuller namings weigh more, and those beside their option's name.
    """

    start: int
    end: int
    options: tuple[tuple[str, str], ...]
    denied: bool = False
    rank: float | None = None
    weight: float = 1.0


def find_named(tokens: Sequence[Token], product: Product) -> list[Named]:
    """The values that a text names, in its order; the surest naming of each word counts."""
    weighed = [
        replace(one, weight=one.weight + 2 * is_near(tokens, one.start, one.end, one.options[0][0])) for one in _candidates(tokens, product)
    ]
    kept: list[Named] = []
    for one in sorted((one for one in weighed if one.weight > 0), key=lambda one: (-one.weight, one.start)):
        same = next((other for other in kept if (other.start, other.end, other.weight) == (one.start, one.end, one.weight)), None)
        if same is not None:
            kept[kept.index(same)] = replace(same, options=tuple(dict.fromkeys(same.options + one.options)))
        elif not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted((_settled(one, tokens) for one in _without_names(kept, tokens)), key=lambda one: one.start)


def is_denied(tokens: Sequence[Token], start: int, more: Sequence[str] = ()) -> bool:
    """Whether the words before a place refuse what follows: "not the", "anything but", "instead of".

    Args:
        tokens: The text.
        start: The place.
        more: Further words that may stand between, such as those of the option's name.
    """
    at = start - 1
    while at >= 0 and start - at <= 5 and (tokens[at].key in _FILLERS or tokens[at].key in more):
        at -= 1
    if at >= 0 and tokens[at].key in NEGATIONS and tokens[at].key != "none":
        return not (tokens[at].key == "not" and at > 0 and tokens[at - 1].key == "if")
    before = " ".join(token.raw for token in tokens[max(0, start - 8) : start])
    if _SAME_BUT.search(before):
        return False
    if _REJECTED.search(before):
        return True
    before = " ".join(token.raw for token in tokens[max(0, start - 4) : start])
    return bool(_ANY_BUT.search(before)) and not before.endswith(("all", "all the", "other", "other the"))


def _without_names(named: Sequence[Named], tokens: Sequence[Token]) -> list[Named]:
    """Leave out values that only stand in their option's name, "bagged/bagless: bagged", where another naming of it is left."""
    inside = [one for one in named if is_in_name(one.start, tokens, one.options[0][0])]
    outside = {one.options[0][0] for one in named if one not in inside}
    return [one for one in named if one not in inside or one.options[0][0] not in outside]


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
        if end is not None and not _is_degree(tokens, at, end):
            yield from _voiced(tokens, at, end, option, value, values, weight=2.0 + len(words))
        weight = _partial(tokens[at], value, values, option)
        if weight and not _is_degree(tokens, at, at + 1):
            yield from _voiced(tokens, at, at + 1, option, value, values, weight=weight)


def _is_degree(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a word of size or grade is compared and not named: "too small", "less dark", "not big enough"."""
    if end - at > 1 or not is_rung(tokens[at].key) or not at:
        return False
    after = tokens[end].key if end < len(tokens) else ""
    return tokens[at - 1].key in _DEGREE - {"not"} or after == "enough"


def _voiced(
    tokens: Sequence[Token], start: int, end: int, option: str, value: str, values: Sequence[str], *, weight: float
) -> Iterator[Named]:
    """A value as the text means it: the twin that denies where the text does ("not polarized"), else refused."""
    denied, (denies, words) = is_denied(tokens, start, own_words(option)), value_words(value)
    twins = [other for other in values if value_words(other) == (not denies, words)]
    if denies == denied:
        yield Named(start, end, ((option, value),), weight=weight)
    elif not twins and not denies:
        yield Named(start, end, ((option, value),), denied=True, weight=weight)


def _yes_no(tokens: Sequence[Token], option: str, value: str, values: Sequence[str]) -> Iterator[Named]:
    """A value that only says whether: told by the option's own name, "no backlight", "waterproof", "water resistance: no"."""
    says_no = value.lower() in _NO
    only_two = {other.lower() for other in values} <= _YES | _NO
    for at, token in enumerate(tokens):
        if token.key == "none" == value.lower() and not any(one.key == "of" for one in tokens[at + 1 : at + 2]):
            yield Named(at, at + 1, ((option, value),), weight=1.0)
        end = next((end for name in names_of(option) if (end := match_name(tokens, at, name)) is not None), None)
        if end is None:
            continue
        after = next((one.key for one in tokens[end : end + 4] if one.key in _YES | _NO), None)
        denied = is_denied(tokens, at) or after in _NO
        if denied == says_no and (only_two or denied):
            yield Named(at, end, ((option, value),), weight=2.5)
        elif not only_two and says_no and at and tokens[at - 1].key in {"with", "has", "have"}:
            yield Named(at, end, ((option, value),), denied=True, weight=1.5)


def _match(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int | None:
    """The end of a naming in full that begins at a token; "and" and signs may stand between its words."""
    first = at
    for word in words:
        while first < at < len(tokens) and tokens[at].key in {"and", "+", "/"} and word != tokens[at].key:
            at += 1
        if at >= len(tokens) or tokens[at].key != word:
            return None
        at += 1
    return at if words else None


def _partial(token: Token, value: str, values: Sequence[str], option: str) -> float:
    """How surely one word means a value of which it is only a part; 0 where it does not."""
    key = token.key
    _, words = value_words(value)
    if key in _EMPTY_WORDS or token.is_sign or key in NEGATIONS or key in STOP_WORDS:
        return 0
    others = [value_words(other)[1] for other in values if value_words(other)[1] != words]
    in_others = {word for other in others for word in other}
    if key in words and len(words) > 1 and (len(key) > 1 or key.startswith("=")):
        if key not in in_others:
            return 1.4 if key.startswith("=") else 1.2
        return 0 if all(key in other for other in others) else 1.15  # "leather": the black and the brown one
    if _same_number(token, value, values, option):
        return 1.1
    own = [word for word in words if word not in in_others]
    if key not in in_others and any(_is_typo(key, word) for word in own):
        return 1.0
    has_scale = scale_of(frozenset(values)) is not None
    if has_scale or any(word.startswith(key) for word in in_others):
        return 0
    if re.sub(r"(?:er|est)$", "", key) in own:
        return 0.9  # "quieter": the quiet one
    return _BESIDE_ONLY if len(key) >= _PREFIX and key.isalpha() and any(word.startswith(key) for word in own) else 0


def _is_typo(said: str, word: str) -> bool:
    if not (said.isalpha() and word.isalpha()) or min(len(said), len(word)) < _LONG or said[0] != word[0]:
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
        words = value_words(value)[1]
        return bool(words) and measure_of(words[0]) is not None and float(said) >= 5
    unit = re.sub(r"[\d.,\s-]", "", token.raw)
    return not dimensions_of([value]) - {""} and any(same_stem(unit, word) for word in name_words(option))


def _unknown_measures(tokens: Sequence[Token], option: str, values: Sequence[str]) -> Iterator[Named]:
    """Measures, sizes and numbers that would stand on the option's scale and that no value carries."""
    for at, token in enumerate(tokens):
        bare = measure_of(token.key) is not None and not token.key.startswith("=")
        if bare and not is_near(tokens, at, at + 1, option):
            continue
        place = place_of(token.key, values) if token.key.startswith("=") or bare or token.raw == token.key else None
        if place is not None:
            yield Named(at, at + 1, ((option, token.raw),), denied=is_denied(tokens, at), rank=place, weight=0.5)


def _settled(named: Named, tokens: Sequence[Token]) -> Named:
    """Where several options fit as well: the value that is written just so, else the option whose name is one word."""
    if len({option for option, _ in named.options}) < 2:
        return named
    said = " ".join(token.raw for token in tokens[named.start : named.end])
    literal = tuple(pair for pair in named.options if pair[1].lower() == said)
    best = literal or named.options
    # "colour" itself is the colour, where "shade colour" is an option too.
    plain = tuple(pair for pair in best if len(own_words(pair[0])) == 1)
    return replace(named, options=plain if len(plain) == 1 else best)
