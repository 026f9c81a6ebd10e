"""The door to the database: one transaction per use, committed at the edge, told to listeners after the commit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from server.errors import StorageUnavailable
from server.storage.inline import BEGIN, connector

_COMMITTED = "counterhand.committed"
_CONNECT_S = 5.0
_QUEUE_S = 20.0
"""Seconds in the queue for a connection: a burst is no dead database."""
_PATIENCE = {"timeout": _CONNECT_S, "command_timeout": 10.0}
"""Seconds for asyncpg: whoever waits for a slow database is told so before they leave."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


@dataclass(frozen=True)
class Committed:
    """A live frame that became true with a commit, such as a message with its `seq`."""

    conversation_id: str
    frame: dict[str, Any]


CommitHook = Callable[[list[Committed]], Awaitable[None]]


def announce(db: AsyncSession, conversation_id: str, frame: dict[str, Any]) -> None:
    """Have `frame` told to live listeners once, and only if, this transaction commits."""
    db.info.setdefault(_COMMITTED, []).append(Committed(conversation_id, frame))


class Database:
    """SQLite (WAL, every commit on the disk) or PostgreSQL, by URL.

    On SQLite one writer of this process goes at a time, so that nobody waits in SQLite's polling busy handler.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = create_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._gate: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.is_sqlite else nullcontext()
        self._writers = async_sessionmaker(self.engine, expire_on_commit=False)
        reading = self.engine.execution_options(counterhand_reading=True)
        self._readers = async_sessionmaker(reading, expire_on_commit=False, autoflush=False)
        self._hooks: list[CommitHook] = []

    def on_commit(self, hook: CommitHook) -> None:
        """Call `hook` with what each transaction announced, after it has committed."""
        self._hooks.append(hook)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that may write; commits at the end, rolls back on any error.

        Raises:
            StorageUnavailable: If the database does not answer.
        """
        with _translated():
            async with self._gate, self._writers() as db, db.begin():
                yield db
        committed = db.info.pop(_COMMITTED, [])
        if committed:
            for hook in self._hooks:
                await hook(committed)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a snapshot for reading; never waits for writers on SQLite.

        Raises:
            StorageUnavailable: If the database does not answer.
        """
        with _translated():
            async with self._readers() as db:
                yield db

    async def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            StorageUnavailable: If it does not answer.
        """
        async with self.read() as db:
            await db.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


class _translated:  # reads as a statement
    """Turns the driver's connection errors into `StorageUnavailable`; constraint violations pass."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, exc: BaseException | None, trace: object) -> None:
        # A database that is slow shows as TimeoutError: the driver's, and SQLAlchemy's own where every connection waits.
        lost = isinstance(exc, OperationalError | ConnectionError | TimeoutError | PoolTimeout)
        lost = lost or (isinstance(exc, DBAPIError) and exc.connection_invalidated)
        if exc is not None and lost and not isinstance(exc, IntegrityError):
            raise StorageUnavailable("The database does not answer. Try again in a moment.") from exc


def create_engine(url: str, *, patient: bool = False) -> AsyncEngine:
    """Build the engine for a URL; a SQLite file's folder is made.

    Args:
        url: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://user@host/name`.
        patient: Whether a statement may take as long as it takes, as a migration may.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        waits = {} if patient else _PATIENCE
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, pool_timeout=_QUEUE_S, connect_args=waits)
    path = parsed.database or ":memory:"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, async_creator=connector(path, _PRAGMAS), pool_size=8, max_overflow=8)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("counterhand_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else BEGIN)
