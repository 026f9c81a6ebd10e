"""The nouns of answering."""

from enum import StrEnum
from typing import Any, NewType
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

AnswerId = NewType("AnswerId", str)


class Noun(BaseModel):
    """Immutable; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Noun):
    """One live line from a record, in words that may be shown as they are.

    Attributes:
        fact_id: Names record and field, such as "product:P-17:price".
        text: A whole sentence or line: "Kestrel K2 keyboard: 89.00 EUR, 4 in stock."
        values: The same, typed.
        line: What it says without naming what it is about, "price: 89.00 EUR"; that is held against the question. The text where empty.
        about: The name and kind of what it is about, where all lines of its record are at hand: what they do not speak of is not known.
        by_customer: A customer wrote it (a review, a note on an order): it is quoted as theirs and never shown to a model.
    """

    fact_id: str
    text: str
    values: dict[str, Any] = {}
    line: str = ""
    about: str = ""
    by_customer: bool = False


class Citation(Noun):
    """Where a customer can read the source."""

    title: str
    url: str
    passage_id: str


class Method(StrEnum):
    """How a sentence is tied to its evidence."""

    QUOTED = "quoted"
    """It is the evidence's own sentence."""
    AUDITED = "audited"
    """A person stands for this answer to this very question."""
    VERIFIED = "verified"
    """Written by a model; its values and words stand in the evidence."""
    REFUSED = "refused"
    """Written by a model and not sent."""


class Sentence(Noun):
    """One sentence of an answer.

    Attributes:
        evidence_ids: Passages, facts or receipts that it rests on.
        score: How well it is supported, 0 to 1.
    """

    text: str
    evidence_ids: tuple[str, ...]
    method: Method
    score: float


class LedgerEntry(Noun):
    """What became of one sentence, for staff and audits. Refused sentences are kept here and nowhere else.

    Attributes:
        evidence: The words that it rests on, as they were at that time, one text per evidence id.
    """

    text: str
    evidence_ids: tuple[str, ...]
    method: Method
    score: float
    reason: str = ""
    evidence: tuple[str, ...] = ()


class Answer(Noun):
    """Words with their evidence.

    Attributes:
        text: What the customer reads.
        known: False for the honest "I don't know that"; the caller then offers a person.
        generator: What made the words that were sent: `audited`, `extractive`, `llm`, or `none`.
    """

    answer_id: AnswerId
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    known: bool
    generator: str
    ledger: tuple[LedgerEntry, ...] = ()


def new_answer_id() -> AnswerId:
    """Give a fresh id."""
    return AnswerId(f"ans_{uuid4().hex}")
