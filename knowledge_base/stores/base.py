"""What every passage store does."""

from collections.abc import Iterable
from typing import Protocol

from knowledge_base.models import FloatArray, Passage, PassageId


class PassageStore(Protocol):
    """Finds passages by their vectors. Blocking; every method may raise `StoreUnavailable`.

    A store serves one generation of passages. The next one is built beside it and taken into use whole.
    """

    def build(self, generation: str, batches: Iterable[tuple[list[Passage], FloatArray]], total: int) -> None:
        """Build a generation beside the one in use; a former attempt at it is thrown away.

        Args:
            generation: Its name, letters and digits.
            batches: Passages with their vectors, shape (n_passages, dimensions), each row of length 1. No id comes twice.
            total: How many passages there are in all.

        Raises:
            DimensionMismatch: If the vectors differ in length.
            StoreUnavailable: If fewer arrived than were given.
        """
        ...

    def use(self, generation: str) -> bool:
        """Search this generation from now on, and let go of the former one; False, and no change, where it was not built whole."""
        ...

    def search(self, vector: FloatArray, limit: int) -> list[tuple[PassageId, float]]:
        """Find the passages nearest to a vector of length 1.

        Returns:
            At most `limit` ids with their cosine, best first; empty when the store is, or serves nothing yet.

        Raises:
            DimensionMismatch: If the vector is not as long as those in the store.
        """
        ...

    def count(self) -> int:
        """Count the passages that are served."""
        ...

    def reset(self) -> None:
        """Forget everything, even where it was damaged; nothing is served then."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
