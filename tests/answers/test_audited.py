"""Audited answers: given to exactly their questions, as long as somebody stands for them and the article still says so."""

from datetime import date
from pathlib import Path

import pytest

from answers import audited
from answers.audited import AuditedAnswer, AuditedAnswers, normalise
from answers.errors import AuditedAnswersUnreadable
from answers.models import Fact, Method
from answers.settings import AnswerSettings

SHIPPED = AnswerSettings().audited_answers
TEXT = "A gift card is valid for 3 years from the day of purchase."


def entry(**changes) -> AuditedAnswer:
    given = {"id": "gift", "questions": ["How long is a gift card valid?"], "text": TEXT, "auditor": "Mara", "audited": date(2026, 1, 1)}
    given |= {"section": "gift-cards#how-long-a-gift-card-is-valid", "valid_to": date(2027, 1, 1)}
    return AuditedAnswer.model_validate(given | changes)


def on(day: date, knowledge, *entries: AuditedAnswer) -> AuditedAnswers:
    return AuditedAnswers(entries, knowledge, today=lambda: day)


@pytest.mark.parametrize(
    "asked", ["how long is a gift card valid", "Hello! How long is a gift card VALID??", "how long is  a gift card valid, please"]
)
async def test_a_question_counts_whatever_its_case_punctuation_and_courtesy(quoting, model, asked):
    answer = await quoting.answer(asked)
    assert (answer.generator, answer.known) == ("audited", True)
    assert answer.text.startswith(TEXT)
    assert {sentence.method for sentence in answer.sentences} == {Method.AUDITED}
    assert answer.citations[0].url == "/help/gift-cards#how-long-a-gift-card-is-valid"
    assert all(kept.evidence_ids and kept.evidence for kept in answer.ledger)


async def test_no_model_is_asked_and_sentences_are_told_as_ever(writing, model):
    heard: list[str] = []

    async def listen(text: str, offset: int) -> None:
        heard.append(text)

    answer = await writing.answer("Are returns free?", on_sentence=listen)
    assert answer.generator == "audited"
    assert "".join(heard) == answer.text
    assert model.requests == []


@pytest.mark.parametrize("asked", ["how long is a gift card valid after i lost it", "is a gift card valid", "gift card"])
async def test_nearly_the_question_is_not_the_question(quoting, asked):
    assert (await quoting.answer(asked)).generator != "audited"


async def test_live_records_come_before_audited_words(quoting):
    fact = Fact(fact_id="gift", text="This gift card is valid until 3 May 2028.")
    answer = await quoting.answer("how long is a gift card valid", facts=[fact])
    assert answer.generator == "extractive"
    assert fact.text in answer.text


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 2)])
async def test_outside_its_days_an_entry_says_nothing(knowledge, day):
    assert await on(day, knowledge, entry()).find("How long is a gift card valid?") is None
    assert await on(date(2026, 6, 1), knowledge, entry()).find("How long is a gift card valid?")


@pytest.mark.parametrize("changes", [{"text": "A gift card is valid for 5 years."}, {"section": "gift-cards#gone"}])
async def test_when_the_article_no_longer_says_it_neither_does_the_entry(knowledge, changes):
    assert await on(date(2026, 6, 1), knowledge, entry(**changes)).find("How long is a gift card valid?") is None


async def test_a_text_without_a_section_rests_on_its_auditor(knowledge):
    found = await on(date(2026, 6, 1), knowledge, entry(section="", text="Yes. It is red.")).find("how long is a gift card valid")
    assert [unit.evidence_id for unit in found.units] == ["audited:gift"] * 2


def test_two_answers_to_one_question_are_refused(knowledge):
    with pytest.raises(AuditedAnswersUnreadable, match=r"'gift' and 'other'"):
        AuditedAnswers([entry(), entry(id="other")], knowledge)


@pytest.mark.parametrize(
    "text", ["- id: x", "- {", "- {id: x, questions: [], text: y, auditor: z, audited: 2026-01-01, valid_to: 2026-01-02}"]
)
def test_a_malformed_file_is_refused_with_its_name(tmp_path: Path, knowledge, text):
    file = tmp_path / "mine.yml"
    file.write_text(text)
    with pytest.raises(AuditedAnswersUnreadable, match=r"mine\.yml"):
        audited.load(file, knowledge)
    with pytest.raises(AuditedAnswersUnreadable, match=r"absent\.yml"):
        audited.load(tmp_path / "absent.yml", knowledge)


async def test_every_shipped_entry_stands_in_its_article(knowledge):
    shipped = audited.load(SHIPPED, knowledge)
    entries = {kept.id: kept for kept in shipped._by_question.values()}
    assert len(entries) > 10
    for kept in entries.values():
        assert await shipped.find(kept.questions[0]), f"{kept.id}: the article says something else now, or the audit has expired"


def test_wordings_are_brought_to_one_form():
    assert normalise("  Good morning! What’s the RETURN window?? Thanks") == "what's the return window"
