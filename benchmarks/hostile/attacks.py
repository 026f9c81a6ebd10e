"""Reads published attacks, and honest texts that a guard must let through. Files by pattern, so that other parts are taken up."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_ATTACK_FIELDS = {
    "cyberseceval_injection_*.jsonl.gz": "user_input",
    "jailbreaks_in_the_wild_*.jsonl.gz": "text",
    "bipia_text_attacks_*.jsonl.gz": "attack",
}
HARMLESS = "harmless questions"
"""The kind of honest texts that only sound dangerous."""
_LONG = 300
"""Characters; a detector that has learnt from short attacks takes long honest reviews for attacks."""


def attacks(data: Path) -> list[str]:
    """Read every attack of every file, and the unsafe ones of the exaggerated-safety set."""
    folder = data / "prompt_attacks"
    found = [row[field] for pattern, field in _ATTACK_FIELDS.items() for row in _rows(folder, pattern)]
    unsafe = [row["prompt"] for row in _rows(folder, "xstest_*.csv.gz") if row["label"] == "unsafe"]
    return list(dict.fromkeys(text.strip() for text in [*found, *unsafe] if text.strip()))


def honest_texts(data: Path, most: int) -> dict[str, list[str]]:
    """Read honest traffic: at most `most` texts of a kind, evenly taken from the whole.

    Returns:
        Long reviews, product texts, a shop's real messages, and harmless questions that sound dangerous.
    """
    reviews = _rows(data / "reviews", "clothing_reviews_*.csv.gz")
    products = _rows(data / "product_search", "products*.jsonl.gz")
    messages = _rows(data / "intents", "sofmattress_test*.csv.gz")
    harmless = _rows(data / "prompt_attacks", "xstest_*.csv.gz")
    kinds = {
        "long reviews": [f"{row['title']}. {row['review']}" for row in reviews if len(row["review"]) > _LONG],
        "product texts": [row["short_description"] for row in products if row["short_description"]],
        "shop messages": [row["sentence"] for row in messages],
        HARMLESS: [row["prompt"] for row in harmless if row["label"] == "safe"],
    }
    return {kind: _evenly(texts, most) for kind, texts in kinds.items()}


def product_pages(data: Path, most: int) -> list[tuple[str, str]]:
    """Read titles and texts of products, as far as there is a text; at most `most`, evenly taken."""
    rows = _rows(data / "product_search", "products*.jsonl.gz")
    return _evenly([(row["title"], row["short_description"]) for row in rows if row["short_description"]], most)


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        with gzip.open(path, "rt", encoding="utf8", newline="") as file:
            if path.name.endswith(".csv.gz"):
                yield from csv.DictReader(file)
            else:
                yield from (json.loads(line) for line in file if line.strip())


def _evenly(texts: list[T], most: int) -> list[T]:
    return texts[:: max(1, len(texts) // most)][:most]
