"""Joins the rankings of keywords and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import structlog

from knowledge_base.errors import RerankerUnavailable
from knowledge_base.models import Candidate, FloatArray, IntArray, Passage, PassageId
from knowledge_base.rerankers.base import Reranker

log = structlog.get_logger(__name__)

Ranking = Sequence[tuple[PassageId, float]]


def fuse(ranks: IntArray, k: int = 60) -> FloatArray:
    """Score passages by reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009).

    Args:
        ranks: Shape (n_rankers, n_passages), counted from 1; 0 where a ranker left the passage out.
        k: Damping of the first ranks, at least 1.

    Returns:
        Shape (n_passages,); higher is better, comparable within one question only; 0 where nobody ranked it.

    Raises:
        ValueError: If `k` is below 1.
    """
    if k < 1:
        message = f"k has to be at least 1, not {k!r}."
        raise ValueError(message)
    scores = np.where(ranks > 0, 1.0 / (k + ranks), 0.0)
    return np.asarray(scores.sum(axis=0), dtype=np.float32)


def join(passages: Mapping[PassageId, Passage], lexical: Ranking, dense: Ranking) -> list[Candidate]:
    """Join two rankings into candidates, best first. Ids that `passages` lacks are left out.

    Where the rankings tie, the nearer passage in meaning comes first.
    """
    by_word, by_meaning = dict(lexical), dict(dense)
    ids = [i for i in dict.fromkeys([*by_word, *by_meaning]) if i in passages]
    ranks = np.array([[_rank(i, ranking) for i in ids] for ranking in (list(by_word), list(by_meaning))], dtype=np.int64)
    scores = fuse(ranks.reshape(2, len(ids)))
    found = [
        Candidate(passages[i], float(score), by_word.get(i, 0.0), by_meaning.get(i, 0.0)) for i, score in zip(ids, scores, strict=True)
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, -candidate.dense))


def reorder(reranker: Reranker, question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Order the first candidates by a reranker's scores, best first; all as they were where it does not answer."""
    first, rest = candidates[: reranker.depth], candidates[reranker.depth :]
    try:
        scores = reranker.score(question, first)
    except RerankerUnavailable as exc:
        log.warning("knowledge.not_reranked", reranker=reranker.name, detail=str(exc))
        return list(candidates)
    scored = [replace(candidate, score=float(score)) for candidate, score in zip(first, scores, strict=True)]
    return [*sorted(scored, key=lambda candidate: -candidate.score), *rest]


def _rank(passage_id: PassageId, ranking: list[PassageId]) -> int:
    return ranking.index(passage_id) + 1 if passage_id in ranking else 0
