"""Ranks what is known of one product (attributes, sentences, answers, reviews) for a question about it, and says how sure it is.

The method and its constants were measured on public sets of product questions (docs/knowledge.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import FloatArray, ProductLine
from knowledge_base.retrievers import asked
from knowledge_base.retrievers.shopper_questions import SHOPPER_QUESTIONS

_SENTENCE_WEIGHT = 0.5
"""A long text is as near as the mean of the whole and of its nearest sentence."""
_WORD_WEIGHT = 0.1
_GENERIC_WEIGHT = 0.3
_NUMBER_BONUS = 0.1
_MARGIN_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.2
MIN_CONFIDENCE = 0.4
"""Below it nothing that is known answers the question: one in eleven answerable questions of a public set lies there."""
_TOLD_BONUS = 0.1
_UNTOLD_DOUBT = 0.5
"""What a line gains that speaks of what is asked, and what it costs that none does; chosen on `benchmarks/idk/dev.yml`."""
_SHORTEST_SENTENCE = 3

_SIZES = "weight|dimensions?|measurements?|length|width|height|depth|diameter|capacity|sizes?"
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|big|large|small|long|short|old|tall|wide|high|deep|thick|heavy|far|fast|loud|hot|bright|often)\b|"
    rf"\bwhat (?:size|age)\b|\b(?:{_SIZES})\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PIECES = re.compile(r"(?<=[.!?;])\s+|\.{2,}|\n")
"""Reviews are written without capitals and with dots in rows; a piece too many does no harm here."""


@dataclass(frozen=True)
class EvidenceRanking:
    """The lines of one product, scored for one question. All arrays are in the order of the lines.

    Attributes:
        scores: How well each line fits; higher is better, comparable within the question.
        cosines: Similarity in meaning, -1 to 1.
        coverage: The share of the question's words that the line holds, weighted by rarity among the lines, 0 to 1.
        doubt: What confidence loses because no line speaks of what is asked, however near they are.
    """

    scores: FloatArray
    cosines: FloatArray
    coverage: FloatArray
    doubt: float = 0.0

    @cached_property
    def order(self) -> list[int]:
        """The places of the lines, best first."""
        return [int(i) for i in np.argsort(-self.scores, kind="stable")]

    @cached_property
    def confidence(self) -> float:
        """How sure it is that the best line answers, comparable across questions; far below any threshold without lines.

        It adds up how well the line fits, how far it stands out from the next one, and how much of the question it holds.
        """
        if not self.order:
            return -1.0
        best, *others = self.order
        margin = float(self.scores[best] - self.scores[others[0]]) if others else 0.0
        return float(self.scores[best]) + _MARGIN_WEIGHT * margin + _COVERAGE_WEIGHT * float(self.coverage[best]) - self.doubt

    @property
    def answers(self) -> bool:
        """Whether the best line is near enough to the question to be told."""
        return self.confidence >= MIN_CONFIDENCE


class EvidenceRanker:
    """Cosine of question and line, a tenth of BM25, a little for figures where one is asked for, less for what fits any question."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the embedder; its memory of recent texts makes later questions about the same product cheap."""
        self._embedder = embedder

    def rank(self, question: str, lines: Sequence[ProductLine], about: str | None = None) -> EvidenceRanking:
        """Score the lines for the question. Blocking.

        Args:
            question: A buyer's words.
            lines: What is known of the product.
            about: The product's name and kind, for lines that are a record: what such lines do not speak of is not known. None for texts
                in any words, such as reviews, where that cannot be told.
        """
        if not lines:
            empty = np.zeros(0, dtype=np.float32)
            return EvidenceRanking(empty, empty, empty)
        index = LexicalIndex([f"{line.text} {line.question}" for line in lines], keep_stop_words=True)
        words = index.score(question)
        cosines = self._cosines(question, lines)
        scores = cosines + _WORD_WEIGHT * words / max(float(words.max()), 1e-6) - _GENERIC_WEIGHT * self._generic(lines)
        if _ASKS_NUMBER.search(question):
            scores += _NUMBER_BONUS * np.array([bool(_DIGIT.search(line.text)) for line in lines])
        told = None if about is None else asked.told(question, [line.text for line in lines], about)
        doubt = _UNTOLD_DOUBT if told is not None and not any(told) else 0.0
        scores += _TOLD_BONUS * np.asarray(told if told is not None else 0.0)
        return EvidenceRanking(np.asarray(scores, dtype=np.float32), cosines, index.cover(question), doubt)

    def _cosines(self, question: str, lines: Sequence[ProductLine]) -> FloatArray:
        asked = self._embedder.embed([question])[0]
        parts = [_parts(line) for line in lines]
        nearness = iter((self._embedder.embed([part for own in parts for part in own]) @ asked).tolist())
        near = [[next(nearness) for _ in own] for own in parts]
        return np.array([(1 - _SENTENCE_WEIGHT) * own[0] + _SENTENCE_WEIGHT * max(own) for own in near], dtype=np.float32)

    def _generic(self, lines: Sequence[ProductLine]) -> FloatArray:
        """How near each line is to any question of a shopper."""
        anything = self._embedder.embed(SHOPPER_QUESTIONS).mean(axis=0)
        return np.asarray(self._embedder.embed([line.text for line in lines]) @ anything, dtype=np.float32)


def _parts(line: ProductLine) -> list[str]:
    """The line as a whole, and its sentences where it has several."""
    pieces = [piece for piece in _PIECES.split(line.text) if len(piece.split()) >= _SHORTEST_SENTENCE]
    return [line.text, *pieces] if len(pieces) > 1 else [line.text]
