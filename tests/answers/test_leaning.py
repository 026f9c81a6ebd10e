"""Questions learn from all of their neighbours, not from the nearest alone."""

import numpy as np
import pytest

from answers import familiar
from answers.confidence import sure
from answers.familiar import AskedSection, FamiliarQuestions, Nearness
from answers.leaning import Leaning
from answers.settings import SHIPPED_QUESTIONS
from knowledge_base.models import PassageId


def _unit(*parts: float) -> np.ndarray:
    vector = np.array(parts, dtype=np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture
def corners() -> Leaning:
    answered = np.stack([_unit(1, 0.1, 0), _unit(1, -0.1, 0), _unit(1, 0, 0.1)])
    return Leaning(answered, np.stack([_unit(0, 1, 0.1), _unit(0, 1, -0.1), _unit(0.1, 1, 0)]))


def test_it_leans_to_the_side_of_its_neighbours(corners):
    assert corners.of(_unit(1, 0, 0)) > 0.5
    assert corners.of(_unit(0, 1, 0)) < -0.5


def test_far_from_all_it_leans_nowhere(corners):
    assert abs(corners.of(_unit(0, 0, 1))) < 0.05


def test_one_stray_neighbour_is_outvoted():
    crowd = [_unit(1, number / 20, 0) for number in range(-4, 5)]
    leaning = Leaning(np.stack(crowd), np.stack([_unit(1, 0.01, 0.02)]))
    assert leaning.of(_unit(1, 0.01, 0.01)) > 0


def test_a_question_is_judged_as_if_it_had_not_been_learned():
    vectors = [_unit(1, 0.1, 0), _unit(1, -0.2, 0.1), _unit(0.9, 0.4, 0.2)]
    others = np.stack([_unit(0, 1, 0.1), _unit(0.3, 1, -0.1)])
    left_out = Leaning(np.stack(vectors[1:]), others).of(vectors[0])
    assert Leaning(np.stack(vectors), others).of(vectors[0], without=0) == pytest.approx(left_out, abs=1e-4)


def test_the_same_questions_lean_the_same_every_time(embedder):
    first, second = (familiar.load(SHIPPED_QUESTIONS, embedder) for _ in range(2))
    question = "would you bury my old toaster for me"
    assert first.near(question) == second.near(question)


def test_a_question_that_is_judged_counts_for_nothing_itself(embedder):
    shipped = familiar.load(SHIPPED_QUESTIONS, embedder)
    known, unknown = "which switch is good for an office", "Who owns the shop?"
    assert shipped.near(unknown).leaning < shipped.near(unknown, leave_out=unknown).leaning < 0
    assert shipped.near(known, leave_out="some other question") == shipped.near(known)


def test_few_ways_of_asking_do_not_lean(embedder):
    section = AskedSection(section="tea#brewing", questions=("how long does tea take",))
    assert FamiliarQuestions([section], ["who grows the tea"], embedder).near("how long for tea").leaning is None


def test_where_the_nearest_section_is_not_shown_nothing_leans():
    near = Nearness({PassageId("tea#brewing"): 0.9, PassageId("tea#storing"): 0.4}, 0.3, 0.5)
    assert near.within([PassageId("tea#brewing")]).leaning == 0.5
    assert near.within([PassageId("tea#storing"), PassageId("milk")]).leaning is None


def test_confidence_follows_the_leaning():
    figures = (0.5, 0.5, 0.5, 0.5)
    assert sure(*figures, -0.5, on_topic=False) < sure(*figures, 0.0, on_topic=False) < sure(*figures, 0.5, on_topic=False)
