"""Words that turn a sentence into its opposite."""

from __future__ import annotations

from functools import cache

from knowledge_base.text import stemmer

_PAIRS = """
free paid, free costs, include exclude, including excluding, with without, open closed, before after, earlier later, more less
longer shorter, larger smaller, bigger smaller, higher lower, increase decrease, minimum maximum, first last, new old, used unused
worn unworn, opened unopened, damaged undamaged, complete incomplete, same different, same other, allowed forbidden
possible impossible, available unavailable, accept refuse, accept reject, approve reject, online offline, inside outside
indoors outdoors, hot cold, warm cold, warm cool, wet dry, high low, fast slow, quick slow, quiet loud, light heavy, light dark
loose tight, soft hard, strong weak, early late, day night, morning evening, weekdays weekends, customer shop, buyer seller
sender receiver, send receive, add remove, start end, begin end, push pull, lock unlock, subscribe unsubscribe
connect disconnect, enable disable, standard express, credit debit, permanent temporary, together individually
automatically manually, required optional, best worst, safe dangerous, full empty, full partial, pending processed
pending shipped, pending delivered, processed shipped, processed delivered, shipped delivered, return exchange
refund replacement, refund charge, refund voucher, public private, men women, left right, top bottom, front back, above below
over under, immediately later, never always, nobody everybody, original new
"""


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Give the pairs of opposite words, as stems."""
    stem = stemmer()
    found = [entry.split() for line in _PAIRS.strip().splitlines() for entry in line.split(", ")]
    return tuple((stem(one), stem(other)) for one, other in found)
