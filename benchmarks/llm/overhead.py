"""The same request bare and through us, in turns."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from answers.answerer import Answerer
from answers.checks import wording
from answers.evidence import Evidence
from answers.models import Answer
from answers.settings import AnswerSettings, Output
from answers.structured import quotable
from benchmarks.llm.bare import Call, body_of, call
from benchmarks.llm.parts import Parts
from benchmarks.llm.questions import QUESTIONS

_SENTENCES = 5
_SHORT_CHARS, _LONG_CHARS = 40, 140


@dataclass(frozen=True)
class Pair:
    """One question, asked both ways."""

    bare: Call
    ours: Call
    answer: Answer

    @property
    def overhead(self) -> float:
        """What we add, as a share of the bare call."""
        return (self.ours.whole_s - self.bare.whole_s) / self.bare.whole_s


def held(output: Output, evidence: Evidence) -> dict[str, Any]:
    """Hold a model to five sentences of its evidence that stand on their own: 200 tokens and more for the tiny model's tokenizer."""
    fit = [text for text in quotable(evidence) if _SHORT_CHARS < len(text) < _LONG_CHARS and not wording.points_back(text)]
    array = {"type": "array", "items": {"type": "string", "enum": fit}, "minItems": _SENTENCES, "maxItems": _SENTENCES}
    schema = {"type": "object", "properties": {"sentences": array}, "required": ["sentences"], "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


async def run(parts: Parts, url: str, model: str, rounds: int) -> list[Pair]:
    """Ask every question bare and through us, `rounds` times each, after one round that is not counted: caches are warm for both."""
    settings = AnswerSettings(
        generator="llm", llm_url=url, llm_model=model, llm_output="quotes", llm_max_tokens=800, llm_deadline_s=120, llm_first_token_s=60,
        brand_name="Harbour & Pine",
    )  # fmt: skip
    answerer = parts.answerer(settings, held)
    pairs: list[Pair] = []
    async with httpx.AsyncClient(timeout=120, trust_env=False) as http:
        for turn in range(rounds + 1):
            for number, question in enumerate(QUESTIONS):
                body = body_of(question, await parts.evidence(question, settings), settings, held)
                bare_first = (turn + number) % 2 == 0
                bare = await call(http, url, body) if bare_first else None
                ours, answer = await _ask(answerer, question)
                pairs.append(Pair(bare or await call(http, url, body), ours, answer))
    return pairs[len(QUESTIONS) :]


async def _ask(answerer: Answerer, question: str) -> tuple[Call, Answer]:
    times: list[float] = []

    async def note(text: str, offset: int) -> None:
        times.append(time.perf_counter())

    begun = time.perf_counter()
    answer = await answerer.answer(question, on_sentence=note)
    return Call(times[0] - begun if times else 0.0, time.perf_counter() - begun), answer


def sent(pairs: Sequence[Pair]) -> str:
    """Say how many of the written sentences passed."""
    passed = sum(len(pair.answer.sentences) for pair in pairs if pair.answer.generator == "llm")
    return f"{passed} of {_SENTENCES * len(pairs)}"
