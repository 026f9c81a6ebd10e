"""`make bench-ingest`: ingests made-up articles in a process of its own, and prints passages per second and the most memory held.

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
import time
from pathlib import Path

import psutil

from benchmarks.ingest.words import write_articles

_PASSAGES = 100_000
_CLAIMED_BYTES = 2_000_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=_PASSAGES)
    parser.add_argument("--embedding", type=Path, default=Path("var/embedding"))
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        asyncio.run(work(given.worker, given.embedding))
        return
    half, full = (measure(count, given.embedding) for count in (given.passages // 2, given.passages))
    slope = max(0.0, (full["peak_bytes"] - half["peak_bytes"]) / (full["passages"] - half["passages"]))
    expected = full["peak_bytes"] + slope * max(0, _PASSAGES - full["passages"])
    print(f"{full['passages']} passages in {full['seconds']:.0f} s, {full['passages'] / full['seconds']:.0f} a second")
    print(f"most memory {full['peak_bytes'] / 1e6:.0f} MB; with half as many passages {half['peak_bytes'] / 1e6:.0f} MB")
    print(f"the first search afterwards {full['search_ms']:.0f} ms")
    figures = {
        "passages": full["passages"],
        "passages_per_s": round(full["passages"] / full["seconds"], 1),
        "peak_mb": round(full["peak_bytes"] / 1e6),
        "bytes_per_passage": round(slope),
        "expected_mb_at_100000": round(expected / 1e6),
        "within_2_gb": expected <= _CLAIMED_BYTES,
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
        time.sleep(0.1)
    assert process.returncode == 0
    return peak


async def work(folder: Path, embedding: Path) -> None:
    """Ingest, and search once."""
    import knowledge_base
    from knowledge_base.settings import KnowledgeBaseSettings

    knowledge = knowledge_base.create(KnowledgeBaseSettings(index_dir=folder / "index", embedding_dir=embedding))
    started = time.perf_counter()
    report = await knowledge.ingest([folder / "articles"])
    seconds = time.perf_counter() - started
    assert not report.failed
    started = time.perf_counter()
    assert await knowledge.search("how do i clean the copper kettle")
    search_ms = (time.perf_counter() - started) * 1000
    await knowledge.close()
    print(json.dumps({"passages": report.passages, "seconds": seconds, "search_ms": search_ms}))


if __name__ == "__main__":
    main()
