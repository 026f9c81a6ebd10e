"""To which side the questions around a new one lean: those that articles answer, or those that help pages seldom answer.

One neighbour alone is often near by chance, and questions of one kind crowd some places. Kernel ridge regression weighs all of them against
each other: near ones count most, and many that say the same count as one (Saunders, Gammerman and Vovk, ICML 1998). No search, no
seed: the same questions always give the same weights.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from knowledge_base.models import FloatArray

_SHARPNESS = 8.0
_RIDGE = 0.3
"""How fast a neighbour's voice fades, and how little a single one is believed; anything from 6 to 12 and from .1 to 1 does as well."""


class Leaning:
    """What is learned from questions that have an answer and questions that have none."""

    def __init__(self, answered: FloatArray, unanswered: FloatArray) -> None:
        """Take the questions' vectors of unit length, each of shape (n, dimensions); blocking, a second for some 3,000."""
        self._vectors = np.vstack([answered, unanswered])
        self._sides = np.concatenate([np.ones(len(answered)), -np.ones(len(unanswered))]).astype(np.float32)
        self._weights = np.linalg.solve(self._among(), self._sides)

    def of(self, cosines: FloatArray, *, without: int | None = None) -> float:
        """Say how a question leans.

        Args:
            cosines: How near it is to the answered and then to the unanswered, shape (n,).
            without: The place of a question that counts as unknown though it was learned from: the one that is judged while thresholds
                are fitted. The unanswered stand behind the answered.

        Returns:
            About -1 among questions without an answer, about 1 among those with one, 0 far from all.
        """
        if without is not None:
            return float(self._sides[without] - self._weights[without] / self._inverse_diagonal[without])
        return float(_kernel(cosines) @ self._weights)

    def _among(self) -> FloatArray:
        """How near they all are to each other: too large to keep."""
        return _kernel(self._vectors @ self._vectors.T) + _RIDGE * np.eye(len(self._vectors), dtype=np.float32)

    @cached_property
    def _inverse_diagonal(self) -> FloatArray:
        return np.asarray(np.diag(np.linalg.inv(self._among())), dtype=np.float32)


def _kernel(cosines: FloatArray) -> FloatArray:
    return np.asarray(np.exp(_SHARPNESS * (cosines - 1.0)), dtype=np.float32)
