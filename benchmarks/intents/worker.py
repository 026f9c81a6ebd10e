"""Runs in the bot's environment: loads a trained model as Rasa does and parses texts one at a time.

Reads a job from standard input: `{"model": path, "texts": [..]}`, or `"nlu": path` of training data to parse.
Writes one JSON object per text, then one with the time it took to load and the resident memory.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from pathlib import Path
from typing import Any

import structlog

# Rasa logs every text it parses; only its errors are of interest here.
logging.disable(logging.ERROR)
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

from rasa.core.agent import Agent  # noqa: E402
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402

_FALLBACK = "nlu_fallback"
_WARM_UP = 10


def _golden(path: str) -> list[dict[str, Any]]:
    examples = load_data(path).intent_examples
    return [{"text": one.get("text"), "gold": one.get("intent"), "spans": _spans(one.get("entities", []))} for one in examples]


def _spans(entities: list[dict[str, Any]]) -> list[list[Any]]:
    return [[entity["start"], entity["end"], entity["entity"]] for entity in entities]


def _read(parsed: dict[str, Any], elapsed_s: float) -> dict[str, Any]:
    known = [entry for entry in parsed["intent_ranking"] if entry["name"] != _FALLBACK] or [parsed["intent"]]
    return {
        "intent": parsed["intent"]["name"],
        "first": known[0]["name"],
        "confidence": known[0]["confidence"],
        "found": _spans(parsed["entities"]),
        "requests": [request["intent"] for request in parsed.get("requests", [])],
        "ms": elapsed_s * 1000,
    }


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def _main() -> None:
    job = json.load(sys.stdin)
    rows = _golden(job["nlu"]) if "nlu" in job else [{"text": text} for text in job["texts"]]
    started = time.perf_counter()
    agent = Agent.load(job["model"])
    load_s = time.perf_counter() - started
    for row in rows[:_WARM_UP]:
        await agent.parse_message(row["text"])
    for row in rows:
        started = time.perf_counter()
        parsed = await agent.parse_message(row["text"])
        print(json.dumps({**row, **_read(parsed, time.perf_counter() - started)}))
    print(json.dumps({"load_s": load_s, "rss_mb": _resident_mb()}))


asyncio.run(_main())
