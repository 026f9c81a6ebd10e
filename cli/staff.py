"""`counterhand staff`: accounts of the people at the counter."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from server.errors import ServerError
from server.settings import Settings
from server.staff import accounts, repository
from server.staff.accounts import OneTimePassword
from server.staff.passwords import PasswordHashing
from server.storage.engine import Database
from server.storage.migrate import migrate

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="Manage staff accounts.")
console = Console(highlight=False, soft_wrap=True)

Email = Annotated[str, typer.Argument(help="The e-mail that the person signs in with.")]


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="As customers see it.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May also end what colleagues have begun.")] = False,
) -> None:
    """Make an account, and print the password that works once."""
    _show(_run(lambda database, hashing: accounts.add_account(database, hashing, email, name, "admin" if admin else "agent")))


@app.command()
def reset(email: Email) -> None:
    """Give an account a new one-time password, end its sessions, and let a disabled one in again."""
    _show(_run(lambda database, hashing: accounts.reset_password(database, hashing, email)))


@app.command()
def rename(email: Email, name: Annotated[str, typer.Argument(help="As customers see it.")]) -> None:
    """Have customers and colleagues see another name."""
    renamed = _run(lambda database, _: accounts.rename_account(database, email, name))
    console.print(f"Customers see {renamed} as {name.strip()!r} from now on.", markup=False)


@app.command()
def disable(email: Email) -> None:
    """Keep an account from signing in, and end its sessions at once."""
    _run(lambda database, _: accounts.disable_account(database, email))
    console.print(f"{email} can no longer sign in.", markup=False)


@app.command("list")
def list_() -> None:
    """List all accounts."""

    async def read(database: Database, _: PasswordHashing) -> Table:
        table = Table("E-mail", "Name", "Role", "State")
        async with database.read() as db:
            for one in await repository.list_staff(db):
                state = "disabled" if one.disabled else "has not chosen a password" if one.must_change_password else "active"
                table.add_row(one.email, one.name, one.role, state)
        return table

    console.print(_run(read))


def _show(made: OneTimePassword) -> None:
    console.print(f"E-mail             {made.email}\nOne-time password  {made.password}", markup=False)
    console.print("It is shown once. The person chooses their own at the first sign-in, below /console/.")


def _run(work: Callable[[Database, PasswordHashing], Awaitable[T]]) -> T:
    """Do `work` with the gateway's database; an expected error is told, and ends the command with 1."""

    async def within() -> T:
        settings = Settings()
        await asyncio.to_thread(migrate, settings.database_url)
        database, hashing = Database(settings.database_url), PasswordHashing(workers=1)
        try:
            return await work(database, hashing)
        finally:
            hashing.close()
            await database.close()

    try:
        return asyncio.run(within())
    except ServerError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
