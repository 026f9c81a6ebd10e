"""The whole thing running: real Rasa with the shipped bot, the real gateway, a fresh copy of the demo shop. For tests and benchmarks."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from cli import prepare
from cli.paths import EMBEDDING, ROOT
from cli.up import rasa_part, server_part
from server.settings import Settings
from tests.conftest import free_port

SECRETS = {
    f"COUNTERHAND_{name}": f"test-{name.lower()}-{'x' * 32}"
    for name in ("IDENTITY_SECRET", "ACTION_SECRET", "RASA_TOKEN", "SESSION_SECRET")
}
_NO_LIMITS = {"COUNTERHAND_RATE_MESSAGES": "1000000/minute", "COUNTERHAND_RATE_CONVERSATIONS": "1000000/minute"}
_START_S = 300.0


@dataclass(frozen=True)
class Prepared:
    """What every stack starts from: the demo shop, the articles' index, the trained bot."""

    folder: Path
    model: Path


@dataclass
class Stack:
    """Two processes and their data.

    Attributes:
        url: The gateway.
        rasa_url: Rasa's own HTTP API; needs `settings.rasa_token`.
        folder: The data folder of this stack alone.
    """

    folder: Path
    settings: Settings
    model: Path
    env: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The gateway's address."""
        return self.settings.base_url

    @property
    def rasa_url(self) -> str:
        """Rasa's address."""
        return self.settings.rasa_url

    def start_server(self) -> None:
        """Start the gateway and wait until it answers."""
        part = server_part(self.settings)
        self._spawn("server", part.command, part.env)
        self.wait_server()

    def start_rasa(self) -> None:
        """Start Rasa and wait until it has loaded the bot."""
        self.spawn_rasa()
        self.wait_rasa()

    def spawn_rasa(self) -> None:
        """Start Rasa without waiting."""
        part = rasa_part(self.settings, self.model)
        self._spawn("rasa", part.command, {**part.env, "PYTHONFAULTHANDLER": "1"})

    def kill_server(self) -> None:
        """SIGKILL the gateway."""
        self._kill("server")

    def kill_rasa(self) -> None:
        """SIGKILL Rasa."""
        self._kill("rasa")

    def restart_server(self) -> None:
        """SIGKILL the gateway and start it again."""
        self.kill_server()
        self.start_server()

    def restart_rasa(self) -> None:
        """SIGKILL Rasa and start it again."""
        self.kill_rasa()
        self.start_rasa()

    def wait_server(self) -> None:
        """Wait until the gateway answers."""
        self._wait("server", f"{self.url}/healthz")

    def wait_rasa(self) -> None:
        """Wait until Rasa has loaded the bot."""
        self._wait("rasa", f"{self.rasa_url}/status?token={self.settings.rasa_token}")

    def stop(self) -> None:
        """End both, politely first."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log(self, name: str, lines: int = 30) -> str:
        """Give the end of a process's log."""
        path = self.folder / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""

    def tell(self) -> None:
        """Show on standard error what became of the processes."""
        for name, process in self.processes.items():
            sys.stderr.write(f"--- {name}: exit code {process.poll()}\n{self.log(name, 80)[-8000:]}\n")

    def _spawn(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **self.env, **env}, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def _kill(self, name: str) -> None:
        process = self.processes[name]
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _wait(self, name: str, url: str) -> None:
        until = time.monotonic() + _START_S
        while True:
            try:
                if httpx.get(url, timeout=2, trust_env=False).is_success:
                    return
            except httpx.HTTPError:
                pass
            process = self.processes[name]
            assert process.poll() is None, f"{name} ended with {process.returncode}.\n{self.log(name)}"
            assert time.monotonic() < until, f"{name} did not come up.\n{self.log(name)}"
            time.sleep(0.1)


@cache
def prepare_once() -> Prepared:
    """Load the demo shop, index the articles, and train the bot if there is no model for the present data. Once per run."""
    folder = Path(tempfile.mkdtemp(prefix="counterhand-prepared-"))
    settings = _settings(folder, {})

    def say(_: str) -> None:
        return None

    async def make() -> Path:
        await prepare.load_demo_shop(settings, say)
        await prepare.ingest(settings, say)
        return await prepare.train(settings, say)

    return Prepared(folder, _run_aside(make()))


@contextmanager
def running_stack(env: Mapping[str, str] | None = None, *, rasa: bool = True, limits: bool = False) -> Iterator[Stack]:
    """Start everything on free ports with data of its own; stop and delete it at the end.

    Args:
        env: Further `COUNTERHAND_…` settings.
        rasa: Whether Rasa is started too.
        limits: Whether the usual rate limits hold.
    """
    prepared = prepare_once()
    folder = Path(tempfile.mkdtemp(prefix="counterhand-stack-"))
    shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
    own = _environment(folder, {**({} if limits else _NO_LIMITS), **(env or {})})
    stack = Stack(folder, _settings(folder, own), prepared.model, own)
    try:
        if rasa:
            stack.spawn_rasa()
        stack.start_server()
        if rasa:
            stack.wait_rasa()
        yield stack
    except BaseException:
        stack.tell()
        raise
    finally:
        stack.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, further: Mapping[str, str]) -> dict[str, str]:
    rasa_port = free_port()
    return {
        "COUNTERHAND_DATA_DIR": str(folder),
        "COUNTERHAND_EMBEDDING_DIR": str(EMBEDDING),
        "COUNTERHAND_PORT": str(free_port()),
        "COUNTERHAND_RASA_PORT": str(rasa_port),
        "COUNTERHAND_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        **SECRETS,
        **further,
    }


def _settings(folder: Path, env: Mapping[str, str]) -> Settings:
    given = {name.removeprefix("COUNTERHAND_").lower(): value for name, value in _environment(folder, env).items()}
    return Settings.model_validate(given)


def _run_aside(work: Coroutine[Any, Any, Path]) -> Path:
    # A test's event loop may be running in this thread already.
    made: list[Path] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            made.append(asyncio.run(work))
        except BaseException as exc:
            failed.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]
