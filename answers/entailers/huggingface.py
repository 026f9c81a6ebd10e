"""A natural-language-inference model as a second opinion on written sentences: `COUNTERHAND_ENTAILMENT_MODEL`. Needs the extra `models`."""

from __future__ import annotations

from answers.errors import EntailerUnavailable
from answers.settings import AnswerSettings
from neural.classifier import Classifier
from neural.loading import ModelUnavailable


class HuggingFaceEntailer:
    """Any sequence classifier with a class whose name begins with "entail"."""

    def __init__(self, model: str, min_probability: float) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: If a package or the model is missing, or if it has no such class.
        """
        self._classifier = Classifier(model, "COUNTERHAND_ENTAILMENT_MODEL")
        (self._entailed, *_) = self._classifier.find_label("entail")
        self._min_probability = min_probability

    def entails(self, premise: str, claim: str) -> bool:
        """Whether the model holds the claim for entailed."""
        (row,) = self._classifier.probabilities([(premise, claim)])
        return float(row[self._entailed]) >= self._min_probability


def create(settings: AnswerSettings) -> HuggingFaceEntailer:
    """Build the entailer of `settings.entailment_model`.

    Raises:
        EntailerUnavailable: If a package or the model is missing; says what to do.
    """
    try:
        return HuggingFaceEntailer(settings.entailment_model, settings.min_entailment)
    except ModelUnavailable as exc:
        raise EntailerUnavailable(str(exc)) from exc
