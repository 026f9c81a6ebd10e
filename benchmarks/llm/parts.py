"""The shipped articles and parts, as the gateway builds them."""

from dataclasses import dataclass
from pathlib import Path

from answers.answerer import Answerer
from answers.evidence import Evidence, gather
from answers.generators.llm import LLMGenerator, Schema
from answers.settings import AnswerSettings
from cli.paths import EMBEDDING, ROOT
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.settings import KnowledgeBaseSettings


@dataclass(frozen=True)
class Parts:
    """What an answerer is built from."""

    knowledge: KnowledgeBase
    embedder: Embedder

    def answerer(self, settings: AnswerSettings, schema: Schema) -> Answerer:
        """Build the answerer with the model held to a schema."""
        return Answerer(settings, self.knowledge, self.embedder, LLMGenerator(settings, schema))

    async def evidence(self, question: str, settings: AnswerSettings) -> Evidence:
        """Give the evidence that the answerer finds for a question."""
        spelled = await self.knowledge.spell_out(question)
        candidates = await self.knowledge.search(spelled, settings.passages)
        return gather(spelled, candidates, (), (), None, self.embedder)


async def build_parts(folder: Path) -> Parts:
    """Index the shipped articles in a folder of their own."""
    settings = KnowledgeBaseSettings(index_dir=folder, embedding_dir=EMBEDDING)
    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    store = registry.build("knowledge_base.stores", settings.store, settings)
    knowledge = KnowledgeBase(settings, store=store, embedder=embedder)
    await knowledge.ingest([ROOT / "knowledge_base" / "articles"])
    return Parts(knowledge, embedder)
