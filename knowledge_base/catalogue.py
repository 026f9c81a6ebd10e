"""Finding products by words: keywords decide which products, meaning decides their order.

The method and its constants were measured on a public set of product searches (docs/knowledge.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.embedders.base import Embedder
from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import FloatArray, ProductCandidate, ProductDocument
from knowledge_base.spelling import spell_out
from knowledge_base.text import stems

_TIE = 0.1
"""What the fields beside the best one add."""
_ALL_TERMS = 10.0
"""Added where every word of the query occurs somewhere: more than any field scores."""
_WINDOW = 30
_DENSE_WEIGHT = 1.0
_EMBEDDED_WORDS = 70
_MIN_COSINE = 0.35
"""Below it a product that shares no word with the query is not offered."""
_TYPO_SCORE = 82.0
_EMBEDDED_FIELDS = ("brand", "name", "product_type", "description")


@dataclass(frozen=True)
class _Snapshot:
    ids: list[str] = field(default_factory=list)
    indexes: list[LexicalIndex] = field(default_factory=list)
    terms: list[frozenset[str]] = field(default_factory=list)
    vocabulary: frozenset[str] = frozenset()
    vectors: FloatArray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    texts: dict[str, FloatArray] = field(default_factory=dict)


class CatalogueIndex:
    """Products by words. Field-wise BM25 (best field plus a tenth of the others, all words first), reranked by meaning.

    Price and stock are not its business: it gives ids, and live records filter them.
    """

    def __init__(self, embedder: Embedder | None) -> None:
        """Take the embedder; without one, keywords alone rank."""
        self._embedder = embedder
        self._snapshot = _Snapshot()

    async def rebuild(self, products: Sequence[ProductDocument]) -> None:
        """Index the whole catalogue anew. Only texts that changed are embedded again; searches go on meanwhile."""
        self._snapshot = await asyncio.to_thread(self._build, list(products))

    async def search(self, query: str, limit: int = 20, among: frozenset[str] | None = None) -> list[ProductCandidate]:
        """Find products for the words of a customer.

        Args:
            query: What they wrote. Words that the catalogue lacks are read as the nearest that it has.
            limit: The most to give.
            among: Only these products, where given.

        Returns:
            Best first; empty when nothing fits.
        """
        return await asyncio.to_thread(self._search, query, limit, among)

    def _build(self, products: list[ProductDocument]) -> _Snapshot:
        names = sorted({name for product in products for name in product.fields})
        indexes = [LexicalIndex([product.fields.get(name, "") for product in products]) for name in names]
        terms = [frozenset(stems(" ".join(product.fields.values()))) for product in products]
        texts = self._embed([_embedded_text(product) for product in products])
        return _Snapshot(
            ids=[product.product_id for product in products],
            indexes=indexes,
            terms=terms,
            vocabulary=frozenset().union(*terms),
            vectors=np.stack([texts[_embedded_text(p)] for p in products]) if texts else np.zeros((len(products), 0), dtype=np.float32),
            texts=texts,
        )

    def _embed(self, texts: list[str]) -> dict[str, FloatArray]:
        if self._embedder is None:
            return {}
        known = self._snapshot.texts
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        return {text: known[text] for text in texts if text in known} | dict(zip(missing, self._embedder.embed(missing), strict=True))

    def _search(self, query: str, limit: int, among: frozenset[str] | None) -> list[ProductCandidate]:
        snapshot = self._snapshot
        allowed = np.array([among is None or i in among for i in snapshot.ids], dtype=bool)
        if not query.strip() or not allowed.any():
            return []
        lexical = np.where(allowed, self._score_words(snapshot, query), 0.0)
        dense = np.where(allowed, self._score_meaning(snapshot, query), 0.0)
        window = [int(i) for i in np.argsort(-lexical, kind="stable")[: max(_WINDOW, limit)] if lexical[i] > 0]
        top = float(lexical.max()) or 1.0
        scores = {i: float(lexical[i]) / top + _DENSE_WEIGHT * float(dense[i]) for i in window}
        if not window:
            scores = {int(i): float(dense[i]) for i in np.flatnonzero(dense >= _MIN_COSINE)}
        ranked = sorted(scores, key=lambda i: -scores[i])[:limit]
        return [ProductCandidate(snapshot.ids[i], scores[i]) for i in ranked]

    def _score_words(self, snapshot: _Snapshot, query: str) -> FloatArray:
        terms = [_mend(term, snapshot.vocabulary) for term in stems(spell_out(query))]
        fields = np.stack([index.score_stems(terms) for index in snapshot.indexes])
        best = fields.max(axis=0)
        scores = best + _TIE * (fields.sum(axis=0) - best)
        wanted = set(terms)
        complete = np.array([bool(wanted) and wanted <= found for found in snapshot.terms])
        return np.asarray(scores + _ALL_TERMS * complete, dtype=np.float32)

    def _score_meaning(self, snapshot: _Snapshot, query: str) -> FloatArray:
        if self._embedder is None:
            return np.zeros(len(snapshot.ids), dtype=np.float32)
        return np.asarray(snapshot.vectors @ self._embedder.embed([query])[0], dtype=np.float32)


def _embedded_text(product: ProductDocument) -> str:
    chosen = [product.fields[name] for name in _EMBEDDED_FIELDS if product.fields.get(name)] or list(product.fields.values())
    return " ".join(". ".join(chosen).split()[:_EMBEDDED_WORDS])


def _mend(term: str, vocabulary: frozenset[str]) -> str:
    """Read a misspelt word as the nearest one of the catalogue; short words and numbers stay as they are."""
    if term in vocabulary or len(term) < 5 or any(character.isdigit() for character in term):
        return term
    found = process.extractOne(term, vocabulary, scorer=fuzz.ratio, score_cutoff=_TYPO_SCORE)
    return found[0] if found else term
