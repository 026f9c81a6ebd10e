"""Keeps the passage store equal to the manifest, and searches it. The store may die at any time."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from time import monotonic

import structlog

from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import DimensionMismatch, IndexLocked, KnowledgeBaseError, StoreUnavailable
from knowledge_base.manifest import Manifest
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.retrievers.dense import DenseRetriever
from knowledge_base.stores.base import PassageStore

log = structlog.get_logger(__name__)


class VectorIndex:
    """The store as a disposable copy: made equal to the manifest at first use, thrown away and built anew when damaged."""

    def __init__(self, manifest: Manifest, store: PassageStore, embedder: Embedder, retry_s: float) -> None:
        """Take the parts; nothing is opened yet."""
        self._manifest = manifest
        self._store = store
        self._dense = DenseRetriever(store, embedder)
        self._retry_s = retry_s
        self._lock = RLock()
        self._synced = False
        self._dead_until = 0.0

    def take(self) -> None:
        """Make sure that this process may write.

        Raises:
            IndexLocked: If another process owns the index.
        """
        try:
            self._store.count()
        except IndexLocked:
            raise
        except KnowledgeBaseError:
            return

    def invalidate(self) -> None:
        """The manifest has changed."""
        self._synced = False
        self._dead_until = 0.0

    def search(self, question: str, limit: int) -> Sequence[tuple[PassageId, float]]:
        """Find the nearest passages; nothing while the store is dead."""
        if monotonic() < self._dead_until:
            return []
        try:
            self._make_equal()
            return self._dense.search(question, limit)
        except KnowledgeBaseError as exc:
            self._bury(exc)
            return []

    def sync(self) -> None:
        """Make the store equal to the manifest now; a dead store is left for later."""
        try:
            self._make_equal()
        except KnowledgeBaseError as exc:
            self._bury(exc)

    def check(self) -> tuple[int, str]:
        """Give how many passages the store holds and, when it does not answer, why."""
        try:
            self._make_equal()
            return self._store.count(), ""
        except KnowledgeBaseError as exc:
            return 0, str(exc)

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._store.close()
            self._synced = False

    def _bury(self, exc: KnowledgeBaseError) -> None:
        log.warning("knowledge.dense_unavailable", detail=str(exc), retry_s=self._retry_s)
        self._synced = False
        self._dead_until = monotonic() + self._retry_s

    def _make_equal(self) -> None:
        if self._synced:
            return
        with self._lock:
            if self._synced:
                return
            _, passages, vectors = self._manifest.load()
            try:
                self._update(passages, vectors)
            except IndexLocked:
                raise
            except (StoreUnavailable, DimensionMismatch) as exc:
                self._rebuild(passages, vectors, exc)
            self._synced = True

    def _update(self, passages: list[Passage], vectors: FloatArray) -> None:
        stored = {passage.passage_id: passage for passage in self._store.list_passages()}
        wanted = {passage.passage_id: passage for passage in passages}
        self._store.delete([i for i, passage in stored.items() if wanted.get(i) != passage])
        missing = [n for n, passage in enumerate(passages) if stored.get(passage.passage_id) != passage]
        self._store.add([passages[n] for n in missing], vectors[missing])
        if wanted:
            # Metadata may read well while the vectors' own files are damaged: only a search tells.
            self._store.search(vectors[0], 1)

    def _rebuild(self, passages: list[Passage], vectors: FloatArray, reason: KnowledgeBaseError) -> None:
        log.warning("knowledge.index_rebuilt", reason=str(reason), passages=len(passages))
        self._store.reset()
        self._store.add(passages, vectors)
