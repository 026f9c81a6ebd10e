"""Runs the migrations. Alembic executes this file; `server.storage.migrate.migrate` is the way in."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text

from server.storage.engine import create_engine
from server.storage.models import Base

_LOCK = 7_260_001  # any fixed number: two gateways that start together must not migrate at once


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    engine = create_engine(context.config.attributes["url"], patient=True)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await connection.run_sync(_migrate)
    finally:
        await engine.dispose()


asyncio.run(_run())
