"""Trains and asks Rasa in its own environment."""

import json
import os
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.intents.sets import Example

_PYTHON = Path(".venv-bot/bin/python")
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "HF_HUB_OFFLINE": "1",
    "RASA_MAX_CACHE_SIZE": "0",  # Every training starts from nothing.
    "PYTHONPATH": ".",
}


@dataclass(frozen=True)
class Training:
    model: Path
    wall_s: float
    cpu_s: float


@dataclass(frozen=True)
class Answers:
    rows: list[dict[str, Any]]
    rss_mb: float
    load_s: float


def write_examples(examples: list[Example], path: Path) -> Path:
    """Write examples in Rasa's JSON format, which keeps every text as it is."""
    rows = [
        {"text": one.text, "intent": one.intent, "entities": [_entity(one.text, *span) for span in sorted(one.spans)]} for one in examples
    ]
    path.write_text(json.dumps({"rasa_nlu_data": {"common_examples": rows}}), encoding="utf-8")
    return path


def _entity(text: str, start: int, end: int, kind: str) -> dict[str, Any]:
    return {"start": start, "end": end, "value": text[start:end], "entity": kind}


def train(config: dict[str, Any], nlu: Path, folder: Path, name: str) -> Training:
    """Run `rasa train nlu` and say how long it took, start-up included."""
    config_path = folder / f"{name}.yml"
    config_path.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _run(["-m", "rasa", "train", "nlu", "--config", config_path, "--nlu", nlu, "--out", folder, "--fixed-model-name", name])
    wall_s, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Training(folder / f"{name}.tar.gz", wall_s, cpu_s)


def parse(model: Path, texts: list[str]) -> Answers:
    """Parse texts one at a time with a trained model."""
    return _ask({"model": str(model), "texts": texts})


def parse_examples(model: Path, nlu: Path) -> Answers:
    """Parse the examples of a training data file; the rows hold their true intents and entities too."""
    return _ask({"model": str(model), "nlu": str(nlu)})


def _ask(job: dict[str, Any]) -> Answers:
    lines = _run(["-m", "benchmarks.intents.worker"], json.dumps(job)).splitlines()
    *rows, last = [json.loads(line) for line in lines if line.startswith("{")]
    return Answers(rows, last["rss_mb"], last["load_s"])


def _run(arguments: list[str | Path], given: str = "") -> str:
    command = [str(_PYTHON), *map(str, arguments)]
    done = subprocess.run(command, input=given, env={**os.environ, **_ENVIRONMENT}, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join(done.stderr.splitlines()[-15:])
        raise RuntimeError(f"{' '.join(command)} failed:\n{tail}")
    return done.stdout
