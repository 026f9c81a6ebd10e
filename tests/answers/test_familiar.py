"""Ways of asking that are known lead to their sections; what help pages seldom answer makes wary."""

from pathlib import Path

import pytest
import yaml

import answers
import knowledge_base
from answers import familiar
from answers.answerer import Answerer
from answers.confidence import sure
from answers.errors import FamiliarQuestionsUnreadable
from answers.familiar import AskedSection, FamiliarQuestions, Nearness
from answers.settings import SHIPPED_QUESTIONS, AnswerSettings
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import PassageId
from knowledge_base.settings import KnowledgeBaseSettings

ELSEWHERE = Path(familiar.__file__).with_name("elsewhere.yml")


@pytest.fixture(scope="session")
def shipped(embedder: Embedder) -> FamiliarQuestions:
    return familiar.load(SHIPPED_QUESTIONS, embedder)


async def test_every_section_of_the_shipped_questions_is_there(knowledge):
    for row in yaml.safe_load(SHIPPED_QUESTIONS.read_text("utf8")):
        assert (await knowledge.get_passage(row["section"])).passage_id == row["section"]


def test_no_question_is_both_answered_and_not():
    rows = yaml.safe_load(SHIPPED_QUESTIONS.read_text("utf8"))
    answered = [question.casefold().strip("?.!") for row in rows for question in row["questions"]]
    seldom = [question.casefold().strip("?.!") for matter in yaml.safe_load(ELSEWHERE.read_text("utf8")).values() for question in matter]
    assert len(answered) == len(set(answered))
    assert set(answered) & set(seldom) == set()


def test_a_question_in_other_words_is_near_its_section(shipped):
    near = shipped.near("is it possible to pay with my Amex card")
    assert next(iter(near.sections)).startswith("payment-methods#")
    assert near.of(next(iter(near.sections))) > near.elsewhere


def test_a_question_that_help_pages_seldom_answer_is_nearer_to_its_like(shipped):
    near = shipped.near("who is the boss of this firm")
    assert near.elsewhere > max(near.sections.values())


def test_sections_that_are_not_there_count_for_nothing():
    near = Nearness({PassageId("tea#brewing"): 0.9, PassageId("tea#storing"): 0.8}, 0.3)
    left = near.within([PassageId("tea#storing"), PassageId("milk")])
    assert (dict(left.sections), left.elsewhere, left.of("tea#brewing")) == ({"tea#storing": 0.8}, 0.3, 0.0)


def test_without_a_file_only_what_is_seldom_answered_is_known(embedder):
    near = familiar.load(None, embedder).near("do you give students a discount")
    assert dict(near.sections) == {}
    assert near.elsewhere > 0.7


@pytest.mark.parametrize("text", ["- section: tea", "- {section: tea, questions: []}", "section: [", "- {section: tea, asked: [how]}"])
def test_a_malformed_file_is_named(tmp_path, embedder, text):
    path = tmp_path / "asked.yml"
    path.write_text(text)
    with pytest.raises(FamiliarQuestionsUnreadable, match=r"asked\.yml"):
        familiar.load(path, embedder)


def test_vectors_are_kept_between_starts(tmp_path, embedder):
    cache = tmp_path / "familiar.vectors"
    section = AskedSection(section="tea#brewing", questions=("how long does tea take",))
    first = FamiliarQuestions([section], ["who grows the tea"], embedder, cache).near("how long for tea")

    class Counting:
        name, dimensions, embedded = embedder.name, embedder.dimensions, 0

        def embed(self, texts):
            self.embedded += len(texts)
            return embedder.embed(texts)

    again = Counting()
    assert FamiliarQuestions([section], ["who grows the tea"], again, cache).near("how long for tea") == first
    assert again.embedded == 1


async def test_a_section_that_words_and_meaning_miss_is_found_by_how_it_is_asked_for(quoting: Answerer, build):
    question = "are you on Amazon or on eBay?"
    assert "no shop on marketplaces" in (await quoting.answer(question)).text
    assert "no shop on marketplaces" not in (await build(familiar_questions=None).answer(question)).text


async def test_a_shop_without_the_file_still_admits_what_it_does_not_know(build):
    bare = build(familiar_questions=None)
    for question in ("who founded this business", "are you recruiting at present", "do pupils pay less"):
        assert not (await bare.answer(question)).known, question
    assert (await bare.answer("how many days do I have to return something")).known


async def test_an_article_on_what_is_seldom_answered_is_quoted_all_the_same(tmp_path, embedder):
    page = (
        "---\ntitle: Discounts for students\nslug: students\ntopic: prices\n---\nStudents get 15 percent off with a valid student card.\n"
    )
    (tmp_path / "students.md").write_text(page)
    other = knowledge_base.create(KnowledgeBaseSettings(store="memory", index_dir=tmp_path / "index"))
    await other.ingest([tmp_path / "students.md"])
    answer = await answers.create(AnswerSettings(), other, embedder).answer("do students get a discount")
    assert answer.text == "Students get 15 percent off with a valid student card."


def test_where_nobody_wrote_down_what_is_asked_nothing_can_be_near():
    assert sure(0.5, 0.5, None, 0.5, None, on_topic=False) > sure(0.5, 0.5, 0.5, 0.5, None, on_topic=False)


@pytest.mark.parametrize("leaning", [None, 0.3])
def test_confidence_rises_with_each_reason_and_falls_with_doubt(leaning):
    plain = sure(0.5, 0.5, 0.5, 0.5, leaning, on_topic=False)
    assert sure(0.6, 0.5, 0.5, 0.5, leaning, on_topic=False) > plain
    assert sure(0.5, 0.6, 0.5, 0.5, leaning, on_topic=False) > plain
    assert sure(0.5, 0.5, 0.6, 0.5, leaning, on_topic=False) > plain
    assert sure(0.5, 0.5, 0.5, 0.5, leaning, on_topic=True) > plain
    assert 0 < sure(0.5, 0.5, 0.5, 0.6, leaning, on_topic=False) < plain < 1


async def test_the_shops_own_name_is_no_evidence(quoting: Answerer):
    for question in ("what is the turnover of Harbour & Pine", "who started Harbour and Pine"):
        assert not (await quoting.answer(question)).known, question
