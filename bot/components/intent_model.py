"""The mathematics of the intent classifier: how well a text fits each intent, and whether it fits any."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import List, NamedTuple, Text

import numpy as np
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.components.text_vectors import TextVectors

_VALUES_FILE, _ARRAYS_FILE = "intent_model.json", "intent_model.npz"
_FAMILIARITY_WEIGHT = 2.0
_FOLDS = 4
_ENOUGH = 800
"""Held-out texts that settle the threshold's quantile; a large set reaches them in its first fold."""


class Prediction(NamedTuple):
    """What the model says of a batch of texts."""

    scores: np.ndarray
    """Shape (n_texts, n_intents); margin plus cosine to the intent's nearest training text, mostly from -1 to 3."""
    scope: np.ndarray
    """Shape (n_texts,); mostly from 0 to 5, higher the more the text resembles what the model was trained on."""


@dataclass
class Settings:
    """How the model is fitted.

    Attributes:
        word_ngrams: Shortest and longest run of words.
        char_ngrams: Shortest and longest run of characters within a word.
        min_count: In how many training texts a run must appear to count.
        dense_weight: Weight of the sentence vector beside the runs.
        C: Inverse strength of the regularization of the linear support vector machines.
        neighbours: How many nearest training texts tell how familiar a text is.
    """

    word_ngrams: List[int]
    char_ngrams: List[int]
    min_count: int
    dense_weight: float
    C: float
    neighbours: int


@dataclass
class IntentModel:
    """One linear support vector machine per intent, and the training texts to compare with.

    Attributes:
        vectors: Makes the rows that the machines read.
        intents: Their names; the columns of the scores.
        weights: Shape (n_features, n_intents).
        bias: Shape (n_intents,).
        rows: Sentence vectors of the training texts, unit length, those of one intent together.
        starts: Where in `rows` each intent begins.
        neighbours: How many nearest training texts tell how familiar a text is.
    """

    vectors: TextVectors
    intents: List[Text]
    weights: np.ndarray
    bias: np.ndarray
    rows: np.ndarray
    starts: np.ndarray
    neighbours: int

    @classmethod
    def fit(cls, settings: Settings, texts: List[Text], dense: np.ndarray, labels: List[Text]) -> IntentModel:
        """Fit a model on labelled texts and their sentence vectors; there must be two intents at least."""
        vectors = TextVectors(settings.word_ngrams, settings.char_ngrams, settings.min_count, settings.dense_weight).fit(texts)
        machines = LinearSVC(C=settings.C, random_state=0).fit(vectors.transform(texts, dense), labels)
        weights, bias = machines.coef_, machines.intercept_
        if len(weights) == 1:  # Of two classes scikit-learn keeps the second one's machine only.
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        order = np.argsort(labels, kind="stable")
        starts = np.searchsorted(np.array(labels)[order], machines.classes_)
        arrays = (np.ascontiguousarray(array, dtype=np.float32) for array in (weights.T, bias, dense[order]))
        return cls(vectors, [str(name) for name in machines.classes_], *arrays, starts, settings.neighbours)

    def predict(self, texts: List[Text], dense: np.ndarray) -> Prediction:
        """Score texts; their sentence vectors have unit length."""
        cosines = np.asarray(dense, dtype=np.float32) @ self.rows.T
        margins = self._margins(texts, dense) + self.bias
        scores = margins + np.maximum.reduceat(cosines, self.starts, axis=1)
        return Prediction(scores, scores.max(axis=1) + _FAMILIARITY_WEIGHT * self._familiarity(cosines))

    def _margins(self, texts: List[Text], dense: np.ndarray) -> np.ndarray:
        if len(texts) == 1:
            return self.vectors.project(texts[0], dense[0], self.weights)[np.newaxis]
        return self.vectors.transform(texts, dense) @ self.weights

    def _familiarity(self, cosines: np.ndarray) -> np.ndarray:
        count = min(self.neighbours, cosines.shape[1])
        return np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)

    def save(self, folder: Path) -> None:
        """Write the model as JSON and arrays; nothing in them can run code when they are read."""
        values, arrays = self.vectors.to_parts()
        document = {"vectors": values, "intents": self.intents, "neighbours": self.neighbours}
        (folder / _VALUES_FILE).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        arrays.update(weights=self.weights, bias=self.bias, rows=self.rows, starts=self.starts)
        np.savez(folder / _ARRAYS_FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote."""
        values = json.loads((folder / _VALUES_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as file:
            arrays = dict(file)
        vectors = TextVectors.from_parts(values["vectors"], arrays)
        own = {name: arrays[name] for name in ("weights", "bias", "rows", "starts")}
        return cls(vectors, values["intents"], neighbours=values["neighbours"], **own)


def choose_threshold(settings: Settings, texts: List[Text], dense: np.ndarray, labels: List[Text], refused: float) -> float:
    """Choose the scope below which a text is not understood, by cross-validation on the training texts alone.

    Args:
        settings: How each fold's model is fitted.
        texts: Training texts.
        dense: Their sentence vectors.
        labels: Their intents; those with fewer texts than there are folds take no part.
        refused: Share of rightly classified texts that may fall below the threshold.

    Returns:
        The quantile `refused` of the scope of the held-out texts that were classified rightly; 0 without any.
    """
    targets = np.array(labels)
    names, counts = np.unique(targets, return_counts=True)
    usable = np.flatnonzero(np.isin(targets, names[counts >= _FOLDS]))
    if len(set(targets[usable])) < 2:
        return 0.0
    scopes: List[float] = []
    for train, held_out in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(usable, targets[usable]):
        scopes += _scopes_of_right(settings, texts, dense, targets, usable[train], usable[held_out])
        if len(scopes) >= _ENOUGH:
            break
    return float(np.quantile(scopes, refused)) if scopes else 0.0


def _scopes_of_right(
    settings: Settings, texts: List[Text], dense: np.ndarray, targets: np.ndarray, train: np.ndarray, held_out: np.ndarray
) -> List[float]:
    model = IntentModel.fit(settings, [texts[i] for i in train], dense[train], targets[train].tolist())
    found = model.predict([texts[i] for i in held_out], dense[held_out])
    right = np.array(model.intents)[found.scores.argmax(axis=1)] == targets[held_out]
    return [float(scope) for scope in found.scope[right]]
