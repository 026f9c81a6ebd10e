"""The nouns of the knowledge base."""

from dataclasses import dataclass, field
from datetime import date
from typing import NewType

import numpy as np
from numpy.typing import NDArray

PassageId = NewType("PassageId", str)

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Document:
    """Something published, as its author wrote it.

    Attributes:
        slug: Its name in addresses, unique.
        topic: What it is about, such as `returns`; one word that intents share.
        audience: `public`, or `staff` for what customers never see.
        valid_to: The last day on which it holds; None while it has no end.
        language: Its language as a BCP 47 tag, such as `en`; empty where nobody has said.
        source_url: Where customers read the original; empty for what is read here, under /help.
        text: The body as Markdown, whatever it was read from.
        source: The file or page that it came from.
        content_hash: Changes whenever anything of the source changes.
        published: Whether staff let customers see it; withdrawing outlives ingestions.
    """

    slug: str
    title: str
    topic: str
    text: str
    audience: str = "public"
    valid_from: date | None = None
    valid_to: date | None = None
    updated: date | None = None
    language: str = ""
    source_url: str = ""
    source: str = ""
    content_hash: str = ""
    published: bool = True

    def is_public_on(self, day: date) -> bool:
        """Whether customers may be told this on `day`."""
        started = self.valid_from is None or self.valid_from <= day
        return self.published and self.audience == "public" and started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Passage:
    """The piece of a document that is retrieved.

    Attributes:
        headings: The path of headings above it, without the title.
        url: Where a customer reads it, with the heading's anchor.
        text: Plain words; list items keep their own lines, each beginning with "- ".
        position: Its place in the document, from 0.
    """

    passage_id: PassageId
    slug: str
    title: str
    headings: tuple[str, ...]
    url: str
    text: str
    topic: str = ""
    position: int = 0

    @property
    def above(self) -> str:
        """What it stands under: title and headings."""
        return ". ".join([self.title, *self.headings])

    @property
    def searchable(self) -> str:
        """The text as it is indexed: what it stands under helps to find it."""
        return f"{self.above}. {self.text}"


@dataclass(frozen=True)
class Candidate:
    """A passage with how well it fits. Scores compare within one question only.

    Attributes:
        score: The joined score, or the reranker's where one ordered them; higher is better.
        lexical: BM25, at least 0.
        dense: Cosine of question and passage; 0 where the vector index was not asked.
        coverage: The share of the question's words that the passage holds, weighted by rarity in all passages, 0 to 1.
    """

    passage: Passage
    score: float
    lexical: float = 0.0
    dense: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    path: str
    reason: str


@dataclass
class IngestReport:
    """What an ingestion did, or would do, by document slug.

    Attributes:
        failed: What could not be read; its former passages stay.
        passages: How many there are in all now.
        removed: Documents whose source is gone.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    passages: int = 0


@dataclass(frozen=True)
class KnowledgeBaseStatus:
    """How much is known and whether the vector index answers.

    Attributes:
        locked: Whether another process has the index: then only the documents and passages are known here.
    """

    documents: int
    passages: int
    indexed: int
    dense: bool
    detail: str = ""
    locked: bool = False


@dataclass(frozen=True)
class ProductDocument:
    """A product as the catalogue index sees it: an id and named texts, such as name, brand, description."""

    product_id: str
    fields: dict[str, str]


@dataclass(frozen=True)
class ProductLine:
    """One thing that is known of a product: an attribute such as "material: oak", a sentence, a buyer's answer, a review.

    Attributes:
        question: What a buyer had asked, where `text` is the answer to it.
    """

    text: str
    question: str = ""


@dataclass(frozen=True)
class ProductCandidate:
    """A product with how well it fits the words. Scores compare within one query only."""

    product_id: str
    score: float
