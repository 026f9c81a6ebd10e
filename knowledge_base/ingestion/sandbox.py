"""Reads risky kinds of files in a process of their own, with bounded time and memory and without our secrets."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft

_SECONDS = 60
_MEMORY = 1_500_000_000
_ROOT = Path(__file__).parents[2]
_START = "import sys; from knowledge_base.ingestion import sandbox; sandbox.serve(sys.argv[1])"


def read(reader: str, data: bytes) -> list[Draft]:
    """Read a file's bytes with the module `reader` of this package, elsewhere.

    Raises:
        UnreadableDocument: If the reader says so, takes too long or too much memory, or dies.
    """
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", _START, reader], input=data, capture_output=True, timeout=_SECONDS + 10, env=environment, check=False
        )
    except subprocess.TimeoutExpired as exc:
        raise UnreadableDocument(_too_much()) from exc
    if done.returncode != 0:
        raise UnreadableDocument(_too_much())
    answer = json.loads(done.stdout)
    if isinstance(answer, str):
        raise UnreadableDocument(answer)
    return [Draft(**fields) for fields in answer]


def _too_much() -> str:
    return f"Reading the file takes more than {_SECONDS} s or {_MEMORY / 1e9} GB, or breaks the reader."


def serve(reader: str) -> None:
    """Read the file on standard input; write its drafts, or the reason why not, to standard output as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module = import_module(f"knowledge_base.ingestion.{reader}")
    try:
        answer: object = [asdict(draft) for draft in module.read(sys.stdin.buffer.read())]
    except UnreadableDocument as exc:
        answer = str(exc)
    json.dump(answer, sys.stdout)
