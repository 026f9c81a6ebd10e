"""The list of all documents and passages, with vectors, in one SQLite file.

The manifest is what the knowledge base is; the vector index is made from it and can be made again. An ingestion writes beside
what is served, into staged tables, and takes their place in one transaction: a crash before it leaves the old one as it was, and
what was embedded until then is found again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from knowledge_base.errors import StoreUnavailable
from knowledge_base.models import Document, FloatArray, Passage, PassageId

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (slug TEXT PRIMARY KEY, source TEXT NOT NULL, content_hash TEXT NOT NULL, recipe TEXT NOT NULL,
    body TEXT NOT NULL, root TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS passages (passage_id TEXT PRIMARY KEY, slug TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL, body TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_slug ON passages (slug, position);
CREATE TABLE IF NOT EXISTS staged_documents (slug TEXT PRIMARY KEY, source TEXT NOT NULL, content_hash TEXT NOT NULL,
    recipe TEXT NOT NULL, body TEXT NOT NULL, root TEXT NOT NULL DEFAULT '', chosen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS staged_passages (passage_id TEXT PRIMARY KEY, slug TEXT NOT NULL REFERENCES staged_documents ON DELETE CASCADE,
    position INTEGER NOT NULL, body TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS staged_passages_by_slug ON staged_passages (slug, position);
CREATE TABLE IF NOT EXISTS staged_removals (slug TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS withheld (slug TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TEMP VIEW IF NOT EXISTS next_passages AS
    SELECT passage_id, body, vector FROM passages WHERE slug NOT IN (SELECT slug FROM staged_removals)
        AND slug NOT IN (SELECT slug FROM staged_documents WHERE chosen)
    UNION ALL SELECT passage_id, body, vector FROM staged_passages WHERE slug IN (SELECT slug FROM staged_documents WHERE chosen);
"""
_APPLY = """
DELETE FROM documents WHERE slug IN (SELECT slug FROM staged_removals) OR slug IN (SELECT slug FROM staged_documents WHERE chosen);
INSERT INTO documents SELECT slug, source, content_hash, recipe, body, root FROM staged_documents WHERE chosen;
INSERT INTO passages SELECT * FROM staged_passages WHERE slug IN (SELECT slug FROM staged_documents WHERE chosen);
"""
_CLEAR = ("DELETE FROM staged_removals", "DELETE FROM staged_documents")
_DATES = ("valid_from", "valid_to", "updated")
_BATCH = 1000

Batch = tuple[list[Passage], FloatArray]


@dataclass(frozen=True)
class Known:
    """What is remembered of a document's making.

    Attributes:
        source: The file or page that it came from.
        content_hash: Of that source.
        recipe: Names what the passages were made with.
        root: The folder or site whose listing the source belongs to; empty for a source named by itself.
    """

    source: str
    content_hash: str
    recipe: str
    root: str = ""


class Manifest:
    """Documents, passages and vectors. Blocking; safe for several threads. A damaged file is put aside, and reads as empty."""

    def __init__(self, path: Path | None) -> None:
        """Remember the file; None keeps everything in memory."""
        self._path = path
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None

    def list_known(self) -> dict[str, Known]:
        """Give what every document was made from, by slug."""
        with self._open() as db:
            return {row[0]: Known(*row[1:]) for row in db.execute("SELECT slug, source, content_hash, recipe, root FROM documents")}

    def load(self) -> tuple[list[Document], list[Passage]]:
        """Give everything but vectors: documents by slug, and passages in reading order."""
        with self._open() as db:
            withheld = {row[0] for row in db.execute("SELECT slug FROM withheld")}
            documents = [_document(row[0], withheld) for row in db.execute("SELECT body FROM documents ORDER BY slug")]
            passages = [_passage(row[0]) for row in db.execute("SELECT body FROM passages ORDER BY slug, position")]
        return documents, passages

    def list_passages(self) -> Iterator[Batch]:
        """Give all passages with their vectors, a bounded number at a time, in the order of their ids."""
        return self._read_batches("passages")

    def list_next_passages(self) -> Iterator[Batch]:
        """Give the passages, likewise, as they will be when what is staged is applied."""
        return self._read_batches("next_passages")

    def generation(self) -> str:
        """Name the passages as they are: another name as soon as any passage or vector differs."""
        with self._open() as db:
            row = db.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
        return row[0] if row else self._name_generation("passages")

    def next_generation(self) -> tuple[str, int]:
        """Name the passages as they will be, and count them."""
        return self._name_generation("next_passages"), self._count("next_passages")

    def count_passages(self) -> int:
        """Count the passages."""
        return self._count("passages")

    def begin(self) -> None:
        """Begin an ingestion. What a former one that did not finish has staged is chosen only where it is asked for again."""
        with self._open() as db, db:
            db.execute("DELETE FROM staged_removals")
            db.execute("UPDATE staged_documents SET chosen = 0")

    def choose_staged(self, wanted: Known) -> list[Document]:
        """Take over what an ingestion that did not finish had made of a source; empty where it had not come to it."""
        row = (wanted.source, wanted.content_hash, wanted.recipe, wanted.root)
        same = "WHERE source = ? AND content_hash = ? AND recipe = ? AND root = ?"
        with self._open() as db, db:
            found = db.execute(f"SELECT body FROM staged_documents {same}", row).fetchall()  # noqa: S608
            db.execute(f"UPDATE staged_documents SET chosen = 1 {same}", row)  # noqa: S608
        return [_document(body, set()) for (body,) in found]

    def stage(self, document: Document, known: Known, passages: Sequence[Passage], vectors: FloatArray) -> None:
        """Put a document beside what is served.

        Args:
            document: The document.
            known: What it was made from.
            passages: Its passages.
            vectors: Shape (n_passages, dimensions).
        """
        rows = [
            (p.passage_id, p.slug, p.position, json.dumps(asdict(p)), np.asarray(v, dtype=np.float32).tobytes())
            for p, v in zip(passages, vectors, strict=True)
        ]
        body = json.dumps(asdict(document), default=str)
        with self._open() as db, db:
            db.execute("DELETE FROM staged_documents WHERE slug = ?", (document.slug,))
            row = (document.slug, known.source, known.content_hash, known.recipe, body, known.root)
            db.execute("INSERT INTO staged_documents VALUES (?, ?, ?, ?, ?, ?, 1)", row)
            db.executemany("INSERT INTO staged_passages VALUES (?, ?, ?, ?, ?)", rows)

    def stage_removal(self, slug: str) -> None:
        """Mark a document to be forgotten."""
        with self._open() as db, db:
            db.execute("INSERT OR IGNORE INTO staged_removals VALUES (?)", (slug,))

    def apply(self, generation: str) -> None:
        """Serve what is staged, in one transaction.

        Args:
            generation: What `next_generation` named.
        """
        with self._open() as db, db:
            for statement in (*_APPLY.strip().splitlines(), *_CLEAR):
                db.execute(statement)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (generation,))

    def discard(self) -> None:
        """Forget what is staged."""
        with self._open() as db, db:
            for statement in _CLEAR:
                db.execute(statement)

    def set_published(self, slug: str, *, published: bool) -> None:
        """Show or withhold a document, whatever is ingested later."""
        statement = "DELETE FROM withheld WHERE slug = ?" if published else "INSERT OR IGNORE INTO withheld VALUES (?)"
        with self._open() as db, db:
            db.execute(statement, (slug,))

    def version(self) -> int:
        """Give a number that changes when another process changes the file."""
        with self._open() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _read_batches(self, table: str) -> Iterator[Batch]:
        query = f"SELECT passage_id, body, vector FROM {table} WHERE passage_id > ? ORDER BY passage_id LIMIT {_BATCH}"  # noqa: S608
        last = ""
        while True:
            with self._open() as db:
                rows = db.execute(query, (last,)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [_passage(row[1]) for row in rows], np.vstack([np.frombuffer(row[2], dtype=np.float32) for row in rows])

    def _name_generation(self, table: str) -> str:
        digest = hashlib.sha256()
        with self._open() as db:
            for passage_id, body, head in db.execute(
                f"SELECT passage_id, body, substr(vector, 1, 16) FROM {table} ORDER BY passage_id"  # noqa: S608
            ):
                digest.update(f"{passage_id}\0{body}\0".encode() + head)
        return digest.hexdigest()[:16]

    def _count(self, table: str) -> int:
        with self._open() as db:
            return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection()
            except sqlite3.OperationalError as exc:
                message = f"The manifest {str(self._path)!r} does not answer: {exc}."
                raise StoreUnavailable(message) from exc
            except sqlite3.DatabaseError as exc:
                self._put_aside()
                message = f"The manifest {str(self._path)!r} was damaged and is put aside. Ingest the documents again."
                raise StoreUnavailable(message) from exc

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            # One connection under one lock: SQLite's own check of threads is not needed.
            self._db = sqlite3.connect(self._path or ":memory:", timeout=10, check_same_thread=False)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._add_root(self._db)
            self._db.executescript(_SCHEMA)
        return self._db

    def _add_root(self, db: sqlite3.Connection) -> None:
        """Bring the table of an older version to the present one."""
        columns = {row[1] for row in db.execute("PRAGMA table_info(documents)")}
        if columns and "root" not in columns:
            db.execute("ALTER TABLE documents ADD COLUMN root TEXT NOT NULL DEFAULT ''")

    def _put_aside(self) -> None:
        self.close()
        if self._path is not None and self._path.exists():
            self._path.replace(self._path.with_suffix(".damaged"))


def _document(body: str, withheld: set[str]) -> Document:
    fields: dict[str, Any] = json.loads(body)
    for name in _DATES:
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    document = Document(**fields)
    return replace(document, published=document.slug not in withheld)


def _passage(body: str) -> Passage:
    fields: dict[str, Any] = json.loads(body)
    return Passage(**fields | {"passage_id": PassageId(fields["passage_id"]), "headings": tuple(fields["headings"])})
