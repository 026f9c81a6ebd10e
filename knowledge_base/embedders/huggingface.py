"""Any encoder of the Hugging Face hub, or of a folder: `COUNTERHAND_EMBEDDER=huggingface`. Needs the extra `models`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from knowledge_base.errors import EmbedderUnavailable
from knowledge_base.models import FloatArray
from knowledge_base.settings import KnowledgeBaseSettings
from neural.encoder import Encoder
from neural.loading import ModelUnavailable


class HuggingFaceEmbedder:
    """An encoder with a memory of recent texts."""

    def __init__(self, model: str, cached: int) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing.
        """
        self._encoder = Encoder(model, "COUNTERHAND_EMBEDDER_MODEL")
        self.name = f"huggingface:{model}"
        self.dimensions = self._encoder.dimensions
        self._known: OrderedDict[str, FloatArray] = OrderedDict()
        self._cached = cached
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Embed texts; those seen lately cost nothing."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in found))
        found |= dict(zip(missing, self._encoder.embed(missing), strict=True))
        with self._lock:
            self._known |= {text: found[text] for text in missing}
            while len(self._known) > self._cached:
                self._known.popitem(last=False)
        rows = [found[text] for text in texts]
        return np.vstack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)


def create(settings: KnowledgeBaseSettings) -> HuggingFaceEmbedder:
    """Build the embedder of `settings.embedder_model`.

    Raises:
        EmbedderUnavailable: If a package or the model is missing; says what to do.
    """
    try:
        return HuggingFaceEmbedder(settings.embedder_model, settings.cached_questions)
    except ModelUnavailable as exc:
        raise EmbedderUnavailable(str(exc)) from exc
