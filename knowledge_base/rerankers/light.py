"""The default reranker: what the search knows already, added up. Needs no model of its own and costs next to nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Candidate, FloatArray
from knowledge_base.settings import KnowledgeBaseSettings

_WORD_WEIGHT = 0.1
"""BM25 beside the cosine; measured on public sets of product questions (docs/knowledge.md)."""
_COVERAGE_WEIGHT = 0.2
"""How much a passage gains that holds all of the question's rare words."""


class LightReranker:
    """Cosine of question and passage, plus a little for shared words and for how much of the question the passage holds."""

    name = "light"
    depth = 6
    """As many as an answer reads: it knows little more than the joined ranking did, so it orders but does not choose."""

    def score(self, question: str, candidates: Sequence[Candidate]) -> FloatArray:
        """Score candidates by what is known of them; `question` itself is not read again."""
        if not candidates:
            return np.zeros(0, dtype=np.float32)
        words = np.array([candidate.lexical for candidate in candidates], dtype=np.float32)
        covered = np.array([candidate.coverage for candidate in candidates], dtype=np.float32)
        return np.asarray(_meaning(candidates) + _WORD_WEIGHT * words / max(float(words.max()), 1e-6) + _COVERAGE_WEIGHT * covered)


def _meaning(candidates: Sequence[Candidate]) -> FloatArray:
    """The cosines; a passage that only keywords brought up is no nearer than the farthest that meaning did."""
    known = [candidate.dense for candidate in candidates if candidate.dense]
    farthest = min(known, default=0.0)
    return np.array([candidate.dense or farthest for candidate in candidates], dtype=np.float32)


def create(settings: KnowledgeBaseSettings, embedder: Embedder) -> LightReranker:
    """Build the reranker; it needs neither settings nor embedder."""
    return LightReranker()
