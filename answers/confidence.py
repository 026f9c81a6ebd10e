"""How sure it is that a passage answers a question: a logistic model with few figures, fitted on our own questions (benchmarks/idk)."""

from __future__ import annotations

from math import exp

BIAS = -1.5
COSINE = 11.6
COVERAGE = 3.2
ASKED = 8.1
ELSEWHERE = -15.8
UNASKED = 2.0
"""Where nobody has written down how a shop's sections are asked for, nothing can be near, and that is no doubt."""
ON_TOPIC = 1.0
"""What the intent classifier says about the topic is a second opinion; not fitted, because the questions carry no topics."""


def sure(cosine: float, coverage: float, asked: float | None, elsewhere: float, *, on_topic: bool) -> float:
    """Give the probability that a passage answers, among questions of which half have an answer.

    Args:
        cosine: Similarity of the question and the best sentence.
        coverage: The share of the question's words that the passage holds, weighted by rarity.
        asked: Similarity of the question and the nearest one that the articles are known to answer; None where no such is written down.
        elsewhere: Similarity of the question and the nearest one that help pages seldom answer.
        on_topic: Whether the passage is about what the question was understood to be about.
    """
    known = ASKED * cosine + UNASKED if asked is None else ASKED * max(asked, cosine)
    logit = BIAS + COSINE * cosine + COVERAGE * coverage + known + ELSEWHERE * elsewhere + (ON_TOPIC if on_topic else 0.0)
    return 1.0 / (1.0 + exp(-logit))
