"""Texts become vectors: any encoder of the transformers library, sentence-transformers' ones included."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neural.loading import load

FloatArray = NDArray[np.float32]

_BATCH = 32


class Encoder:
    """Embeds texts; safe to call from several threads.

    Attributes:
        dimensions: The length of a vector.
    """

    def __init__(self, name: str, setting: str) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing.
        """
        self._loaded = load(name, "AutoModel", setting)
        self._first_token = _pools_first_token(name)
        # Fast tokenizers keep their padding in themselves, so two threads must not use one at the same time.
        self._lock = Lock()
        self.dimensions = int(self._loaded.model.config.hidden_size)

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Give shape (n, dimensions), rows of length 1."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows[batch] = self._run([texts[n] for n in batch])
        return rows

    def _run(self, texts: list[str]) -> FloatArray:
        one = self._loaded
        with self._lock, one.torch.inference_mode():
            inputs = one.tokenizer(texts, padding=True, truncation=True, max_length=one.max_tokens, return_tensors="pt").to(one.device)
            hidden = one.model(**inputs).last_hidden_state
            pooled = hidden[:, 0] if self._first_token else _mean(hidden, inputs["attention_mask"])
            unit = one.torch.nn.functional.normalize(pooled.float(), dim=1)
        return np.asarray(unit.cpu().numpy(), dtype=np.float32)


def _mean(hidden: Any, mask: Any) -> Any:
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)


def _pools_first_token(name: str) -> bool:
    """Read how sentence-transformers wants the tokens put together; the mean where it does not say."""
    cached_file = import_module("transformers.utils").cached_file
    path = cached_file(
        name, "1_Pooling/config.json", _raise_exceptions_for_missing_entries=False, _raise_exceptions_for_connection_errors=False
    )
    if path is None:
        return False
    with open(path, encoding="utf8") as file:
        return bool(json.load(file).get("pooling_mode_cls_token"))
