"""Finding evidence: documents become passages, passages are kept, and the ones that speak to a question are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge_base.knowledge import KnowledgeBase
    from knowledge_base.settings import KnowledgeBaseSettings


def create(settings: KnowledgeBaseSettings) -> KnowledgeBase:
    """Build the knowledge base that the settings describe. Opens nothing until it is asked something.

    Raises:
        EmbedderUnavailable: If the embedding model's files are missing.
    """
    from knowledge_base import registry
    from knowledge_base.knowledge import KnowledgeBase

    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    store = registry.build("knowledge_base.stores", settings.store, settings)
    reranker = registry.build("knowledge_base.rerankers", settings.reranker, settings, embedder)
    return KnowledgeBase(settings, store=store, embedder=embedder, reranker=reranker)
