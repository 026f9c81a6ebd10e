"""Whether the right passages are found for our own questions: keywords and meaning together beat either alone."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from knowledge_base.models import Passage, PassageId
from knowledge_base.retrievers.hybrid import fuse, join
from knowledge_base.vocabulary import in_our_words, readings

QUESTIONS = yaml.safe_load((Path(__file__).parents[1] / "answers" / "questions.yml").read_text())["answerable"]


def hits(ranked, item: dict[str, object], depth: int) -> bool:
    texts = [candidate.passage.searchable.lower() for candidate in ranked[:depth]]
    return any(all(re.search(said.replace(".", r"\."), text) for said in item["says"]) for text in texts)


@pytest.fixture(scope="module")
def counts(articles):
    """How many questions have a passage that answers them at rank 1 and within 3, by ranker."""
    snapshot = articles._load()
    found = {(ranker, depth): 0 for ranker in ("keyword", "dense", "hybrid") for depth in (1, 3)}
    for item in QUESTIONS:
        words, meaning = snapshot.keyword.search(item["q"], 40), articles._index.search(item["q"], 40)
        ranked = {"keyword": (words, []), "dense": ([], meaning), "hybrid": (words, meaning)}
        for ranker, depth in found:
            found[ranker, depth] += hits(join(snapshot.passages, *ranked[ranker]), item, depth)
    return found


def test_both_together_beat_keywords_by_far(counts):
    assert counts["hybrid", 1] >= counts["keyword", 1] + 12


def test_both_together_are_no_worse_than_meaning_alone(counts):
    assert counts["hybrid", 1] >= counts["dense", 1]
    assert counts["hybrid", 3] >= counts["dense", 3]


def test_nearly_every_question_finds_its_passage(counts):
    assert counts["hybrid", 1] >= 0.85 * len(QUESTIONS)
    assert counts["hybrid", 3] >= 0.96 * len(QUESTIONS)


class TestFuse:
    def test_what_both_rank_first_wins(self):
        scores = fuse(np.array([[1, 2, 0], [1, 0, 2]]))
        assert scores.argmax() == 0
        assert scores[0] == pytest.approx(2 / 61)
        assert scores[1] == pytest.approx(1 / 62)

    def test_what_nobody_ranked_scores_nothing(self):
        assert fuse(np.zeros((2, 3), dtype=np.int64)).tolist() == [0, 0, 0]

    def test_a_damping_below_one_is_refused(self):
        with pytest.raises(ValueError, match="at least 1"):
            fuse(np.zeros((1, 1), dtype=np.int64), k=0)


def test_joining_leaves_out_passages_that_are_gone_and_keeps_both_scores():
    kept = Passage(PassageId("kept"), "page", "Page", (), "/help/page", "Words.")
    found = join({kept.passage_id: kept}, [(PassageId("gone"), 3.0), (kept.passage_id, 2.0)], [(kept.passage_id, 0.7)])
    assert [(c.passage.passage_id, c.lexical, c.dense) for c in found] == [("kept", 2.0, 0.7)]


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("how much is shipping", "how much is delivery"),
        ("can I send it back", "can I return"),
        ("when do I get my money back", "when do I get my refund"),
        ("do you ship to Norway", "do you deliver to Norway"),
        ("my discount code fails", "my promo code fails"),
    ],
)
def test_customers_words_are_read_as_ours(asked, ours):
    assert in_our_words(asked) == ours
    assert readings(asked) == [asked, ours]


def test_a_question_in_our_words_is_read_once():
    assert readings("How long does delivery take?") == ["How long does delivery take?"]
