"""What every reranker does, run over every reranker that needs no model of its own."""

import numpy as np
import pytest

from knowledge_base import registry
from knowledge_base.errors import RerankerUnavailable
from knowledge_base.models import Candidate, Passage, PassageId
from knowledge_base.rerankers.base import Reranker
from knowledge_base.retrievers.hybrid import reorder
from knowledge_base.settings import KnowledgeBaseSettings

WITHOUT_MODEL = ["light"]
"""Those whose model the tests have to make are proved in their own environment."""


def candidate(name: str, text: str, **known: float) -> Candidate:
    return Candidate(Passage(PassageId(name), "page", "Page", (), "/help/page", text), score=0.0, **known)


RETURNS = candidate("returns", "You have 30 days to return what you do not like.", lexical=6.0, dense=0.8, coverage=1.0)
TEA = candidate("tea", "Pour the water at 80 degrees.", lexical=0.0, dense=0.1, coverage=0.0)
SOCKS = candidate("socks", "Socks can be returned unworn.", lexical=3.0, dense=0.5, coverage=0.5)


@pytest.fixture(params=WITHOUT_MODEL)
def reranker(request: pytest.FixtureRequest) -> Reranker:
    settings = KnowledgeBaseSettings()
    embedder = registry.build("knowledge_base.embedders", "minilm", settings)
    return registry.build("knowledge_base.rerankers", request.param, settings, embedder)


def test_every_candidate_has_a_finite_score(reranker):
    scores = reranker.score("How long can I return things?", [TEA, RETURNS, SOCKS])
    assert scores.shape == (3,)
    assert np.isfinite(scores).all()


def test_no_candidates_have_no_scores(reranker):
    assert reranker.score("anything", []).shape == (0,)


def test_what_speaks_to_the_question_comes_first_whatever_the_order(reranker):
    for given in ([TEA, SOCKS, RETURNS], [RETURNS, TEA, SOCKS]):
        found = reorder(reranker, "How long can I return things?", given)
        assert [one.passage.passage_id for one in found] == ["returns", "socks", "tea"]
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_candidates_that_only_keywords_found_are_finite_and_ordered(reranker):
    far = candidate("far", "Pour the water.", lexical=1.0, coverage=0.1)
    near = candidate("near", "Return it.", lexical=4.0, coverage=0.9)
    assert [one.passage.passage_id for one in reorder(reranker, "return", [far, near])] == ["near", "far"]


class DeadReranker:
    name = "dead"
    depth = 20

    def score(self, question, candidates):
        raise RerankerUnavailable("gone")


def test_a_dead_reranker_leaves_the_order_as_it_was():
    assert reorder(DeadReranker(), "anything", [TEA, RETURNS]) == [TEA, RETURNS]
