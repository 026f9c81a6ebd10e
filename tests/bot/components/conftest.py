"""Components joined as Rasa joins them, without the minutes that Rasa takes to start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.entity_extractor import IntentAwareEntityExtractor
from bot.components.intent_classifier import HybridIntentClassifier
from bot.components.minilm_featurizer import MiniLMFeaturizer
from bot.components.request_splitter import RequestCollector, RequestSplitter

_TEMPLATES = {
    "track_order": "where is my {} / track the {} I ordered / has my {} been shipped yet / when does the {} arrive / any news about my {}",
    "cancel_order": "cancel the {} / I want to cancel my {} / please cancel my order of the {} / stop the {} order / call off the {}",
    "return_item": "I want to return the {} / send the {} back / how do I return my {} / take back the {} / I won't keep the {}",
    "greet": "hi / hello / hey there / good morning / hello shop / hi bot / hey / greetings / good evening / hiya",
    "ask_opening_hours": "when are you open / opening hours / what time do you close / are you open on sunday / tell me your opening hours",
}
_PRODUCTS = ("lamp", "tent", "kettle", "rain jacket", "keyboard", "blender", "scarf", "desk", "backpack", "mug")


def _labelled() -> list[Message]:
    messages = []
    for intent, templates in _TEMPLATES.items():
        for template in templates.split(" / "):
            for product in _PRODUCTS if "{}" in template else ("",):
                messages.append(_message(intent, template, product))
    return messages


def _message(intent: str, template: str, product: str) -> Message:
    text, start = template.format(product), template.find("{}")
    spans = [{"start": start, "end": start + len(product), "entity": "product", "value": product}] if product else []
    return Message({TEXT: text, INTENT: intent, ENTITIES: spans})


@dataclass
class Workshop:
    """Makes components, trains them, and loads them again from what they stored."""

    storage: LocalModelStorage
    context: ExecutionContext

    def create(self, component: type[Any], **config: Any) -> Any:
        return component.create({**component.get_default_config(), **config}, self.storage, Resource(component.__name__), self.context)

    def load(self, component: type[Any], **config: Any) -> Any:
        return component.load({**component.get_default_config(), **config}, self.storage, Resource(component.__name__), self.context)

    def messages(self, *texts: str) -> list[Message]:
        """Give messages as they reach the classifier: tokenized and with their vectors."""
        return self.prepare([Message({TEXT: text}) for text in texts])

    def prepare(self, messages: list[Message]) -> list[Message]:
        for component in (WhitespaceTokenizer, MiniLMFeaturizer):
            messages = self.create(component).process(messages)
        return messages


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    storage = LocalModelStorage.create(Path(tmp_path_factory.mktemp("storage")))
    return Workshop(storage, ExecutionContext(GraphSchema({}), "test"))


@pytest.fixture(scope="session")
def examples(workshop: Workshop) -> TrainingData:
    return TrainingData(workshop.prepare(_labelled()))


@pytest.fixture(scope="session")
def classifier(workshop: Workshop, examples: TrainingData) -> HybridIntentClassifier:
    """A classifier that was trained, stored and loaded again."""
    workshop.create(HybridIntentClassifier).train(examples)
    return workshop.load(HybridIntentClassifier)


@pytest.fixture(scope="session")
def extractor(workshop: Workshop, examples: TrainingData) -> IntentAwareEntityExtractor:
    """An extractor that was trained, stored and loaded again."""
    workshop.create(IntentAwareEntityExtractor).train(examples)
    return workshop.load(IntentAwareEntityExtractor)


@pytest.fixture
def understand(workshop: Workshop, classifier: HybridIntentClassifier, extractor: IntentAwareEntityExtractor) -> Any:
    """Parse a text with the whole chain, as config.yml orders it."""

    def parse(text: str) -> dict[str, Any]:
        messages = workshop.create(RequestSplitter).process([Message({TEXT: text})])
        messages = extractor.process(classifier.process(workshop.prepare(messages)))
        [whole] = workshop.create(RequestCollector, courtesies=["greet"], not_actionable=["greet"]).process(messages)
        return whole.as_dict(only_output_properties=True)

    return parse
