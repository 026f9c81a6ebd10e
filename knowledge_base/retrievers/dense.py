"""Ranks passages by meaning: nearest vectors in the passage store."""

from __future__ import annotations

from knowledge_base.embedders.base import Embedder
from knowledge_base.models import PassageId
from knowledge_base.stores.base import PassageStore
from knowledge_base.vocabulary import readings


class DenseRetriever:
    """Embeds the question and asks the store."""

    def __init__(self, store: PassageStore, embedder: Embedder) -> None:
        """Take the store and the embedder that its vectors came from."""
        self._store = store
        self._embedder = embedder

    def search(self, question: str, limit: int) -> list[tuple[PassageId, float]]:
        """Find the passages nearest to the question, with their cosine.

        Raises:
            StoreUnavailable: If the store does not answer.
        """
        best: dict[PassageId, float] = {}
        for vector in self._embedder.embed(readings(question)):
            for passage_id, score in self._store.search(vector, limit):
                best[passage_id] = max(score, best.get(passage_id, 0.0))
        return sorted(best.items(), key=lambda found: -found[1])[:limit]
