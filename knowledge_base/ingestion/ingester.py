"""Brings the manifest up to date with sources. Only what changed is read, split and embedded again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import structlog

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.listing import Listing, Source
from knowledge_base.ingestion.web.site import is_address
from knowledge_base.manifest import Known
from knowledge_base.models import Document, Failure, IngestReport

Progress = Callable[[int, int, str], None]

log = structlog.get_logger(__name__)


class Target(Protocol):
    """Where documents go."""

    def find_staged(self, known: Known) -> list[Document]:
        """Take over what an ingestion that did not finish made of a source; empty where it had not come to it."""
        ...

    def write(self, document: Document, known: Known) -> None:
        """Take a new or changed document."""
        ...

    def remove(self, slug: str) -> None:
        """Take note that a document is gone."""
        ...


class Ingester:
    """Compares sources with what is known, and tells a target what differs. For one run; blocking."""

    def __init__(self, known: dict[str, Known], recipe: str, target: Target, spare: Path | None = None) -> None:
        """Take what is known by slug, what passages would be made with now, and the folder whose documents give way to others."""
        self._known = dict(known)
        self._recipe = recipe
        self._target = target
        self._spare = spare.resolve() if spare else None
        self._slugs: dict[str, list[str]] = {}
        for slug, one in known.items():
            self._slugs.setdefault(one.source, []).append(slug)
        self.report = IngestReport()

    def ingest(self, listings: Iterable[Listing], progress: Progress | None = None) -> IngestReport:
        """Read all sources. One that cannot be read is reported and keeps its former documents."""
        done = 0
        for listing in listings:
            for found in listing:
                done += 1
                self._take(found)
                if progress is not None:
                    progress(done, max(done, listing.total), found.path if isinstance(found, Failure) else found.name)
            for slug in [slug for slug, one in self._known.items() if listing.is_gone(one)]:
                self._remove(slug)
        return self.report

    def _take(self, found: Source | Failure) -> None:
        if isinstance(found, Failure):
            self.report.failed.append(found)
            return
        try:
            self._ingest(found)
        except UnreadableDocument as exc:
            log.warning("knowledge.unreadable", source=found.name, reason=str(exc))
            self.report.failed.append(Failure(found.key, str(exc)))

    def _ingest(self, source: Source) -> None:
        wanted = Known(source.key, source.fingerprint(), self._recipe, source.root)
        former = [slug for slug in self._slugs.get(source.key, []) if slug in self._known and self._known[slug].source == source.key]
        if former and all(self._is_current(self._known[slug], wanted) for slug in former):
            self.report.unchanged.extend(former)
            return
        documents = self._target.find_staged(wanted)
        fresh = not documents
        documents = documents or source.read(wanted.content_hash)
        if self._is_spare(wanted):
            documents = [document for document in documents if not self._find_owner(document, wanted)]
        self._check_slugs(documents, wanted)
        for document in documents:
            if fresh:
                self._target.write(document, wanted)
            (self.report.changed if document.slug in self._known else self.report.added).append(document.slug)
            self._known[document.slug] = wanted
        for slug in former:
            if slug not in {document.slug for document in documents}:
                self._remove(slug)

    def _is_current(self, known: Known, wanted: Known) -> bool:
        return (known.content_hash, known.recipe) == (wanted.content_hash, wanted.recipe)

    def _check_slugs(self, documents: list[Document], wanted: Known) -> None:
        for document in documents:
            owner = self._find_owner(document, wanted)
            if owner is not None and not self._is_spare(owner):
                message = f"The slug {document.slug!r} is taken by {Path(owner.source).name!r}."
                raise UnreadableDocument(message)
        if len({document.slug for document in documents}) < len(documents):
            message = "Two of its documents have the same slug."
            raise UnreadableDocument(message)

    def _find_owner(self, document: Document, wanted: Known) -> Known | None:
        """Give the other source that a slug belongs to; one that is no longer there owns nothing."""
        owner = self._known.get(document.slug)
        return owner if owner is not None and owner.source != wanted.source and _exists(owner.source) else None

    def _is_spare(self, known: Known) -> bool:
        return self._spare is not None and Path(known.source).is_relative_to(self._spare)

    def _remove(self, slug: str) -> None:
        self._target.remove(slug)
        del self._known[slug]
        self.report.removed.append(slug)


def _exists(source: str) -> bool:
    return is_address(source) or Path(source).exists()
