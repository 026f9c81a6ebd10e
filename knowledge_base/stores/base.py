"""What every passage store does."""

from collections.abc import Sequence
from typing import Protocol

from knowledge_base.models import FloatArray, Passage, PassageId


class PassageStore(Protocol):
    """Keeps passages with their vectors. Blocking; every method may raise `StoreUnavailable`."""

    def add(self, passages: Sequence[Passage], vectors: FloatArray) -> None:
        """Keep passages.

        Args:
            passages: None of them in the store yet.
            vectors: Shape (n_passages, dimensions), each row of length 1.

        Raises:
            DuplicatePassage: If an id is there already, or twice in `passages`; nothing is added then.
            DimensionMismatch: If the vectors are not as long as those in the store.
        """
        ...

    def find(self, passage_id: PassageId) -> Passage | None:
        """Give a passage, or None."""
        ...

    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the passages nearest to a vector of length 1.

        Returns:
            At most `limit` ids with their cosine, best first; empty when the store is.
        """
        ...

    def delete(self, passage_ids: Sequence[PassageId]) -> None:
        """Forget passages; unknown ids are ignored."""
        ...

    def list_passages(self) -> list[Passage]:
        """Give all passages, in no order."""
        ...

    def count(self) -> int:
        """Count the passages."""
        ...

    def reset(self) -> None:
        """Forget everything and start with an empty index, even where the old one was damaged."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
