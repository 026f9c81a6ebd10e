"""Which lines of an order words speak of in an exchange, each with the words that wish for its version."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.exchange.counter import Counter
from actions.item_choice import narrowed
from actions.line_choice import narrow_lines
from actions.mentions import Mention
from actions.resolve import match_lines
from actions.turn import Request
from actions.variants import (
    LineWish,
    Outcome,
    names_lines,
    wishes_by_line,
)

_TO = re.compile(r"\b(?:to|for|into|against)\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|into|against|to(?! (?:exchange|swap|change|switch|replace|return|get|have|modify|trade)\b))\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:both|each|all|every one|them)\b")
_ONES = re.compile(
    r"[,:(–—-]\s*(?:(?:only|just|namely|i mean|that is|that's)\s+)?(?:the|my|those)\s+"
    r"(?P<what>(?:(?!(?:same|other|new|old|best|first|second|cheap\w*|dear\w*)\b)[\w-]+ ){0,4}?ones?\b"
    r"(?:\s+(?:with|without|that|which|in|of)\b[^,.;!?]*?(?=[,.;!?)]|$|\s(?:to|for|into)\b))?)",
    re.IGNORECASE,
)
"""What says which of several pieces is meant: "the mugs, the blue ones"."""
_MORE_OF_THEM = re.compile(r"\b(?:also|too|add|plus|as well|both|all|each|every|everything)\b")
"""What adds pieces of the same kind to the one that was asked about."""


def named_lines(counter: Counter, request: Request, about: str | None = None, chosen: Sequence[str] = ()) -> list[LineWish]:
    """The lines that words speak of, each with the words that speak of it; "everything" speaks of all.

    Args:
        counter: The order.
        request: What was said or pressed.
        about: The line that was asked about, to which words belong before they name another.
        chosen: Lines in hand, which words such as "both" then speak of where they name none.
    """
    if chosen and not request.pressed and not names_lines(request.text, counter.order.lines, counter.products):
        return [LineWish(one, request.text) for one in chosen] if len(chosen) == 1 or _TOGETHER.search(request.text.lower()) else []
    pressed = match_lines(request, counter.order, counter.products) if request.value("line_id") else Mention()
    if pressed.keys:
        # What is handed on from a return may say what it is to become: "I'd rather exchange it for the same once more".
        return [LineWish(key, request.text) for key in pressed.keys]
    found = wishes_by_line(request.text, counter.order.lines, counter.products, about, [one for one in chosen if one != about])
    if about and chosen and not _MORE_OF_THEM.search(request.text.lower()):
        found = _without_models(counter, request, found, about, chosen)
    if found:
        found = _told_apart(counter, request.text, _described(counter, request.text, found))
        left = narrowed(request.text, counter.order, counter.products, [wish.line_id for wish in found])
        return _settled(counter, request, [wish for wish in found if left is None or wish.line_id in left])
    every = match_lines(request, counter.order, counter.products).keys
    if len(counter.order.lines) > 1 and len(every) == len(counter.order.lines):
        return [LineWish(key, request.text) for key in every]
    return []


def picked_lines(counter: Counter, request: Request, asked: Mapping[str, Any]) -> list[LineWish]:
    """What the answer to "which one of these?" picks, with the words that wished for it."""
    lines = list(asked.get("lines", ()))
    keys = [key for key in match_lines(request, counter.order, counter.products, lines).keys if key in lines]
    return [LineWish(key, str(asked["text"])) for key in keys]


def _without_models(counter: Counter, request: Request, found: list[LineWish], about: str, chosen: Sequence[str]) -> list[LineWish]:
    """Without pieces of the same kind as the one asked about, that are only its model: "the cheapest of my other mugs"."""
    kind = counter.line(about).product_id
    models = [wish for wish in found if wish.line_id not in chosen and counter.line(wish.line_id).product_id == kind]
    if not models:
        return found
    rest = [wish for wish in found if wish not in models and wish.line_id != about]
    return rest if rest else [LineWish(about, request.text)]


def _described(counter: Counter, text: str, found: list[LineWish]) -> list[LineWish]:
    """Of several pieces of one kind, the one whose versions are written out before "to": "the mugs: blue, tall to red, tall"."""
    lines = [counter.line(wish.line_id) for wish in found]
    head = _TO.split(text)[0]
    if len(lines) < 2 or len({line.product_id for line in lines}) > 1 or _TOGETHER.search(head.lower()):
        return found
    said = head.lower()
    told = [line for line in lines if line.options and all(value.lower() in said for value in line.options.values())]
    return [wish for wish in found if wish.line_id == told[0].line_id] if len(told) == 1 else found


def _told_apart(counter: Counter, text: str, found: list[LineWish]) -> list[LineWish]:
    """Of several pieces of one kind, those that a few words pick by their versions: "the mugs, the blue ones", which is no wish."""
    kinds = {counter.line(wish.line_id).product_id for wish in found}
    lines = [line for line in counter.order.lines if line.product_id in kinds]
    picks = _ONES.search(text) if len(lines) > 1 and len(kinds) == 1 else None
    if not picks or _FOR.search(text[: picks.start()].split(",")[-1]):
        return found
    meant = narrow_lines(picks["what"], lines)
    if len(meant) == len(lines) or not any(line.line_id == wish.line_id for line in meant for wish in found):
        return found
    rest = f"{text[: picks.start()]} {text[picks.end() :]}".strip()
    kept = {line.line_id for line in meant}
    return [replace(wish, text=rest, is_sure=wish.is_sure or len(meant) == 1) for wish in found if wish.line_id in kept]


def _settled(counter: Counter, request: Request, found: list[LineWish]) -> list[LineWish]:
    """Of lines of which one is meant, the one that its options tell, or the only one that is not as is wished already."""
    loose = [wish for wish in found if not wish.is_sure]
    if len(loose) < 2:
        return [replace(wish, is_sure=True) for wish in found]
    told = [key for key in match_lines(request, counter.order, counter.products).keys if any(wish.line_id == key for wish in loose)]
    other = [wish for wish in loose if counter.choose(wish).outcome is not Outcome.PRESENT and not _is_same(counter, wish)]
    only = other if len(other) == 1 else [wish for wish in loose if wish.line_id in told] if len(told) == 1 else []
    return [replace(wish, is_sure=True) for wish in found if wish.is_sure or wish in only] if only else found


def _is_same(counter: Counter, wish: LineWish) -> bool:
    variant = counter.choose(wish).variant
    return variant is not None and variant.variant_id == counter.line(wish.line_id).variant_id
