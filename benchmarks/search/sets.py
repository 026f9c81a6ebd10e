"""Reads the public product search set; its format is described beside it, in the README of the data folder."""

import csv
import gzip
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from knowledge_base.models import ProductDocument

Judgements = dict[str, dict[str, int]]
"""For each query, the ratings (0 to 3) of the products that were judged."""


def find(folder: Path | None) -> Path:
    """Give the folder with the set, or say that there is none and leave with 2."""
    for candidate in (folder, folder / "product_search") if folder else ():
        if (candidate / "products.jsonl.gz").is_file():
            return candidate
    print(f"No product search set at {str(folder)!r}. Name the folder that holds it: make bench-search DATA=...")
    sys.exit(2)


def products(folder: Path) -> list[ProductDocument]:
    """The products, as a shop's importer would hand them to the index."""
    with gzip.open(folder / "products.jsonl.gz", "rt", encoding="utf8") as file:
        return [_document(json.loads(line)) for line in file]


def _document(row: Mapping[str, object]) -> ProductDocument:
    attributes = row["attributes"]
    assert isinstance(attributes, dict)
    fields = {
        "name": str(row["title"]),
        "model": str(row["name"]),
        "brand": str(row["supplier"] or ""),
        "description": _plain(str(row["short_description"] or "")),
        "attributes": " ".join(str(value) for name, value in attributes.items() if name.startswith("t_")),
    }
    return ProductDocument(str(row["id"]), fields)


def _plain(text: str) -> str:
    return BeautifulSoup(text, "html.parser").get_text(" ", strip=True) if "<" in text or "&" in text else text


def judgements(folder: Path) -> dict[str, Judgements]:
    """The judgements of every part that is there, by the part's name."""
    return {path.name.split(".")[0].removeprefix("judgements_"): _part(path) for path in sorted(folder.glob("judgements_*.csv.gz"))}


def _part(path: Path) -> Judgements:
    found: Judgements = {}
    with gzip.open(path, "rt", encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["query"], {})[row["product_id"]] = int(row["rating"])
    return found


def other_queries(folder: Path) -> list[str]:
    """Queries without judgements, for timing; none where the set has none."""
    path = folder / "wands_queries.tsv.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file, delimiter="\t")]
