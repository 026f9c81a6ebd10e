"""Reads the public intent sets; their format is described beside them, in the README of the data folder."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int, str]


class Example(NamedTuple):
    text: str
    intent: str | None
    """None where the text belongs to no intent of the set."""
    spans: frozenset[Span] = frozenset()
    """Start, end and type of every entity."""


def banking77(folder: Path, part: str) -> list[Example]:
    return [Example(row["text"], row["category"]) for row in _rows(folder / f"banking77_{part}.csv.gz")]


def clinc150(folder: Path, part: str) -> list[Example]:
    with gzip.open(folder / "clinc150_full.json.gz", "rt", encoding="utf8") as file:
        pairs = json.load(file)[part]
    return [Example(text, None if part.startswith("oos") else intent) for text, intent in pairs]


def hwu64(folder: Path, part: str) -> list[Example]:
    with gzip.open(folder / f"hwu64_fold1_{part}.jsonl.gz", "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    return [Example(row["text"], row["intent"], _spans(row["entities"])) for row in rows]


def sofmattress(folder: Path, part: str) -> list[Example]:
    unknown = "NO_NODES_DETECTED"
    rows = _rows(folder / f"sofmattress_{part}.csv.gz")
    return [Example(row["sentence"], None if row["label"] == unknown else row["label"]) for row in rows]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf8", newline="") as file:
        yield from csv.DictReader(file)


def _spans(entities: list[dict[str, str]]) -> frozenset[Span]:
    return frozenset((int(entity["start"]), int(entity["end"]), entity["entity"]) for entity in entities)
