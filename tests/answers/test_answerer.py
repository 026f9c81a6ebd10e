import asyncio
from pathlib import Path

import pytest

from answers.answerer import Answerer
from answers.models import Fact, Method
from answers.units import split_units
from knowledge_base import registry
from knowledge_base.errors import StoreUnavailable
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.settings import KnowledgeBaseSettings

PRICE = Fact(fact_id="product:K2:price", text="Kestrel K2 Keyboard costs 89.00 EUR.", values={"price_cents": 8900})
STOCK = Fact(fact_id="product:K2:stock", text="Kestrel K2 Keyboard: 4 in stock in quiet red.", values={"stock": 4})
NOISE = Fact(fact_id="product:K2:noise", text="Kestrel K2 Keyboard: noise level is 38 dB with quiet red switches.")


async def test_a_list_is_quoted_whole(quoting):
    answer = await quoting.answer("which countries do you deliver to and how long does it take to each of them")
    assert "- Germany: 3 business days\n- Austria" in answer.text


async def test_what_is_told_as_it_comes_is_the_answer(quoting):
    pieces: list[tuple[str, int]] = []

    async def hear(text: str, offset: int) -> None:
        pieces.append((text, offset))

    answer = await quoting.answer("how long do i have to return something", on_sentence=hear)
    assert "".join(text for text, _ in pieces) == answer.text
    assert [offset for _, offset in pieces] == [len("".join(text for text, _ in pieces[:n])) for n in range(len(pieces))]


async def test_the_ledger_says_what_each_sentence_rests_on(quoting):
    answer = await quoting.answer("how long do i have to return something")
    assert [entry.text for entry in answer.ledger] == [sentence.text for sentence in answer.sentences]
    assert all(entry.method in {Method.QUOTED, Method.AUDITED} and entry.evidence_ids for entry in answer.ledger)


async def test_a_live_fact_comes_before_articles(quoting):
    answer = await quoting.answer("how much is the Kestrel K2", facts=[STOCK, PRICE, NOISE])
    assert answer.text.startswith(PRICE.text)
    assert answer.sentences[0].evidence_ids == (PRICE.fact_id,)


@pytest.mark.parametrize(("question", "fact"), [("is the K2 in stock?", STOCK), ("how loud is the keyboard", NOISE)])
async def test_the_fact_that_answers_is_chosen(quoting, question, fact):
    assert (await quoting.answer(question, facts=[PRICE, STOCK, NOISE])).text.startswith(fact.text)


async def test_facts_alone_need_no_citation(quoting):
    answer = await quoting.answer("what does the Kestrel K2 Keyboard cost", facts=[PRICE])
    assert (answer.text, answer.citations, answer.known) == (PRICE.text, (), True)


async def test_facts_that_do_not_answer_are_not_told(quoting):
    answer = await quoting.answer("what is the capital of Peru", facts=[PRICE, STOCK])
    assert not answer.known
    assert "89.00" not in answer.text


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "🙂", "\x00", "a" * 10_000, "<script>alert(1)</script>", "'; DROP TABLE passages; --"]
)
async def test_strange_questions_are_admitted(quoting, question):
    answer = await quoting.answer(question)
    assert (answer.known, answer.citations, answer.sentences) == (False, (), ())
    assert answer.text


async def test_an_answer_is_known_without_the_vector_index(embedder, tmp_path, build, knowledge):
    down = KnowledgeBaseSettings(index_dir=tmp_path, chroma_url="http://127.0.0.1:5497")
    store = registry.build("knowledge_base.stores", "chroma", down)
    alone = KnowledgeBase(down, store=store, embedder=embedder)
    with pytest.raises(StoreUnavailable):
        await asyncio.to_thread(store.count)
    documents = await knowledge.list_documents()
    await alone.ingest([Path(document.source) for document in documents if document.topic == "delivery"])
    answerer: Answerer = build()
    quoting = Answerer(answerer._settings, alone, embedder, answerer._generator)
    assert "4.90" in (await quoting.answer("how much does standard delivery cost")).text
    await alone.close()


def test_a_list_stays_with_the_line_that_leads_in():
    text = "We are small. We sell:\n- tea\n- coffee\nAsk us. It is easy."
    assert split_units(text) == ["We are small.", "We sell:\n- tea\n- coffee", "Ask us.", "It is easy."]


def test_items_without_a_lead_stand_alone():
    assert split_units("- tea\n- coffee") == ["- tea", "- coffee"]
