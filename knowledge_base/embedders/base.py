"""What every embedder does."""

from collections.abc import Sequence
from typing import Protocol

from knowledge_base.models import FloatArray


class Embedder(Protocol):
    """Turns texts into vectors. Blocking and safe to call from several threads.

    Attributes:
        name: Tells vectors of one model from those of another.
        dimensions: The length of a vector.
    """

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Embed texts.

        Returns:
            Shape (n, dimensions), each row of length 1; similar texts have a high dot product.
        """
        ...
