"""The services behind the gateway, each behind a wire of its own: language model, Chroma server, Rasa, PostgreSQL, Redis."""

import json
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks.degradation.proxy import Proxy, Wire
from cli.paths import ROOT
from tests.conftest import free_port
from tests.fakes.openai import FakeOpenAI
from tests.stack import Stack, running_stack

WRITTEN = ["Standard delivery costs 4.90 EUR.", "Standard delivery is free for orders from 60 EUR."]
"""What the language model's server writes, whatever it is asked."""
_STARTS_WITHIN_S = 120.0


@dataclass
class System:
    """A running stack with its wires.

    Attributes:
        wires: By the name of the service.
        model: The language model's server; it counts what it is asked.
    """

    stack: Stack
    wires: dict[str, Proxy]
    model: FakeOpenAI

    def break_down(self, faults: dict[str, Wire]) -> None:
        """Break some wires and mend all others."""
        for name, wire in self.wires.items():
            wire.set(faults.get(name, Wire.FINE))


@contextmanager
def running_system(services: tuple[str, ...] = ("llm", "chroma", "rasa", "database", "redis")) -> Iterator[System]:
    """Start everything: Rasa and the language model always, the others where they are named."""
    with ExitStack() as stack:
        model = FakeOpenAI(reply=json.dumps({"sentences": WRITTEN}))
        model.start()
        stack.callback(model.stop)
        rasa_port = _quiet_port()
        wires = {"llm": Proxy(urlsplit(model.url).port or 0), "rasa": Proxy(rasa_port)}
        env = {
            "COUNTERHAND_LLM_URL": f"http://127.0.0.1:{wires['llm'].port}/v1", "COUNTERHAND_LLM_MODEL": "fake",
            "COUNTERHAND_LLM_PAUSE_S": "5", "COUNTERHAND_STORE_RETRY_S": "5",
            "COUNTERHAND_RASA_PORT": str(rasa_port), "COUNTERHAND_RASA_URL": f"http://127.0.0.1:{wires['rasa'].port}",
        }  # fmt: skip
        if "chroma" in services:
            wires["chroma"] = Proxy(stack.enter_context(_chroma()))
            env["COUNTERHAND_CHROMA_URL"] = f"http://127.0.0.1:{wires['chroma'].port}"
        if "redis" in services:
            wires["redis"] = Proxy(stack.enter_context(_redis()))
            env |= {"COUNTERHAND_EVENTS": "redis", "COUNTERHAND_REDIS_URL": f"redis://127.0.0.1:{wires['redis'].port}/0"}
        if "database" in services:
            wires["database"] = Proxy(stack.enter_context(_postgres()))
            env["COUNTERHAND_DATABASE_URL"] = f"postgresql+asyncpg://shop@127.0.0.1:{wires['database'].port}/postgres"
        for wire in wires.values():
            stack.callback(wire.close)
        yield System(stack.enter_context(_started(env, rasa_port)), wires, model)


def _quiet_port() -> int:
    """Give a port below those that systems give to outgoing connections: Rasa takes it only after a minute."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@contextmanager
def _started(env: dict[str, str], rasa_port: int) -> Iterator[Stack]:
    with running_stack(env, rasa=False) as running:
        running.settings.rasa_url = f"http://127.0.0.1:{rasa_port}"  # the gateway has the address of the wire
        running.start_rasa()
        yield running


@contextmanager
def _chroma() -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="counterhand-chroma-") as folder:
        command = [ROOT / ".venv" / "bin" / "chroma", "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
        with _process(command, {"ANONYMIZED_TELEMETRY": "False"}):
            _wait(lambda: httpx.get(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=2, trust_env=False).is_success)
            yield port


@contextmanager
def _redis() -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="counterhand-redis-") as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        with _process(command, {}):
            yield port


@contextmanager
def _postgres() -> Iterator[int]:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    binaries = places[-1] if places else Path(str(shutil.which("initdb"))).parent
    folder, port = Path(tempfile.mkdtemp(prefix="counterhand-pg-")), free_port()
    owner: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", f"HOME={folder}"]
    initialise = [*owner, binaries / "initdb", "-D", folder / "data", "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(initialise, check=True, capture_output=True)
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=100"
    control = [*owner, binaries / "pg_ctl", "-D", folder / "data", "-w"]
    quiet = subprocess.DEVNULL
    subprocess.run([*control, "-l", folder / "pg.log", "-o", options, "start"], check=True, stdout=quiet, stderr=quiet)
    try:
        yield port
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=quiet, stderr=quiet)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _process(command: list[object], env: dict[str, str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([str(part) for part in command], env={**os.environ, **env}, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait(ready) -> None:  # noqa: ANN001  # a check without arguments
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            if ready():
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    message = "A service did not start."
    raise RuntimeError(message)
