"""What crosses the staff API about the knowledge base."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from knowledge_base.checks.findings import Finding
from knowledge_base.models import Candidate, Document, Passage

State = Literal["told", "staff", "withheld", "later", "over"]


class DocumentLine(BaseModel):
    """A document in the list.

    Attributes:
        state: Whether customers are told it: `told`; `staff` (for staff alone), `withheld` by staff, valid `later`, or `over`.
        uploaded: Whether it was uploaded here, so that it can be removed here.
    """

    slug: str
    title: str
    topic: str
    audience: str
    language: str
    state: State
    published: bool
    valid_from: date | None
    valid_to: date | None
    updated: date | None
    source_url: str
    file: str
    passages: int
    uploaded: bool


class KnowledgeStatusView(BaseModel):
    """How much is known, and why searches use keywords alone, where they do."""

    documents: int
    passages: int
    indexed: int
    dense: bool
    detail: str


class DocumentList(BaseModel):
    """All documents, by title.

    Attributes:
        kinds: The endings of files that can be uploaded.
        may_change: Whether who asks may upload, publish, withhold and remove.
    """

    items: list[DocumentLine]
    status: KnowledgeStatusView
    kinds: list[str]
    may_change: bool


class PassageView(BaseModel):
    """The piece of a document that is found and quoted."""

    passage_id: str
    headings: list[str]
    text: str
    url: str


class KeptBack(BaseModel):
    """A sentence that customers are not told, because it instructs a machine or somebody else may have written it."""

    heading: str
    text: str
    reason: str


class DocumentDetails(BaseModel):
    """A document as the bot reads it."""

    document: DocumentLine
    passages: list[PassageView]
    kept_back: list[KeptBack]


class FoundPassage(PassageView):
    """A passage with how well it fits a question."""

    title: str
    slug: str
    score: float
    lexical: float
    dense: float


class FoundList(BaseModel):
    """What a customer's question would find, best first."""

    items: list[FoundPassage]


def line_of(document: Document, passages: int, today: date, *, file: str, uploaded: bool) -> DocumentLine:
    """Show a document in the list."""
    return DocumentLine(
        slug=document.slug, title=document.title, topic=document.topic, audience=document.audience, language=document.language,
        state=_state(document, today), published=document.published, valid_from=document.valid_from, valid_to=document.valid_to,
        updated=document.updated, source_url=document.source_url, file=file, passages=passages, uploaded=uploaded,
    )  # fmt: skip


def _state(document: Document, today: date) -> State:
    if not document.published:
        return "withheld"
    if document.audience != "public":
        return "staff"
    if document.valid_to is not None and document.valid_to < today:
        return "over"
    return "told" if document.is_public_on(today) else "later"


def kept_back_view(finding: Finding) -> KeptBack:
    """Show what the screen found."""
    [place] = finding.places
    return KeptBack(heading=place.heading, text=place.text, reason=finding.message)


def passage_view(passage: Passage) -> PassageView:
    """Show a passage."""
    return PassageView(passage_id=passage.passage_id, headings=list(passage.headings), text=passage.text, url=passage.url)


def found_view(found: Candidate) -> FoundPassage:
    """Show a passage that was found."""
    passage = found.passage
    return FoundPassage(
        **passage_view(passage).model_dump(), title=passage.title, slug=passage.slug,
        score=round(found.score, 4), lexical=round(found.lexical, 3), dense=round(found.dense, 3),
    )  # fmt: skip
