"""Reads the replies, and puts each case's evidence together as answering does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from answers.evidence import Evidence, gather
from answers.models import Fact
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Candidate, Passage, PassageId
from knowledge_base.text import slugify

FOLDER = Path(__file__).parent
PARTS = ("dev", "held_out")
"""What the last line's figures are taken from."""
REWORDED = "reworded"
"""Written later, after the rules were read: shown beside the others, never counted with them."""
OPEN = (PARTS[0], REWORDED)
"""What may be looked at while the rules are mended."""
CLEAN = "clean"
FAMILIES = {
    "numeric": ("price", "date", "duration", "quantity", "id", "stock", "name"),
    "polarity": ("polarity", "quantifier", "limit"),
    "textual": ("word", "benefit", "action", "link"),
}
_PASSAGES = 6
"""As many as the shipped settings read for one question."""


@dataclass(frozen=True)
class Reply:
    """What a model might write.

    Attributes:
        reply_id: Case, kind and number, such as "cancel-which/polarity/2".
        kind: `clean`, or the kind of the one fault in it.
    """

    reply_id: str
    kind: str
    text: str


@dataclass(frozen=True)
class Case:
    """A question, what is true about it, and replies to it."""

    name: str
    part: str
    topic: str
    question: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    receipts: tuple[str, ...]
    replies: tuple[Reply, ...]


def load(parts: Sequence[str] = PARTS) -> list[Case]:
    """Read the cases of some parts, in the order of the files."""
    return [_case(row, part) for part in parts for row in yaml.safe_load((FOLDER / f"{part}.yml").read_text(encoding="utf8"))]


def evidence_of(case: Case, cases: Sequence[Case], embedder: Embedder, *, alone: bool = False) -> Evidence:
    """Give what an answer to a case may rest on.

    Args:
        case: The case in question.
        cases: All cases; passages on the same topic are read as well, as retrieval would give them.
        embedder: The shipped one.
        alone: Leave the neighbours out.
    """
    near = () if alone or not case.passages else islice(_neighbours(case, cases), max(0, _PASSAGES - len(case.passages)))
    candidates = [Candidate(passage, 1.0) for passage in dict.fromkeys([*case.passages, *near])]
    return gather(case.question, candidates, case.facts, case.receipts, case.topic, embedder)


def _neighbours(case: Case, cases: Sequence[Case]) -> Iterator[Passage]:
    """Passages of the cases that follow on the same topic, round and round; a case never gets another part's evidence."""
    own = [other for other in cases if (other.topic, other.part) == (case.topic, case.part)]
    start = own.index(case)
    for other in [*own[start + 1 :], *own[:start]]:
        yield from (passage for passage in other.passages if passage not in case.passages)


def _case(row: dict[str, Any], part: str) -> Case:
    kinds: dict[str, list[str]] = {CLEAN: row[CLEAN], **row["faults"]}
    replies = [Reply(f"{row['case']}/{kind}/{number}", kind, text) for kind, texts in kinds.items() for number, text in enumerate(texts)]
    return Case(
        name=row["case"],
        part=part,
        topic=row["topic"],
        question=row["question"],
        passages=tuple(_passage(passage, row["topic"]) for passage in row.get("passages", [])),
        facts=tuple(Fact(**fact) for fact in row.get("facts", [])),
        receipts=tuple(row.get("receipts", [])),
        replies=tuple(replies),
    )


def _passage(row: dict[str, str], topic: str) -> Passage:
    anchor = slugify(row["heading"])
    return Passage(
        passage_id=PassageId(f"{row['article']}#{anchor}"),
        slug=row["article"],
        title=row["title"],
        headings=(row["heading"],),
        url=f"/help/{row['article']}#{anchor}",
        text=row["text"],
        topic=topic,
    )
