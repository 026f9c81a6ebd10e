"""The log in SQL, on SQLite and on PostgreSQL: gapless, durable, announced only when true."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from server.conversations import repository
from server.conversations.repository import NewMessage
from server.errors import ConversationNotFound, StorageUnavailable
from server.storage.engine import Committed, Database
from server.storage.migrate import migrate
from server.storage.models import Base, Conversation, Message
from server.storage.types import Author, ConversationState, Mode


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else f"sqlite+aiosqlite:///{tmp_path / 'log.db'}"
    await asyncio.to_thread(migrate, url)
    return url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


async def open_conversation(database: Database, conversation_id: str = "conv_1") -> None:
    async with database.write() as db:
        db.add(
            Conversation(
                conversation_id=conversation_id, token_hash="", channel="web", level="anonymous", mode=Mode.BOT, owner_epoch=0,
                state=ConversationState.OPEN, next_seq=1, turn_count=0, last_turn_epoch=0, blocked=False,
            )
        )  # fmt: skip


async def say(database: Database, text: str, conversation_id: str = "conv_1", **given: str) -> int:
    async with database.write() as db:
        conversation = await repository.get_conversation(db, conversation_id, lock=True)
        return (await repository.append_message(db, conversation, Author.BOT, NewMessage(text, **given))).seq


async def test_numbers_are_gapless_however_many_write_at_once(database: Database) -> None:
    await open_conversation(database)

    async def change_mode(mode: Mode) -> int:
        async with database.write() as db:
            conversation = await repository.get_conversation(db, "conv_1", lock=True)
            return (await repository.change_mode(db, conversation, mode)).seq

    work = [say(database, f"m{number}") for number in range(25)] + [change_mode(Mode.QUEUED) for _ in range(5)]
    assert sorted(await asyncio.gather(*work)) == list(range(1, 31))
    async with database.read() as db:
        frames = await repository.list_frames(db, "conv_1")
        assert (await repository.get_conversation(db, "conv_1")).owner_epoch == 5
    assert [frame["seq"] for frame in frames] == list(range(1, 31))


async def test_two_gateways_on_one_database_leave_no_gaps(database: Database, url: str) -> None:
    await open_conversation(database)
    other = Database(url)
    try:
        await asyncio.gather(*(say(which, "m") for which in (database, other) * 10))
    finally:
        await other.close()
    async with database.read() as db:
        assert [m.seq for m in await repository.list_messages(db, "conv_1")] == list(range(1, 21))


async def test_what_is_rolled_back_leaves_no_number_and_no_news(database: Database) -> None:
    await open_conversation(database)
    heard: list[Committed] = []

    async def hear(committed: list[Committed]) -> None:
        heard.extend(committed)

    database.on_commit(hear)
    await say(database, "first", client_message_id="same")
    with pytest.raises(IntegrityError):
        await say(database, "second", client_message_id="same")
    assert await say(database, "third") == 2
    assert [one.frame["seq"] for one in heard] == [1, 2]


async def test_a_transaction_that_is_cancelled_changes_nothing(database: Database) -> None:
    await open_conversation(database)

    async def slow() -> None:
        async with database.write() as db:
            conversation = await repository.get_conversation(db, "conv_1", lock=True)
            await repository.append_message(db, conversation, Author.BOT, NewMessage("never"))
            await db.flush()
            await asyncio.sleep(3600)

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await say(database, "next") == 1


async def test_readers_see_whole_transactions_while_somebody_writes(database: Database) -> None:
    await open_conversation(database)
    async with database.write() as db:
        conversation = await repository.get_conversation(db, "conv_1", lock=True)
        await repository.append_message(db, conversation, Author.BOT, NewMessage("not yet"))
        await db.flush()
        async with database.read() as reader:
            assert await reader.scalar(select(func.count()).select_from(Message)) == 0
    async with database.read() as reader:
        assert await reader.scalar(select(func.count()).select_from(Message)) == 1


async def test_a_missing_conversation_is_not_found(database: Database) -> None:
    async with database.read() as db:
        with pytest.raises(ConversationNotFound):
            await repository.get_conversation(db, "conv_none")


async def test_deleting_a_conversation_takes_everything_with_it(database: Database) -> None:
    await open_conversation(database)
    async with database.write() as db:
        conversation = await repository.get_conversation(db, "conv_1", lock=True)
        await repository.append_message(db, conversation, Author.BOT, NewMessage("choose", buttons=[{"title": "a", "payload": "/a"}]))
        await repository.change_mode(db, conversation, Mode.QUEUED)
    async with database.write() as db:
        await db.execute(text("DELETE FROM conversations"))
    async with database.read() as db:
        for table in ("messages", "buttons", "mode_events"):
            assert await db.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608  # our own names


async def test_the_migrations_make_exactly_the_models_tables(database: Database) -> None:
    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})  # type: ignore[arg-type]
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_and_at_once_is_harmless(url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(3)))


async def test_a_database_that_is_away_is_told_apart_from_an_error_of_ours() -> None:
    away = Database("postgresql+asyncpg://eco@127.0.0.1:1/none")
    with pytest.raises(StorageUnavailable):
        await away.ping()
    await away.close()
    with pytest.raises(StorageUnavailable):
        await asyncio.to_thread(migrate, "postgresql+asyncpg://eco@127.0.0.1:1/none")


async def test_sqlite_commits_reach_the_disk_before_they_are_acknowledged(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'log.db'}")
    async with database.read() as db:
        assert await db.scalar(text("PRAGMA synchronous")) == 2
        assert await db.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await db.scalar(text("PRAGMA foreign_keys")) == 1
    await database.close()


async def test_another_process_that_writes_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    await asyncio.to_thread(migrate, f"sqlite+aiosqlite:///{path}")
    database = Database(f"sqlite+aiosqlite:///{path}")
    await open_conversation(database)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(say(database, "m"))
    ticks = 0
    for _ in range(10):
        await asyncio.sleep(0.02)
        ticks += 1
    assert not writing.done()
    assert ticks == 10, "the event loop goes on meanwhile"
    other.execute("COMMIT")
    assert await writing == 1
    other.close()
    await database.close()
