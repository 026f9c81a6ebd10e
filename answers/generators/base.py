"""What every generator does."""

from collections.abc import AsyncIterator
from typing import Protocol

from answers.evidence import Evidence


class AnswerGenerator(Protocol):
    """Makes words from evidence. What it makes is a draft: only the verifier decides what is sent.

    Attributes:
        name: Its name in answers and ledgers.
    """

    name: str

    async def generate(self, question: str, evidence: Evidence) -> str:
        """Write a draft.

        Returns:
            Plain text; empty when the evidence gives nothing.

        Raises:
            GeneratorUnavailable: If nothing can be written now.
            GenerationTimeout: If it took too long.
        """
        ...

    def stream(self, question: str, evidence: Evidence) -> AsyncIterator[str]:
        """Write a draft piece by piece; closing the iterator stops the writing.

        Returns:
            Pieces whose concatenation is the draft.

        Raises:
            GeneratorUnavailable: If it breaks off.
            GenerationTimeout: If it takes too long.
        """
        ...
