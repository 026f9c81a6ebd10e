"""Several requests in one message: cut apart before they are understood, put together afterwards.

The splitter stands first in the pipeline and appends a message for every part of the customer's, so that each part
passes the same tokenizer, featurizer, extractors, classifier and fallback as a whole message would. The collector
stands last, folds the parts back, and leaves `requests` in the parse result where there are at least two.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.components.segmentation import Segment, split

REQUESTS = "requests"
_SEGMENT = "segment"


class _Stateless(GraphComponent):
    """A component that learns nothing."""

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> _Stateless:
        """Creates the component."""
        return cls(config)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RequestSplitter(_Stateless):
    """Appends a message for each part of a message that may hold several requests."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The defaults: a message of more parts than `max_segments` is a story, and is read as one."""
        return {"max_segments": 6}

    def process(self, messages: List[Message]) -> List[Message]:
        """Appends the parts behind the messages they come from."""
        parts: List[Message] = []
        for message in messages:
            text = message.get(TEXT) or ""
            # A leading slash is a payload for Rasa's own reader, not words.
            segments = [] if text.startswith("/") else split(text)
            if 1 < len(segments) <= self._config["max_segments"]:
                parts += [Message({TEXT: segment.text, _SEGMENT: segment}) for segment in segments]
        return messages + parts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RequestCollector(_Stateless):
    """Folds the parts back into the first message and says which requests it holds."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The defaults; `not_actionable` lists the intents that ask for nothing, `courtesies` those said in passing."""
        return {"not_actionable": [], "courtesies": [], "min_confidence": 0.6}

    def process(self, messages: List[Message]) -> List[Message]:
        """Drops the parts after reading them; the message keeps the intent and the entities of its first request."""
        whole = [message for message in messages if not message.get(_SEGMENT)]
        parts = [message for message in messages if message.get(_SEGMENT)]
        if parts and len(whole) == 1:
            self._collect(whole[0], parts)
        return whole

    def _collect(self, message: Message, parts: List[Message]) -> None:
        found = [part for part in parts if self._is_request(part)]
        found = [part for number, part in enumerate(found) if _name(part) not in {_name(other) for other in found[:number]}]
        if len(found) > 1:
            message.set(REQUESTS, [_request(part) for part in found], add_to_output=True)
        if found and (len(found) > 1 or self._is_courtesy(message)):
            _adopt(message, found[0])

    def _is_request(self, part: Message) -> bool:
        segment: Segment = part.get(_SEGMENT)
        confident = part.get(INTENT)[PREDICTED_CONFIDENCE_KEY] >= self._config["min_confidence"]
        return confident and segment.stands_alone and _name(part) not in self._config["not_actionable"]

    def _is_courtesy(self, message: Message) -> bool:
        return _name(message) in self._config["courtesies"]


def _name(message: Message) -> Optional[Text]:
    return message.get(INTENT)[INTENT_NAME_KEY]


def _entities(part: Message) -> List[Dict[Text, Any]]:
    shift = part.get(_SEGMENT).start
    moved = {ENTITY_ATTRIBUTE_START: shift, ENTITY_ATTRIBUTE_END: shift}
    return [
        {key: value + moved.get(key, 0) if key in moved else value for key, value in entity.items()} for entity in part.get(ENTITIES, [])
    ]


def _request(part: Message) -> Dict[Text, Any]:
    intent = part.get(INTENT)
    return {
        "intent": intent[INTENT_NAME_KEY],
        "confidence": intent[PREDICTED_CONFIDENCE_KEY],
        "text": part.get(TEXT),
        "entities": _entities(part),
    }


def _adopt(message: Message, part: Message) -> None:
    message.set(INTENT, part.get(INTENT), add_to_output=True)
    message.set(INTENT_RANKING_KEY, part.get(INTENT_RANKING_KEY, []), add_to_output=True)
    message.set(ENTITIES, _entities(part), add_to_output=True)
