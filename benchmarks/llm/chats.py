"""Many chats at once against a server that writes at a fixed pace."""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from answers.answerer import Answerer
from answers.settings import AnswerSettings
from answers.structured import response_format
from benchmarks.llm.bare import body_of, call
from benchmarks.llm.loopback import tokens
from benchmarks.llm.parts import Parts
from benchmarks.llm.questions import DELIVERY, SPOKEN
from cli.paths import ROOT

Ask = Callable[[str], Awaitable[float]]

_ROUNDS = 4
_READING_S = 4.0
TEXT = json.dumps({"sentences": SPOKEN})
_FIRST = json.dumps({"sentences": SPOKEN[:1]})[:-2]


@dataclass
class Added:
    """Seconds beyond the server's own, one figure an answer."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


async def run(parts: Parts, most_chats: int, pace_s: float) -> dict[str, Added]:
    """Measure 32 customers who read what they get before they ask on, and 32 answers that are in the making at all times."""
    with _loopback(pace_s) as url:
        settings = AnswerSettings(
            generator="llm", llm_url=url, llm_model="loopback", llm_deadline_s=60, llm_first_token_s=30, llm_concurrency=most_chats,
        )  # fmt: skip
        answerer = parts.answerer(settings, response_format)
        await answerer.prepare()
        await answerer.answer("warm up the client with a question about delivery")
        kinds = {f"each reads for {_READING_S:.0f} s in between": _READING_S, "nobody pauses": 0.0}
        questions = random.Random(11).sample(DELIVERY, len(DELIVERY))
        return {name: await _measure(parts, answerer, settings, questions, most_chats, pace_s, pause_s) for name, pause_s in kinds.items()}


async def _measure(
    parts: Parts, answerer: Answerer, settings: AnswerSettings, questions: list[str], most: int, pace_s: float, reading_s: float
) -> Added:
    added, server_s = Added(), len(tokens(_FIRST)) * pace_s
    dice = random.Random(7)
    starts = [dice.uniform(0, reading_s + len(tokens(TEXT)) * pace_s) for _ in range(most)]
    async with httpx.AsyncClient(timeout=60, trust_env=False, limits=httpx.Limits(max_connections=most)) as http:
        body = body_of(DELIVERY[0], await parts.evidence(DELIVERY[0], settings), settings, response_format)

        async def ask_bare(_: str) -> float:
            return (await call(http, settings.llm_url, body)).first_s

        async def ask_us(question: str) -> float:
            return await _first_sentence(answerer, question)

        for ask, kept in ((ask_bare, added.bare), (ask_us, added.ours)):
            await asyncio.gather(*(_chat(ask, questions, start, reading_s, kept) for start in starts))
    added.ours = [seconds - server_s for seconds in added.ours]
    added.bare = [seconds - server_s for seconds in added.bare]
    return added


async def _chat(ask: Ask, questions: list[str], start_s: float, reading_s: float, kept: list[float]) -> None:
    await asyncio.sleep(start_s)
    for _ in range(_ROUNDS):
        kept.append(await ask(questions.pop()))
        await asyncio.sleep(reading_s)


async def _first_sentence(answerer: Answerer, question: str) -> float:
    first = [0.0]

    async def note(text: str, offset: int) -> None:
        first[0] = first[0] or time.perf_counter()

    begun = time.perf_counter()
    answer = await answerer.answer(question, on_sentence=note)
    assert answer.generator == "llm", (question, answer)
    return first[0] - begun


@contextmanager
def _loopback(pace_s: float) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.llm.loopback", str(pace_s), TEXT]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.kill()
