"""Evidence becomes words: quoted, or written by a language model and checked sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answers.answerer import Answerer
    from answers.settings import AnswerSettings
    from knowledge_base.embedders.base import Embedder
    from knowledge_base.knowledge import KnowledgeBase


def create(settings: AnswerSettings, knowledge: KnowledgeBase, embedder: Embedder) -> Answerer:
    """Build the answerer that the settings describe. Connects to nothing until it is asked something.

    Raises:
        AnswerError: If a setting names what is not there; says which.
    """
    from answers import audited, familiar
    from answers.answerer import Answerer
    from knowledge_base import registry

    generator = registry.build("answers.generators", settings.generator, settings)
    known = audited.load(settings.audited_answers, knowledge) if settings.audited_answers else None
    questions = familiar.load(settings.familiar_questions, embedder, settings.familiar_vectors)
    entailer = registry.build("answers.entailers", "huggingface", settings) if settings.entailment_model else None
    return Answerer(settings, knowledge, embedder, generator, audited=known, familiar=questions, entailer=entailer)
