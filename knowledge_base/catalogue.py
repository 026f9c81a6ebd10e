"""Finding products by words: keywords decide which products, meaning decides their order.

The method and its constants were measured on a public set of product searches (docs/knowledge.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.models import FloatArray, IntArray, ProductCandidate, ProductDocument
from knowledge_base.retrievers.fields import FieldIndex
from knowledge_base.vector_cache import VectorCache

_WINDOW = 30
"""How many of the best by words are ordered anew by meaning."""
_DENSE_WEIGHT = 1.0
_EMBEDDED_WORDS = 70
_MIN_COSINE = 0.35
"""Below it a product that shares no word with the query is not offered."""


@dataclass(frozen=True)
class _Snapshot:
    ids: list[str] = field(default_factory=list)
    words: FieldIndex = field(default_factory=lambda: FieldIndex([]))
    texts: list[str] = field(default_factory=list)
    vectors: FloatArray | None = None
    """One row for each of `ids`; None while meaning does not count."""


class CatalogueIndex:
    """Products by words. Field-wise BM25 (best field plus a tenth of the others, all words first), reranked by meaning.

    Price and stock are not its business: it gives ids, and live records filter them.
    """

    def __init__(self, embedder: Embedder | None, cache: Path | None = None) -> None:
        """Take the parts.

        Args:
            embedder: Gives meaning; without one, keywords alone rank.
            cache: A file that keeps the products' vectors for the next start.
        """
        self._embedder = embedder
        self._cache = VectorCache(embedder, cache) if embedder is not None and cache is not None else None
        self._snapshot = _Snapshot()

    async def rebuild(self, products: Sequence[ProductDocument]) -> None:
        """Index the whole catalogue anew. Only texts that changed are embedded again; searches go on meanwhile."""
        await asyncio.to_thread(self._rebuild, list(products))

    async def search(self, query: str, limit: int = 20, among: frozenset[str] | None = None) -> list[ProductCandidate]:
        """Find products for the words of a customer.

        Args:
            query: What they wrote. Words that the catalogue lacks are read as the nearest that it has.
            limit: The most to give.
            among: Only these products, where given; then meaning orders all that are given, not the best 30 alone.

        Returns:
            Best first; empty when nothing fits.
        """
        return await asyncio.to_thread(self._search, query, limit, among)

    def vectors(self) -> tuple[list[str], FloatArray]:
        """Give the ids of all products and their vectors, row by row; no rows while meaning does not count."""
        snapshot = self._snapshot
        return snapshot.ids, np.zeros((0, 0), dtype=np.float32) if snapshot.vectors is None else snapshot.vectors

    def _rebuild(self, products: list[ProductDocument]) -> None:
        former, texts = self._snapshot, [_embedded_text(product) for product in products]
        words = FieldIndex([product.fields for product in products])
        built = _Snapshot([product.product_id for product in products], words, texts)
        if self._embedder is not None and products:
            if not former.ids:
                # The first build of a large catalogue takes minutes: words answer until then.
                self._snapshot = built
            built = _Snapshot(built.ids, words, texts, self._embed(former, texts, self._cache or self._embedder))
        self._snapshot = built

    def _embed(self, former: _Snapshot, texts: list[str], embedder: Embedder) -> FloatArray:
        known = {} if former.vectors is None else dict(zip(former.texts, former.vectors, strict=True))
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, embedder.embed(missing), strict=True))
        if missing and self._cache is not None:
            self._cache.keep(texts)
        return np.stack([known[text] for text in texts])

    def _search(self, query: str, limit: int, among: frozenset[str] | None) -> list[ProductCandidate]:
        snapshot = self._snapshot
        if not query.strip() or not snapshot.ids:
            return []
        scores = _allow(snapshot, snapshot.words.score(query), among)
        found = np.flatnonzero(scores > 0)
        if not found.size:
            return self._by_meaning_alone(snapshot, query, limit, among)
        ranked = found[np.argsort(-scores[found], kind="stable")]
        window = _WINDOW if among is None else max(_WINDOW, limit)
        # What stands behind the window counts as far as can be from the query, so that a longer list begins like a short one.
        joined = scores[ranked] / scores[ranked[0]] - _DENSE_WEIGHT
        joined[:window] += _DENSE_WEIGHT * (1.0 + self._cosines(snapshot, query, ranked[:window]))
        return _candidates(snapshot, ranked, joined, limit)

    def _by_meaning_alone(self, snapshot: _Snapshot, query: str, limit: int, among: frozenset[str] | None) -> list[ProductCandidate]:
        cosines = _allow(snapshot, self._cosines(snapshot, query, np.arange(len(snapshot.ids))), among)
        found = np.flatnonzero(cosines >= _MIN_COSINE)
        return _candidates(snapshot, found, cosines[found], limit)

    def _cosines(self, snapshot: _Snapshot, query: str, rows: IntArray) -> FloatArray:
        if self._embedder is None or snapshot.vectors is None:
            return np.zeros(len(rows), dtype=np.float32)
        # Not "@": BLAS would start threads for one short product, which is slower on a busy machine (docs/knowledge.md).
        return np.asarray(np.einsum("ij,j->i", snapshot.vectors[rows], self._embedder.embed([query])[0]), dtype=np.float32)


def _allow(snapshot: _Snapshot, scores: FloatArray, among: frozenset[str] | None) -> FloatArray:
    if among is None:
        return scores
    allowed = np.fromiter((product_id in among for product_id in snapshot.ids), dtype=bool, count=len(snapshot.ids))
    return np.where(allowed, scores, np.float32(0.0))


def _candidates(snapshot: _Snapshot, rows: IntArray, scores: FloatArray, limit: int) -> list[ProductCandidate]:
    best = np.argsort(-scores, kind="stable")[:limit]
    return [ProductCandidate(snapshot.ids[rows[i]], float(scores[i])) for i in best]


def _embedded_text(product: ProductDocument) -> str:
    """What the product is: brand and name as one, then its kind and description."""
    fields = product.fields
    brand, name = fields.get("brand", ""), fields.get("name", "")
    called = name if name.casefold().startswith(brand.casefold()) else f"{brand} {name}"
    chosen = [text for text in (called, fields.get("product_type", ""), fields.get("description", "")) if text] or list(fields.values())
    return " ".join(". ".join(chosen).split()[:_EMBEDDED_WORDS])
