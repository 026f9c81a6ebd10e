"""The intent classifier, with an honest confidence: it says when a message is none of what it knows."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.intent_model import IntentModel, Settings, choose_threshold

_FEWEST_INTENTS = 2
_SETTINGS = ("word_ngrams", "char_ngrams", "min_count", "dense_weight", "C", "neighbours")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(IntentClassifier, GraphComponent):
    """Linear machines over MiniLM and n-grams; confidence .5 lies where a message leaves the known.

    The first intent's confidence tells how surely the message belongs to any known intent; the others fall off from
    it with the distance of their scores. So the FallbackClassifier's `threshold` of .5 refuses what is unlike
    all training texts, and its `ambiguity_threshold` what lies between two intents.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Components that should come before this one."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> List[Text]:
        """Python packages that this component needs."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The defaults; `threshold` is a scope score, or null to choose it by cross-validation."""
        return {
            "word_ngrams": [1, 2],
            "char_ngrams": [2, 5],
            "min_count": 2,
            "dense_weight": 1.5,
            "C": 0.3,
            "neighbours": 5,
            "threshold": None,
            "refused": 0.05,
            "slope": 4.0,
            "sharpness": 4.0,
            "ranking_length": 10,
        }

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> HybridIntentClassifier:
        """Creates an untrained component."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
        threshold: float = 0.0,
    ) -> None:
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self._model, self._threshold = model, threshold

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model and chooses the threshold on the training examples."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        if len(set(labels)) < _FEWEST_INTENTS:
            return self._resource
        dense = np.vstack([_sentence_vector(example) for example in examples])
        settings = Settings(**{name: self._config[name] for name in _SETTINGS})
        self._model = IntentModel.fit(settings, texts, dense, labels)
        self._threshold = self._config["threshold"]
        if self._threshold is None:
            self._threshold = choose_threshold(settings, texts, dense, labels, self._config["refused"])
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets the intent and the ranking of every message."""
        for message in messages:
            ranking = self._rank(message) if self._model and message.get(TEXT) else []
            message.set(INTENT, ranking[0] if ranking else _intent(None, 0.0), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _rank(self, message: Message) -> List[Dict[Text, Any]]:
        found = self._model.predict([message.get(TEXT)], _sentence_vector(message))
        scores = found.scores[0]
        first = 1 / (1 + np.exp(-self._config["slope"] * (found.scope[0] - self._threshold)))
        confidences = first * np.exp(self._config["sharpness"] * (scores - scores.max()))
        return [_intent(self._model.intents[i], float(confidences[i])) for i in np.argsort(-scores)]

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            (folder / "threshold.txt").write_text(repr(float(self._threshold)), encoding="utf-8")

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> HybridIntentClassifier:
        """Loads a trained component; an untrained one where there were no two intents to tell apart."""
        try:
            with model_storage.read_from(resource) as folder:
                threshold = float((folder / "threshold.txt").read_text(encoding="utf-8"))
                return cls(config, model_storage, resource, IntentModel.load(folder), threshold)
        except ValueError:
            return cls(config, model_storage, resource)


def _sentence_vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features


def _intent(name: Optional[Text], confidence: float) -> Dict[Text, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
