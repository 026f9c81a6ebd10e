"""The same request without us: what a program pays that sends on whatever the model says."""

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

from answers.evidence import Evidence
from answers.generators.llm import Schema
from answers.prompt import system_prompt, user_prompt
from answers.settings import AnswerSettings


@dataclass
class Call:
    """One answer, timed from before the question.

    Attributes:
        first_s: When the first sentence was complete.
        whole_s: When the answer was.
        tokens: Pieces that the server sent; vLLM sends one a token.
    """

    first_s: float
    whole_s: float
    tokens: int = 0


def body_of(question: str, evidence: Evidence, settings: AnswerSettings, schema: Schema) -> dict[str, Any]:
    """Write the request as the generator does."""
    wanted = schema(settings.llm_output, evidence)
    messages = [
        {"role": "system", "content": system_prompt(settings.brand_name, as_json=wanted is not None)},
        {"role": "user", "content": user_prompt(question, evidence)},
    ]
    body = {"model": settings.llm_model, "messages": messages, "max_tokens": settings.llm_max_tokens, "temperature": 0, "stream": True}
    return body | ({"response_format": wanted} if wanted else {})


async def call(http: httpx.AsyncClient, url: str, body: dict[str, Any]) -> Call:
    """Ask and read to the end."""
    begun = time.perf_counter()
    first_s, tokens, text = 0.0, 0, ""
    async with http.stream("POST", f"{url}/chat/completions", json=body) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            if not line.startswith("data: {"):
                continue
            piece = json.loads(line[6:])["choices"][0]["delta"].get("content") or ""
            tokens += bool(piece)
            text = text if first_s else text + piece
            # `{"sentences": ["One."`: the fourth quotation mark ends the first sentence.
            if not first_s and text.count('"') >= 4:
                first_s = time.perf_counter() - begun
    whole_s = time.perf_counter() - begun
    return Call(first_s or whole_s, whole_s, tokens)
