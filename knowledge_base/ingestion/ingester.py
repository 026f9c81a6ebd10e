"""Brings the manifest up to date with files. Only what changed is read, split and embedded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import split
from knowledge_base.manifest import Manifest
from knowledge_base.models import Failure, IngestReport

Progress = Callable[[int, int, str], None]

_SPLITTER_VERSION = 1
"""Raised when passages would be cut differently, so that they are made again."""

log = structlog.get_logger(__name__)

Known = dict[str, tuple[str, str, str]]
"""Source, content hash and recipe, by slug."""


class Ingester:
    """Reads files into the manifest. Blocking."""

    def __init__(self, manifest: Manifest, embedder: Embedder, passage_chars: int) -> None:
        """Take where documents go and what makes their vectors."""
        self._manifest = manifest
        self._embedder = embedder
        self._passage_chars = passage_chars
        self._recipe = f"{_SPLITTER_VERSION}/{passage_chars}/{embedder.name}"

    def ingest(self, paths: Sequence[Path], progress: Progress | None = None) -> IngestReport:
        """Read all files below `paths`. A file that cannot be read is reported and keeps its former passages."""
        report = IngestReport()
        known = self._manifest.get_hashes()
        found = files.list_files(paths)
        for number, path in enumerate(found):
            self._ingest_file(path, known, report)
            if progress is not None:
                progress(number + 1, len(found), path.name)
        self._remove_gone(paths, {str(path) for path in found}, known, report)
        return report

    def _ingest_file(self, path: Path, known: Known, report: IngestReport) -> None:
        try:
            content_hash = files.fingerprint(path)
            slug = _slug_of(path, known)
            if slug is not None and known[slug][1:] == (content_hash, self._recipe):
                report.unchanged.append(slug)
                return
            self._save(path, content_hash, slug, known, report)
        except UnreadableDocument as exc:
            log.warning("knowledge.unreadable", file=path.name, reason=str(exc))
            report.failed.append(Failure(str(path), str(exc)))

    def _save(self, path: Path, content_hash: str, old_slug: str | None, known: Known, report: IngestReport) -> None:
        document = files.read(path, content_hash)
        owner = known.get(document.slug)
        if owner is not None and owner[0] != str(path) and Path(owner[0]).exists():
            message = f"The slug {document.slug!r} is taken by {Path(owner[0]).name!r}."
            raise UnreadableDocument(message)
        passages = split(document, self._passage_chars)
        vectors = self._embedder.embed([passage.searchable for passage in passages])
        self._manifest.save(document, self._recipe, passages, vectors)
        (report.changed if owner else report.added).append(document.slug)
        known[document.slug] = (str(path), content_hash, self._recipe)
        if old_slug is not None and old_slug != document.slug:
            self._remove(old_slug, known, report)

    def _remove_gone(self, paths: Sequence[Path], found: set[str], known: Known, report: IngestReport) -> None:
        for path in paths:
            root = path.resolve()
            gone = [slug for slug, row in known.items() if row[0] not in found and Path(row[0]).is_relative_to(root)]
            for slug in gone:
                self._remove(slug, known, report)
            if not gone and not path.exists():
                report.failed.append(Failure(str(path), "There is no such file or folder."))

    def _remove(self, slug: str, known: Known, report: IngestReport) -> None:
        self._manifest.remove(slug)
        del known[slug]
        report.removed.append(slug)


def _slug_of(path: Path, known: Known) -> str | None:
    return next((slug for slug, row in known.items() if row[0] == str(path)), None)
