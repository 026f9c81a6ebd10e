"""Our own questions: how many are answered rightly, and how many that nobody can answer are admitted.

The floors are a little below the measured figures (docs/answers.md); they may only rise.
"""

import re
from pathlib import Path

import pytest
import yaml

from answers.answerer import Answerer
from answers.models import Method

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text())


def says(text: str, item: dict[str, object]) -> bool:
    return all(re.search(said.replace(".", r"\."), text.lower()) for said in item["says"])


async def ask(answerer: Answerer, items: list[dict[str, object]]) -> tuple[int, list[str]]:
    """Give how many were answered rightly, and the questions that were answered wrongly; the rest was admitted as unknown."""
    right, wrong = 0, []
    for item in items:
        answer = await answerer.answer(item["q"])
        if answer.known and says(answer.text, item):
            right += 1
        elif answer.known:
            wrong.append(item["q"])
    return right, wrong


@pytest.mark.parametrize(("part", "rightly", "wrongly"), [("answerable", 0.93, 0.03), ("answerable_unseen", 0.72, 0.2)])
async def test_questions_that_articles_answer_are_answered_rightly(quoting, part, rightly, wrongly):
    items = QUESTIONS[part]
    right, wrong = await ask(quoting, items)
    assert right >= rightly * len(items), f"{right} of {len(items)}"
    assert len(wrong) <= wrongly * len(items), wrong


@pytest.mark.parametrize(("part", "answered"), [("unanswerable", 0.08), ("unanswerable_unseen", 0.15)])
async def test_questions_that_nothing_answers_are_admitted(quoting, part, answered):
    wrong = [question for question in QUESTIONS[part] if (await quoting.answer(question)).known]
    assert len(wrong) <= answered * len(QUESTIONS[part]), wrong


async def test_every_answer_names_its_page_and_quotes_it_word_by_word(quoting, knowledge):
    for item in QUESTIONS["answerable"][::6]:
        answer = await quoting.answer(item["q"])
        if not answer.known:
            continue
        assert answer.citations
        for sentence in answer.sentences:
            assert sentence.method is Method.QUOTED
            passage = await knowledge.get_passage(sentence.evidence_ids[0])
            assert sentence.text in passage.text
