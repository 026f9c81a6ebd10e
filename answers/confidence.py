"""How sure it is that a passage answers a question: a logistic model with few figures, fitted on our own questions (benchmarks/idk)."""

from __future__ import annotations

from math import exp

BIAS = -0.7
COSINE = 1.5
COVERAGE = 2.4
ASKED = 7.4
ELSEWHERE = -9.4
LEANING = 7.2
ON_TOPIC = 1.0
"""What the intent classifier says about the topic is a second opinion; not fitted, because the questions carry no topics."""


def sure(cosine: float, coverage: float, asked: float | None, elsewhere: float, leaning: float | None, *, on_topic: bool) -> float:
    """Give the probability that a passage answers, among questions of which half have an answer.

    Args:
        cosine: Similarity of the question and the best sentence.
        coverage: The share of the question's words that the passage holds, weighted by rarity.
        asked: Similarity of the question and the nearest one that the articles are known to answer; None where no such is written down.
        elsewhere: Similarity of the question and the nearest one that help pages seldom answer.
        leaning: To which side all of those lean, -1 to 1; None where too few are written down to tell.
        on_topic: Whether the passage is about what the question was understood to be about.
    """
    if leaning is None:
        logit = _without_leaning(cosine, coverage, asked, elsewhere)
    else:
        near = max(asked or 0.0, cosine)
        logit = BIAS + COSINE * cosine + COVERAGE * coverage + ASKED * near + ELSEWHERE * elsewhere + LEANING * leaning
    return 1.0 / (1.0 + exp(-(logit + (ON_TOPIC if on_topic else 0.0))))


def _without_leaning(cosine: float, coverage: float, asked: float | None, elsewhere: float) -> float:
    """Weigh the same for a shop that has written down no or few ways of asking; without any, nothing can be near, and that is no doubt."""
    known = 8.1 * cosine + 2.0 if asked is None else 8.1 * max(asked, cosine)
    return -1.8 + 11.6 * cosine + 3.2 * coverage + known - 15.8 * elsewhere
