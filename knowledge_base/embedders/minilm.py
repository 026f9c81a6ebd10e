"""MiniLM on onnxruntime: the default embedder. Needs no PyTorch and no download."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import SessionOptions
from tokenizers import Tokenizer

from knowledge_base.errors import EmbedderUnavailable
from knowledge_base.models import FloatArray
from knowledge_base.settings import KnowledgeBaseSettings

_MAX_TOKENS = 256
"""What the model was trained for; the rest of a longer text is not read."""
_BATCH = 16


class MiniLMEmbedder:
    """all-MiniLM-L6-v2 in single precision, on one thread, with a memory of recent texts."""

    name = "minilm-fp32"
    dimensions = 384

    def __init__(self, folder: Path, cached: int = 4096) -> None:
        """Load model and tokenizer from `folder`."""
        self._session = _load_session(folder / "minilm-fp32.onnx")
        self._tokenizer = _load_tokenizer(folder / "tokenizer.json")
        self._cache: OrderedDict[str, FloatArray] = OrderedDict()
        self._cached = cached
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Embed texts; those seen lately cost nothing."""
        known = self._recall(texts)
        missing = sorted({text for text in texts if text not in known}, key=len)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            known.update(zip(batch, self._run(batch), strict=True))
        self._remember({text: known[text] for text in missing})
        rows = [known[text] for text in texts]
        return np.vstack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def _run(self, texts: list[str]) -> FloatArray:
        encoded = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([row.ids for row in encoded], dtype=np.int64),
            "attention_mask": np.array([row.attention_mask for row in encoded], dtype=np.int64),
        }
        return np.asarray(self._session.run(["sentence_embedding"], inputs)[0], dtype=np.float32)

    def _recall(self, texts: Sequence[str]) -> dict[str, FloatArray]:
        with self._lock:
            found = {text: self._cache[text] for text in texts if text in self._cache}
            for text in found:
                self._cache.move_to_end(text)
            return found

    def _remember(self, vectors: dict[str, FloatArray]) -> None:
        with self._lock:
            self._cache.update(vectors)
            while len(self._cache) > self._cached:
                self._cache.popitem(last=False)


def _load_session(path: Path) -> Any:
    if not path.is_file():
        message = f"The embedding model is missing: {str(path)!r}. Build it with `make setup`."
        raise EmbedderUnavailable(message)
    options = SessionOptions()
    # More threads are slower under load on small machines (measured), and answers are short.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # onnxruntime raises its own classes straight from Exception
        message = f"The embedding model {str(path)!r} cannot be loaded: {exc}. Delete it and run `make setup`."
        raise EmbedderUnavailable(message) from exc


def _load_tokenizer(path: Path) -> Any:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # tokenizers raises plain Exception
        message = f"The tokenizer {str(path)!r} cannot be loaded: {exc}. Delete it and run `make setup`."
        raise EmbedderUnavailable(message) from exc
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def create(settings: KnowledgeBaseSettings) -> MiniLMEmbedder:
    """Build the embedder from the files in `settings.embedding_dir`.

    Raises:
        EmbedderUnavailable: If a file is missing or damaged.
    """
    return MiniLMEmbedder(settings.embedding_dir, settings.cached_questions)
