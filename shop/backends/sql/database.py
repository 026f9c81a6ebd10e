"""The database's connections: opened at first use, its errors translated, its writes serialised."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shop.backends.sql import records, tables
from shop.errors import BackendUnavailable

R = TypeVar("R")
_VERSION = select(tables.meta.c.value).where(tables.meta.c.name == "schema_version")
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")


class Database:
    """One SQLite file or PostgreSQL database."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._url = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        self._engine: AsyncEngine | None = None
        self._opening = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()

    async def finish(self, work: Coroutine[Any, Any, R]) -> R:
        """Do `work`, which is whole transactions, to its end, even where the caller is cancelled meanwhile.

        A connection that is left in the middle of a transaction would keep its locks: on SQLite, everybody else's writes out.
        """
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # read, so that one which nobody waits for any more is not reported as forgotten

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes nothing and sees one state of the data."""
        engine = await self._open()
        with_snapshot = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ"}
        async with _translated(), engine.connect() as plain:
            db = await plain.execution_options(**with_snapshot)
            async with db.begin():
                yield db

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits at the end, or not at all. On SQLite it is the only one that writes."""
        engine = await self._open()
        async with _translated(), engine.connect() as plain:
            db = await plain.execution_options(counterhand_write=True)
            async with db.begin():
                yield db

    async def close(self) -> None:
        """Let go of all connections, once what runs has come to its end."""
        if self._running:
            await asyncio.wait(self._running)
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    @property
    def _is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    async def _open(self) -> AsyncEngine:
        async with self._opening:
            if self._engine is None:
                async with _translated():
                    self._engine = await self._create_engine()
            return self._engine

    async def _create_engine(self) -> AsyncEngine:
        if self._is_sqlite and self._url.database:
            Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(self._url, pool_pre_ping=not self._is_sqlite)
        if self._is_sqlite:
            event.listen(engine.sync_engine, "connect", _configure_sqlite)
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
        try:
            await _prepare(engine)
        except BaseException:
            await engine.dispose()
            raise
        return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: a write has to take its lock at once, or two could deadlock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("counterhand_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _prepare(engine: AsyncEngine) -> None:
    """Make the tables where they are missing, upgrade older ones, and refuse those of a later program."""
    async with engine.connect() as plain:
        db = await plain.execution_options(counterhand_write=True)
        async with db.begin():
            if engine.dialect.name == "postgresql":
                # Two processes that start together must not both create the tables.
                await db.exec_driver_sql("SELECT pg_advisory_xact_lock(20200117)")
            await db.run_sync(tables.metadata.create_all)
            version = await db.scalar(_VERSION)
            if version is None:
                await _fill_new(db)
            else:
                await _upgrade(db, version)


async def _upgrade(db: AsyncConnection, version: str) -> None:
    """Bring tables of an older version to the present one, step by step."""
    while version != tables.SCHEMA_VERSION:
        if version not in tables.UPGRADES:
            msg = f"The shop's tables are of version {version!r}, which this program does not know. It knows {tables.SCHEMA_VERSION!r}."
            raise BackendUnavailable(msg)
        version, *statements = tables.UPGRADES[version]
        for statement in statements:
            await db.exec_driver_sql(statement)
        if version == "3":
            for customer in await records.list_customers(db, select(tables.customers)):
                await records.save_customer(db, customer)
        await db.execute(update(tables.meta).where(tables.meta.c.name == "schema_version").values(value=version))


async def _fill_new(db: AsyncConnection) -> None:
    rows = [{"name": "schema_version", "value": tables.SCHEMA_VERSION}, {"name": "token_secret", "value": secrets.token_hex(32)}]
    await db.execute(insert(tables.meta), rows)
    await db.execute(insert(tables.counters), [{"name": "products", "value": 0}, {"name": "stock", "value": 0}])


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, SQLAlchemyError, OSError) as exc:
        msg = f"The shop's database does not answer: {type(exc).__name__}."
        raise BackendUnavailable(msg) from exc
