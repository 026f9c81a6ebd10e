"""A gateway in a process of its own, without Rasa."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from cli.paths import EMBEDDING, ROOT
from tests.conftest import free_port

_START_S = 120


@contextmanager
def running_gateway(data_dir: Path) -> Iterator[int]:
    """Start one over a data folder, and give its port; stop it at the end. What it writes would be open to others, as by default."""
    port = free_port()
    env = {**os.environ, "COUNTERHAND_DATA_DIR": str(data_dir), "COUNTERHAND_PORT": str(port), "COUNTERHAND_EMBEDDING_DIR": str(EMBEDDING)}
    server = subprocess.Popen([sys.executable, "-m", "server"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, umask=0o022)
    try:
        until = time.monotonic() + _START_S
        while not _answers(port):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
