"""Keeps the passage store equal to the manifest, and searches it. The store may die at any time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import RLock
from time import monotonic

import structlog

from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import DimensionMismatch, IndexLocked, KnowledgeBaseError, StoreUnavailable
from knowledge_base.manifest import Manifest
from knowledge_base.models import PassageId
from knowledge_base.retrievers.dense import DenseRetriever
from knowledge_base.stores.base import PassageStore

log = structlog.get_logger(__name__)

_PATIENCE_S = 3.0
"""Longer than any search takes; keyword search answers meanwhile."""
_THREADS = 4


class VectorIndex:
    """The store as a disposable copy: made equal to the manifest at first use, thrown away and built anew when damaged."""

    def __init__(self, manifest: Manifest, store: PassageStore, embedder: Embedder, retry_s: float) -> None:
        """Take the parts; nothing is opened yet."""
        self._manifest = manifest
        self._store = store
        self._embedder = embedder
        self._dense = DenseRetriever(store, embedder)
        self._retry_s = retry_s
        self._lock = RLock()
        self._synced = False
        self._dead_until = 0.0
        self._threads = ThreadPoolExecutor(_THREADS, "vectors")

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

    def prepare(self, generation: str, total: int) -> None:
        """Build what is staged beside what is searched; a dead store is left for later."""
        try:
            self._store.build(generation, self._manifest.list_next_passages(), total)
        except KnowledgeBaseError as exc:
            log.warning("knowledge.index_not_prepared", detail=str(exc))

    def invalidate(self) -> None:
        """The manifest has changed."""
        self._synced = False
        self._dead_until = 0.0

    def search(self, question: str, limit: int) -> Sequence[tuple[PassageId, float]]:
        """Find the nearest passages; nothing while the store is dead, or being made equal to the manifest by somebody else."""
        if monotonic() < self._dead_until:
            return []
        # In threads of its own: a store that does not answer must not keep those in which all other work is done.
        asked = self._threads.submit(self._ask, question, limit)
        try:
            return asked.result(_PATIENCE_S)
        except KnowledgeBaseError as exc:
            self._bury(exc)
        except TimeoutError:
            asked.cancel()
            self._bury(StoreUnavailable(f"The index did not answer within {_PATIENCE_S} s."))
        return []

    def _ask(self, question: str, limit: int) -> Sequence[tuple[PassageId, float]]:
        return self._dense.search(question, limit) if self._make_equal(wait=False) else []

    def sync(self) -> None:
        """Make the store equal to the manifest now; a dead store is left for later."""
        try:
            self._make_equal()
        except KnowledgeBaseError as exc:
            self._bury(exc)

    def check(self) -> tuple[int, KnowledgeBaseError | None]:
        """Give how many passages the store holds and, when it does not answer, why."""
        try:
            self._make_equal()
            return self._store.count(), None
        except KnowledgeBaseError as exc:
            return 0, exc

    def rebuild(self) -> None:
        """Throw the store away and build it anew from the manifest.

        Raises:
            StoreUnavailable: If it does not answer.
        """
        with self._lock:
            self._store.reset()
            self._build(self._manifest.generation())
            self._synced = True

    def close(self) -> None:
        """Let go of the store."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._threads = ThreadPoolExecutor(_THREADS, "vectors")
        with self._lock:
            self._store.close()
            self._synced = False

    def _bury(self, exc: KnowledgeBaseError) -> None:
        log.warning("knowledge.dense_unavailable", detail=str(exc), retry_s=self._retry_s)
        self._synced = False
        self._dead_until = monotonic() + self._retry_s

    def _make_equal(self, *, wait: bool = True) -> bool:
        """Tell whether the store is equal to the manifest now."""
        if self._synced:
            return True
        if not self._lock.acquire(blocking=wait):
            return False
        try:
            if not self._synced:
                self._follow()
                self._synced = True
            return True
        finally:
            self._lock.release()

    def _follow(self) -> None:
        self._check_recipes()
        generation = self._manifest.generation()
        try:
            if not self._store.use(generation):
                self._build(generation)
            self._probe()
        except IndexLocked:
            raise
        except (StoreUnavailable, DimensionMismatch) as exc:
            log.warning("knowledge.index_rebuilt", reason=str(exc))
            self._store.reset()
            self._build(generation)

    def _check_recipes(self) -> None:
        foreign = [slug for slug, known in self._manifest.list_known().items() if not known.recipe.endswith(f"/{self._embedder.name}")]
        if foreign:
            message = f"{len(foreign)} documents were embedded with another model than {self._embedder.name!r}: `counterhand kb reindex`."
            raise StoreUnavailable(message)

    def _build(self, generation: str) -> None:
        self._store.build(generation, self._manifest.list_passages(), self._manifest.count_passages())
        self._store.use(generation)

    def _probe(self) -> None:
        # Names and counts may read well while the vectors' own files are damaged: only a search tells.
        for _, vectors in self._manifest.list_passages():
            self._store.search(vectors[0], 1)
            return
