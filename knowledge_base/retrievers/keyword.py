"""Ranks passages by the words they share with the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import Passage, PassageId


class KeywordRetriever:
    """BM25 over title, headings and text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index the passages."""
        self._ids = [passage.passage_id for passage in passages]
        self._index = LexicalIndex([passage.searchable for passage in passages])

    def search(self, question: str, limit: int) -> list[tuple[PassageId, float]]:
        """Find the passages that share the rarest words with the question."""
        scores = self._index.score(question)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [(self._ids[i], float(scores[i])) for i in order if scores[i] > 0]
