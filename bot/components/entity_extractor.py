"""Finds entities with a conditional random field that knows what the message is about."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Text, Type

import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    NO_ENTITY_TAG,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.token_features import token_features

Entity = Dict[Text, Any]
_MODEL_FILE = "entities.crfsuite"
_BEGINS, _GOES_ON = "B-", "I-"
_CONFIDENCE = "confidence_entity"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class IntentAwareEntityExtractor(EntityExtractorMixin, GraphComponent):
    """A linear-chain CRF over words and their neighbours, and the intent, which tells what to expect.

    Stands behind the intent classifier, and behind the RegexEntityExtractor, with whose findings it comes to terms:
    where two entities overlap the longer one stays. Unlike Rasa's own CRFEntityExtractor it keeps the trained field
    and need not train again each time the bot starts.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Components that should come before this one."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        """Python packages that this component needs."""
        # What brings pycrfsuite: Rasa wants names that are those of a distribution and of a module at once.
        return ["sklearn_crfsuite"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The defaults: penalties of the weights (`l1` makes most of them zero) and the most passes."""
        return {"l1": 0.1, "l2": 0.1, "max_iterations": 50}

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> IntentAwareEntityExtractor:
        """Creates an untrained component."""
        return cls(config, model_storage, resource)

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, model: Optional[bytes] = None) -> None:
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self._tagger = pycrfsuite.Tagger()
        # The tagger reads from these very bytes as long as it lives, and does not keep them alive itself.
        self._model = model
        if model is not None:
            self._tagger.open_inmemory(model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the field on the examples, told apart by their true intents."""
        if not training_data.entity_examples:
            return self._resource
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": self._config["l1"], "c2": self._config["l2"], "max_iterations": self._config["max_iterations"]})
        for example in training_data.nlu_examples:
            if tokens := example.get(TOKENS_NAMES[TEXT]):
                trainer.append(token_features(_words(tokens), example.get(INTENT)), _tags(tokens, example.get(ENTITIES, [])))
        with self._model_storage.write_to(self._resource) as folder:
            trainer.train(str(folder / _MODEL_FILE))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the entities of every message to those found before."""
        for message in messages:
            found = self.add_extractor_name(self._extract(message))
            message.set(ENTITIES, without_overlaps(message.get(ENTITIES, []) + found), add_to_output=True)
        return messages

    def _extract(self, message: Message) -> List[Entity]:
        tokens = message.get(TOKENS_NAMES[TEXT])
        if self._model is None or not tokens:
            return []
        intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        tags = self._tagger.tag(token_features(_words(tokens), intent))
        sure = [self._tagger.marginal(tag, index) for index, tag in enumerate(tags)]
        return _entities(message.get(TEXT), tokens, tags, sure)

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> IntentAwareEntityExtractor:
        """Loads a trained component; an untrained one where the training data had no entities."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, (folder / _MODEL_FILE).read_bytes())
        except ValueError:
            return cls(config, model_storage, resource)


def without_overlaps(entities: Iterable[Entity]) -> List[Entity]:
    """Keep of entities that share characters the longest, and of equally long ones the first; in order of the text."""
    kept: List[Entity] = []
    for entity in sorted(entities, key=lambda one: one[ENTITY_ATTRIBUTE_START] - one[ENTITY_ATTRIBUTE_END]):
        if not any(_overlap(entity, other) for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda one: one[ENTITY_ATTRIBUTE_START])


def _overlap(one: Entity, other: Entity) -> bool:
    return one[ENTITY_ATTRIBUTE_START] < other[ENTITY_ATTRIBUTE_END] and other[ENTITY_ATTRIBUTE_START] < one[ENTITY_ATTRIBUTE_END]


def _words(tokens: List[Token]) -> List[Text]:
    return [token.text for token in tokens]


def _tags(tokens: List[Token], entities: List[Entity]) -> List[Text]:
    tags = [NO_ENTITY_TAG] * len(tokens)
    for entity in entities:
        within = {ENTITY_ATTRIBUTE_START: 0, ENTITY_ATTRIBUTE_END: 0, **entity}
        inside = [
            i for i, token in enumerate(tokens) if token.start < within[ENTITY_ATTRIBUTE_END] and token.end > within[ENTITY_ATTRIBUTE_START]
        ]
        for position, index in enumerate(inside):
            tags[index] = (_GOES_ON if position else _BEGINS) + entity[ENTITY_ATTRIBUTE_TYPE]
    return tags


def _entities(text: Text, tokens: List[Token], tags: List[Text], sure: List[float]) -> List[Entity]:
    found: List[Entity] = []
    last = NO_ENTITY_TAG
    for token, tag, confidence in zip(tokens, tags, sure, strict=True):
        kind = tag[len(_BEGINS) :]
        if tag.startswith(_GOES_ON) and last[len(_BEGINS) :] == kind:
            found[-1][ENTITY_ATTRIBUTE_END] = token.end
            found[-1][_CONFIDENCE] = min(found[-1][_CONFIDENCE], confidence)
        elif tag != NO_ENTITY_TAG:
            found.append(
                {ENTITY_ATTRIBUTE_TYPE: kind, ENTITY_ATTRIBUTE_START: token.start, ENTITY_ATTRIBUTE_END: token.end, _CONFIDENCE: confidence}
            )
        last = tag
    for entity in found:
        entity[ENTITY_ATTRIBUTE_VALUE] = text[entity[ENTITY_ATTRIBUTE_START] : entity[ENTITY_ATTRIBUTE_END]]
    return found
