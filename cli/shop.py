"""`counterhand shop`: a whole shop in and out as files."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from server.settings import Settings
from shop import create
from shop.demo.loading import load_demo
from shop.errors import ShopError
from shop.models import ShopData
from shop.operations import Shop
from shop.transfer import export_shop, import_shop, write_schema

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="Import or export a whole shop.")
console = Console(highlight=False, soft_wrap=True)


@app.command("import")
def import_(
    directory: Annotated[Path, typer.Argument(help="Has products.json, customers.json and orders.json.")],
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of what is there.")] = False,
) -> None:
    """Read a whole shop from files; all of it, or nothing."""
    data = _run(lambda shop: import_shop(shop, directory, replace=replace))
    console.print(f"Imported {_counts(data)}.")


@app.command()
def export(directory: Annotated[Path, typer.Argument(help="Is made if missing; its three files are replaced.")]) -> None:
    """Write the whole shop into files."""
    data = _run(lambda shop: export_shop(shop, directory))
    console.print(f"Exported {_counts(data)} to {directory}.")


@app.command()
def demo(replace: Annotated[bool, typer.Option("--replace", help="Take the place of what is there.")] = False) -> None:
    """Fill the shop with the demo shop, its dates counted back from today."""
    data = _run(lambda shop: load_demo(shop, replace=replace))
    console.print(f"Loaded {_counts(data)}.")


@app.command()
def schema(directory: Annotated[Path, typer.Argument(help="Is made if missing.")]) -> None:
    """Write the JSON Schema of the files."""
    for path in write_schema(directory):
        console.print(str(path), markup=False)


def _run(work: Callable[[Shop], Awaitable[T]]) -> T:
    """Do `work` with the shop of the settings; an error of the shop is told, and ends the command with 1."""

    async def within() -> T:
        shop = create(Settings().shop_settings())
        try:
            return await work(shop)
        finally:
            await shop.close()

    try:
        return asyncio.run(within())
    except ShopError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error


def _counts(data: ShopData) -> str:
    return f"{len(data.products)} products, {len(data.customers)} customers, {len(data.orders)} orders"
