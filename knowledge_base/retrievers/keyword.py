"""Ranks passages by the words they share with the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import Passage, PassageId
from knowledge_base.vocabulary import readings


class KeywordRetriever:
    """BM25 over title, headings and text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index the passages."""
        self._ids = [passage.passage_id for passage in passages]
        self._index = LexicalIndex([passage.searchable for passage in passages])

    def search(self, question: str, limit: int) -> list[tuple[PassageId, float]]:
        """Find the passages that share the rarest words with the question."""
        scores = np.max([self._index.score(reading) for reading in readings(question)], axis=0)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [(self._ids[i], float(scores[i])) for i in order if scores[i] > 0]

    def cover(self, question: str) -> dict[PassageId, float]:
        """Say how much of the question each passage holds, 0 to 1, weighted by how rare its words are."""
        shares = np.max([self._index.cover(reading) for reading in readings(question)], axis=0)
        return dict(zip(self._ids, shares.tolist(), strict=True))
