"""Normalised discounted cumulative gain over the first ten, and what goes beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.search.sets import Judgements

Rank = Callable[[str], Sequence[str]]
"""Gives all that a ranker finds for a query, best first."""
_DEPTH = 10
_HIGHEST = 3
_SEED = 20


@dataclass(frozen=True)
class Scores:
    """One ranker's figures, per query that has something relevant.

    Attributes:
        ndcg: With unrated products counting as irrelevant.
        rated_only: With unrated products left out of the ranking.
        judged: The share of the first ten that was rated.
    """

    ndcg: list[float]
    rated_only: list[float]
    judged: list[float]


def score(rank: Rank, judgements: Judgements) -> Scores:
    """Rank every query that has something relevant, and score it."""
    scores = Scores([], [], [])
    for query, ratings in judgements.items():
        if not any(ratings.values()):
            continue
        found = list(rank(query))
        scores.ndcg.append(ndcg(found, ratings))
        scores.rated_only.append(ndcg([product for product in found if product in ratings], ratings))
        top = found[:_DEPTH]
        scores.judged.append(sum(product in ratings for product in top) / len(top) if top else 0.0)
    return scores


def ndcg(ranked: Sequence[str], ratings: Mapping[str, int]) -> float:
    """Gain is a third of the rating; the ideal is made of all rated products."""
    return _dcg([ratings.get(product, 0) for product in ranked]) / _dcg(sorted(ratings.values(), reverse=True))


def _dcg(ratings: Sequence[int]) -> float:
    return float(sum(rating / _HIGHEST / np.log2(place + 2) for place, rating in enumerate(ratings[:_DEPTH])))


def bootstrap(values: Sequence[float], draws: int = 10_000) -> tuple[float, float]:
    """The middle 95 % of the mean over resampled queries."""
    rng = np.random.default_rng(_SEED)
    table = np.asarray(values)
    means = table[rng.integers(0, len(table), (draws, len(table)))].mean(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))
