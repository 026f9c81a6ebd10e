"""The mathematics of the intent classifier: linear scores, and how surely a text lies within their scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import List, NamedTuple, Text

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.components.text_vectors import TextVectors

_VALUES_FILE, _ARRAYS_FILE = "intent_model.json", "intent_model.npz"


class Prediction(NamedTuple):
    """What the model says of a batch of texts."""

    probabilities: np.ndarray
    """Shape (n_texts, n_intents); every row sums to 1."""
    scope: np.ndarray
    """Shape (n_texts,); from 0 to 2, higher the more the text resembles what the model was trained on."""


@dataclass
class Settings:
    """How the model is fitted.

    Attributes:
        word_ngrams: Shortest and longest run of words.
        char_ngrams: Shortest and longest run of characters within a word.
        min_count: In how many training texts a run must appear to count.
        dense_weight: Weight of the sentence vector beside the runs.
        C: Inverse strength of the regularization of the logistic regression.
        max_iter: Most passes of its solver.
        neighbours: How many nearest training texts the scope score looks at.
    """

    word_ngrams: List[int]
    char_ngrams: List[int]
    min_count: int
    dense_weight: float
    C: float
    max_iter: int
    neighbours: int


class IntentModel:
    """Logistic regression over n-grams and sentence vectors, with a measure of how familiar a text is."""

    def __init__(
        self, vectors: TextVectors, intents: List[Text], weights: np.ndarray, bias: np.ndarray, rows: np.ndarray, neighbours: int
    ) -> None:
        """Hold a fitted model.

        Args:
            vectors: Makes the rows that the scores are computed from.
            intents: The names of the columns.
            weights: Shape (n_features, n_intents).
            bias: Shape (n_intents,).
            rows: Sentence vectors of the training texts, shape (n_rows, n_components), unit length.
            neighbours: How many of them the scope score looks at.
        """
        self.intents = intents
        self._vectors, self._weights, self._bias, self._rows, self._neighbours = vectors, weights, bias, rows, neighbours

    @classmethod
    def fit(cls, settings: Settings, texts: List[Text], dense: np.ndarray, labels: List[Text]) -> IntentModel:
        """Fit a model on labelled texts and their sentence vectors."""
        vectors = TextVectors(settings.word_ngrams, settings.char_ngrams, settings.min_count, settings.dense_weight).fit(texts)
        regression = LogisticRegression(
            C=settings.C, solver="saga", max_iter=settings.max_iter, tol=1e-3, random_state=0, multi_class="multinomial"
        )
        regression.fit(vectors.transform(texts, dense), labels)
        weights, bias = regression.coef_, regression.intercept_
        if len(weights) == 1:  # two classes: scikit-learn keeps the second one's scores only
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        as_float = [np.ascontiguousarray(array, dtype=np.float32) for array in (weights.T, bias, dense)]
        return cls(vectors, list(regression.classes_), *as_float, settings.neighbours)

    def predict(self, texts: List[Text], dense: np.ndarray) -> Prediction:
        """Score texts; their sentence vectors have unit length."""
        probabilities = _softmax(_multiply(self._vectors.transform(texts, dense), self._weights) + self._bias)
        return Prediction(probabilities, probabilities.max(axis=1) + self._familiarity(dense))

    def _familiarity(self, dense: np.ndarray) -> np.ndarray:
        cosines = np.asarray(dense, dtype=np.float32) @ self._rows.T
        count = min(self._neighbours, cosines.shape[1])
        return np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)

    def save(self, folder: Path) -> None:
        """Write the model as JSON and arrays; nothing in them can run code when they are read."""
        values, arrays = self._vectors.to_parts()
        document = {"vectors": values, "intents": self.intents, "neighbours": self._neighbours}
        (folder / _VALUES_FILE).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _ARRAYS_FILE, weights=self._weights, bias=self._bias, rows=self._rows, **arrays)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote."""
        values = json.loads((folder / _VALUES_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as file:
            arrays = dict(file)
        vectors = TextVectors.from_parts(values["vectors"], arrays)
        return cls(vectors, values["intents"], arrays["weights"], arrays["bias"], arrays["rows"], values["neighbours"])


def choose_threshold(settings: Settings, texts: List[Text], dense: np.ndarray, labels: List[Text], refused: float, folds: int = 4) -> float:
    """Choose the scope below which a text is not understood, by cross-validation on the training texts alone.

    Args:
        settings: How each fold's model is fitted.
        texts: Training texts.
        dense: Their sentence vectors.
        labels: Their intents.
        refused: Share of rightly classified texts that may fall below the threshold.
        folds: Number of folds.

    Returns:
        The quantile `refused` of the scope of the held-out texts that were classified rightly; 0 without any.
    """
    kept: List[float] = []
    targets = np.array(labels)
    for train, held_out in StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, targets):
        model = IntentModel.fit(settings, [texts[i] for i in train], dense[train], list(targets[train]))
        found = model.predict([texts[i] for i in held_out], dense[held_out])
        right = np.array(model.intents)[found.probabilities.argmax(axis=1)] == targets[held_out]
        kept.extend(found.scope[right].tolist())
    return float(np.quantile(kept, refused)) if kept else 0.0


def _multiply(rows: csr_matrix, weights: np.ndarray) -> np.ndarray:
    # For one message it is cheaper to fetch the few weights it needs than to start a sparse product.
    if rows.shape[0] == 1:
        return (rows.data @ weights[rows.indices])[np.newaxis]
    return rows @ weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
