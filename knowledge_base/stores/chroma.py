"""Passages in Chroma: embedded by default, a Chroma server by setting.

Vectors are always passed in. The index holds nothing that the manifest lacks, so that it can be thrown away.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from knowledge_base.errors import DimensionMismatch, DuplicatePassage, IndexLocked, KnowledgeBaseError, StoreUnavailable
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings

P = ParamSpec("P")
R = TypeVar("R")

_BATCH = 1000
_SPACE = {"hnsw": {"space": "cosine", "ef_search": 100, "batch_size": 100, "sync_threshold": 100}}
"""The low threshold brings the vectors of a small shop to disk as well; else each start reads them from the log again."""


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever Chroma raises into our own errors: its client, its Rust core and SQLite share no base class."""
    try:
        yield
    except KnowledgeBaseError:
        raise
    except Exception as exc:
        if "dimension" in str(exc).lower():
            raise DimensionMismatch(str(exc)) from exc
        message = f"The Chroma index does not answer: {type(exc).__name__}: {exc}"
        raise StoreUnavailable(message) from exc
    except BaseException as exc:
        # A panic of Chroma's Rust core on a damaged index is no Exception.
        if type(exc).__name__ != "PanicException":
            raise
        message = f"The Chroma index is damaged: {exc}"
        raise StoreUnavailable(message) from exc


def _guarded(method: Callable[Concatenate[ChromaStore, P], R]) -> Callable[Concatenate[ChromaStore, P], R]:
    @wraps(method)
    def call(self: ChromaStore, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._lock, _translated():
            return method(self, *args, **kwargs)

    return call


class ChromaStore:
    """One collection of a Chroma index. Opened at first use."""

    def __init__(self, folder: Path, collection: str = "articles", url: str = "") -> None:
        """Remember where the index is: in `folder`, or behind `url`."""
        self._folder, self._name, self._url = folder, collection, url
        self._client: Any = None
        self._opened: Any = None
        self._lock = RLock()
        self._file_lock = FileLock(folder / "index.lock", is_singleton=True)

    @_guarded
    def add(self, passages: Sequence[Passage], vectors: FloatArray) -> None:
        """Keep passages with their vectors."""
        ids = [str(passage.passage_id) for passage in passages]
        if not ids:
            return
        if len(set(ids)) < len(ids) or self._collection.get(ids=ids, include=[])["ids"]:
            message = f"Passages are in the store already: {sorted(ids)!r}."
            raise DuplicatePassage(message)
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            self._collection.add(
                ids=ids[part],
                embeddings=vectors[part],
                documents=[passage.text for passage in passages[part]],
                metadatas=[_metadata(passage) for passage in passages[part]],
            )

    @_guarded
    def find(self, passage_id: PassageId) -> Passage | None:
        """Give a passage, or None."""
        found = self._collection.get(ids=[str(passage_id)], include=["documents", "metadatas"])
        if not found["ids"]:
            return None
        return _passage(str(passage_id), found["documents"][0], found["metadatas"][0])

    @_guarded
    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the nearest passages."""
        limit = min(limit, self._collection.count())
        if not limit:
            return []
        found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [(PassageId(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    @_guarded
    def delete(self, passage_ids: Sequence[PassageId]) -> None:
        """Forget passages."""
        known = self._collection.get(ids=[str(i) for i in passage_ids], include=[])["ids"] if passage_ids else []
        if known:
            self._collection.delete(ids=known)

    @_guarded
    def list_passages(self) -> list[Passage]:
        """Give all passages."""
        found = self._collection.get(include=["documents", "metadatas"])
        return [_passage(*row) for row in zip(found["ids"], found["documents"], found["metadatas"], strict=True)]

    @_guarded
    def count(self) -> int:
        """Count the passages."""
        return int(self._collection.count())

    @_guarded
    def reset(self) -> None:
        """Start with an empty collection; a damaged embedded index is deleted with its files."""
        if self._url:
            self._connect()
            self._client.delete_collection(self._name) if self._exists() else None
            self._opened = None
            return
        self._close()
        self._forget_failed_start()
        self._take_folder()
        for path in self._folder.iterdir():
            if path.name == "chroma.sqlite3" or _is_segment(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    @_guarded
    def close(self) -> None:
        """Let go of the index folder."""
        self._close()
        self._file_lock.release()

    @property
    def _collection(self) -> Any:
        if self._opened is None:
            self._connect()
            self._opened = self._client.get_or_create_collection(self._name, embedding_function=None, configuration=_SPACE)
        return self._opened

    def _exists(self) -> bool:
        return self._name in [collection.name for collection in self._client.list_collections()]

    def _connect(self) -> None:
        if self._client is not None:
            return
        import chromadb
        from chromadb.config import Settings

        quiet = Settings(anonymized_telemetry=False)
        if self._url:
            address = urlsplit(self._url)
            self._client = chromadb.HttpClient(
                host=address.hostname or "127.0.0.1",
                port=address.port or (443 if address.scheme == "https" else 8000),
                ssl=address.scheme == "https",
                settings=quiet,
            )
            return
        self._take_folder()
        self._client = chromadb.PersistentClient(str(self._folder), settings=quiet)

    def _take_folder(self) -> None:
        """Own the folder: two processes on one embedded index damage it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._file_lock.is_locked:
            return
        try:
            self._file_lock.acquire(timeout=0)
        except Timeout as exc:
            message = f"Another process owns the index in {str(self._folder)!r}. Stop the server first, or use a Chroma server."
            raise IndexLocked(message) from exc

    def _forget_failed_start(self) -> None:
        """Drop what Chroma keeps of a client whose start failed: it would hand the broken one out again for this folder."""
        from chromadb.api.shared_system_client import SharedSystemClient

        if not SharedSystemClient._identifier_to_refcount.get(str(self._folder)):
            SharedSystemClient._identifier_to_system.pop(str(self._folder), None)

    def _close(self) -> None:
        client, self._client, self._opened = self._client, None, None
        if client is not None and not self._url:
            client.close()


def _is_segment(path: Path) -> bool:
    return path.is_dir() and len(path.name) == len("00000000-0000-0000-0000-000000000000")


def _metadata(passage: Passage) -> dict[str, str | int]:
    return {
        "slug": passage.slug,
        "title": passage.title,
        "headings": json.dumps(passage.headings),
        "url": passage.url,
        "topic": passage.topic,
        "position": passage.position,
    }


def _passage(passage_id: str, text: str, metadata: dict[str, Any]) -> Passage:
    fields = dict(metadata) | {"headings": tuple(json.loads(metadata["headings"]))}
    return Passage(passage_id=PassageId(passage_id), text=text, **fields)


def create(settings: KnowledgeBaseSettings) -> ChromaStore:
    """Build the store for the embedded index, or for the server that `settings.chroma_url` names."""
    # Vectors of different models never share a collection.
    return ChromaStore(settings.index_dir, f"{settings.collection}-{settings.embedder}", settings.chroma_url)
