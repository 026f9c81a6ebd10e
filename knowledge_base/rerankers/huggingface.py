"""A cross-encoder reads question and passage together: `COUNTERHAND_RERANKER=huggingface`. Needs the extra `models`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import RerankerUnavailable
from knowledge_base.models import Candidate, FloatArray
from knowledge_base.settings import KnowledgeBaseSettings
from neural.classifier import Classifier
from neural.loading import ModelUnavailable


class CrossEncoderReranker:
    """Any sequence classifier: one with one output gives the score, one with more that of its last class (the relevant one)."""

    name = "huggingface"
    depth = 20

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing.
        """
        self._classifier = Classifier(model, "COUNTERHAND_RERANKER_MODEL")

    def score(self, question: str, candidates: Sequence[Candidate]) -> FloatArray:
        """Score candidates by their words under their headings."""
        pairs = [(question, candidate.passage.searchable) for candidate in candidates]
        return np.asarray(self._classifier.score(pairs)[:, -1], dtype=np.float32)


def create(settings: KnowledgeBaseSettings, embedder: Embedder) -> CrossEncoderReranker:
    """Build the reranker of `settings.reranker_model`; it needs no embedder.

    Raises:
        RerankerUnavailable: If a package or the model is missing; says what to do.
    """
    try:
        return CrossEncoderReranker(settings.reranker_model)
    except ModelUnavailable as exc:
        raise RerankerUnavailable(str(exc)) from exc
