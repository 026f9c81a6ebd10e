"""Real vLLM on CPU with the tiny model of `tiny_llama.py`, for tests and benchmarks. Needs `.venv-llm`."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import free_port

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-llm" / "bin" / "python"
MODEL = "tiny"
STARTS_WITHIN_S = 400


class NotStarted(RuntimeError):
    """vLLM ended, or did not answer in time; holds the end of its log."""


@contextmanager
def running_vllm() -> Iterator[str]:
    """Make the model, start vLLM, and give its base address; end it afterwards.

    Raises:
        NotStarted: If it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="counterhand-vllm-") as name:
        folder = Path(name)
        offline = {"HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1", "HOME": name}
        environment = os.environ | offline | {"VLLM_CPU_KVCACHE_SPACE": "1", "VLLM_HOST_IP": "127.0.0.1"}
        subprocess.run([PYTHON, ROOT / "tests" / "fakes" / "tiny_llama.py", folder / "model"], check=True, env=environment, timeout=120)
        port = free_port()
        command = [PYTHON, "-m", "vllm.entrypoints.openai.api_server", "--model", folder / "model", "--served-model-name", MODEL]
        command += ["--host", "127.0.0.1", "--port", str(port), "--dtype", "float32", "--enforce-eager", "--max-model-len", "4096"]
        # A weak model may write spaces for ever where JSON allows them.
        command += ["--structured-outputs-config", '{"backend": "xgrammar", "disable_any_whitespace": true}']
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                list(map(str, command)), env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            _wait(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, 9)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    message = "vLLM did not start:\n" + log.read_text(errors="replace")[-3000:]
    raise NotStarted(message)
