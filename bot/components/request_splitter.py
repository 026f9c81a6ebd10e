"""Several requests in one message: cut apart before they are understood, put together afterwards.

The splitter stands first in the pipeline and appends a message for every part of the customer's, so that each part
passes the same tokenizer, featurizer, extractors, classifier and fallback as a whole message would. The collector
stands last, folds the parts back, and leaves `requests` in the parse result where there are at least two, or where
a yes (`assent`) comes before one.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Optional, Set, Text

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
ASSENT = "assent"
"""The yes that a message of further requests begins with; whether it counts is for the open form to judge."""
_LONGEST_ASSENT = 5
_SEGMENT = "segment"
_OBJECTS = frozenset({"order_id", "product", "product_type", "brand"})


class Found(NamedTuple):
    """A request, and all parts of the message that belong to it."""

    part: Message
    parts: List[Message]


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
        return {"max_segments": 12}

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

        `not_actionable` lists the intents that ask for nothing, `courtesies` those said in passing, `giving_way` those that are
        dropped beside a request (anger is no task of its own), `collecting` those that may be asked for once per order, so that
        whatever is said of them in one message is one request, `details` what statements may sound like that only add to one,
        `swaying` what a wish and a question about its money may sound like together, and `tasks` what a statement asks for that
        names an order: "CH-20001 should be cancelled".
        """
        money = ["change_payment", "check_refund", "ask_gift_card", "ask_payment", "return_item"]
        goods = ["search_product", "request_recommendation", "find_similar", "ask_product", "check_stock", "ask_price", "ask_size"]
        return {
            "not_actionable": [],
            "courtesies": [],
            "giving_way": ["make_complaint"],
            "collecting": ["return_item", "exchange_item", "change_items", "change_order"],
            "details": {"return_item": money, "cancel_order": money, "exchange_item": [*money, *goods], "change_order": goods},
            "swaying": [*money[1:-1], "ask_order_details", "ask_price", "ask_account_info", "ask_returns_policy", "nlu_fallback"],
            "tasks": ["cancel_order", "return_item", "exchange_item", "change_address", "change_payment"],
            "min_confidence": 0.6,
            "named_confidence": 0.4,
        }

    def process(self, messages: List[Message]) -> List[Message]:
        """Drops the parts after reading them; the message keeps the intent and the entities of its first request."""
        whole = [message for message in messages if not message.get(_SEGMENT)]
        parts = [message for message in messages if message.get(_SEGMENT)]
        if parts and len(whole) == 1:
            self._collect(whole[0], parts)
        return whole

    def _collect(self, message: Message, parts: List[Message]) -> None:
        found: List[Found] = []
        before: List[Message] = []
        told = False
        for part in parts:
            if self._is_request(part, found, before) and self._is_new(part, found):
                needs = part.get(_SEGMENT).points_back or not _objects(part)
                found.append(Found(part, [*before, part] if needs else [part]))
                told = told or (not needs and any(not one.get(_SEGMENT).is_courtesy for one in before))
                before = []
            elif found:
                found[self._belongs_to(part, found)].parts.append(part)
            else:
                before.append(part)
        found = self._serious(found)
        assent = next((part for part in parts[:2] if _is_assent(part)), None) if found else None
        if assent is not None:
            message.set(ASSENT, assent.get(TEXT), add_to_output=True)
        if len(found) > 1 or assent is not None or (found and (told or self._is_swayed(message, found[0], parts))):
            # A story before a request that says all by itself would only add things that are not meant.
            message.set(REQUESTS, [_request(one) for one in found], add_to_output=True)
        if found and (message.get(REQUESTS) or self._gives_way(message)):
            _adopt(message, found[0].part)

    def _is_swayed(self, message: Message, first: Found, parts: List[Message]) -> bool:
        """Whether a question beside a wish has the whole message heard as a question: "return it, and what do I get back?"."""
        asks = any(part.get(_SEGMENT).is_question for part in parts if part is not first.part)
        return asks and _name(first.part) in self._config["tasks"] and _name(message) in self._config["swaying"]

    def _serious(self, found: List[Found]) -> List[Found]:
        """What is left when anger beside a wish is no matter of its own."""
        return [one for one in found if _name(one.part) not in self._config["giving_way"]] or found

    def _belongs_to(self, part: Message, found: List[Found]) -> int:
        """Which request a part adds to: the first of the same kind, where it asks; else the last one."""
        same = [number for number, one in enumerate(found) if _name(one.part) == _name(part)]
        return same[0] if same and part.get(_SEGMENT).asks else len(found) - 1

    def _is_new(self, part: Message, found: List[Found]) -> bool:
        earlier = [one.part for one in found if _name(one.part) == _name(part)]
        return not earlier or self._is_another(part, earlier)

    def _is_another(self, part: Message, earlier: List[Message]) -> bool:
        """Whether the same is asked of something else: another order, or, where it is no matter of one order, another thing."""
        numbers = _numbers(part)
        if numbers:
            return not any(numbers & _numbers(other) for other in earlier)
        if _name(part) in self._config["collecting"]:
            return False
        return bool(_objects(part)) and not any(_objects(part) & _objects(other) for other in earlier)

    def _is_request(self, part: Message, found: List[Found], before: List[Message]) -> bool:
        segment: Segment = part.get(_SEGMENT)
        # What names an order by its number is no aside, so less certainty is enough.
        needed = self._config["named_confidence"] if _numbers(part) else self._config["min_confidence"]
        if part.get(INTENT)[PREDICTED_CONFIDENCE_KEY] < needed or _name(part) in self._config["not_actionable"]:
            return False
        if found and self._is_detail(part, found[-1].part):
            return False
        # "I got the boots. I want them in size 41": the first wish may point back to what was told before it.
        told = not found and any(not (one.get(_SEGMENT).is_courtesy or _is_assent(one)) for one in before)
        # "… And the lamp from CH-20003 should go back too" asks as plainly as an order does.
        known = {number for one in found for of in one.parts for number in _numbers(of)}
        names_more = bool(_numbers(part) - known) and _name(part) in self._config["tasks"]
        return segment.stands_alone or ((told or names_more) and segment.says_something and (names_more or segment.asks))

    def _is_detail(self, part: Message, last: Message) -> bool:
        """Whether it only says how the last request is to be done: "I'd like the refund on my card"."""
        segment: Segment = part.get(_SEGMENT)
        if segment.is_question or _numbers(part) or (segment.asks and _things(part) - _things(last)):
            return False
        return _name(part) in self._config["details"].get(_name(last), ())

    def _gives_way(self, message: Message) -> bool:
        return self._is_courtesy(message) or _name(message) in self._config["giving_way"]

    def _is_courtesy(self, message: Message) -> bool:
        return _name(message) in self._config["courtesies"]


def _is_assent(part: Message) -> bool:
    """Whether a part is a yes and little else."""
    return _name(part) == "affirm" and len((part.get(TEXT) or "").split()) <= _LONGEST_ASSENT


def _name(message: Message) -> Optional[Text]:
    return message.get(INTENT)[INTENT_NAME_KEY]


def _numbers(part: Message) -> Set[Text]:
    """The order numbers that a part names, digits only."""
    return set(re.findall(r"\d{4,9}", part.get(TEXT) or ""))


def _objects(part: Message) -> Set[Text]:
    """The orders and products that a part names."""
    named = {str(entity.get("value")).lower() for entity in part.get(ENTITIES, []) if entity.get(ENTITY_ATTRIBUTE_TYPE) in _OBJECTS}
    return named | _numbers(part)


def _things(part: Message) -> Set[Text]:
    """The products that a part names."""
    return _objects(part) - _numbers(part)


def _entities(part: Message) -> List[Dict[Text, Any]]:
    shift = part.get(_SEGMENT).start
    moved = {ENTITY_ATTRIBUTE_START: shift, ENTITY_ATTRIBUTE_END: shift}
    return [
        {key: value + moved.get(key, 0) if key in moved else value for key, value in entity.items()} for entity in part.get(ENTITIES, [])
    ]


def _request(found: Found) -> Dict[Text, Any]:
    """A request as the actions read it: with the words around it that ask for nothing themselves."""
    intent = found.part.get(INTENT)
    parts = [part for part in found.parts if not (part.get(_SEGMENT).is_courtesy or _is_assent(part))]
    return {
        "intent": intent[INTENT_NAME_KEY],
        "confidence": intent[PREDICTED_CONFIDENCE_KEY],
        "text": " ".join(part.get(TEXT) for part in parts),
        "entities": [entity for part in parts for entity in _entities(part)],
    }


def _adopt(message: Message, part: Message) -> None:
    message.set(INTENT, part.get(INTENT), add_to_output=True)
    message.set(INTENT_RANKING_KEY, part.get(INTENT_RANKING_KEY, []), add_to_output=True)
    message.set(ENTITIES, _entities(part), add_to_output=True)
