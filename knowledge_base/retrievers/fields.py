"""Ranks things that have several named texts, such as products: the best field counts most, and all of the words come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import FloatArray, IntArray
from knowledge_base.spelling import spell_out
from knowledge_base.text import stems

TIE = 0.1
"""What the fields beside the best one add: the customary tie breaker of a disjunction over fields."""
ALL_TERMS = 10.0
"""Added where every word of the query occurs somewhere: more than any field scores."""
_TYPO_SCORE = 82.0
_SHORTEST_TYPO = 5


class FieldIndex:
    """BM25 per field; a row scores its best field, a tenth of the others, and a bonus when it holds every word."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Index `rows`; their order is the order of the scores. A field that a row lacks is empty."""
        self._size = len(rows)
        names = sorted({name for row in rows for name in row})
        self._fields = [LexicalIndex([row.get(name, "") for row in rows]) for name in names]
        self._holders = _holders(rows)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._holders:
            self._by_letter[term[0]].append(term)

    def score(self, query: str) -> FloatArray:
        """Score all rows.

        Args:
            query: A customer's words. Misspelt ones that no row holds are read as the nearest that some row holds.

        Returns:
            Shape (n_rows,), at least 0; 0 where no word is shared.
        """
        terms = [self._mend(term) for term in stems(spell_out(query))]
        fields = [index.score_stems(terms) for index in self._fields]
        if not terms or not fields:
            return np.zeros(self._size, dtype=np.float32)
        best = np.maximum.reduce(fields)
        scores = best + TIE * (np.add.reduce(fields) - best)
        scores[self._hold_all(set(terms))] += ALL_TERMS
        return np.asarray(scores, dtype=np.float32)

    def _hold_all(self, terms: set[str]) -> IntArray:
        """The rows that hold every one of the words."""
        nobody = np.zeros(0, dtype=np.int64)
        held = sorted((self._holders.get(term, nobody) for term in terms), key=len)
        rows = held[0]
        for others in held[1:]:
            rows = np.intersect1d(rows, others, assume_unique=True)
        return rows

    def _mend(self, term: str) -> str:
        """Read a misspelt word as the nearest known one with its first letter; short words and numbers stay as they are."""
        if term in self._holders or len(term) < _SHORTEST_TYPO or any(character.isdigit() for character in term):
            return term
        found = process.extractOne(term, self._by_letter[term[0]], scorer=fuzz.ratio, score_cutoff=_TYPO_SCORE)
        return found[0] if found else term


def _holders(rows: Sequence[Mapping[str, str]]) -> dict[str, IntArray]:
    """For each word, the rows that hold it in any field, ascending."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for term in set(stems(" ".join(row.values()))):
            found[term].append(number)
    return {term: np.array(numbers, dtype=np.int64) for term, numbers in found.items()}
