"""Real servers for tests, and a guard: nothing here speaks to anything beyond this machine."""

import ipaddress
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

_PG_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c shared_buffers=64MB -c max_connections=200"


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Fail any connection of this process beyond the machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _refuse_beyond(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _refuse_beyond(self, address)
        return connect_ex(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket.socket, "connect_ex", guarded_ex)
    yield
    patch.undo()


def _refuse_beyond(sock: socket.socket, address: Any) -> None:
    if sock.family == socket.AF_UNIX:
        return
    host = str(address[0])
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        pytest.fail(f"A test reached for {host!r}. Tests speak to this machine alone.")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL that lives as long as the test run; give its base URL."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    if not installed and not found:
        pytest.fail("PostgreSQL is not installed. Install the package postgresql.")
    binaries = installed[-1] if installed else Path(str(found)).parent
    folder = Path(tempfile.mkdtemp(prefix="counterhand-pg-"))
    owner = _as_postgres(folder)
    port = free_port()
    quiet = {"check": True, "capture_output": True}
    subprocess.run(
        [*owner, binaries / "initdb", "-D", folder / "data", "-U", "eco", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        **quiet,
    )
    options = f"{_PG_OPTIONS} -p {port} -k {folder}"
    # Not captured: the server would inherit the pipe and keep it open.
    start = [*owner, binaries / "pg_ctl", "-D", folder / "data", "-w", "-t", "30", "-l", folder / "pg.log", "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"postgresql+asyncpg://eco@127.0.0.1:{port}"
    subprocess.run([*owner, binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(folder: Path) -> list[str]:
    # PostgreSQL refuses to run as root.
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", f"HOME={folder}"]


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Give a fresh, empty database."""
    name = f"t_{uuid4().hex}"
    _psql(postgres_server, f'CREATE DATABASE "{name}"')
    yield f"{postgres_server}/{name}"
    _psql(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _psql(server: str, statement: str) -> None:
    port = re.search(r":(\d+)$", server)
    assert port
    command = ["psql", "-h", "127.0.0.1", "-p", port[1], "-U", "eco", "-d", "postgres", "-q", "-c", statement]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """Start a Redis that lives as long as the test run."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.fail("Redis is not installed. Install the package redis-server.")
    port = free_port()
    folder = tempfile.mkdtemp(prefix="counterhand-redis-")
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _wait_for_port(port)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """Give an empty Redis."""
    port = re.search(r":(\d+)/", redis_server)
    assert port
    with socket.create_connection(("127.0.0.1", int(port[1])), timeout=5) as wire:
        wire.sendall(b"*1\r\n$8\r\nFLUSHALL\r\n")
        assert wire.recv(64).startswith(b"+OK")
    return redis_server


def _wait_for_port(port: int) -> None:
    until = time.monotonic() + 15
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > until:
            pytest.fail(f"Nothing listens on port {port}.")
        time.sleep(0.05)
