"""Asks the language model's servers: `/v1/chat/completions` of any OpenAI-compatible server, streamed; vLLM first."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import openai
import structlog
from langchain_openai import ChatOpenAI
from openai.resources.chat import AsyncCompletions
from openai.types.chat import ChatCompletionMessageParam
from pydantic import SecretStr

from answers.breaker import Breaker
from answers.errors import AnswerError, DraftCutShort, GenerationTimeout, GeneratorUnavailable
from answers.replicas import Replica, Replicas
from answers.settings import AnswerSettings

log = structlog.get_logger(__name__)

_NO_KEY = SecretStr("none")
"""The client insists on a key; servers without keys ignore it."""


@dataclass(frozen=True)
class Request:
    """What is asked.

    Attributes:
        system: The part of the prompt that is the same for every request.
        user: The rest of it.
        response_format: What the server shall hold the model to; None for plain text.
        plain_system: The first part for a server that knows no JSON schemas; None where it is the same.
    """

    system: str
    user: str
    response_format: dict[str, Any] | None = None
    plain_system: str | None = None


def connect(settings: AnswerSettings) -> Replicas:
    """Give the servers that the settings name; none is contacted yet."""
    return Replicas([_replica(settings, url) for url in settings.llm_urls])


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
            async with aclosing(self._read(replace(request, response_format=wanted))) as pieces:
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
        async with aclosing(self.ask(replace(request, response_format=None))) as pieces:
            async for piece in pieces:
                self._forget_schemas()
                yield piece

    async def _read(self, request: Request) -> AsyncGenerator[str]:
        wanted = request.response_format
        plain = request.system if request.plain_system is None else request.plain_system
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": request.system if wanted else plain},
            {"role": "user", "content": request.user},
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
