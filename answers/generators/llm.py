"""Writes with a language model behind any OpenAI-compatible server; vLLM first."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import Any

from answers import completions
from answers.errors import DraftCutShort, GeneratorUnavailable
from answers.evidence import Evidence
from answers.prompt import system_prompt, user_prompt
from answers.settings import AnswerSettings, Output
from answers.structured import SentenceReader, response_format

Schema = Callable[[Output, Evidence], dict[str, Any] | None]


class LLMGenerator:
    """Streams from `/v1/chat/completions` of one of its replicas, with a deadline: the extractive answer is never far."""

    name = "llm"

    def __init__(self, settings: AnswerSettings, schema: Schema = response_format) -> None:
        """Take where the servers are; they are not contacted yet. `schema` makes what the model is held to."""
        self._settings = settings
        self._schema = schema
        self._replicas = completions.connect(settings)

    async def generate(self, question: str, evidence: Evidence) -> str:
        """Write a whole draft; one that was cut short ends where it was cut."""
        found: list[str] = []
        async with aclosing(self._stream(question, evidence)) as pieces:
            with suppress(DraftCutShort):
                async for piece in pieces:
                    found.append(piece)
        return "".join(found)

    def stream(self, question: str, evidence: Evidence) -> AsyncIterator[str]:
        """Write a draft piece by piece; closing the iterator closes the connection, and the server stops.

        Raises:
            DraftCutShort: If the model reached its longest text; the last sentence is not complete.
        """
        return self._stream(question, evidence)

    async def _stream(self, question: str, evidence: Evidence) -> AsyncGenerator[str]:
        held, brand = self._schema(self._settings.llm_output, evidence), self._settings.brand_name
        user, plain = user_prompt(question, evidence), system_prompt(brand, as_json=False)
        request = completions.Request(system_prompt(brand, as_json=True), user, held, plain)
        reader = SentenceReader()
        async with aclosing(self._replicas.stream(request, self._settings.llm_deadline_s)) as pieces:
            async for piece in pieces:
                if text := reader.feed(piece):
                    yield text


def create(settings: AnswerSettings) -> LLMGenerator:
    """Build the generator.

    Raises:
        GeneratorUnavailable: If no server or no model is named.
    """
    if not settings.llm_urls or not settings.llm_model:
        message = "The generator 'llm' needs COUNTERHAND_LLM_URL and COUNTERHAND_LLM_MODEL."
        raise GeneratorUnavailable(message)
    return LLMGenerator(settings)
