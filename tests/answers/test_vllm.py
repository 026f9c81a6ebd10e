"""Real vLLM on CPU with a random model: it streams, and nothing that it writes reaches the customer."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import IO

import httpx
import pytest

from answers.generators import llm
from answers.models import Method
from answers.settings import AnswerSettings
from tests.conftest import free_port

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-llm" / "bin" / "python"
STARTS_WITHIN_S = 400

pytestmark = [
    pytest.mark.skipif(not PYTHON.exists(), reason="There is no .venv-llm: `make llm-cpu` makes it."),
    pytest.mark.timeout(STARTS_WITHIN_S + 200),
    # The client keeps its connections for one event loop, as a server has only one.
    pytest.mark.asyncio(loop_scope="module"),
]

QUESTIONS = ["how much does standard delivery cost", "how long do i have to return something", "can i pay by invoice"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("vllm")
    offline = {
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "HOME": str(folder),
        "VLLM_HOST_IP": "127.0.0.1",
    }
    environment = os.environ | offline
    subprocess.run([PYTHON, ROOT / "tests" / "fakes" / "tiny_llama.py", folder / "model"], check=True, env=environment, timeout=120)
    port = free_port()
    command = [PYTHON, "-m", "vllm.entrypoints.openai.api_server", "--model", folder / "model", "--served-model-name", "tiny"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--dtype", "float32", "--enforce-eager", "--max-model-len", "4096"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(list(map(str, command)), env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _wait(server, port, log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, 9)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: IO[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail("vLLM did not start:\n" + Path(log.name).read_text(errors="replace")[-3000:])


@pytest.fixture
def settings(url: str) -> AnswerSettings:
    return AnswerSettings(generator="llm", llm_url=url, llm_model="tiny", llm_deadline_s=60.0, llm_max_tokens=200)


async def test_it_streams_what_it_writes_piece_by_piece(settings, knowledge, embedder, build):
    answerer = build(**settings.model_dump(include={"generator", "llm_url", "llm_model", "llm_deadline_s", "llm_max_tokens"}))
    evidence = await answerer._gather(QUESTIONS[0], (), (), None)
    async with aclosing(llm.create(settings).stream(QUESTIONS[0], evidence)) as stream:
        pieces = [piece async for piece in stream]
    assert len(pieces) > 20, "a stream of tokens, not one block"
    assert len("".join(pieces)) > 50


@pytest.mark.parametrize("question", QUESTIONS)
async def test_nothing_that_a_random_model_writes_reaches_the_customer(build, settings, question):
    seen: list[str] = []

    async def customer(text: str, offset: int) -> None:
        seen.append(text)

    answer = await build(generator="llm", llm_url=settings.llm_url, llm_model="tiny", llm_deadline_s=60.0).answer(
        question, on_sentence=customer
    )
    expected = await build().answer(question)
    refused = [entry.text for entry in answer.ledger if entry.method is Method.REFUSED]
    assert refused, "the model did write, and was refused"
    assert (answer.generator, answer.text) == ("extractive", expected.text)
    assert "".join(seen) == expected.text
    for words in (word for text in refused for word in re.findall(r"\S{4,}", text)):
        assert words not in answer.text or words in expected.text
