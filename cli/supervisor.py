"""Keeps the parts of an installation running: ordered start, health waits, restarts, clean stop."""

import asyncio
import ctypes
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

Say = Callable[[str], None]

RESTART_FIRST_S = 0.5
RESTART_LONGEST_S = 30.0
STEADY_AFTER_S = 60.0
STOP_WITHIN_S = 12.0
_PR_SET_PDEATHSIG = 1


class PartFailed(Exception):
    """A part did not come up; the message says which, and where its log lies."""


@dataclass(frozen=True)
class Part:
    """One process of the installation.

    Attributes:
        healthy: Asked again and again after the start, until it says yes.
        start_within_s: How long the first yes may take, in seconds.
    """

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    healthy: Callable[[], Awaitable[bool]]
    start_within_s: float = 120.0
    cwd: Path = field(default_factory=Path.cwd)


def _die_with_parent() -> None:
    # A supervisor that is killed outright must not leave its parts behind, holding the ports.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts parts, restarts those that die, stops all of them in the reverse order."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._watchers: list[asyncio.Task[None]] = []
        self._stopping = False

    async def start(self, part: Part) -> float:
        """Start a part and wait until it is healthy.

        Returns:
            The seconds it took.

        Raises:
            PartFailed: If it ends or does not become healthy in time.
        """
        began = time.monotonic()
        process = await self._spawn(part)
        while not await part.healthy():
            if process.returncode is not None:
                raise PartFailed(f"{part.name} ended with code {process.returncode} while starting. {_last_words(part.log)}")
            if time.monotonic() - began > part.start_within_s:
                raise PartFailed(f"{part.name} did not answer within {part.start_within_s:.0f} s. {_last_words(part.log)}")
            await asyncio.sleep(0.2)
        self._watchers.append(asyncio.create_task(self._keep(part, process)))
        return time.monotonic() - began

    async def stop(self) -> None:
        """Stop every part, the last started first; those that do not end in time are killed."""
        self._stopping = True
        for watcher in self._watchers:
            watcher.cancel()
        for process in reversed(list(self._running.values())):
            await _end(process)
        self._running.clear()

    async def _spawn(self, part: Part) -> asyncio.subprocess.Process:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        with part.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *part.command, env={**os.environ, **part.env}, cwd=part.cwd, stdin=asyncio.subprocess.DEVNULL,
                stdout=log, stderr=asyncio.subprocess.STDOUT, start_new_session=True, preexec_fn=_die_with_parent,
            )  # fmt: skip
        self._running[part.name] = process
        return process

    async def _keep(self, part: Part, process: asyncio.subprocess.Process) -> None:
        pause = RESTART_FIRST_S
        while True:
            began = time.monotonic()
            code = await process.wait()
            if self._stopping:
                return
            pause = RESTART_FIRST_S if time.monotonic() - began > STEADY_AFTER_S else min(pause * 2, RESTART_LONGEST_S)
            self._say(f"{part.name} ended (code {code}); starting it again in {pause:.0f} s. Log: {part.log}")
            await asyncio.sleep(pause)
            process = await self._spawn(part)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    _signal_group(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
    except TimeoutError:
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _last_words(log: Path) -> str:
    lines = log.read_text("utf8", "replace").splitlines()[-12:] if log.exists() else []
    return f"Its log ({log}) ends:\n" + "\n".join(f"    {line}" for line in lines)
