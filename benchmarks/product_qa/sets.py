"""Reads the public product question sets; their formats are described beside them, in the README of the data folder."""

import csv
import gzip
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.product_qa.attributes import readable
from knowledge_base.models import ProductLine

PATTERNS = {
    "semipqa": "semipqa_attribute_ranking_*.tsv.gz",
    "hetpqa": "hetpqa_evidence_ranking_*.tsv.gz",
    "epqa": "epqa_*.tsv.gz",
}


@dataclass
class Question:
    """A question about one product, what is known of that product, and which of it answers."""

    text: str
    lines: list[ProductLine] = field(default_factory=list)
    relevant: list[bool] = field(default_factory=list)

    @property
    def is_answerable(self) -> bool:
        return any(self.relevant)


def find(folder: Path | None, command: str) -> Path:
    """Give the folder with the sets, or say that there is none and leave with 2."""
    for candidate in (folder, folder / "product_qa") if folder else ():
        if any(candidate.glob(PATTERNS["semipqa"])):
            return candidate
    print(f"No product question sets at {str(folder)!r}. Name the folder that holds them: make {command} DATA=...")
    sys.exit(2)


def load(folder: Path, name: str) -> dict[str, list[Question]]:
    """Every part of a set that is there, by the part's name."""
    return {path.name.split(".")[0]: _part(path) for path in sorted(folder.glob(PATTERNS[name]))}


def _part(path: Path) -> list[Question]:
    found: dict[str, Question] = {}
    with gzip.open(path, "rt", encoding="utf8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            question = found.setdefault(row["qid"], Question(row["question"]))
            question.lines.append(_line(row))
            question.relevant.append(int(row["label"]) > 0)
    return list(found.values())


def _line(row: Mapping[str, str]) -> ProductLine:
    text, source = row["candidate"], row.get("source", "attribute").casefold()
    if source == "attribute":
        return ProductLine(readable(text))
    if source == "cqa":
        answer, _, question = text.partition("Question:")
        return ProductLine(answer.strip(), question.strip())
    return ProductLine(text)
