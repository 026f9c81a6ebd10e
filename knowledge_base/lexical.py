"""BM25 over a list of texts: one small index, used for passages and for product fields."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from math import log1p
from typing import Any, cast

import bm25s
import numpy as np

from knowledge_base.models import FloatArray
from knowledge_base.text import stems

# It tells of every index that it builds, and we build a small one for every question.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class LexicalIndex:
    """Scores texts by the words they share with a query (BM25, Snowball stems, English stop words)."""

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75, *, keep_stop_words: bool = False) -> None:
        """Index `texts`; their order is the order of the scores. In few and short texts the little words tell something too."""
        self._size = len(texts)
        self._keep_stop_words = keep_stop_words
        tokens = [stems(text, keep_stop_words) for text in texts]
        self._terms = [frozenset(row) for row in tokens]
        self._counts = Counter(token for row in self._terms for token in row)
        self.vocabulary = frozenset(self._counts)
        self._bm25: Any = cast(Any, bm25s.BM25)(k1=k1, b=b) if self.vocabulary else None
        if self._bm25 is not None:
            self._bm25.index(tokens, show_progress=False)

    def score(self, query: str) -> FloatArray:
        """Score all texts.

        Returns:
            Shape (n_texts,), at least 0; 0 where no word is shared.
        """
        return self.score_stems(stems(query, self._keep_stop_words))

    def score_stems(self, query: list[str]) -> FloatArray:
        """Score all texts for a query that is stemmed already."""
        known = [token for token in query if token in self.vocabulary]
        if not known or self._bm25 is None:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def cover(self, query: str) -> FloatArray:
        """Say how much of a query each text holds.

        Returns:
            Shape (n_texts,): the share of the query's words that stand in the text, weighted by rarity, 0 to 1.
        """
        weights = {token: log1p(self._size / (1 + self._counts[token])) for token in set(stems(query))}
        total = sum(weights.values()) or 1.0
        return np.array([sum(w for token, w in weights.items() if token in row) / total for row in self._terms], dtype=np.float32)
