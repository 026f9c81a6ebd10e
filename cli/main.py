"""The `counterhand` command."""

import asyncio
import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from cli import doctor as doctor_module

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Counterhand: a customer-service agent for online shops.",
)
console = Console(highlight=False)


def _mount() -> None:
    from cli import backup, kb, shop, staff

    app.add_typer(shop.app, name="shop", help="Import or export a whole shop.")
    app.add_typer(kb.app, name="kb", help="Fill and search the knowledge base.")
    app.add_typer(staff.app, name="staff", help="Manage staff accounts.")
    app.add_typer(backup.retention, name="retention", help="Delete what is too old.")
    app.command()(backup.backup)
    app.command()(backup.restore)


@app.callback()
def main(context: typer.Context) -> None:
    """Whatever a command writes is for its user alone."""
    from server.private import write_privately

    before = write_privately()
    context.call_on_close(lambda: os.umask(before))


@app.command()
def up() -> None:
    """Start everything on this machine: shop, agent, console. Ctrl-C stops it."""
    from cli.up import up as start

    start()


@app.command()
def train() -> None:
    """Train the bot on the present data and catalogue, if there is no model for them yet."""
    from cli.prepare import load_demo_shop
    from cli.prepare import train as ensure
    from cli.training import TrainingFailed
    from server.settings import Settings

    async def work() -> None:
        await load_demo_shop(Settings(), console.print)
        console.print(f"Model: {await ensure(Settings(), console.print)}")

    try:
        asyncio.run(work())
    except TrainingFailed as error:
        console.print(str(error), markup=False)
        sys.exit(1)


@app.command()
def doctor() -> None:
    """Say what is missing on this machine, and how to mend it."""
    sys.exit(doctor_module.run(console))


@app.command()
def chat(url: Annotated[str, typer.Option(help="Where the server answers.")] = "http://127.0.0.1:8000") -> None:
    """Talk to a running agent in the terminal."""
    from cli.chat import talk

    asyncio.run(talk(url, console))


_mount()

if __name__ == "__main__":
    app()
