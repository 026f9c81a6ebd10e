"""Which words of a message speak of which line: "the keyboard for a clicky one and the lamp for a dimmer one"."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from actions.mentions import Thing, find_mentions, find_names, words_of
from actions.spoken import lines_by_id
from actions.variants.fallbacks import split_fallback
from actions.variants.likeness import without_likeness
from actions.variants.reading import read_wish
from actions.variants.telling import tells, without_asides
from shop.models import OrderLine, Product

_JOINT = re.compile(
    r"\s*(?:[;.!?]\s+(?:and |also |then )?|,\s*(?:and |also |then |but )?|\b(?:and|also|plus|then|as well as)\b)\s*", re.IGNORECASE
)
_TOGETHER = re.compile(r"\b(?:both|each|all|every one|the two|the three)\b")
_ONE_OF = re.compile(r"\b(?:one|either|any|only one|just one) of (?:the|my|those|these|them)\b")
_INTO = re.compile(r"\b(?:for|to|into|with|instead|be|in)\b")
_WHOLE = re.compile(
    r"\b(?:everything|(?:all|each|every)(?: one)?(?: of)?(?: (?:the|my|its))? (?:items?|things|products|pieces|articles)|every item|the lot"
    r"|all of (?:order )?#?[a-z]{0,3}-?\d{3,}|(?:whole|entire|complete) (?:order|lot|thing))\b"
)
"""What speaks of all lines, whatever else is named; "both" and "each" speak of those that are."""


@dataclass(frozen=True)
class LineWish:
    """A line that a message speaks of, and the words that speak of it.

    Attributes:
        line_id: The line.
        text: The words.
        is_sure: Whether it is meant; not so where the words fit another line as well and only one is meant.
    """

    line_id: str
    text: str
    is_sure: bool = True


def wishes_by_line(
    text: str,
    lines: Sequence[OrderLine],
    products: Mapping[str, Product],
    about: str | None = None,
    settled: Collection[str] = (),
) -> list[LineWish]:
    """Share out a message among the lines it speaks of, in the message's order.

    A line that is only listed ("the bed and the chair to the cheapest") gets the words of the next that asks for something;
    words that name no line belong to the one named before, and at the front to the line `about` that was asked about.
    Nothing where no line is named. Lines that are `settled` already get no words of another.
    """
    text = without_asides(text)
    spoken = [_Spoken((about,), "", True, False)] if about else []
    waiting = ""
    is_told = False
    clauses = _clauses(text, lines, products)
    by_name = any(is_named(clause, lines, products) for clause in clauses)
    for clause, following in zip_longest(clauses, clauses[1:], fillvalue=""):
        # "The type that is in my other order" tells nothing of the piece.
        told = tells(without_likeness(clause))
        if told is None and tells(without_likeness(following)):
            # "The rug and the lamp are fine": the verb of the last speaks of them all, unless the first asks for something.
            meant = _named(clause, lines, products)[0]
            told = not any(_asks(clause, line, products) for line in lines if line.line_id in meant)
        is_told = is_told if told is None else told
        points = by_name and not is_named(clause, lines, products) and not _WHOLE.search(clause.lower())
        keys, is_sure = ((), True) if points else _named(clause, lines, products)
        if points and spoken and _TOGETHER.search(clause.lower()):
            # "The rug and the lamp, both in red": what is said of both is said of each.
            keys = tuple(dict.fromkeys(key for one in spoken if one.is_told == spoken[-1].is_told for key in one.keys))
        if keys:
            spoken.append(_Spoken(keys, f"{waiting} {clause}".strip(), is_sure, is_told))
            waiting = ""
        elif spoken:
            spoken[-1] = replace(spoken[-1], words=f"{spoken[-1].words}, {clause}".strip(", "))
        else:
            waiting = f"{waiting} {clause}".strip()
    spoken = [one for one in spoken if one.words]
    return _shared(_asked(spoken, lines, products), {str(line.line_id): line for line in lines}, products, settled)


@dataclass(frozen=True)
class _Spoken:
    """Lines that a clause names, its words, whether all of the lines are meant, and whether it only tells something of them."""

    keys: tuple[str, ...]
    words: str
    is_sure: bool
    is_told: bool


def _asked(spoken: Sequence[_Spoken], lines: Sequence[OrderLine], products: Mapping[str, Product]) -> list[_Spoken]:
    """Without lines of which something is only told, where others are asked for: "I got a lamp and a rug, the rug in red please"."""
    by_id = {str(line.line_id): line for line in lines}
    asked = {key for one in spoken if not one.is_told for key in one.keys}
    wished = {key for one in spoken for key in one.keys if one.is_told and _asks(one.words, by_id[key], products)}
    meant = asked | wished
    kept = [replace(one, keys=tuple(key for key in one.keys if key in meant)) for one in spoken] if asked else list(spoken)
    return [one for one in kept if one.keys]


def _clauses(text: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> list[str]:
    parts = split_fallback(text)
    if parts.fallback is None:
        return [clause for clause in _JOINT.split(text) if clause and re.search(r"\w", clause)]
    # A condition stays with the clause that it follows.
    clauses = [clause for clause in _JOINT.split(parts.text) if clause and re.search(r"\w", clause)]
    if not clauses:
        return [text]
    at = text.find(clauses[-1])
    rest = text[at + len(clauses[-1]) :]
    # "If there is no clicky keyboard" speaks of the keyboard, whatever was spoken of last.
    condition = rest.partition(parts.fallback.text)[0]
    if _named(condition, lines, products):
        return [*clauses, rest.strip(" ,.;")]
    return [*clauses[:-1], text[at:]]


def names_lines(text: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> bool:
    """Whether a text speaks of lines by their own words, or of the whole order; "all of them" points only at what is in hand."""
    return bool(_WHOLE.search(text.lower())) or is_named(text, lines, products)


def is_named(clause: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> bool:
    """Whether a text names lines by words of their own, or by number; "both" and "the first one" only point at them."""
    clause = without_likeness(clause)
    found = find_names(clause, [_thing(line, products, options=True) for line in lines])
    return bool(found.keys or found.unsure or lines_by_id(clause, lines))


def _named(clause: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> tuple[tuple[str, ...], bool]:
    """The lines that a clause names, and whether all of them are meant."""
    clause = without_likeness(clause)
    likely: tuple[str, ...] = ()
    # What stands before "for" or "to" is what the customer has; "I want to" names nothing yet, and "in" may stand in either part.
    heads = [(clause[: joint.start()], joint[0] == "in") for joint in _INTO.finditer(clause.lower())]
    for part, is_loose in (*heads, (clause, False)):
        numbered = lines_by_id(part, lines)
        if numbered:
            return tuple(numbered), True
        by_name = find_mentions(part, [_thing(line, products, options=False) for line in lines])
        if len(by_name.keys) == 1:
            return by_name.keys, True
        found = find_mentions(part, [_thing(line, products, options=True) for line in lines])
        if not (by_name.keys or by_name.unsure):
            continue
        if len(found.keys) == 1 or not is_loose:
            keys = found.keys or found.unsure or likely
            return keys, len(keys) == 1 or (bool(found.keys) and not _ONE_OF.search(part.lower()))
        likely = likely or found.keys or found.unsure
    return likely, len(likely) == 1


def _thing(line: OrderLine, products: Mapping[str, Product], *, options: bool) -> Thing:
    product = products.get(str(line.product_id))
    names = words_of(line.name, *([product.product_type, *product.keywords] if product else []))
    return Thing(str(line.line_id), names | (words_of(*line.options.values()) if options else frozenset()), names)


def _shared(
    spoken: Sequence[_Spoken], lines: Mapping[str, OrderLine], products: Mapping[str, Product], settled: Collection[str]
) -> list[LineWish]:
    found: list[LineWish] = []
    later = ""
    asking = [any(_asks(one.words, lines[key], products) for key in one.keys) for one in spoken]
    # "My bag and my rug, please: the bag in navy, the rug in wool": what has words of its own borrows none.
    own = {key for one, asks in zip(spoken, asking, strict=True) if asks for key in one.keys} | set(settled)
    for one, asks in reversed(list(zip(spoken, asking, strict=True))):
        borrowed = f"{one.words}, {later}" if later and not asks else one.words
        later = one.words if asks else later
        found = [*(LineWish(key, one.words if key in own else borrowed, one.is_sure) for key in one.keys), *found]
    return _first_of_each(found)


def _asks(words: str, line: OrderLine, products: Mapping[str, Product]) -> bool:
    product = products.get(str(line.product_id))
    if product is None:
        return False
    wish = read_wish(split_fallback(words).text, product, line)[0]
    own = {name: (value,) for name, value in line.options.items()}
    # "The black flask" says which one it is, and asks for nothing.
    return not replace(wish, required={name: values for name, values in wish.required.items() if own.get(name) != values}).is_empty


def _first_of_each(found: Sequence[LineWish]) -> list[LineWish]:
    merged: dict[str, LineWish] = {}
    for one in found:
        before = merged.get(one.line_id)
        merged[one.line_id] = LineWish(one.line_id, f"{before.text}, {one.text}", before.is_sure or one.is_sure) if before else one
    return list(merged.values())
