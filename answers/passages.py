"""Reads passages for answers, each once: what it states, and where that stands in meaning. Hundreds of questions rest on the same few."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import structlog

from answers.units import Kind, Unit, split_units
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import FloatArray, Passage
from knowledge_base.screening.learning import pieces
from knowledge_base.screening.screen import Screen, Suspicion, asks
from knowledge_base.vector_cache import VectorCache

log = structlog.get_logger(__name__)

_MOST = 1024
"""Passages that are kept; of a large shop those that were asked for last."""


@dataclass(frozen=True, eq=False)
class ReadPassage:
    """What a passage states.

    Attributes:
        units: Its complete thoughts, without those that are no evidence.
        vectors: Shape (n_units, dimensions): the mean of each alone and under its headings.
    """

    units: tuple[Unit, ...]
    vectors: FloatArray


class PassageReader:
    """Screens, splits and embeds passages, and keeps the result. Safe to use from several threads."""

    def __init__(self, embedder: Embedder, vectors: Path | None = None, most: int = _MOST) -> None:
        """Take the embedder, a file that keeps what `prepare` has embedded, and how many to keep; nothing is read yet."""
        self._most = most
        self._embedder = embedder
        self._keeper = VectorCache(embedder, vectors) if vectors else embedder
        self._read: OrderedDict[Passage, ReadPassage] = OrderedDict()
        self._lock = Lock()

    def read(self, passage: Passage) -> ReadPassage:
        """Give what a passage states. Blocking where it was not read before."""
        with self._lock:
            if (known := self._read.get(passage)) is not None:
                self._read.move_to_end(passage)
                return known
        return self._keep(passage, _read(passage, self._embedder))

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read passages now, before somebody waits for it. Blocking."""
        wanted = passages[: self._most]
        texts = list(dict.fromkeys(text for passage in wanted for text in _texts(passage)))
        known = _Recalled(self._embedder, dict(zip(texts, self._embed(texts), strict=True)))
        for passage in wanted:
            self._keep(passage, _read(passage, known))

    def _keep(self, passage: Passage, read: ReadPassage) -> ReadPassage:
        with self._lock:
            self._read[passage] = read
            while len(self._read) > self._most:
                self._read.popitem(last=False)
        return read

    def _embed(self, texts: list[str]) -> FloatArray:
        try:
            return self._keeper.embed(texts)
        except (sqlite3.Error, OSError) as exc:
            log.warning("passages.vectors_not_kept", error=type(exc).__name__)
            return self._embedder.embed(texts)


class _Recalled:
    """An embedder that knows some texts by heart."""

    def __init__(self, embedder: Embedder, known: dict[str, FloatArray]) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self._embedder = embedder
        self._known = known

    def embed(self, texts: Sequence[str]) -> FloatArray:
        if all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts]) if texts else self._embedder.embed(texts)
        return self._embedder.embed(texts)


def _read(passage: Passage, embedder: Embedder) -> ReadPassage:
    """An article may have been crawled, or tampered with: what the screen finds in one is no evidence."""
    texts = split_units(passage.text)
    found = Screen(embedder).judge_passage(texts, passage.above)
    if any(found):
        log.warning("evidence.left_out", passage_id=passage.passage_id, reasons=sorted({str(one) for one in found if one}))
    # A question states nothing, and whoever wrote it wants something else to be answered.
    units = tuple(
        Unit(passage.passage_id, Kind.PASSAGE, text, passage, position)
        for position, (text, suspicion) in enumerate(zip(texts, found, strict=True))
        if suspicion is Suspicion.NONE and not asks(text)
    )
    return ReadPassage(units, embed_units(units, embedder))


def embed_units(units: Sequence[Unit], embedder: Embedder) -> FloatArray:
    """Embed units alone and under their headings; gives the means, shape (n_units, dimensions)."""
    vectors = embedder.embed([*(unit.text for unit in units), *(unit.placed for unit in units)])
    return np.asarray(0.5 * (vectors[: len(units)] + vectors[len(units) :]), dtype=np.float32)


def _texts(passage: Passage) -> list[str]:
    """All that is embedded when a passage is read."""
    units = split_units(passage.text)
    placed = [f"{passage.above}. {text}" for text in units]
    return [passage.above, *units, *placed, *(piece for text in units for piece in pieces(text))]
