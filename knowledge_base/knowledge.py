"""The one door to the knowledge base."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from knowledge_base.checks.findings import Finding
from knowledge_base.checks.instructions import find_instructions
from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import DocumentNotFound, IndexLocked, PassageNotFound
from knowledge_base.ingestion.ingester import Progress
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.manifest import Manifest
from knowledge_base.models import Candidate, Document, IngestReport, KnowledgeBaseStatus, Passage, PassageId
from knowledge_base.rerankers.base import Reranker
from knowledge_base.rerankers.light import LightReranker
from knowledge_base.retrievers.hybrid import join, reorder
from knowledge_base.retrievers.keyword import KeywordRetriever
from knowledge_base.screening.screen import Screen
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.spelling import spell_out, vocabulary_of
from knowledge_base.stores.base import PassageStore
from knowledge_base.upkeep import Difference, Places, Upkeep
from knowledge_base.vector_index import VectorIndex

_DEPTH = 40
"""How far down each ranking is read before they are joined."""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class _Snapshot:
    """What is known at one moment; searches never see half of an ingestion."""

    documents: dict[str, Document] = field(default_factory=dict)
    passages: dict[PassageId, Passage] = field(default_factory=dict)
    keyword: KeywordRetriever = field(default_factory=lambda: KeywordRetriever([]))
    vocabulary: frozenset[str] = frozenset()


class KnowledgeBase:
    """Documents in, evidence out. All blocking work runs in threads; answers keep coming when the vector index is dead."""

    def __init__(
        self,
        settings: KnowledgeBaseSettings,
        *,
        store: PassageStore,
        embedder: Embedder,
        reranker: Reranker | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        """Take the parts; nothing is opened yet."""
        in_memory = settings.store == "memory"
        self._manifest = Manifest(None if in_memory else settings.index_dir / "manifest.sqlite")
        self._index = VectorIndex(self._manifest, store, embedder, settings.store_retry_s)
        self._upkeep = Upkeep(self._manifest, self._index, embedder, settings, self._serve)
        self._screen = Screen(embedder)
        self._rules = CrawlRules(allow=settings.crawl_allow)
        self._reranker = reranker or LightReranker()
        self._today = today
        self._snapshot: _Snapshot | None = None
        self._swap = Lock()

    async def ingest(
        self, places: Places, progress: Progress | None = None, rules: CrawlRules | None = None, *, without: Sequence[Path] = ()
    ) -> IngestReport:
        """Bring the knowledge base up to date with files, folders and websites.

        Searches go on over what was known before; what is new takes its place in one step when all is read.

        Args:
            places: Files, folders of them, or addresses of websites: a page to begin at, or a sitemap. Documents whose file or
                page is gone are removed.
            progress: Called with (done, total so far, name), from another thread.
            rules: How far websites are read.
            without: Folders that are read no more; what came from them is removed.

        Returns:
            What was added, changed, left, removed, and what could not be read; one broken file does not stop the rest.

        Raises:
            IndexLocked: If another process owns the index.
        """
        return await asyncio.to_thread(self._upkeep.ingest, places, self._bounded(rules), progress, without)

    async def compare(self, places: Places, rules: CrawlRules | None = None) -> Difference:
        """Say what an ingestion would change, and change nothing."""
        return await asyncio.to_thread(self._upkeep.compare, places, self._bounded(rules))

    async def look_through(self, slugs: Collection[str]) -> list[Finding]:
        """Find sentences of these documents that customers will not be told, because they instruct a machine or belong elsewhere."""
        return await asyncio.to_thread(self._look_through, slugs)

    async def reindex(self, progress: Progress | None = None, *, embed: bool = False) -> int:
        """Build the vector index anew from the manifest, and give the number of passages; with `embed`, embed all anew before.

        Raises:
            IndexLocked: If another process owns the index.
            StoreUnavailable: If it does not answer.
        """
        return await asyncio.to_thread(lambda: self._upkeep.reindex(progress, embed=embed))

    async def set_published(self, slug: str, *, published: bool) -> None:
        """Show a document to customers, or withhold it. Later ingestions leave it so.

        Raises:
            DocumentNotFound: If there is none.
            IndexLocked: If another process serves these documents, which would not see the change.
        """
        await asyncio.to_thread(self._set_published, slug, published)

    async def search(self, question: str, limit: int = 5, also: Collection[PassageId] = ()) -> list[Candidate]:
        """Find the public passages that speak to a question, best first; by keywords alone when the vector index is dead.

        Args:
            question: The customer's words.
            limit: The most that are found.
            also: Passages that such questions are known to ask for; those that were not found, and are public, follow the others.
        """
        return await asyncio.to_thread(self._search, question, limit, also)

    async def spell_out(self, question: str) -> str:
        """Write out chat spelling, and read typos as the nearest words of the articles."""
        if (snapshot := self._snapshot) is None:
            snapshot = await asyncio.to_thread(self._load)
        return spell_out(question, snapshot.vocabulary)

    async def get_passage(self, passage_id: str) -> Passage:
        """Give a passage.

        Raises:
            PassageNotFound: If there is none, or customers may not read it now.
        """
        snapshot = await asyncio.to_thread(self._load)
        passage = snapshot.passages.get(PassageId(passage_id))
        if passage is None or not self._is_public(snapshot, passage):
            raise PassageNotFound(passage_id)
        return passage

    async def get_document(self, slug: str) -> Document:
        """Give a document that customers may read.

        Raises:
            DocumentNotFound: If there is none.
        """
        snapshot = await asyncio.to_thread(self._load)
        document = snapshot.documents.get(slug)
        if document is None or not document.is_public_on(self._today()):
            raise DocumentNotFound(slug)
        return document

    async def list_documents(self) -> list[Document]:
        """List the documents that customers may read now, by topic and title."""
        snapshot = await asyncio.to_thread(self._load)
        public = [document for document in snapshot.documents.values() if document.is_public_on(self._today())]
        return sorted(public, key=lambda document: (document.topic, document.title))

    async def list_public_passages(self) -> list[Passage]:
        """List the passages that customers may read now."""
        snapshot = await asyncio.to_thread(self._load)
        return [passage for passage in snapshot.passages.values() if self._is_public(snapshot, passage)]

    async def list_everything(self) -> list[tuple[Document, list[Passage]]]:
        """List all documents with their passages, for staff: those for staff, out of date and withheld as well; by title."""
        snapshot = await asyncio.to_thread(self._load)
        passages: dict[str, list[Passage]] = {slug: [] for slug in snapshot.documents}
        for passage in snapshot.passages.values():
            passages[passage.slug].append(passage)
        return sorted(((snapshot.documents[slug], found) for slug, found in passages.items()), key=lambda one: one[0].title.casefold())

    async def status(self) -> KnowledgeBaseStatus:
        """Say how much is known and whether the vector index answers."""
        return await asyncio.to_thread(self._status)

    async def close(self) -> None:
        """Let go of files and of the index folder."""
        await asyncio.to_thread(self._close)

    def _bounded(self, rules: CrawlRules | None) -> CrawlRules:
        # What may be reached is the installation's setting, never the caller's wish.
        return replace(rules, allow=self._rules.allow) if rules else self._rules

    def _set_published(self, slug: str, published: bool) -> None:
        self._index.take()
        with self._swap:
            snapshot = self._load()
            if slug not in snapshot.documents:
                raise DocumentNotFound(slug)
            self._manifest.set_published(slug, published=published)
            changed = replace(snapshot.documents[slug], published=published)
            self._snapshot = replace(snapshot, documents={**snapshot.documents, slug: changed})

    def _look_through(self, slugs: Collection[str]) -> list[Finding]:
        documents = self._load().documents
        return find_instructions([documents[slug] for slug in slugs if slug in documents], self._screen)

    def _serve(self) -> int:
        with self._swap:
            self._snapshot = snapshot = self._read()
        return len(snapshot.passages)

    def _load(self) -> _Snapshot:
        # An ingestion swaps the snapshot when it is done; nobody waits for it.
        if (snapshot := self._snapshot) is None:
            self._snapshot = snapshot = self._read()
        return snapshot

    def _read(self) -> _Snapshot:
        documents, passages = self._manifest.load()
        vocabulary = vocabulary_of(passage.searchable for passage in passages)
        return _Snapshot({d.slug: d for d in documents}, {p.passage_id: p for p in passages}, KeywordRetriever(passages), vocabulary)

    def _search(self, question: str, limit: int, also: Collection[PassageId]) -> list[Candidate]:
        snapshot = self._load()
        if not question.strip() or not snapshot.passages:
            return []
        question = spell_out(question, snapshot.vocabulary)
        found = join(snapshot.passages, snapshot.keyword.search(question, _DEPTH), self._index.search(question, _DEPTH))
        public = [candidate for candidate in found if self._is_public(snapshot, candidate.passage)][: max(limit, self._reranker.depth)]
        shares = snapshot.keyword.cover(question)
        covered = [replace(candidate, coverage=shares[candidate.passage.passage_id]) for candidate in public]
        best = reorder(self._reranker, question, covered)[:limit]
        missing = set(also) & snapshot.passages.keys() - {candidate.passage.passage_id for candidate in best}
        asked_for = [snapshot.passages[passage_id] for passage_id in also if passage_id in missing]
        return [*best, *(Candidate(one, 0.0, coverage=shares[one.passage_id]) for one in asked_for if self._is_public(snapshot, one))]

    def _is_public(self, snapshot: _Snapshot, passage: Passage) -> bool:
        return snapshot.documents[passage.slug].is_public_on(self._today())

    def _status(self) -> KnowledgeBaseStatus:
        snapshot = self._load()
        indexed, fault = self._index.check()
        return KnowledgeBaseStatus(
            len(snapshot.documents), len(snapshot.passages), indexed, not fault, str(fault or ""), isinstance(fault, IndexLocked)
        )

    def _close(self) -> None:
        self._index.close()
        self._manifest.close()
        self._snapshot = None
