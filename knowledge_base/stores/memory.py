"""Passages in memory, searched exactly. For tests, and for shops with few articles."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock

import numpy as np

from knowledge_base.errors import DimensionMismatch, DuplicatePassage
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings


class MemoryStore:
    """A dictionary and a matrix product."""

    def __init__(self) -> None:
        self._rows: dict[PassageId, tuple[Passage, FloatArray]] = {}
        self._lock = RLock()

    def add(self, passages: Sequence[Passage], vectors: FloatArray) -> None:
        """Keep passages with their vectors."""
        ids = [passage.passage_id for passage in passages]
        with self._lock:
            if len(set(ids)) < len(ids) or any(passage_id in self._rows for passage_id in ids):
                message = f"Passages are in the store already: {sorted(ids)!r}."
                raise DuplicatePassage(message)
            self._check_length(vectors)
            self._rows.update({p.passage_id: (p, v) for p, v in zip(passages, vectors, strict=True)})

    def _check_length(self, vectors: FloatArray) -> None:
        stored = next(iter(self._rows.values()), None)
        if stored is not None and len(vectors) and vectors.shape[1] != len(stored[1]):
            message = f"Vectors of length {vectors.shape[1]} for a store of length {len(stored[1])}."
            raise DimensionMismatch(message)

    def find(self, passage_id: PassageId) -> Passage | None:
        """Give a passage, or None."""
        row = self._rows.get(passage_id)
        return row[0] if row else None

    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the nearest passages by exact cosine."""
        with self._lock:
            ids, matrix = list(self._rows), [row[1] for row in self._rows.values()]
        if not ids:
            return []
        if len(vector) != len(matrix[0]):
            message = f"A vector of length {len(vector)} for a store of length {len(matrix[0])}."
            raise DimensionMismatch(message)
        scores = np.stack(matrix) @ vector
        return [(ids[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")[:limit]]

    def delete(self, passage_ids: Sequence[PassageId]) -> None:
        """Forget passages."""
        with self._lock:
            for passage_id in passage_ids:
                self._rows.pop(passage_id, None)

    def list_passages(self) -> list[Passage]:
        """Give all passages."""
        return [passage for passage, _ in list(self._rows.values())]

    def count(self) -> int:
        """Count the passages."""
        return len(self._rows)

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self._rows.clear()

    def close(self) -> None:
        """Nothing to let go of."""


def create(settings: KnowledgeBaseSettings) -> MemoryStore:
    """Build an empty store."""
    return MemoryStore()
