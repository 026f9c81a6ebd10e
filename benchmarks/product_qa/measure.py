"""Average precision where ties are broken at random: the order of the files tells which lines are relevant."""

from collections.abc import Sequence

import numpy as np

from benchmarks.product_qa.sets import Question
from knowledge_base.models import FloatArray

SHUFFLES = 10
_SEED = 20


def average_precision(relevant: Sequence[bool]) -> float:
    """For lines in ranked order, of which at least one is relevant."""
    places = np.flatnonzero(relevant)
    return float(np.mean((np.arange(len(places)) + 1) / (places + 1)))


def score(questions: Sequence[Question], scores: Sequence[FloatArray]) -> dict[str, float]:
    """MAP and precision at 1 over the questions that have an answer, each the mean over ten shuffles."""
    rng = np.random.default_rng(_SEED)
    precisions, firsts = [], []
    for question, own in zip(questions, scores, strict=True):
        if not question.is_answerable:
            continue
        ranked = [_shuffled(question, own, rng) for _ in range(SHUFFLES)]
        precisions.append(np.mean([average_precision(one) for one in ranked]))
        firsts.append(np.mean([one[0] for one in ranked]))
    low, high = bootstrap(precisions)
    return {"questions": len(precisions), "map": float(np.mean(precisions)), "p_at_1": float(np.mean(firsts)), "low": low, "high": high}


def _shuffled(question: Question, scores: FloatArray, rng: np.random.Generator) -> list[bool]:
    places = rng.permutation(len(question.lines))
    return [question.relevant[place] for place in places[np.argsort(-scores[places], kind="stable")]]


def bootstrap(values: Sequence[float], draws: int = 2000) -> tuple[float, float]:
    """The middle 95 % of the mean over resampled questions."""
    rng = np.random.default_rng(_SEED)
    table = np.asarray(values)
    means = [table[rng.integers(0, len(table), len(table))].mean() for _ in range(draws)]
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))
