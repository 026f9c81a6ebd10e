"""Figures of a run: per kind, per family, the trade-off curve, the time."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from benchmarks.verifier.cases import CLEAN, FAMILIES, OPEN, PARTS, REWORDED
from benchmarks.verifier.judging import Judged

TARGETS = "numeric_caught .99, polarity_caught .90, textual_caught .90, clean_blocked .15 at most, p95_ms 20 at most"
_SUPPORT = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_COSINES = (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)

Stops = Callable[[Judged], bool]


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Give the last line of the benchmark: what was written before any rule was read."""
    judged = _counted(judged)
    caught = {f"{family}_caught": _share(_of(judged, kinds), Judged.stopped) for family, kinds in FAMILIES.items()}
    return {**caught, "clean_blocked": _share(_of(judged, [CLEAN]), Judged.stopped), "p95_ms": _p95(judged, "wall_ms")}


def show(judged: Sequence[Judged], *, failures: bool = False) -> None:
    """Print everything."""
    _show_kinds(judged)
    _show_curve(_counted(judged))
    _show_reasons(_counted(judged))
    _show_time(judged)
    if failures:
        _show_failures(judged)


def _show_kinds(judged: Sequence[Judged]) -> None:
    print(f"\n{'stopped':12} {'dev+held out':>13} {'dev':>13} {'held out':>13} {'reworded':>13}")
    for family, kinds in [*FAMILIES.items(), ("faithful", (CLEAN,))]:
        for kind in kinds:
            print(f"{kind:12} {_cells(judged, [kind])}")
        if len(kinds) > 1:
            print(f"  = {family:8} {_cells(judged, kinds)}")


def _cells(judged: Sequence[Judged], kinds: Iterable[str]) -> str:
    rows = _of(judged, kinds)
    parts = [_counted(rows), *([row for row in rows if row.part == part] for part in (*PARTS, REWORDED))]
    return " ".join(f"{_share(part, Judged.stopped):.3f} of {len(part):4}" if part else f"{'-':>13}" for part in parts)


def _show_curve(judged: Sequence[Judged]) -> None:
    """More support asked for on top of the shipped rules; and what similarity alone would do, which cannot see a flip."""
    print(f"\n{'trade-off':28} {'numeric':>8} {'polarity':>8} {'textual':>8} {'clean blocked':>14}")
    for threshold in _SUPPORT:
        _curve_row(f"shipped, support >= {threshold}", judged, lambda row, t=threshold: row.stopped(t))  # type: ignore[misc]
    for threshold in _COSINES:
        _curve_row(f"similarity alone >= {threshold}", judged, lambda row, t=threshold: row.cosine < t)  # type: ignore[misc]


def _curve_row(name: str, judged: Sequence[Judged], stops: Stops) -> None:
    shares = [_share(_of(judged, kinds), stops) for kinds in FAMILIES.values()]
    print(f"{name:28} " + " ".join(f"{share:8.3f}" for share in shares) + f" {_share(_of(judged, [CLEAN]), stops):14.3f}")


def _show_reasons(judged: Sequence[Judged]) -> None:
    """What each rule stops, faults and faithful replies side by side; a reply counts for the first rule that it meets."""
    families = {**FAMILIES, "clean blocked": (CLEAN,)}
    by_reason = Counter((row.reason.split(":")[0], name) for name, kinds in families.items() for row in _of(judged, kinds) if row.reason)
    totals = Counter(reason for reason, _ in by_reason.elements())
    print(f"\n{'stopped first by':48}" + "".join(f" {name:>14}" for name in families))
    for reason, _ in totals.most_common():
        print(f"{reason:48}" + "".join(f" {by_reason[reason, name]:14}" for name in families))


def _show_time(judged: Sequence[Judged]) -> None:
    print(f"\ntime per sentence, p95: {_p95(judged, 'wall_ms'):.1f} ms by the clock, {_p95(judged, 'cpu_ms'):.1f} ms of processor time")


def _show_failures(judged: Sequence[Judged]) -> None:
    """Only of the half that may be looked at."""
    print("\nfailures (of what may be looked at)")
    for row in judged:
        if row.part in OPEN and row.stopped() == (row.reply.kind == CLEAN):
            print(f"  {row.reply.reply_id}: {row.reply.text}" + (f"   <- {row.reason}" if row.reason else ""))


def _counted(judged: Iterable[Judged]) -> list[Judged]:
    return [row for row in judged if row.part in PARTS]


def _of(judged: Sequence[Judged], kinds: Iterable[str]) -> list[Judged]:
    wanted = frozenset(kinds)
    return [row for row in judged if row.reply.kind in wanted]


def _share(judged: Sequence[Judged], stops: Stops) -> float:
    return round(sum(stops(row) for row in judged) / len(judged), 4) if judged else 0.0


def _p95(judged: Sequence[Judged], name: str) -> float:
    times: list[Any] = [value for row in judged for value in getattr(row, name)]
    return round(float(np.percentile(times, 95)), 2)
