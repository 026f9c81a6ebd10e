"""The shipped articles, and a model's server that says what a test tells it to."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import answers
import knowledge_base
from answers.answerer import Answerer
from answers.settings import AnswerSettings
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.settings import KnowledgeBaseSettings
from tests.fakes.openai import FakeOpenAI

ARTICLES = Path(__file__).parents[2] / "knowledge_base" / "articles"

Build = Callable[..., Answerer]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings())


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory):
    built: KnowledgeBase = knowledge_base.create(KnowledgeBaseSettings(index_dir=tmp_path_factory.mktemp("index")))
    report = asyncio.run(built.ingest([ARTICLES]))
    assert not report.failed
    yield built
    asyncio.run(built.close())


@pytest.fixture
def build(knowledge: KnowledgeBase, embedder: Embedder) -> Build:
    """Build an answerer: `build(generator="llm", llm_url=…)`."""
    return lambda **settings: answers.create(AnswerSettings(brand_name="Harbour & Pine", **settings), knowledge, embedder)


@pytest.fixture
def quoting(build: Build) -> Answerer:
    return build()


@pytest.fixture
def model():
    server = FakeOpenAI()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def writing(build: Build, model: FakeOpenAI) -> Answerer:
    return build(generator="llm", llm_url=model.url, llm_model="fake", llm_deadline_s=3.0)
