"""Passages in memory, searched exactly. For tests, and for shops with few articles."""

from __future__ import annotations

from collections.abc import Iterable
from threading import RLock

import numpy as np

from knowledge_base.errors import DimensionMismatch
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings

_Generation = tuple[list[PassageId], FloatArray]
_NOTHING: _Generation = ([], np.zeros((0, 0), dtype=np.float32))


class MemoryStore:
    """A list of ids and a matrix for each generation."""

    def __init__(self) -> None:
        self._built: dict[str, _Generation] = {}
        self._used = ""
        self._lock = RLock()

    def build(self, generation: str, batches: Iterable[tuple[list[Passage], FloatArray]], total: int) -> None:
        """Build a generation beside the one in use."""
        rows = list(batches)
        if len({vectors.shape[1] for _, vectors in rows}) > 1:
            message = "The vectors of one generation differ in length."
            raise DimensionMismatch(message)
        ids = [passage.passage_id for passages, _ in rows for passage in passages]
        with self._lock:
            self._built[generation] = (ids, np.vstack([vectors for _, vectors in rows]) if rows else _NOTHING[1])

    def use(self, generation: str) -> bool:
        """Search this generation from now on."""
        with self._lock:
            if generation not in self._built:
                return False
            self._used, self._built = generation, {generation: self._built[generation]}
            return True

    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the nearest passages by exact cosine."""
        ids, matrix = self._built.get(self._used, _NOTHING)
        if not ids:
            return []
        if len(vector) != matrix.shape[1]:
            message = f"A vector of length {len(vector)} for a store of length {matrix.shape[1]}."
            raise DimensionMismatch(message)
        scores = matrix @ vector
        return [(ids[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")[:limit]]

    def count(self) -> int:
        """Count the passages that are served."""
        return len(self._built.get(self._used, _NOTHING)[0])

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self._built.clear()

    def close(self) -> None:
        """Nothing to let go of."""


def create(settings: KnowledgeBaseSettings) -> MemoryStore:
    """Build an empty store."""
    return MemoryStore()
