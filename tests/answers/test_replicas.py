"""Several servers of one model: the idle one is asked, a failing one is left alone, and too many questions are quoted at once."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from answers.admission import Admission
from answers.errors import GeneratorBusy
from tests.fakes.openai import FAIL, HANG, FakeOpenAI

QUESTION = "how much does standard delivery cost"
TRUTH = "Standard delivery costs 4.90 EUR."


@pytest.fixture
def pair() -> Iterator[tuple[FakeOpenAI, FakeOpenAI]]:
    servers = FakeOpenAI(reply=TRUTH), FakeOpenAI(reply=TRUTH)
    for server in servers:
        server.start()
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture
def asking(build, pair):
    def make(**settings):
        return build(generator="llm", llm_url=f"{pair[0].url}, {pair[1].url}", llm_model="fake", **{"llm_deadline_s": 4.0} | settings)

    return make


async def test_a_dead_replica_costs_no_customer_the_written_answer(asking, pair):
    pair[0].stop()
    answerer = asking(breaker_failures=1, breaker_pause_s=60.0)
    for _ in range(3):
        assert (await answerer.answer(QUESTION)).generator == "llm"
    assert len(pair[1].requests) == 3


async def test_a_replica_that_hangs_is_left_for_the_next_before_the_deadline(asking, pair):
    pair[0].reply = HANG
    answerer = asking(llm_first_token_s=0.5, breaker_failures=1, breaker_pause_s=60.0)
    await answerer.answer("warm up")
    started = time.monotonic()
    assert (await answerer.answer(QUESTION)).generator == "llm"
    assert time.monotonic() - started < 2.0
    await answerer.answer(QUESTION)
    assert len(pair[0].requests) == 1, "its breaker is open"


async def test_each_replica_has_its_own_breaker_and_comes_back(asking, pair):
    pair[0].reply = FAIL
    answerer = asking(breaker_failures=1, breaker_pause_s=0.5)
    await answerer.answer(QUESTION)
    pair[0].reply = TRUTH
    await asyncio.sleep(0.6)
    await answerer.answer(QUESTION)
    assert len(pair[0].requests) == 2
    assert len(pair[1].requests) == 1


async def test_the_replica_with_less_to_do_is_asked(asking, pair):
    for server in pair:
        server.pause_s = 0.05
    answerer = asking()
    await asyncio.gather(*(answerer.answer(QUESTION) for _ in range(6)))
    assert (len(pair[0].requests), len(pair[1].requests)) == (3, 3)


async def test_when_all_fail_the_quoted_answer_goes_out(asking, pair):
    pair[0].reply = pair[1].reply = FAIL
    answer = await asking().answer(QUESTION)
    assert (answer.generator, TRUTH in answer.text) == ("extractive", True)
    assert len(pair[0].requests) == len(pair[1].requests) == 1


async def test_more_questions_than_may_wait_are_quoted_at_once(build, model):
    answerer = build(generator="llm", llm_url=model.url, llm_model="fake", llm_concurrency=1, llm_queue=1, llm_queue_wait_s=5.0)
    await answerer.answer("warm up")
    model.reply, model.pause_s = TRUTH, 0.1
    answers = await asyncio.gather(*(answerer.answer(QUESTION) for _ in range(5)))
    assert sorted(answer.generator for answer in answers) == ["extractive"] * 3 + ["llm"] * 2
    assert all(TRUTH in answer.text for answer in answers)


async def test_nobody_waits_longer_than_the_queue_allows():
    admission = Admission(limit=1, queue=5, wait_s=0.05)
    async with admission.admitted():
        with pytest.raises(GeneratorBusy, match=r"0\.05 s"):
            async with admission.admitted():
                pytest.fail("there was no room")
    async with admission.admitted():
        pass


async def test_who_leaves_the_queue_takes_no_place():
    admission = Admission(limit=1, queue=1, wait_s=5.0)
    async with admission.admitted():
        waiting = asyncio.create_task(_enter(admission))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert waiting.cancelled()
    async with asyncio.timeout(1):
        await _enter(admission)


async def _enter(admission: Admission) -> None:
    async with admission.admitted():
        pass
