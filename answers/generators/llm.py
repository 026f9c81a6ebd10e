"""Writes with a language model behind any OpenAI-compatible server; vLLM first."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

import openai
import structlog
from langchain_openai import ChatOpenAI
from openai.resources.chat import AsyncCompletions
from openai.types.chat import ChatCompletionMessageParam
from pydantic import SecretStr

from answers.breaker import Breaker
from answers.errors import AnswerError, DraftCutShort, GenerationTimeout, GeneratorUnavailable
from answers.evidence import Evidence
from answers.prompt import system_prompt, user_prompt
from answers.replicas import Replica, Replicas
from answers.settings import AnswerSettings, Output
from answers.structured import SentenceReader, response_format

log = structlog.get_logger(__name__)

Schema = Callable[[Output, Evidence], dict[str, Any] | None]

_NO_KEY = SecretStr("none")
"""The client insists on a key; servers without keys ignore it."""


@dataclass(frozen=True)
class Request:
    """What is asked: the user's part of the prompt, and what the server shall hold the model to."""

    user: str
    response_format: dict[str, Any] | None


class LLMGenerator:
    """Streams from `/v1/chat/completions` of one of its replicas, with a deadline: the extractive answer is never far."""

    name = "llm"

    def __init__(self, settings: AnswerSettings, schema: Schema = response_format) -> None:
        """Take where the servers are; they are not contacted yet. `schema` makes what the model is held to."""
        self._settings = settings
        self._schema = schema
        self._replicas = Replicas([_replica(settings, url) for url in settings.llm_urls])

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
        request = Request(user_prompt(question, evidence), self._schema(self._settings.llm_output, evidence))
        reader = SentenceReader()
        async with aclosing(self._replicas.stream(request, self._settings.llm_deadline_s)) as pieces:
            async for piece in pieces:
                if text := reader.feed(piece):
                    yield text


class _Server:
    """The client of one server. It finds out whether the server knows JSON schemas."""

    def __init__(self, settings: AnswerSettings, url: str) -> None:
        self._settings = settings
        self._knows_schemas = True
        self._client = ChatOpenAI(
            base_url=url,
            model=settings.llm_model,
            api_key=settings.llm_key if settings.llm_key.get_secret_value() else _NO_KEY,
            timeout=settings.llm_deadline_s,
            max_retries=0,
        )
        # Its stream is read line by line: a message object for each token costs 0.28 ms of this process's time, a line 0.04 ms
        # (measured with 32 chats at 150 tokens a second, where the former is more than one core has).
        self._completions: AsyncCompletions = self._client.root_async_client.chat.completions

    async def ask(self, request: Request) -> AsyncGenerator[str]:
        """Stream an answer; a server that refuses a schema is asked again without, and from then on always."""
        wanted = request.response_format if self._knows_schemas else None
        try:
            async with aclosing(self._read(request.user, wanted)) as pieces:
                async for piece in pieces:
                    yield piece
        except openai.BadRequestError as exc:
            if wanted is None:
                raise _translated(exc) from exc
        except (AnswerError, TimeoutError):
            raise
        except Exception as exc:
            raise _translated(exc) from exc
        else:
            return
        async with aclosing(self.ask(Request(request.user, None))) as pieces:
            async for piece in pieces:
                self._forget_schemas()
                yield piece

    async def _read(self, user: str, wanted: dict[str, Any] | None) -> AsyncGenerator[str]:
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": system_prompt(self._settings.brand_name, as_json=wanted is not None)},
            {"role": "user", "content": user},
        ]
        held: dict[str, Any] = {"response_format": wanted} if wanted else {}
        # Leaving the block closes the connection, and the server stops writing.
        async with self._completions.with_streaming_response.create(
            model=self._client.model_name,
            messages=messages,
            max_tokens=self._settings.llm_max_tokens,
            temperature=0,
            stream=True,
            **held,
        ) as response, aclosing(_read_events(response.iter_lines())) as pieces:
            async for piece in pieces:
                yield piece

    def _forget_schemas(self) -> None:
        if self._knows_schemas:
            self._knows_schemas = False
            log.warning("llm.no_json_schema", detail="The server refuses JSON schemas; the model writes plain text from now on.")


def _replica(settings: AnswerSettings, url: str) -> Replica:
    breaker = Breaker(settings.breaker_failures, settings.breaker_pause_s)
    return Replica(url, _Server(settings, url).ask, breaker, settings.llm_first_token_s)


async def _read_events(lines: AsyncIterator[str]) -> AsyncGenerator[str]:
    """Read the server's events.

    Raises:
        DraftCutShort: If the text reached its longest.
        GeneratorUnavailable: If it ends without having come to an end, or with an error.
    """
    finish = None
    async for line in lines:
        if not line.startswith("data: {"):
            continue
        event = json.loads(line[len("data: ") :])
        if "error" in event:
            break
        for choice in event.get("choices", ()):
            finish = choice.get("finish_reason") or finish
            if text := choice.get("delta", {}).get("content"):
                yield text
    if finish == "length":
        message = "The draft is longer than may be asked for."
        raise DraftCutShort(message)
    if finish is None:
        message = "The language model's server broke off."
        raise GeneratorUnavailable(message)


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
    if not settings.llm_urls or not settings.llm_model:
        message = "The generator 'llm' needs COUNTERHAND_LLM_URL and COUNTERHAND_LLM_MODEL."
        raise GeneratorUnavailable(message)
    return LLMGenerator(settings)
