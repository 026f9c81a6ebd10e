import pytest

from knowledge_base.models import ProductLine
from knowledge_base.retrievers.product_evidence import EvidenceRanker

LAMP = [
    ProductLine("material: oak and linen"),
    ProductLine("height: 42 cm"),
    ProductLine("power: 9 W"),
    ProductLine("cable length: 1.8 m"),
    ProductLine("Made for the bedside. The shade turns, so that nobody beside you wakes. Comes in two parts."),
    ProductLine("yes, with any bulb that screws in.", "can i change the bulb?"),
    ProductLine("arrived quickly... looks lovely in our hall"),
]


@pytest.fixture(scope="module")
def ranker(embedder):
    return EvidenceRanker(embedder)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Which material is the lamp made of?", 0),
        ("how tall is the lamp?", 1),
        ("how many watts?", 2),
        ("How long is the cord?", 3),
        ("will it wake my partner when I read?", 4),
        ("is the bulb replaceable?", 5),
    ],
)
def test_the_line_that_answers_comes_first(ranker, question, best):
    ranking = ranker.rank(question, LAMP)
    assert ranking.order[0] == best
    assert ranking.answers


@pytest.mark.parametrize("question", ["does it support wifi calling?", "who designed the packaging?", "is it gluten free?"])
def test_what_no_line_tells_is_not_answered(ranker, question):
    assert not ranker.rank(question, LAMP).answers


def test_without_lines_nothing_is_answered(ranker):
    ranking = ranker.rank("how tall is it?", [])
    assert (ranking.order, ranking.answers) == ([], False)


def test_one_line_alone_can_answer(ranker):
    assert ranker.rank("how tall is the lamp?", LAMP[1:2]).answers


def test_the_order_of_the_lines_makes_no_difference(ranker):
    forward, backward = ranker.rank("how tall is the lamp?", LAMP), ranker.rank("how tall is the lamp?", LAMP[::-1])
    assert backward.scores[::-1] == pytest.approx(forward.scores, abs=1e-5)
    assert backward.confidence == pytest.approx(forward.confidence, abs=1e-5)


def test_a_sentence_inside_a_long_text_is_found(ranker):
    buried = ProductLine("Arrived on Monday. My sister loves it. The shade is washable at 30 degrees. Would buy again. Nice box.")
    others = [ProductLine("My sister has one like it."), ProductLine("It is washed in sunlight in the evening."), buried]
    assert ranker.rank("at how many degrees can I wash the shade?", others).order[0] == 2


@pytest.mark.parametrize("question", ["", "   ", "???", "🙂"])
def test_a_question_without_words_is_not_answered(ranker, question):
    assert not ranker.rank(question, LAMP).answers
