"""Several requests in one message: cut apart before they are understood, put together afterwards.

The splitter stands first in the pipeline and appends a message for every part of the customer's, so that each part
passes the same tokenizer, featurizer, extractors, classifier and fallback as a whole message would. The collector
stands last, folds the parts back, and leaves `requests` in the parse result where there are at least two.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Set, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
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
_OBJECTS = frozenset({"order_id", "product", "product_type", "brand"})


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
        """The defaults.

        `not_actionable` lists the intents that ask for nothing, `courtesies` those said in passing, and `collecting` those
        that may be asked for once per order, so that whatever is said of them in one message is one request.
        """
        collecting = ["return_item", "exchange_item", "change_items", "change_order"]
        return {"not_actionable": [], "courtesies": [], "collecting": collecting, "min_confidence": 0.6, "named_confidence": 0.4}

    def process(self, messages: List[Message]) -> List[Message]:
        """Drops the parts after reading them; the message keeps the intent and the entities of its first request."""
        whole = [message for message in messages if not message.get(_SEGMENT)]
        parts = [message for message in messages if message.get(_SEGMENT)]
        if parts and len(whole) == 1:
            self._collect(whole[0], parts)
        return whole

    def _collect(self, message: Message, parts: List[Message]) -> None:
        found: List[Message] = []
        requests: List[Dict[Text, Any]] = []
        for part in (part for part in parts if self._is_request(part)):
            earlier = [number for number, other in enumerate(found) if _name(other) == _name(part)]
            if not earlier or (self._is_another(part, [found[number] for number in earlier])):
                found.append(part)
                requests.append(_request(part))
            elif _objects(part) - _objects(found[earlier[0]]):
                _add(requests[earlier[0]], _request(part))
        if len(found) > 1:
            message.set(REQUESTS, requests, add_to_output=True)
        if found and (len(found) > 1 or self._is_courtesy(message)):
            _adopt(message, found[0])

    def _is_another(self, part: Message, earlier: List[Message]) -> bool:
        """Whether the same is asked of something else: another order, or, where it is no matter of one order, another thing."""
        numbers = _numbers(part)
        if numbers:
            return not any(numbers & _numbers(other) for other in earlier)
        if _name(part) in self._config["collecting"]:
            return False
        return bool(_objects(part)) and not any(_objects(part) & _objects(other) for other in earlier)

    def _is_request(self, part: Message) -> bool:
        segment: Segment = part.get(_SEGMENT)
        # What names an order by its number is no aside, so less certainty is enough.
        needed = self._config["named_confidence"] if _numbers(part) else self._config["min_confidence"]
        confident = part.get(INTENT)[PREDICTED_CONFIDENCE_KEY] >= needed
        return confident and segment.stands_alone and _name(part) not in self._config["not_actionable"]

    def _is_courtesy(self, message: Message) -> bool:
        return _name(message) in self._config["courtesies"]


def _name(message: Message) -> Optional[Text]:
    return message.get(INTENT)[INTENT_NAME_KEY]


def _numbers(part: Message) -> Set[Text]:
    """The order numbers that a part names, digits only."""
    return set(re.findall(r"\d{4,9}", part.get(TEXT) or ""))


def _objects(part: Message) -> Set[Text]:
    """The orders and products that a part names."""
    named = {str(entity.get("value")).lower() for entity in part.get(ENTITIES, []) if entity.get(ENTITY_ATTRIBUTE_TYPE) in _OBJECTS}
    return named | _numbers(part)


def _add(request: Dict[Text, Any], more: Dict[Text, Any]) -> None:
    """Let a request hold what another part says of the same matter."""
    request["text"] = f"{request['text']} {more['text']}"
    request["entities"] = [*request["entities"], *more["entities"]]


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
