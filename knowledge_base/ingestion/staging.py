"""Makes passages and vectors of documents, and puts them beside what is served."""

from __future__ import annotations

from knowledge_base.embedders.base import Embedder
from knowledge_base.ingestion.bulk import embed_all
from knowledge_base.ingestion.passages import split
from knowledge_base.manifest import Known, Manifest
from knowledge_base.models import Document, Passage

_SPLITTER_VERSION = 1
"""Raised when passages would be cut differently, so that they are made again."""
_BATCH = 256
"""So many passages are embedded together: enough to sort them by length, and few enough to be lost in a crash."""


class Staging:
    """A target that embeds. Bounded in memory: documents wait only until a batch is full."""

    def __init__(self, manifest: Manifest, embedder: Embedder, passage_chars: int) -> None:
        """Take where documents go and what makes their vectors."""
        self._manifest = manifest
        self._embedder = embedder
        self._passage_chars = passage_chars
        self._waiting: list[tuple[Document, Known, list[Passage]]] = []
        self._passages = 0
        self.touched = False

    @property
    def recipe(self) -> str:
        """Names what passages are made with."""
        return f"{_SPLITTER_VERSION}/{self._passage_chars}/{self._embedder.name}"

    def find_staged(self, known: Known) -> list[Document]:
        """Take over what an ingestion that did not finish made of a source."""
        found = self._manifest.choose_staged(known)
        self.touched = self.touched or bool(found)
        return found

    def write(self, document: Document, known: Known) -> None:
        """Split a document; it is embedded when a batch is full."""
        passages = split(document, self._passage_chars)
        self._waiting.append((document, known, passages))
        self._passages += len(passages)
        self.touched = True
        if self._passages >= _BATCH:
            self.flush()

    def remove(self, slug: str) -> None:
        """Mark a document to be forgotten."""
        self._manifest.stage_removal(slug)
        self.touched = True

    def flush(self) -> None:
        """Embed what waits, and stage it."""
        waiting, self._waiting, self._passages = self._waiting, [], 0
        vectors = embed_all(self._embedder, [passage.searchable for _, _, passages in waiting for passage in passages])
        start = 0
        for document, known, passages in waiting:
            self._manifest.stage(document, known, passages, vectors[start : start + len(passages)])
            start += len(passages)
