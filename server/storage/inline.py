"""SQLite for SQLAlchemy's asyncio, without a thread switch per call.

A statement on an SQLite file in WAL mode takes microseconds; the hand-over to a thread and back, four times a statement, took ten
times as long. So statements run where they are, and only what can wait for the disk or for another writer goes
to a thread. The shapes are those of aiosqlite, which SQLAlchemy's dialect expects.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

T = TypeVar("T")

BEGIN = "BEGIN IMMEDIATE"
BUSY_MS = 5000


class InlineCursor:
    """One statement's cursor."""

    def __init__(self, connection: "InlineConnection", cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> Self:
        """Give itself, as aiosqlite's cursor does."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """Column descriptions of the last statement."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """Rows changed by the last statement."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Row id of the last insert."""
        return self._cursor.lastrowid

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        """Run a statement."""
        if operation == BEGIN:
            await self._begin()
        else:
            self._cursor.execute(operation, parameters)
        return self

    async def _begin(self) -> None:
        # Nearly always nobody else writes; only when somebody does is there anything to wait for.
        self._cursor.execute("PRAGMA busy_timeout=0")
        try:
            self._cursor.execute(BEGIN)
        except sqlite3.OperationalError:
            self._cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            await self._connection.in_thread(lambda: self._cursor.execute(BEGIN))
        else:
            self._cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run a statement for each of many rows."""
        self._cursor.executemany(operation, parameters)
        return self

    async def fetchone(self) -> Any:
        """Give the next row."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give some rows."""
        return self._cursor.fetchmany(size or self.arraysize)

    async def fetchall(self) -> list[Any]:
        """Give all rows."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Close."""
        self._cursor.close()


class InlineConnection:
    """One connection. SQLAlchemy uses it for one transaction at a time."""

    def __init__(self, connection: sqlite3.Connection, threads: ThreadPoolExecutor) -> None:
        self._connection: sqlite3.Connection | None = connection
        self._open = connection
        self._threads = threads

    @property
    def isolation_level(self) -> str | None:
        """None: transactions are begun by us."""
        return self._open.isolation_level

    def cursor(self, *_: Any) -> InlineCursor:
        """Open a cursor."""
        return InlineCursor(self, self._open.cursor())

    async def commit(self) -> None:
        """Commit; the disk is waited for in a thread."""
        if self._open.in_transaction:
            await self.in_thread(self._open.commit)

    async def rollback(self) -> None:
        """Undo the transaction."""
        self._open.rollback()

    async def close(self) -> None:
        """Close the connection."""
        self.stop()

    def stop(self) -> None:
        """Close the connection at once."""
        self._connection = None
        self._open.close()

    async def create_function(self, *args: Any, **options: Any) -> None:
        """Install an SQL function; SQLAlchemy brings some."""
        self._open.create_function(*args, **options)

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Wait for slow work. Being cancelled meanwhile, it still sees the work's end, so that no transaction is left in doubt."""
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            raise


def connector(path: str, pragmas: Sequence[str]) -> Callable[..., Any]:
    """Give what `create_async_engine(async_creator=…)` wants: a function that opens connections to one file."""
    threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sqlite")

    async def connect(*_: Any, **__: Any) -> InlineConnection:
        def open_file() -> sqlite3.Connection:
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
            return connection

        opened = await asyncio.get_running_loop().run_in_executor(threads, open_file)
        return InlineConnection(opened, threads)

    return connect
