"""Word and character n-grams of a text, weighted by rarity, joined with its sentence vector."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

# One-letter words carry meaning in short messages ("a refund" or "size s"); scikit-learn's own pattern drops them.
_WORD = r"(?u)\b\w+\b"


class TextVectors:
    """Turns texts and their sentence vectors into the rows that a linear classifier reads."""

    def __init__(self, word_ngrams: Sequence[int], char_ngrams: Sequence[int], min_count: int, dense_weight: float) -> None:
        """Set the vectors up, untrained.

        Args:
            word_ngrams: Shortest and longest run of words.
            char_ngrams: Shortest and longest run of characters within a word.
            min_count: In how many training texts a run must appear to count.
            dense_weight: What the sentence vector, of unit length, is multiplied by.
        """
        self._settings: Dict[Text, Any] = {
            "word_ngrams": list(word_ngrams),
            "char_ngrams": list(char_ngrams),
            "min_count": min_count,
            "dense_weight": dense_weight,
        }
        shared = {"sublinear_tf": True, "min_df": min_count, "dtype": np.float32}
        self._dense_weight = np.float32(dense_weight)
        self._words = TfidfVectorizer(ngram_range=tuple(word_ngrams), token_pattern=_WORD, **shared)
        self._chars = TfidfVectorizer(ngram_range=tuple(char_ngrams), analyzer="char_wb", **shared)

    def fit(self, texts: List[Text]) -> TextVectors:
        """Learn which runs there are and how rare each is."""
        self._words.fit(texts)
        self._chars.fit(texts)
        self._prepare()
        return self

    def _prepare(self) -> None:
        self._word_runs, self._char_runs = _Runs(self._words), _Runs(self._chars)

    def transform(self, texts: List[Text], dense: np.ndarray) -> csr_matrix:
        """Return one row per text: word runs, character runs, then the weighted sentence vector."""
        weighted = csr_matrix(np.asarray(dense, dtype=np.float32) * self._dense_weight)
        return hstack([self._words.transform(texts), self._chars.transform(texts), weighted]).tocsr()

    def project(self, text: Text, dense: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return the row of one text times the weights, as `transform` would give it, but ten times as fast.

        Args:
            text: The text.
            dense: Its sentence vector, shape (n_components,).
            weights: Shape (n_features, n_columns).

        Returns:
            Shape (n_columns,).
        """
        total = dense * self._dense_weight @ weights[len(weights) - len(dense) :]
        offset = 0
        for runs in (self._word_runs, self._char_runs):
            indices, values = runs.of(text)
            total = total + values @ weights[indices + offset]
            offset += len(runs.rarity)
        return total

    def to_parts(self) -> Tuple[Dict[Text, Any], Dict[Text, np.ndarray]]:
        """Return what has been learned as plain JSON values and as arrays."""
        vectorizers = {"words": self._words, "chars": self._chars}
        vocabularies = {name: _terms(vectorizer) for name, vectorizer in vectorizers.items()}
        arrays = {f"{name}_idf": vectorizer.idf_.astype(np.float32) for name, vectorizer in vectorizers.items()}
        return {"settings": self._settings, "vocabularies": vocabularies}, arrays

    @classmethod
    def from_parts(cls, values: Dict[Text, Any], arrays: Dict[Text, np.ndarray]) -> TextVectors:
        """Rebuild what `to_parts` gave."""
        vectors = cls(**values["settings"])
        for name, vectorizer in (("words", vectors._words), ("chars", vectors._chars)):
            vectorizer.vocabulary = {term: index for index, term in enumerate(values["vocabularies"][name])}
            vectorizer.idf_ = arrays[f"{name}_idf"]
        vectors._prepare()
        return vectors


class _Runs:
    """What a vectorizer has learned, laid out for reading one text at a time."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._analyze = vectorizer.build_analyzer()
        self._vocabulary = vectorizer.vocabulary_
        self.rarity = np.asarray(vectorizer.idf_, dtype=np.float32)

    def of(self, text: Text) -> Tuple[np.ndarray, np.ndarray]:
        """Return the known runs of a text by their numbers, and their weights, which have unit length together."""
        counts = Counter(self._vocabulary[run] for run in self._analyze(text) if run in self._vocabulary)
        indices = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.rarity[indices]
        return indices, values / max(np.linalg.norm(values), np.finfo(np.float32).tiny)


def _terms(vectorizer: TfidfVectorizer) -> List[Text]:
    return list(vectorizer.get_feature_names_out())
