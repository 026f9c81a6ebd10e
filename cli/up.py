"""`counterhand up`: everything on this machine, in order, with progress, until Ctrl-C."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.markup import escape

from cli import prepare
from cli.paths import BOT_PYTHON, ROOT
from cli.supervisor import Part, PartFailed, Supervisor
from cli.training import QUIET, TrainingFailed
from server.errors import ServerError
from server.private import close_to_others
from server.settings import Settings, load_settings

console = Console(highlight=False)
T = TypeVar("T")


class CannotStart(Exception):
    """Something the user has to mend first; the message says what to do."""


def say(text: str) -> None:
    """Print one line of progress."""
    console.print(f"  {text}", markup=False)


def check_port(host: str, port: int, setting: str) -> None:
    """Refuse a port that is taken.

    Raises:
        CannotStart: Naming the port and the setting that moves it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            advice = f"Stop what uses it, or choose another: {setting}={port + 1} make run"
            raise CannotStart(f"Port {port} on {host} is taken. {advice}") from error


def rasa_part(settings: Settings, model: Path) -> Part:
    """Describe the Rasa process: loopback only, with its HTTP API behind a token."""
    where = urlsplit(settings.rasa_url)
    host, port = where.hostname or "127.0.0.1", where.port or 5005
    command = [
        str(BOT_PYTHON), "-m", "rasa", "run", "--enable-api", "--auth-token", settings.rasa_token, "-i", host, "-p", str(port),
        "--model", str(model), "--endpoints", "bot/endpoints.yml", "--credentials", "bot/credentials.yml",
    ]  # fmt: skip
    action_url = f"http://{settings.host}:{settings.port}/internal/actions/webhook"
    return Part(
        name="bot (Rasa)",
        command=command,
        env={**QUIET, "COUNTERHAND_ACTION_URL": action_url, "COUNTERHAND_ACTION_SECRET": settings.action_secret},
        log=settings.data_dir / "logs" / "rasa.log",
        healthy=answers(f"{settings.rasa_url}/status?token={settings.rasa_token}"),
        start_within_s=180,
        cwd=ROOT,
    )


def server_part(settings: Settings) -> Part:
    """Describe the gateway process."""
    return Part(
        name="server",
        command=[sys.executable, "-m", "server"],
        env={},
        log=settings.data_dir / "logs" / "server.log",
        healthy=answers(f"http://{settings.host}:{settings.port}/healthz"),
        cwd=ROOT,
    )


def answers(url: str) -> Callable[[], Awaitable[bool]]:
    """Give a check that says whether a URL answers 200."""

    async def check() -> bool:
        async with httpx.AsyncClient(timeout=2) as http:
            try:
                return (await http.get(url)).status_code == httpx.codes.OK
            except httpx.HTTPError:
                return False

    return check


async def timed(name: str, work: Awaitable[T]) -> T:
    """Run a step and print how long it took."""
    began = time.monotonic()
    outcome = await work
    say(f"{name}: {time.monotonic() - began:.1f} s")
    return outcome


async def open_shop(settings: Settings, supervisor: Supervisor) -> tuple[str, str] | None:
    """Make data ready and start the parts; give the first staff account, when it was made now.

    Rasa takes longest to start, so it starts as soon as there is a model; articles are read meanwhile, before the server owns their index.
    """
    await timed("databases", prepare.migrate(settings, say))
    await timed("shop", prepare.load_demo_shop(settings, say))
    model = await timed("bot model", prepare.train(settings, say))
    account = await prepare.first_account(settings, say)

    async def read_and_serve() -> None:
        await timed("knowledge base", prepare.ingest(settings, say))
        await _start(supervisor, server_part(settings))

    await asyncio.gather(_start(supervisor, rasa_part(settings, model)), read_and_serve())
    return account


def show_addresses(settings: Settings, account: tuple[str, str] | None) -> None:
    """Print where to go."""
    base = f"http://{settings.host}:{settings.port}"
    console.print(f"\n[bold]{settings.brand_name} is open.[/bold]")
    if settings.demo:
        console.print(f"  Shop with its agent   {base}/")
    console.print(f"  Staff console         {base}/console/")
    console.print(f"  API                   {base}/docs   (health: {base}/readyz)")
    if account:
        email, password = account
        console.print(f"\n  First staff account   {email}")
        console.print(f"  One-time password     [bold]{password}[/bold]   (to be changed at the first sign-in; shown only now)")
        console.print(f"  Customers see the name that `counterhand staff rename {email} NAME` sets.", markup=False)
    console.print("\n  Stop with Ctrl-C.")


async def serve(settings: Settings) -> None:
    """Prepare, start in order, keep running until told to stop."""
    began = time.monotonic()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    supervisor = Supervisor(say)
    try:
        work = asyncio.create_task(open_shop(settings, supervisor))
        if await _unless_stopped(work, stop):
            show_addresses(settings, work.result())
            say(f"(ready after {time.monotonic() - began:.0f} s)")
            await stop.wait()
    finally:
        console.print("\n  Stopping …")
        await supervisor.stop()
        console.print("  Stopped.")


async def _start(supervisor: Supervisor, part: Part) -> None:
    say(f"starting {part.name} …")
    say(f"{part.name}: ready in {await supervisor.start(part):.1f} s")


async def _unless_stopped(work: "asyncio.Future[Any]", stop: asyncio.Event) -> bool:
    """Wait for `work`, or for the wish to stop, whichever comes first; say whether `work` was done."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        work.cancel()
        return False
    stopping.cancel()
    work.result()
    return True


def up() -> None:
    """Start everything on this machine: shop, agent, console. Ctrl-C stops it."""
    os.chdir(ROOT)
    try:
        settings = load_settings()
        close_to_others(settings.data_dir)
        where = urlsplit(settings.rasa_url)
        check_port(settings.host, settings.port, "COUNTERHAND_PORT")
        check_port(where.hostname or "127.0.0.1", where.port or 5005, "COUNTERHAND_RASA_PORT")
        asyncio.run(serve(settings))
    except (CannotStart, PartFailed, TrainingFailed, ServerError) as error:
        console.print(f"[red]Cannot start:[/red] {escape(str(error))}")
        sys.exit(1)
