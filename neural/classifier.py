"""Texts, or pairs of them, are scored or sorted into classes: cross-encoders, entailment and sentiment models."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neural.loading import ModelUnavailable, load

FloatArray = NDArray[np.float32]

_BATCH = 16


class Classifier:
    """Runs a sequence classifier; safe to call from several threads.

    Attributes:
        labels: The names of its classes, lower case, in the order of its outputs.
    """

    def __init__(self, name: str, setting: str) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing.
        """
        self._loaded = load(name, "AutoModelForSequenceClassification", setting)
        self._lock = Lock()
        names = self._loaded.model.config.id2label
        self.labels = [str(names[n]).lower() for n in range(len(names))]
        self._where = f"{setting}={name!r}"

    def find_label(self, *wanted: str) -> list[int]:
        """Give the places of the labels that begin with one of some words.

        Raises:
            ModelUnavailable: If there is none: the model answers another question.
        """
        found = [n for n, label in enumerate(self.labels) if label.startswith(wanted)]
        if not found:
            message = f"{self._where} has the labels {', '.join(self.labels)}; one that begins with {wanted[0]!r} is needed."
            raise ModelUnavailable(message)
        return found

    def score(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> FloatArray:
        """Give the raw outputs, shape (n, labels)."""
        rows = [self._run(list(texts[start : start + _BATCH])) for start in range(0, len(texts), _BATCH)]
        return np.vstack(rows) if rows else np.zeros((0, len(self.labels)), dtype=np.float32)

    def probabilities(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> FloatArray:
        """Give the probabilities of the classes, shape (n, labels), rows that add up to 1."""
        scores = self.score(texts)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
        return np.asarray(powers / np.maximum(powers.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _run(self, batch: list[Any]) -> FloatArray:
        one = self._loaded
        first, *second = zip(*batch, strict=True) if isinstance(batch[0], tuple) else (batch,)
        with self._lock, one.torch.inference_mode():
            columns = [list(first), *(list(column) for column in second)]
            inputs = one.tokenizer(*columns, padding=True, truncation=True, max_length=one.max_tokens, return_tensors="pt").to(one.device)
            logits = one.model(**inputs).logits
        return np.asarray(logits.float().cpu().numpy(), dtype=np.float32)
