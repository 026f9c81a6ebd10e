"""What the values that a text names ask for: wanted, refused, at least, or first this and then that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from actions.variants.model import Bound, Preference
from actions.variants.scales import option_values, product_scale
from actions.variants.spans import Named
from actions.variants.values import Token
from shop.models import OrderLine, Product

_ARTICLE = r"(?: an?| the)?$"
_BEFORE = (
    (re.compile(rf"\b(?:at least|min(?:imum)?(?: of)?|no less than|not less than|not (?:under|below)){_ARTICLE}"), 1, False),
    (re.compile(
        rf"\b(?:at most|up to|max(?:imum)?(?: of)?|(?:no|not) (?:more|larger|bigger|longer"
        rf"|higher|taller|thicker) than|not (?:over|above)){_ARTICLE}"
    ), -1, False),
    (re.compile(
        rf"\b(?:(?:more|bigger|larger|longer|greater|higher|taller|thicker|brighter|better"
        rf"|faster|heavier|stronger) than|over|above|beyond){_ARTICLE}"
    ), 1, True),
    (re.compile(rf"\b(?:(?:less|smaller|shorter|lower|thinner|lighter|fewer|slower) than|under|below){_ARTICLE}"), -1, True),
)  # fmt: skip
_AFTER = (
    (re.compile(
        r"^(?:or (?:\w+ )?(?:better|more|bigger|larger|higher|longer|above|up|over|faster|greater|newer"
        r"|stronger|taller|thicker)\b|and (?:up|above|better|bigger)\b|\+|upwards?\b|plus\b)"
    ), 1),
    (re.compile(r"^(?:or (?:less|smaller|lower|below|shorter|under|fewer|thinner|worse)\b|and (?:below|under|smaller)\b)"), -1),
)  # fmt: skip
_LINK = r"(?: (?:then|maybe|perhaps|take|get me|give me|go for|the|a|an|in|one))*"
_CHAIN = re.compile(
    rf"^(?:(?:[,;] )?(?:(?:and |but |or )?(?:then|otherwise|else|secondly|(?:my )?(?:second|2nd|third|3rd"
    rf"|next)(?: (?:choice|preference|option|best))?(?: (?:is|would be|:))?|after that|next)|or else"
    rf"|(?:or |and )?if (?:that is |it is )?not(?: available| possible)?|before|over|more than|failing that|than)"
    rf"(?: ,)?|>){_LINK}$"
)
_LIST = re.compile(r"^(?:, )?(?:,|/|or|and|&|\+|either|)(?: (?:the|a|an|in|else|maybe|even|also))*$")
_SOFT = re.compile(
    r"\b(?:prefer(?:ably|red|rably|ence)?|ideally|if (?:at all )?possible|rather|favou?r"
    r"|first choice|would be (?:nice|great|best)|if you (?:have|can))\b"
)
_SOFT_AFTER = re.compile(
    r"^(?:one |version )?(?:if (?:at all )?possible|preferred|preferably|ideally|would be (?:nice|great|best)|if you have)\b"
)
_SOFT_REACH = 7


@dataclass
class Values:
    """What named values ask for, option by option."""

    required: dict[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: list[Bound] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)


def read_values(named: Sequence[tuple[Named, str, str]], tokens: Sequence[Token], product: Product, present: OrderLine | None) -> Values:
    """Read what is asked of each option.

    Args:
        named: Where a value is named, with the option and the value that are meant there.
        tokens: The text.
        product: The product.
        present: The line that is to be changed, whose own values may only describe it ("the black one for a white one").
    """
    values = Values()
    wanted: dict[str, list[tuple[Named, str]]] = {}
    for one, option, value in named:
        bound = _bound(one, option, value, tokens, product, [other for other, name, _ in named if name == option])
        if bound is not None:
            values.bounds.append(bound)
        elif one.denied:
            values.excluded[option] = (*values.excluded.get(option, ()), value)
        else:
            wanted.setdefault(option, []).append((one, value))
    for option, said in wanted.items():
        _settle(values, option, _without_present(said, option, tokens, present), tokens)
    for option, refused in list(values.excluded.items()):
        if option in values.required and set(values.required[option]) <= set(option_values(product, option)) - set(refused):
            del values.excluded[option]
    return values


def _bound(one: Named, option: str, value: str, tokens: Sequence[Token], product: Product, same_option: Sequence[Named]) -> Bound | None:
    scale = product_scale(product, option)
    rank = one.rank if one.rank is not None else (scale or {}).get(value)
    if rank is None:
        return None
    before = " ".join(token.raw for token in tokens[max(0, one.start - 5) : one.start])
    after = " ".join(token.raw for token in tokens[one.end : one.end + 4])
    if any(other.end == one.start - 1 for other in same_option):
        before = ""  # "i5 over i7": the one before the other, and not above it
    for pattern, sign, strict in _BEFORE:
        found = pattern.search(before)
        if found:
            return Bound(option, sign, rank, strict, f"{found[0]} {value}")
    for pattern, sign in _AFTER:
        found = pattern.search(after)
        if found:
            return Bound(option, sign, rank, False, f"{value} {found[0]}")
    return None


def _without_present(
    said: list[tuple[Named, str]], option: str, tokens: Sequence[Token], present: OrderLine | None
) -> list[tuple[Named, str]]:
    """Leave out the value that only describes what the customer has."""
    now = present.options.get(option) if present else None
    others = [(one, value) for one, value in said if value != now]
    if (
        not others
        or len(others) == len(said)
        or _is_soft(said, tokens)
        or any(_is_listed(one, other, tokens) for (one, _), (other, _) in pairwise(said))
    ):
        return said
    return others


def _is_listed(one: Named, other: Named, tokens: Sequence[Token]) -> bool:
    glue = _glue(one, other, tokens)
    return bool(_CHAIN.match(glue) or _LIST.match(glue))


def _settle(values: Values, option: str, said: list[tuple[Named, str]], tokens: Sequence[Token]) -> None:
    groups: list[list[str]] = [[said[0][1]]]
    is_chain = False
    for (one, _), (other, value) in pairwise(said):
        glue = _glue(one, other, tokens)
        if _CHAIN.match(glue) or (glue == "to" and _is_soft(said, tokens)):
            groups.append([value])
            is_chain = True
        elif _LIST.match(glue):
            groups[-1].append(value)
        else:
            groups = [[value]]  # what is said last corrects what was said before
            is_chain = False
    soft = _is_soft(said, tokens)
    if soft and len(groups) == 1 and len(set(groups[0])) < len(groups[0]):
        twice = next(value for value in groups[0] if groups[0].count(value) > 1)  # "red or blue, red preferably"
        groups = [[twice], [value for value in groups[0] if value != twice]]
    if is_chain or soft:
        ranked = tuple(tuple(dict.fromkeys(group)) for group in groups)
        values.preferences.append(Preference(option, ranked, strict=is_chain and not soft, at=said[0][0].start))
    else:
        values.required[option] = tuple(dict.fromkeys(groups[0]))


def _is_soft(said: Sequence[tuple[Named, str]], tokens: Sequence[Token]) -> bool:
    first, last = said[0][0], said[-1][0]
    before = " ".join(token.raw for token in tokens[max(0, first.start - _SOFT_REACH) : first.start])
    clause = re.split(r"[.;!?]| , (?:and|but) ", before)[-1]
    after = " ".join(token.raw for token in tokens[last.end : last.end + 4])
    return bool(_SOFT.search(clause) or _SOFT_AFTER.search(after))


def _glue(one: Named, other: Named, tokens: Sequence[Token]) -> str:
    return " ".join(token.raw for token in tokens[one.end : other.start])
