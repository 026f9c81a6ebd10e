"""Real vLLM on CPU with a random model: it streams, and nothing that it writes reaches the customer."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from answers import guided
from answers.answerer import Answerer
from answers.errors import DraftCutShort
from answers.evidence import Evidence
from answers.generators import extractive, llm
from answers.models import Method
from answers.settings import AnswerSettings, Output
from answers.structured import quotable, response_format
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from tests.actions.calls import Call, call, run, slots_of
from tests.actions.parts import Library, make_parts
from tests.fakes.vllm import PYTHON, STARTS_WITHIN_S, running_vllm

pytestmark = [
    pytest.mark.skipif(not PYTHON.exists(), reason="There is no .venv-llm: `make llm-cpu` makes it."),
    pytest.mark.timeout(STARTS_WITHIN_S + 200),
    # The client keeps its connections for one event loop, as a server has only one.
    pytest.mark.asyncio(loop_scope="module"),
]

QUESTIONS = ["how much does standard delivery cost", "how long do i have to return something", "can i pay by invoice"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_vllm() as address:
        yield address


@pytest.fixture
def settings(url: str) -> AnswerSettings:
    return AnswerSettings(generator="llm", llm_url=url, llm_model="tiny", llm_deadline_s=60.0, llm_max_tokens=200)


def _whole_sentences(output: Output, evidence: Evidence) -> dict[str, Any]:
    """The shipped schema, but a random model may neither say nothing nor go on for ever."""
    held = response_format(output, evidence)
    array = held["json_schema"]["schema"]["properties"]["sentences"]
    array |= {"minItems": 2, "items": array["items"] | {"minLength": 30, "maxLength": 80}}
    return held


@pytest.fixture
def talkative(settings: AnswerSettings, knowledge: KnowledgeBase, embedder: Embedder) -> Answerer:
    return Answerer(settings, knowledge, embedder, llm.LLMGenerator(settings, schema=_whole_sentences))


@pytest.fixture
def quoting(settings: AnswerSettings, knowledge: KnowledgeBase, embedder: Embedder) -> Answerer:
    """Neither has answers from the audited list: the model is asked every time."""
    return Answerer(settings, knowledge, embedder, extractive.create(settings))


async def test_it_streams_what_it_writes_piece_by_piece(talkative, settings):
    evidence = await talkative._gather(QUESTIONS[0], (), (), None)
    pieces: list[str] = []
    async with aclosing(llm.LLMGenerator(settings, schema=_whole_sentences).stream(QUESTIONS[0], evidence)) as stream:
        with suppress(DraftCutShort):
            async for piece in stream:
                pieces.append(piece)
    assert len(pieces) > 20, "a stream of tokens, not one block"
    assert not "".join(pieces).lstrip().startswith("{"), "the schema's braces are taken off"
    assert len("".join(pieces)) > 50


@pytest.mark.parametrize("question", QUESTIONS)
async def test_nothing_that_a_random_model_writes_reaches_the_customer(quoting, talkative, question):
    seen: list[str] = []

    async def customer(text: str, offset: int) -> None:
        seen.append(text)

    answer = await talkative.answer(question, on_sentence=customer)
    expected = await quoting.answer(question)
    refused = [entry.text for entry in answer.ledger if entry.method is Method.REFUSED]
    assert refused, "the model did write, and was refused"
    assert (answer.generator, answer.text) == ("extractive", expected.text)
    assert "".join(seen) == expected.text
    for words in (word for text in refused for word in re.findall(r"\S{4,}", text)):
        assert words not in answer.text or words in expected.text


async def test_a_model_that_has_nothing_to_say_leaves_the_word_to_the_articles(quoting, settings, knowledge, embedder):
    def nothing(output: Output, evidence: Evidence) -> dict[str, Any]:
        held = response_format(output, evidence)
        held["json_schema"]["schema"]["properties"]["sentences"]["maxItems"] = 0
        return held

    generator = llm.LLMGenerator(settings, schema=nothing)
    answer = await Answerer(settings, knowledge, embedder, generator).answer(QUESTIONS[0])
    expected = await quoting.answer(QUESTIONS[0])
    assert (answer.generator, answer.text) == ("extractive", expected.text)


def _five_quotes(output: Output, evidence: Evidence) -> dict[str, Any]:
    choices = [text for text in quotable(evidence) if not text.startswith(("It ", "They ", "This "))]
    array = {"type": "array", "items": {"type": "string", "enum": choices}, "minItems": 5, "maxItems": 5}
    schema = {"type": "object", "properties": {"sentences": array}, "required": ["sentences"], "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


async def test_held_by_a_schema_to_its_evidence_even_a_random_model_is_heard(knowledge, embedder, settings):
    generator = llm.LLMGenerator(settings.model_copy(update={"llm_max_tokens": 600}), schema=_five_quotes)
    answerer = Answerer(settings, knowledge, embedder, generator)
    answer = await answerer.answer(QUESTIONS[0])
    assert answer.generator == "llm", answer.ledger
    assert {sentence.method for sentence in answer.sentences} == {Method.VERIFIED}


async def test_when_the_customer_leaves_the_server_stops_writing(settings, url, build):
    answerer = build(
        **settings.model_dump(include={"generator", "llm_url", "llm_model", "llm_deadline_s"}), llm_max_tokens=3000, llm_output="text"
    )
    async with httpx.AsyncClient(base_url=url.removesuffix("/v1")) as http:

        async def running() -> float:
            text = (await http.get("/metrics")).text
            return float(re.search(r"^vllm:num_requests_running\{[^}]*\} (\S+)$", text, re.M)[1])

        asked = asyncio.create_task(answerer.answer(QUESTIONS[0]))
        async with asyncio.timeout(60):
            while not await running():
                await asyncio.sleep(0.02)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        async with asyncio.timeout(3):
            while await running():
                await asyncio.sleep(0.02)
    assert asked.cancelled()


class Heard(guided.GuidedReader):
    """Keeps what the model filled in."""

    def __init__(self, settings: AnswerSettings) -> None:
        super().__init__(settings)
        self.answers: list[Any] = []

    async def read(self, system: str, user: str, schema: dict[str, Any]) -> Any | None:
        self.answers.append(await super().read(system, user, schema))
        return self.answers[-1]


def _hard() -> list[Call]:
    ranking = [{"name": name, "confidence": 0.2} for name in ("return_item", "exchange_item", "track_order", "cancel_order")]
    texts = ["that glowy bedside thing drives me mad, take it off me", "the drinky one should hold way more", "yes whatever, you pick"]
    items = {"requested_slot": "items_choice", "order_choice": "CH-60003"}
    wish = {**items, "swaps": {"line_ids": ["L1"], "chosen": {}, "open": {}}, "requested_slot": "variant_choice"}
    return [
        *(call("action_clarify_request", text, "nlu_fallback", intent_ranking=ranking) for text in texts),
        *(call("validate_return_items_form", text, "inform", items, form="return_items_form") for text in texts),
        *(call("validate_exchange_items_form", text, "inform", wish, form="exchange_items_form") for text in texts),
    ]


async def test_what_a_random_model_understands_changes_nothing(settings, knowledge, embedder, quoting, tmp_path: Path):
    parts = await make_parts(tmp_path, library=Library(knowledge, embedder, quoting))
    parts.desk.sign_in("talk", "C-4")
    before = await parts.shop.dump()
    reader = Heard(settings)
    for hard in _hard():
        alone, helped = await run(parts.services, hard), await run(replace(parts.services, reader=reader), hard)
        assert helped[0] == alone[0], "the same words and buttons"
        assert slots_of(helped[1]) == slots_of(alone[1])
    assert len(reader.answers) > 5, "the model was asked, again and again"
    assert await parts.shop.list_receipts("talk") == []
    assert await parts.shop.dump() == before
    await parts.shop.close()
