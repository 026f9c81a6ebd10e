"""Keeps vectors on disk, so that a large catalogue is embedded once and not at every start."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.models import FloatArray

_BATCH = 256
"""Texts between two commits: so much work at most is lost when the process dies."""
_TABLES = """
CREATE TABLE IF NOT EXISTS vectors (text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE wanted (text_hash BLOB PRIMARY KEY) WITHOUT ROWID;
"""


class VectorCache:
    """An embedder that looks into a file first, keyed by the model's name and the text. A damaged file is made anew."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        """Take the embedder and the file; nothing is opened yet."""
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._path = path

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Embed texts; only those that the file lacks cost anything."""
        keys = {self._key(text): text for text in texts}
        try:
            known = self._fill(keys)
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            known = self._fill(keys)
        return np.stack([known[self._key(text)] for text in texts]) if texts else np.zeros((0, self.dimensions), dtype=np.float32)

    def keep(self, texts: Sequence[str]) -> None:
        """Forget all texts but these."""
        with closing(self._open()) as db, db:
            _want(db, [self._key(text) for text in texts])
            db.execute("DELETE FROM vectors WHERE text_hash NOT IN wanted")

    def _fill(self, keys: dict[bytes, str]) -> dict[bytes, FloatArray]:
        with closing(self._open()) as db:
            _want(db, keys)
            rows = db.execute("SELECT text_hash, vector FROM vectors WHERE text_hash IN wanted")
            known = {key: np.frombuffer(vector, dtype=np.float32) for key, vector in rows}
            missing = sorted(keys.keys() - known.keys(), key=lambda key: len(keys[key]))
            for start in range(0, len(missing), _BATCH):
                batch = missing[start : start + _BATCH]
                known.update(zip(batch, self._embedder.embed([keys[key] for key in batch]), strict=True))
                with db:
                    db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(key, known[key].tobytes()) for key in batch])
            return known

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path)
        try:
            db.executescript(_TABLES)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()


def _want(db: sqlite3.Connection, keys: Sequence[bytes] | dict[bytes, str]) -> None:
    with db:
        db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in keys))
