"""How often a confidence says rightly and wrongly "I don't know"."""

from collections.abc import Sequence

import numpy as np

_FOLDS = 5
_SEED = 20

Figures = dict[str, float]


def judge(refused: Sequence[bool], answerable: Sequence[bool]) -> Figures:
    """The share of unanswerable questions that were refused, and of answerable ones."""
    said, known = np.asarray(refused), np.asarray(answerable)
    return {"said_rightly": _share(said[~known]), "said_wrongly": _share(said[known])}


def _share(said: np.ndarray) -> float:
    return round(float(said.mean()), 4) if said.size else float("nan")


def at_wrongly(confidences: Sequence[float], answerable: Sequence[bool], wrongly: float) -> float:
    """The threshold at which a share of the answerable questions is refused."""
    return float(np.quantile(np.asarray(confidences)[np.asarray(answerable)], wrongly))


def cross_validated(confidences: Sequence[float], answerable: Sequence[bool], wrongly: float) -> Figures:
    """What a threshold yields that was chosen on four fifths of the questions, on the other fifth; over all five."""
    folds = np.random.default_rng(_SEED).permutation(len(confidences)) % _FOLDS
    values, known = np.asarray(confidences), np.asarray(answerable)
    refused = np.zeros(len(values), dtype=bool)
    for fold in range(_FOLDS):
        inside = folds == fold
        refused[inside] = values[inside] < at_wrongly(values[~inside], known[~inside], wrongly)
    return judge(list(refused), list(known))
