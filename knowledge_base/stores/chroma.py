"""Passages in Chroma: embedded by default, a Chroma server by setting.

Vectors are always passed in. The index holds nothing that the manifest lacks, so that it can be thrown away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from knowledge_base.errors import DimensionMismatch, IndexLocked, KnowledgeBaseError, StoreUnavailable
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings

P = ParamSpec("P")
R = TypeVar("R")

_BATCH = 1000
_ANSWERS_WITHIN_S = 30.0
_PART = ".part"
"""Ends the name of a collection that is not whole yet."""


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
    """Collections of a Chroma index, one for each generation. Opened at first use."""

    def __init__(self, folder: Path, collection: str = "articles", url: str = "") -> None:
        """Remember where the index is: in `folder`, or behind `url`."""
        self._folder, self._prefix, self._url = folder, collection, url
        self._used = ""
        self._client: Any = None
        self._opened: Any = None
        self._lock = RLock()
        # Not per thread, as it would be by default: work runs in whatever thread is free, and another one has to let go.
        self._file_lock = FileLock(folder / "index.lock", is_singleton=True, thread_local=False)

    def build(self, generation: str, batches: Iterable[tuple[list[Passage], FloatArray]], total: int) -> None:
        """Build a collection beside the one in use, under a name of its own until it is whole."""
        collection = self._begin(generation, total)
        for passages, vectors in batches:
            for start in range(0, len(passages), _BATCH):
                self._fill(collection, passages[start : start + _BATCH], vectors[start : start + _BATCH])
        self._finish(collection, generation, total)

    @_guarded
    def use(self, generation: str) -> bool:
        """Search this generation's collection from now on."""
        name = f"{self._prefix}-{generation}"
        if name not in self._list_names():
            return False
        former, self._used, self._opened = self._used, name, None
        # Other gateways of a shared server may still search theirs.
        for other in [former] if self._url else self._list_names():
            if other and other != name:
                self._client.delete_collection(other)
        return True

    @_guarded
    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the nearest passages."""
        limit = min(limit, self._collection.count()) if self._collection else 0
        if not limit:
            return []
        found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [(PassageId(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    @_guarded
    def count(self) -> int:
        """Count the passages that are served."""
        self._connect()
        return int(self._collection.count()) if self._collection else 0

    @_guarded
    def reset(self) -> None:
        """Start with an empty collection; a damaged embedded index is deleted with its files."""
        former, self._used = self._used, ""
        if self._url:
            self._opened = None
            for name in self._list_names():
                if name in (former, f"{former}{_PART}"):
                    self._client.delete_collection(name)
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

    @_guarded
    def _begin(self, generation: str, total: int) -> Any:
        name = f"{self._prefix}-{generation}{_PART}"
        if name in self._list_names():
            self._client.delete_collection(name)
        return self._client.create_collection(name, embedding_function=None, configuration=_space(total))

    @_guarded
    def _fill(self, collection: Any, passages: Sequence[Passage], vectors: FloatArray) -> None:
        ids = [str(passage.passage_id) for passage in passages]
        collection.add(ids=ids, embeddings=vectors, metadatas=[{"slug": passage.slug} for passage in passages])

    @_guarded
    def _finish(self, collection: Any, generation: str, total: int) -> None:
        if (arrived := collection.count()) != total:
            message = f"The Chroma index took {arrived} of {total} passages."
            raise StoreUnavailable(message)
        name = f"{self._prefix}-{generation}"
        if name in self._list_names():
            self._client.delete_collection(name)
        collection.modify(name=name)

    @property
    def _collection(self) -> Any:
        """The collection in use; None while there is none."""
        if self._opened is None and self._used:
            self._connect()
            self._opened = self._client.get_collection(self._used, embedding_function=None)
        return self._opened

    def _list_names(self) -> list[str]:
        self._connect()
        names = [collection.name for collection in self._client.list_collections()]
        return [name for name in names if name.startswith(self._prefix)]

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
            # It offers no setting for this, and would wait for ever on a server that is gone without a word.
            self._client._server._session.timeout = _ANSWERS_WITHIN_S
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
            what = "Stop the server first, do it in its console, or use a Chroma server."
            message = f"Another process owns the index in {str(self._folder)!r}. {what}"
            raise IndexLocked(message) from exc

    def _forget_failed_start(self) -> None:
        """Drop what Chroma keeps of a client whose start failed: it would hand the broken one out again for this folder."""
        from chromadb.api.shared_system_client import SharedSystemClient

        if not SharedSystemClient._identifier_to_refcount.get(str(self._folder)):
            SharedSystemClient._identifier_to_system.pop(str(self._folder), None)

    def _close(self) -> None:
        client, self._client, self._opened = self._client, None, None
        self._used = ""
        if client is not None and not self._url:
            client.close()


def _is_segment(path: Path) -> bool:
    return path.is_dir() and len(path.name) == len("00000000-0000-0000-0000-000000000000")


def _space(total: int) -> dict[str, Any]:
    """A low threshold brings the vectors of a small shop to disk as well; a large index is not written again for every hundred."""
    threshold = max(100, total // 10)
    return {"hnsw": {"space": "cosine", "ef_search": 100, "batch_size": min(threshold, 1000), "sync_threshold": threshold}}


def create(settings: KnowledgeBaseSettings) -> ChromaStore:
    """Build the store for the embedded index, or for the server that `settings.chroma_url` names."""
    # Vectors of different models never share a collection.
    return ChromaStore(settings.index_dir, f"{settings.collection}-{settings.embedder}", settings.chroma_url)
