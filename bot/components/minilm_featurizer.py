"""Gives every message the MiniLM sentence vector that the intent classifier reads."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any, Dict, Iterator, List, Text, Type

import numpy as np
import onnxruntime as ort
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer as WordPieces

MODEL_PATH, THREADS, MAX_TOKENS = "model_path", "threads", "max_tokens"
_COMPONENTS, _BATCH = 384, 64
_TOKENIZER_FILE = "tokenizer.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """Runs all-MiniLM-L6-v2 on onnxruntime: one vector of unit length and 384 components per message."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Components that should come before this one."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        """Python packages that this component needs."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The defaults; `model_path` is relative to the folder Rasa is started in."""
        return {
            **DenseFeaturizer.get_default_config(),
            MODEL_PATH: "var/embedding/minilm-int8.onnx",
            THREADS: 1,
            MAX_TOKENS: 256,
        }

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Refuses a model path that does not exist, and says how to make the file."""
        path = Path(config[MODEL_PATH])
        for needed in (path, path.with_name(_TOKENIZER_FILE)):
            if not needed.is_file():
                raise InvalidConfigException(
                    f"No embedding model file {str(needed)!r}. "
                    f"Make it with: python -m knowledge_base.embedders.onnx_export {str(path.parent)!r}"
                )

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> MiniLMFeaturizer:
        """Creates the component for training and for answering alike: there is nothing to learn."""
        return cls(config, execution_context.node_name)

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, {FEATURIZER_CLASS_ALIAS: None, **config})
        path = Path(config[MODEL_PATH])
        self._session = ort.InferenceSession(str(path), _session_options(config[THREADS]), ["CPUExecutionProvider"])
        self._pieces = WordPieces.from_file(str(path.with_name(_TOKENIZER_FILE)))
        # The file asks for 128 word pieces always, which would make a short message ten times as dear.
        self._pieces.no_padding()
        self._pieces.enable_truncation(config[MAX_TOKENS])

    def embed(self, texts: List[Text]) -> np.ndarray:
        """Return the sentence vectors of texts, float32 of shape (n_texts, 384), each of unit length."""
        pieces = [self._pieces.encode(text).ids for text in texts]
        vectors = np.empty((len(texts), _COMPONENTS), dtype=np.float32)
        for batch in _of_equal_length(pieces):
            ids = np.array([pieces[index] for index in batch], dtype=np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            [vectors[batch]] = self._session.run(["sentence_embedding"], feed)
        return vectors

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the vector to every message that has words."""
        spoken = [message for message in messages if message.get(TEXT)]
        vectors = self.embed([message.get(TEXT) for message in spoken])
        for message, vector in zip(spoken, vectors, strict=True):
            self.add_features_to_message(None, vector[np.newaxis], TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the vector to every training example."""
        self.process(training_data.training_examples)
        return training_data


def _of_equal_length(pieces: List[List[int]]) -> Iterator[List[int]]:
    """Yield the positions of texts with the same number of word pieces, which need no padding beside each other."""
    order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
    for _, group in groupby(order, key=lambda index: len(pieces[index])):
        same = list(group)
        for start in range(0, len(same), _BATCH):
            yield same[start : start + _BATCH]


def _session_options(threads: int) -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    # A spinning worker thread would take a whole core from whatever else runs on a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
