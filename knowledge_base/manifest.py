"""The list of all documents and passages, with vectors, in one SQLite file.

The manifest is what the knowledge base is; the vector index is made from it and can be made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from knowledge_base.errors import StoreUnavailable
from knowledge_base.models import Document, FloatArray, Passage, PassageId

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (slug TEXT PRIMARY KEY, source TEXT NOT NULL, content_hash TEXT NOT NULL, recipe TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (passage_id TEXT PRIMARY KEY, slug TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL, body TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_slug ON passages (slug, position);
"""
_DATES = ("valid_from", "valid_to", "updated")


class Manifest:
    """Documents, passages and vectors. Blocking; safe for several threads. A damaged file is put aside, and reads as empty."""

    def __init__(self, path: Path | None) -> None:
        """Remember the file; None keeps everything in memory."""
        self._path = path
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None

    def get_hashes(self) -> dict[str, tuple[str, str, str]]:
        """Give source, content hash and recipe of every document, by slug."""
        with self._open() as db:
            return {row[0]: (row[1], row[2], row[3]) for row in db.execute("SELECT slug, source, content_hash, recipe FROM documents")}

    def load(self) -> tuple[list[Document], list[Passage], FloatArray]:
        """Give everything: documents by slug, passages in reading order, and their vectors, shape (n_passages, dimensions)."""
        with self._open() as db:
            documents = [_document(row[0]) for row in db.execute("SELECT body FROM documents ORDER BY slug")]
            rows = db.execute("SELECT body, vector FROM passages ORDER BY slug, position").fetchall()
        vectors = [np.frombuffer(row[1], dtype=np.float32) for row in rows]
        return documents, [_passage(row[0]) for row in rows], np.vstack(vectors) if vectors else np.zeros((0, 0), dtype=np.float32)

    def save(self, document: Document, recipe: str, passages: Sequence[Passage], vectors: FloatArray) -> None:
        """Put a document in the place of the one with its slug, in one transaction.

        Args:
            document: The document.
            recipe: Names what its passages were made with (splitter, embedder), so that a change makes them again.
            passages: Its passages.
            vectors: Shape (n_passages, dimensions).
        """
        rows = [
            (p.passage_id, p.slug, p.position, json.dumps(asdict(p)), np.asarray(v, dtype=np.float32).tobytes())
            for p, v in zip(passages, vectors, strict=True)
        ]
        body = json.dumps(asdict(document), default=str)
        with self._open() as db, db:
            db.execute("DELETE FROM documents WHERE slug = ?", (document.slug,))
            row = (document.slug, document.source, document.content_hash, recipe, body)
            db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)
            db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", rows)

    def remove(self, slug: str) -> None:
        """Forget a document and its passages."""
        with self._open() as db, db:
            db.execute("DELETE FROM documents WHERE slug = ?", (slug,))

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
            self._db.executescript(_SCHEMA)
        return self._db

    def _put_aside(self) -> None:
        self.close()
        if self._path is not None and self._path.exists():
            self._path.replace(self._path.with_suffix(".damaged"))


def _document(body: str) -> Document:
    fields: dict[str, Any] = json.loads(body)
    for name in _DATES:
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return Document(**fields)


def _passage(body: str) -> Passage:
    fields: dict[str, Any] = json.loads(body)
    return Passage(**fields | {"passage_id": PassageId(fields["passage_id"]), "headings": tuple(fields["headings"])})
