"""What our checks add to a language model's own time: `make bench-llm` (needs `make llm-cpu`), or `--url` and `--model` of a server.

1. The same request, held by a JSON schema to sentences of its evidence, bare and through us in turns, on one server: overhead =
   (our whole answer - bare call) / bare call. "Our whole answer" includes finding the evidence.
2. 32 chats at once against a loopback server that gives a token every 6.5 ms: the time to our first verified sentence less the
   time at which that server has written it.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.llm import chats, overhead
from benchmarks.llm.parts import Parts, build_parts
from tests.fakes.vllm import MODEL, PYTHON, running_vllm


async def measure(parts: Parts, url: str, model: str, rounds: int, most_chats: int, pace_s: float) -> dict[str, float]:
    """Run both parts and print them."""
    pairs = await overhead.run(parts, url, model, rounds)
    share = statistics.median(pair.overhead for pair in pairs)
    print(f"\n1. {model} at {url}: {len(pairs)} pairs, {statistics.mean(pair.bare.tokens for pair in pairs):.0f} tokens each")
    _row("bare call", [pair.bare.whole_s for pair in pairs])
    _row("our whole answer", [pair.ours.whole_s for pair in pairs])
    _row("bare: first sentence", [pair.bare.first_s for pair in pairs])
    _row("ours: first verified sentence", [pair.ours.first_s for pair in pairs])
    print(
        f"  overhead: median {share:.3f}, quartiles {_quartiles([pair.overhead for pair in pairs])}; sentences sent {overhead.sent(pairs)}"
    )
    added = await chats.run(parts, most_chats, pace_s)
    for name, figures in added.items():
        print(f"\n2. {most_chats} chats, {pace_s * 1000:.1f} ms a token, {name}: added before the first verified sentence")
        _row("ours", figures.ours)
        _row("a bare client", figures.bare)
    return {"overhead": round(share, 4)}


def _row(name: str, seconds: Sequence[float]) -> None:
    p95 = sorted(seconds)[max(0, -(-len(seconds) * 95 // 100) - 1)]
    print(f"  {name:<32} p50 {statistics.median(seconds) * 1000:7.0f} ms   p95 {p95 * 1000:7.0f} ms")


def _quartiles(values: Sequence[float]) -> str:
    low, _, high = statistics.quantiles(values, n=4)
    return f"{low:.3f} to {high:.3f}"


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="make bench-llm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a running OpenAI-compatible server, such as vLLM on a GPU; default: tiny model on CPU vLLM")
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--chats", type=int, default=32)
    parser.add_argument("--pace-ms", type=float, default=6.5)
    parser.add_argument("--data", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.url is None and not PYTHON.exists():
        parser.exit(2, "There is no .venv-llm: `make llm-cpu` makes it. Or give --url and --model of a running server.\n")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="counterhand-bench-llm-")))
        url = given.url or stack.enter_context(running_vllm())
        parts = asyncio.run(build_parts(folder))
        print(json.dumps(asyncio.run(measure(parts, url, given.model, given.rounds, given.chats, given.pace_ms / 1000))))


if __name__ == "__main__":
    main()
