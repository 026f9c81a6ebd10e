"""Words that turn a sentence into its opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from answers.checks.thesaurus import base
from knowledge_base.text import stemmer

_PAIRS = """
free paid, free costs, include exclude, including excluding, with without, open closed, before after, earlier later, more less
longer shorter, larger smaller, bigger smaller, higher lower, increase decrease, minimum maximum, first last, new old, used unused
worn unworn, opened unopened, damaged undamaged, complete incomplete, same different, same other, allowed forbidden
possible impossible, available unavailable, accept refuse, accept reject, approve reject, online offline, inside outside
indoors outdoors, hot cold, warm cold, warm cool, wet dry, high low, fast slow, quick slow, quiet loud, light heavy, light dark
loose tight, soft hard, strong weak, early late, day night, morning evening, weekdays weekends
sender receiver, send receive, add remove, start end, begin end, push pull, lock unlock, subscribe unsubscribe
connect disconnect, enable disable, standard express, credit debit, permanent temporary, together individually
automatically manually, required optional, best worst, safe dangerous, full empty, full partial
public private, men women, left right, top bottom, front back, above below
over under, immediately later, never always, nobody everybody, original new, up down, larger smaller, sooner later
whole part, keep lose, kept lost, towards away, highest lowest, longest shortest
"""
"""What is one of these is not the other: "not open" is "closed"."""
_APART = """
pending processed, pending shipped, pending delivered, processed shipped, processed delivered, shipped delivered, customer shop
buyer seller, return exchange, refund replacement, refund charge, refund voucher, bank shop, buyer receiver, first second, first third
next last, before when, next previous, pack ship
"""
"""What is one of these is not the other, but neither is it because it is not the other. Words as they stand: a shop that ships delivers."""


@cache
def _opposites() -> dict[str, frozenset[str]]:
    stem = stemmer()
    return _both_ways((base(stem(one)), base(stem(other))) for one, other in _read(_PAIRS))


@cache
def _strangers() -> dict[str, frozenset[str]]:
    return _both_ways(_read(_APART))


def _read(pairs: str) -> Iterator[tuple[str, str]]:
    for entry in pairs.strip().replace("\n", ", ").split(", "):
        one, other = entry.split()
        yield one, other


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


def opposites_in(said: frozenset[str], known: frozenset[str]) -> list[tuple[str, str]]:
    """Find the words of one text that the other has turned round: neither has both. Both are stems of base forms."""
    return _found(said, known, _opposites())


def strangers_in(said: frozenset[str], known: frozenset[str]) -> list[tuple[str, str]]:
    """Find the words of one text that the other has exchanged for something else. Both are words as they stand."""
    return _found(said, known, _strangers())


def are_opposed(said: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one text says by an opposite what the other says."""
    return bool(opposites_in(said, known))


def _found(said: frozenset[str], known: frozenset[str], pairs: dict[str, frozenset[str]]) -> list[tuple[str, str]]:
    own = (said - known) & pairs.keys()
    return sorted((one, other) for one in own for other in pairs[one] & (known - said))
