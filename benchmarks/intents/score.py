"""Figures from parsed rows."""

import statistics
from collections.abc import Iterable
from typing import Any

from benchmarks.intents.sets import Example

Row = dict[str, Any]


def accuracy(rows: list[Row], examples: list[Example], threshold: float = 0.0) -> float:
    """Share of rows answered rightly; a row of no intent is right when it is refused, that is, below the threshold."""
    return _share(_answer(row, threshold) == example.intent for row, example in zip(rows, examples, strict=True))


def refused(rows: list[Row], threshold: float) -> float:
    """Share of rows whose first intent lies below the threshold of the FallbackClassifier."""
    return _share(_answer(row, threshold) is None for row in rows)


def _answer(row: Row, threshold: float) -> str | None:
    return row["first"] if row["confidence"] >= threshold else None


def choose_threshold(rows: list[Row], examples: list[Example], at_least: float) -> float:
    """Give the highest threshold at which the in-scope accuracy is not below `at_least`."""
    right = sorted((row["confidence"] for row, one in zip(rows, examples, strict=True) if row["first"] == one.intent), reverse=True)
    needed = round(at_least * len(rows))
    return float(right[min(needed, len(right)) - 1])


def entity_f1(rows: list[Row], examples: list[Example]) -> float:
    """Micro F1 of entities; one counts when start, end and type are all right."""
    found = [{tuple(span) for span in row["found"]} for row in rows]
    right = sum(len(spans & example.spans) for spans, example in zip(found, examples, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(len(example.spans) for example in examples))


def p50_ms(*runs: list[Row]) -> float:
    return statistics.median(row["ms"] for run in runs for row in run)


def _share(outcomes: Iterable[bool]) -> float:
    return statistics.fmean(outcomes)
