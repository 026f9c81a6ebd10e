"""`make bench-ingest`: ingests articles of our own making in a process of its own, and prints passages per second and the most memory held.

Everything is real: files on disk, splitting, MiniLM in single precision, the manifest, Chroma, keyword search, and one search at the
end. `--passages 100000` is the claim. Where a machine is too busy to embed so many, `--made-up-vectors` loads the model, runs it on one
batch, and takes random vectors for all others: everything but the rate is then as it would be.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil

from benchmarks.ingest.texts import write_articles
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import FloatArray
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.stores.base import PassageStore

_PASSAGES = 100_000
_CLAIMED_BYTES = 2_000_000_000
_EVERY_S = 0.1
_TELL_S = 30.0
_MANY = 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=_PASSAGES)
    parser.add_argument("--embedding", type=Path, default=Path("var/embedding"))
    parser.add_argument("--made-up-vectors", action="store_true", help="measure memory alone")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        asyncio.run(work(given.worker, given.embedding, made_up=given.made_up_vectors))
        return
    found = measure(given.passages, given.embedding, made_up=given.made_up_vectors)
    peak, rate = found["peak_bytes"], found["passages"] / found["seconds"]
    print(f"{found['passages']:.0f} passages in {found['seconds']:.0f} s, {rate:.1f} a second")
    print(f"of these {found['embed_s']:.0f} s until all was embedded, {found['cpu_s']:.0f} s of processor time in all")
    print(f"most memory {peak / 1e6:.0f} MB; with the model alone {found['start_bytes'] / 1e6:.0f} MB")
    print(f"the first search afterwards {found['search_ms']:.0f} ms")
    figures = {
        "passages": round(found["passages"]),
        "passages_per_s": None if given.made_up_vectors else round(rate, 1),
        "passages_per_cpu_s": None if given.made_up_vectors else round(found["passages"] / found["cpu_s"], 1),
        "peak_mb": round(peak / 1e6),
        "within_2_gb": peak <= _CLAIMED_BYTES,
    }
    print(json.dumps(figures))


def measure(passages: int, embedding: Path, *, made_up: bool) -> dict[str, float]:
    """Ingest so many passages elsewhere; give what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles", passages, random.Random(passages))
        command = [sys.executable, "-m", "benchmarks.ingest", "--worker", str(folder), "--embedding", str(embedding)]
        command += ["--made-up-vectors"] if made_up else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            peak = _watch(process)
            assert process.stdout is not None
            found: dict[str, float] = json.loads(process.stdout.read().splitlines()[-1])
        return found | {"peak_bytes": float(peak)}


def _watch(process: "subprocess.Popen[str]") -> int:
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, psutil.Process(process.pid).memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(_EVERY_S)
    process.wait()
    assert process.returncode == 0
    return peak


class _Teller:
    """Tells every half minute how far it is."""

    def __init__(self) -> None:
        self._started = self._told = self.last = time.perf_counter()
        self._lock = threading.Lock()

    def __call__(self, done: int, total: int, _: str) -> None:
        """Take note of a document that is done."""
        with self._lock:
            self.last = time.perf_counter()
            if self.last - self._told < _TELL_S:
                return
            self._told = self.last
        memory = psutil.Process().memory_info().rss / 1e6
        print(f"{done} of {total} documents, {self.last - self._started:.0f} s, {memory:.0f} MB", file=sys.stderr, flush=True)


class _MadeUp:
    """Random vectors in place of the model's, which is in memory all the same and embeds the first texts and all questions."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self._embedder, self._begun = embedder, False

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Embed what is few, and the first of what is many; make up the rest."""
        if len(texts) < _MANY or not self._begun:
            self._begun = self._begun or len(texts) >= _MANY
            return self._embedder.embed(texts)
        vectors = np.random.default_rng(len(texts[0])).standard_normal((len(texts), self.dimensions)).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


async def work(folder: Path, embedding: Path, *, made_up: bool) -> None:
    """Ingest, and search once."""
    settings = KnowledgeBaseSettings(index_dir=folder / "index", embedding_dir=embedding)
    embedder: Embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    store: PassageStore = registry.build("knowledge_base.stores", settings.store, settings)
    knowledge = KnowledgeBase(settings, store=store, embedder=_MadeUp(embedder) if made_up else embedder)
    await knowledge.spell_out("the copper kettle")
    start_bytes, teller = psutil.Process().memory_info().rss, _Teller()
    started, worked = time.perf_counter(), time.process_time()
    report = await knowledge.ingest([folder / "articles"], teller)
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - worked
    assert not report.failed
    asked = time.perf_counter()
    assert await knowledge.search("how do i clean the cast iron pan")
    search_ms = (time.perf_counter() - asked) * 1000
    await knowledge.close()
    found = {"passages": report.passages, "seconds": seconds, "embed_s": teller.last - started, "cpu_s": cpu_s}
    print(json.dumps(found | {"start_bytes": start_bytes, "search_ms": search_ms}))


if __name__ == "__main__":
    main()
