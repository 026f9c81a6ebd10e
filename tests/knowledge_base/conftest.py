"""Small documents and real parts."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge_base
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.settings import KnowledgeBaseSettings

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder: Path) -> Write:
    """Write an article: `write("tea", "## Brewing\nPour water.")`."""

    def write_article(slug: str, body: str, **head: str) -> Path:
        fields = {"title": slug.capitalize(), "slug": slug, "topic": "drinks", **head}
        lines = "\n".join(f"{name}: {value}" for name, value in fields.items())
        path = folder / f"{slug}.md"
        path.write_text(f"---\n{lines}\n---\n{body}\n", encoding="utf-8")
        return path

    return write_article


@pytest.fixture
def settings(tmp_path: Path) -> KnowledgeBaseSettings:
    return KnowledgeBaseSettings(index_dir=tmp_path / "index", store_retry_s=0.0)


@pytest.fixture
async def knowledge(settings: KnowledgeBaseSettings):
    built: KnowledgeBase = knowledge_base.create(settings)
    yield built
    await built.close()


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory):
    """The shipped articles, ingested once."""
    knowledge: KnowledgeBase = knowledge_base.create(KnowledgeBaseSettings(index_dir=tmp_path_factory.mktemp("articles")))
    report = asyncio.run(knowledge.ingest([Path(__file__).parents[2] / "knowledge_base" / "articles"]))
    assert not report.failed
    yield knowledge
    asyncio.run(knowledge.close())
