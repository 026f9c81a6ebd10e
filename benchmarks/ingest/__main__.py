"""`make bench-ingest`: ingests articles of our own making in a process of its own, and prints passages per second and the most memory held.

Everything is real: files on disk, splitting, MiniLM in single precision, the manifest, Chroma, keyword search, and one search at the
end. `--passages 100000` is the claim; a smaller number also prints what a hundred thousand would take, if memory grows as it did.
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
from pathlib import Path

import psutil

from benchmarks.ingest.texts import write_articles

_PASSAGES = 100_000
_CLAIMED_BYTES = 2_000_000_000
_EVERY_S = 0.1
_TELL_S = 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=_PASSAGES)
    parser.add_argument("--embedding", type=Path, default=Path("var/embedding"))
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        asyncio.run(work(given.worker, given.embedding))
        return
    found = measure(given.passages, given.embedding)
    peak, rate = found["peak_bytes"], found["passages"] / found["seconds"]
    slope = max(0.0, (peak - found["start_bytes"]) / found["passages"])
    print(f"{found['passages']:.0f} passages in {found['seconds']:.0f} s, {rate:.1f} a second")
    print(f"of these {found['embed_s']:.0f} s until all was embedded, {found['cpu_s']:.0f} s of processor time in all")
    print(f"most memory {peak / 1e6:.0f} MB; with the model alone {found['start_bytes'] / 1e6:.0f} MB")
    print(f"the first search afterwards {found['search_ms']:.0f} ms")
    expected = peak + slope * max(0.0, _PASSAGES - found["passages"])
    figures = {
        "passages": round(found["passages"]),
        "passages_per_s": round(rate, 1),
        "peak_mb": round(peak / 1e6),
        "bytes_per_passage": round(slope),
        "expected_mb_at_100000": round(expected / 1e6),
        "within_2_gb": expected <= _CLAIMED_BYTES,
        "measured_at_100000": found["passages"] >= _PASSAGES,
    }
    print(json.dumps(figures))


def measure(passages: int, embedding: Path) -> dict[str, float]:
    """Ingest so many passages elsewhere; give what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles", passages, random.Random(passages))
        command = [sys.executable, "-m", "benchmarks.ingest", "--worker", str(folder), "--embedding", str(embedding)]
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


async def work(folder: Path, embedding: Path) -> None:
    """Ingest, and search once."""
    import knowledge_base
    from knowledge_base.settings import KnowledgeBaseSettings

    knowledge = knowledge_base.create(KnowledgeBaseSettings(index_dir=folder / "index", embedding_dir=embedding))
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
