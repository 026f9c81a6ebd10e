"""What every retriever does."""

from collections.abc import Sequence
from typing import Protocol

from knowledge_base.models import PassageId


class Retriever(Protocol):
    """Ranks passages for a question. Blocking."""

    def search(self, question: str, limit: int) -> Sequence[tuple[PassageId, float]]:
        """Find passages.

        Returns:
            At most `limit` ids with a score above 0, best first.
        """
        ...
