"""The supervisor starts parts in order, brings back those that die, and leaves nothing behind."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from cli.supervisor import Part, PartFailed, Supervisor

COUNTS_STARTS = """
import pathlib, sys, time
starts = pathlib.Path(sys.argv[1])
with starts.open("a") as out: out.write("started\\n")
time.sleep(600)
"""


def part(tmp_path: Path, code: str, *arguments: str, start_within_s: float = 10) -> Part:
    starts = tmp_path / "starts"

    async def healthy() -> bool:
        return starts.exists()

    return Part("clock", [sys.executable, "-c", code, str(starts), *arguments], {}, tmp_path / "clock.log", healthy, start_within_s)


async def pid_of(tmp_path: Path) -> int:
    for _ in range(100):
        for process in psutil.Process().children(recursive=True):
            if str(tmp_path / "starts") in " ".join(process.cmdline()):
                return process.pid
        await asyncio.sleep(0.05)
    raise AssertionError("the part does not run")


async def test_a_part_that_dies_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    await supervisor.start(part(tmp_path, COUNTS_STARTS))
    try:
        os.kill(await pid_of(tmp_path), signal.SIGKILL)
        deadline = time.monotonic() + 15
        while (tmp_path / "starts").read_text().count("started") < 2 and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        assert (tmp_path / "starts").read_text().count("started") == 2
        assert any("clock ended" in line for line in said)
    finally:
        await supervisor.stop()


async def test_stopping_ends_every_part_and_its_children(tmp_path: Path) -> None:
    child = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    supervisor = Supervisor(lambda _: None)
    await supervisor.start(part(tmp_path, child + COUNTS_STARTS))
    parent = psutil.Process(await pid_of(tmp_path))
    family = [parent, *parent.children(recursive=True)]
    assert len(family) == 2
    await supervisor.stop()
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


async def test_a_part_that_ends_while_starting_is_reported_with_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor(lambda _: None)
    with pytest.raises(PartFailed, match="ended with code 3(.|\n)*no such table"):
        await supervisor.start(part(tmp_path, "import sys; print('no such table'); sys.exit(3)"))
    await supervisor.stop()


async def test_a_part_that_never_answers_is_reported(tmp_path: Path) -> None:
    supervisor = Supervisor(lambda _: None)
    with pytest.raises(PartFailed, match="did not answer within"):
        await supervisor.start(part(tmp_path, "import time; time.sleep(60)", start_within_s=0.5))
    await supervisor.stop()
