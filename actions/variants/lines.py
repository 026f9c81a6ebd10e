"""Which words of a message speak of which line: "the keyboard for a clicky one and the lamp for a dimmer one"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.mentions import Thing, find_mentions, words_of
from actions.spoken import lines_by_id
from actions.variants.fallbacks import split_fallback
from actions.variants.likeness import without_likeness
from actions.variants.reading import read_wish
from shop.models import OrderLine, Product

_JOINT = re.compile(
    r"\s*(?:[;.!?]\s+(?:and |also |then )?|,\s*(?:and |also |then |but )?|\b(?:and|also|plus|then|as well as)\b)\s*", re.IGNORECASE
)
_INTO = re.compile(r"\b(?:for|to|into|with|instead|be|in)\b")


@dataclass(frozen=True)
class LineWish:
    """A line that a message speaks of, and the words that speak of it."""

    line_id: str
    text: str


def wishes_by_line(text: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> list[LineWish]:
    """Share out a message among the lines it speaks of, in the message's order.

    A line that is only listed ("the bed and the chair to the cheapest") gets the words of the next that asks for something;
    words that name no line belong to the one named before. Nothing where no line is named.
    """
    spoken: list[tuple[tuple[str, ...], str]] = []
    waiting = ""
    for clause in _clauses(text, lines, products):
        keys = _named(clause, lines, products)
        if keys:
            spoken.append((keys, f"{waiting} {clause}".strip()))
            waiting = ""
        elif spoken:
            spoken[-1] = (spoken[-1][0], f"{spoken[-1][1]}, {clause}")
        else:
            waiting = f"{waiting} {clause}".strip()
    return _shared(spoken, {str(line.line_id): line for line in lines}, products)


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


def _named(clause: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> tuple[str, ...]:
    clause = without_likeness(clause)
    likely: tuple[str, ...] = ()
    # What stands before "for" or "to" is what the customer has; "I want to" names nothing yet, and "in" may stand in either part.
    heads = [(clause[: joint.start()], joint[0] == "in") for joint in _INTO.finditer(clause.lower())]
    for part, is_loose in (*heads, (clause, False)):
        numbered = lines_by_id(part, lines)
        if numbered:
            return tuple(numbered)
        by_name = find_mentions(part, [_thing(line, products, options=False) for line in lines])
        if len(by_name.keys) == 1:
            return by_name.keys
        found = find_mentions(part, [_thing(line, products, options=True) for line in lines])
        if not (by_name.keys or by_name.unsure):
            continue
        if len(found.keys) == 1 or not is_loose:
            return found.keys or found.unsure or likely
        likely = likely or found.keys or found.unsure
    return likely


def _thing(line: OrderLine, products: Mapping[str, Product], *, options: bool) -> Thing:
    product = products.get(str(line.product_id))
    more = [product.product_type, *product.keywords] if product else []
    return Thing(str(line.line_id), words_of(line.name, *more, *(line.options.values() if options else ())))


def _shared(
    spoken: Sequence[tuple[tuple[str, ...], str]], lines: Mapping[str, OrderLine], products: Mapping[str, Product]
) -> list[LineWish]:
    found: list[LineWish] = []
    later = ""
    for keys, words in reversed(spoken):
        asks = any(_asks(words, lines[key], products) for key in keys)
        text = words if asks or not later else f"{words}, {later}"
        later = words if asks else later
        found = [*(LineWish(key, text) for key in keys), *found]
    return _first_of_each(found)


def _asks(words: str, line: OrderLine, products: Mapping[str, Product]) -> bool:
    product = products.get(str(line.product_id))
    if product is None:
        return False
    wish = read_wish(split_fallback(words).text, product, line)[0]
    own = {name: (value,) for name, value in line.options.items()}
    return not wish.is_empty and not (wish.required and all(own.get(name) == values for name, values in wish.required.items()))


def _first_of_each(found: Sequence[LineWish]) -> list[LineWish]:
    merged: dict[str, str] = {}
    for one in found:
        merged[one.line_id] = f"{merged[one.line_id]}, {one.text}" if one.line_id in merged else one.text
    return [LineWish(line_id, text) for line_id, text in merged.items()]
