"""What every entailment model does."""

from typing import Protocol


class Entailer(Protocol):
    """Judges whether a text entails a sentence. Blocking and safe to call from several threads."""

    def entails(self, premise: str, claim: str) -> bool:
        """Whether whoever takes the premise for true has to take the claim for true."""
        ...
