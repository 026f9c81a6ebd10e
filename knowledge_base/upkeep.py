"""Keeps the manifest, and the index made from it, up to date: one change at a time, each beside what is served and then in its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from knowledge_base.embedders.base import Embedder
from knowledge_base.ingestion.ingester import Ingester, Progress, Target
from knowledge_base.ingestion.listing import Dismissed, list_sources
from knowledge_base.ingestion.staging import Staging
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.manifest import Known, Manifest
from knowledge_base.models import Document, IngestReport
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.vector_index import VectorIndex

Places = Sequence[Path | str]


@dataclass(frozen=True)
class Difference:
    """What an ingestion would change.

    Attributes:
        report: By slug.
        lines: Of a unified diff over the text of added, changed and removed documents.
    """

    report: IngestReport
    lines: list[str]


@dataclass
class _Recorder:
    """A target that only takes notes."""

    written: dict[str, Document] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def find_staged(self, known: Known) -> list[Document]:
        """Nothing is staged here."""
        return []

    def write(self, document: Document, known: Known) -> None:
        """Note a document."""
        self.written[document.slug] = document

    def remove(self, slug: str) -> None:
        """Note a removal."""
        self.removed.append(slug)


class Upkeep:
    """Ingests, compares and makes anew. Blocking."""

    def __init__(
        self, manifest: Manifest, index: VectorIndex, embedder: Embedder, settings: KnowledgeBaseSettings, serve: Callable[[], int]
    ) -> None:
        """Take the parts.

        Args:
            manifest: The documents.
            index: The vector index over them.
            embedder: Makes vectors.
            settings: Of the knowledge base: how passages are cut, and which documents give way.
            serve: Called when the manifest has changed; shows it to searches and says how many passages there are.
        """
        self._manifest = manifest
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._serve = serve
        self._lock = Lock()

    def ingest(self, places: Places, rules: CrawlRules, progress: Progress | None, without: Sequence[Path] = ()) -> IngestReport:
        """Bring the manifest up to date with files, folders and websites; documents made with another recipe are made anew.

        What was once read of the folders `without` is forgotten.
        """
        with self._lock:
            self._index.take()
            self._manifest.begin()
            known, staging = self._manifest.list_known(), self._make_staging()
            listings = [*list_sources(places, rules, known.values()), *map(Dismissed, without)]
            report = self._make_ingester(known, staging).ingest(listings, progress)
            done = {*report.added, *report.changed, *report.removed}
            self._remake(staging, [slug for slug, one in known.items() if slug not in done and one.recipe != staging.recipe], None)
            self._finish(staging)
            report.passages = self._serve()
            self._index.sync()
            return report

    def compare(self, places: Places, rules: CrawlRules) -> Difference:
        """Say what an ingestion would change, and change nothing."""
        known, recorder = self._manifest.list_known(), _Recorder()
        report = self._make_ingester(known, recorder).ingest(list_sources(places, rules, known.values()))
        former = {document.slug: document for document in self._manifest.load()[0]}
        slugs = sorted({*recorder.written, *recorder.removed})
        lines = [line for slug in slugs for line in _diff(slug, former.get(slug), recorder.written.get(slug))]
        return Difference(report, lines)

    def reindex(self, progress: Progress | None, *, embed: bool) -> int:
        """Build the vector index anew; with `embed`, split and embed every document anew before. Gives the number of passages.

        Raises:
            StoreUnavailable: If the store does not answer.
        """
        with self._lock:
            self._index.take()
            self._manifest.begin()
            staging = self._make_staging()
            stale = [slug for slug, one in self._manifest.list_known().items() if embed or one.recipe != staging.recipe]
            self._remake(staging, stale, progress)
            self._finish(staging)
            passages = self._serve()
            self._index.rebuild()
            return passages

    def _make_ingester(self, known: dict[str, Known], target: Target) -> Ingester:
        return Ingester(known, self._make_staging().recipe, target, self._settings.spare_dir)

    def _make_staging(self) -> Staging:
        return Staging(self._manifest, self._embedder, self._settings.passage_chars)

    def _remake(self, staging: Staging, slugs: list[str], progress: Progress | None) -> None:
        """Split and embed known documents anew, from the manifest's own copy."""
        if not slugs:
            return
        known, wanted = self._manifest.list_known(), set(slugs)
        for number, document in enumerate(document for document in self._manifest.load()[0] if document.slug in wanted):
            one = known[document.slug]
            staging.write(document, Known(one.source, one.content_hash, staging.recipe, one.root))
            if progress is not None:
                progress(number + 1, len(slugs), document.slug)

    def _finish(self, staging: Staging) -> None:
        staging.flush()
        if not staging.touched:
            self._manifest.discard()
            return
        generation, total = self._manifest.next_generation()
        self._index.prepare(generation, total)
        self._manifest.apply(generation)
        self._index.invalidate()


def _diff(slug: str, before: Document | None, after: Document | None) -> list[str]:
    old, new = (_lines(document) if document else [] for document in (before, after))
    return list(difflib.unified_diff(old, new, f"known/{slug}", f"new/{slug}", n=1, lineterm=""))


def _lines(document: Document) -> list[str]:
    head = [f"{name}: {value}" for name in _HEAD if (value := getattr(document, name))]
    return [*head, *document.text.splitlines()]


_HEAD = ("title", "topic", "audience", "valid_from", "valid_to", "language", "source_url")
