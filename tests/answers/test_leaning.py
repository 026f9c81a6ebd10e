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


ANSWERED = np.stack([_unit(1, 0.1, 0), _unit(1, -0.1, 0), _unit(1, 0, 0.1)])
UNANSWERED = np.stack([_unit(0, 1, 0.1), _unit(0, 1, -0.1), _unit(0.1, 1, 0)])


def _lean(question: np.ndarray, answered: np.ndarray = ANSWERED, unanswered: np.ndarray = UNANSWERED, without: int | None = None) -> float:
    return Leaning(answered, unanswered).of(np.vstack([answered, unanswered]) @ question, without=without)


def test_it_leans_to_the_side_of_its_neighbours():
    assert _lean(_unit(1, 0, 0)) > 0.5
    assert _lean(_unit(0, 1, 0)) < -0.5


def test_far_from_all_it_leans_nowhere():
    assert abs(_lean(_unit(0, 0, 1))) < 0.05


def test_one_stray_neighbour_is_outvoted():
    crowd = np.stack([_unit(1, number / 20, 0) for number in range(-4, 5)])
    assert _lean(_unit(1, 0.01, 0.01), crowd, np.stack([_unit(1, 0.01, 0.02)])) > 0


def test_a_question_is_judged_as_if_it_had_not_been_learned():
    question = ANSWERED[0]
    assert _lean(question, without=0) == pytest.approx(_lean(question, ANSWERED[1:]), abs=1e-4)


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
