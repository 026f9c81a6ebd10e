"""What every reranker does."""

from collections.abc import Sequence
from typing import Protocol

from knowledge_base.models import Candidate, FloatArray


class Reranker(Protocol):
    """Scores the candidates of one question anew. Blocking and safe to call from several threads.

    Attributes:
        name: Tells it from the others, in logs and in benchmarks.
        depth: How many of the first candidates it orders anew; the others stay behind them.
    """

    name: str
    depth: int

    def score(self, question: str, candidates: Sequence[Candidate]) -> FloatArray:
        """Score candidates; their order is the order of the scores.

        Args:
            question: The customer's words.
            candidates: Few (some twenty): passages, with what keywords and meaning said of them.

        Returns:
            Shape (n_candidates,), finite; higher is better, comparable within one question only.

        Raises:
            RerankerUnavailable: If its model does not answer; the former order stays then.
        """
        ...
