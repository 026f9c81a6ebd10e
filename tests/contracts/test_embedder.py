"""What every embedder does, run over every embedder there is."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import EmbedderUnavailable, UnknownPart
from knowledge_base.settings import KnowledgeBaseSettings

EMBEDDERS = [name for name in registry.names("knowledge_base.embedders") if name != "huggingface"]
"""The one whose model the tests have to make is proved in tests/models, in the environment that has PyTorch."""


@pytest.fixture(params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return registry.build("knowledge_base.embedders", request.param, KnowledgeBaseSettings())


def test_every_text_has_a_vector_of_length_one(embedder):
    vectors = embedder.embed(["Where is my order?", "", "x" * 5000, "Größe 42, ♥"])
    assert vectors.shape == (4, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(embedder):
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_a_text_has_the_same_vector_alone_and_in_company(embedder):
    alone = embedder.embed(["I want my money back"])
    among = embedder.embed(["hi", "I want my money back", "a very long sentence about something else entirely, so that padding is needed"])
    fresh = registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings(cached_questions=0)).embed(["I want my money back"])
    assert np.allclose(alone[0], among[1], atol=1e-4)
    assert np.allclose(alone[0], fresh[0], atol=1e-4)


def test_similar_texts_are_nearer_than_others(embedder):
    question, same, other = embedder.embed(["I want my money back", "Please refund me", "How do I wash a rain jacket?"])
    assert question @ same > question @ other + 0.2


def test_several_threads_get_the_vectors_of_their_own_texts(embedder):
    texts = [f"Question number {n} about parcel {n * 7}" for n in range(40)]
    expected = embedder.embed(texts)
    fresh = registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings(cached_questions=8))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: fresh.embed([text])[0], texts))
    assert np.allclose(np.stack(found), expected, atol=1e-4)


def test_missing_files_say_what_to_do(tmp_path: Path):
    with pytest.raises(EmbedderUnavailable, match="make setup"):
        registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings(embedding_dir=tmp_path))


def test_a_damaged_file_says_what_to_do(tmp_path: Path):
    (tmp_path / "minilm-fp32.onnx").write_bytes(b"not a model")
    with pytest.raises(EmbedderUnavailable, match="make setup"):
        registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings(embedding_dir=tmp_path))


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(UnknownPart, match="Available: .*minilm"):
        registry.build("knowledge_base.embedders", "minilmm", KnowledgeBaseSettings())
