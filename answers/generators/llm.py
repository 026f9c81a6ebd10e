"""Writes with a language model behind any OpenAI-compatible server; vLLM first."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

import openai
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from answers.errors import AnswerError, GenerationTimeout, GeneratorUnavailable
from answers.evidence import Evidence
from answers.prompt import system_prompt, user_prompt
from answers.settings import AnswerSettings

_NO_KEY = SecretStr("none")
"""The client insists on a key; servers without keys ignore it."""


class LLMGenerator:
    """Streams from `/v1/chat/completions`. One try, with a deadline: the extractive answer is never far."""

    name = "llm"

    def __init__(self, settings: AnswerSettings) -> None:
        """Take where the server is; it is not contacted yet."""
        self._brand_name = settings.brand_name
        self._client = ChatOpenAI(
            base_url=settings.llm_url,
            model=settings.llm_model,
            api_key=settings.llm_key if settings.llm_key.get_secret_value() else _NO_KEY,
            timeout=settings.llm_deadline_s,
            max_retries=0,
            max_tokens=settings.llm_max_tokens,
            temperature=0,
            stream_usage=False,
        )

    async def generate(self, question: str, evidence: Evidence) -> str:
        """Write a whole draft."""
        async with aclosing(self._stream(question, evidence)) as pieces:
            return "".join([piece async for piece in pieces])

    def stream(self, question: str, evidence: Evidence) -> AsyncIterator[str]:
        """Write a draft piece by piece; closing the iterator closes the connection, and the server stops."""
        return self._stream(question, evidence)

    async def _stream(self, question: str, evidence: Evidence) -> AsyncGenerator[str]:
        messages = [("system", system_prompt(self._brand_name)), ("human", user_prompt(question, evidence))]
        try:
            # The client's iterator is a generator; closing it closes the connection.
            async with aclosing(cast(AsyncGenerator[AIMessageChunk], self._client.astream(messages))) as chunks:
                async for chunk in chunks:
                    if chunk.text:
                        yield str(chunk.text)
        except AnswerError:
            raise
        except TimeoutError as exc:
            raise GenerationTimeout(str(exc)) from exc
        except Exception as exc:
            raise _translated(exc) from exc


def _translated(exc: Exception) -> AnswerError:
    """Name an error of the client, its transport, or its parser; they share no base class that says more than Exception."""
    if isinstance(exc, openai.APITimeoutError):
        return GenerationTimeout("The language model's server did not answer in time.")
    return GeneratorUnavailable(f"The language model's server failed: {type(exc).__name__}.")


def create(settings: AnswerSettings) -> LLMGenerator:
    """Build the generator.

    Raises:
        GeneratorUnavailable: If no server or no model is named.
    """
    if not settings.llm_url or not settings.llm_model:
        message = "The generator 'llm' needs COUNTERHAND_LLM_URL and COUNTERHAND_LLM_MODEL."
        raise GeneratorUnavailable(message)
    return LLMGenerator(settings)
