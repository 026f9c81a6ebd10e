"""What is too old goes with everything that hangs on it; what is not, stays."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from server.retention.service import Retention
from server.storage.models import AuditEntry, Base, Conversation, Email, Inbox, StoredAnswer
from server.storage.types import utc_now
from tests.fakes.counter import Counter, open_counter

KEPT = {"staff", "staff_sessions", "alembic_version"}


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url) as counter:
        yield counter


async def rows(counter: Counter) -> dict[str, int]:
    async with counter.gateway.database.read() as db:
        return {name: await db.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}


async def fill(counter: Counter) -> str:
    """A conversation that leaves something in as many tables as it can."""
    mara = await counter.agent()
    someone = await counter.some_customer()
    visitor = await counter.customer(someone.customer_id)
    reply = (await visitor.say("menu")).json()["replies"][0]
    path = f"/api/v1/conversations/{visitor.conversation_id}/messages/{reply['id']}/feedback"
    await visitor.browser.post(path, json={"rating": "up"}, headers=visitor.headers)
    await visitor.ask_for_person()
    await mara.say(visitor.conversation_id, "I'm here.")
    await mara.post(f"/conversations/{visitor.conversation_id}/block", {"reason": "test"})
    async with counter.gateway.database.write() as db:
        db.add(StoredAnswer(answer_id="ans_1", conversation_id=visitor.conversation_id, text="An answer."))
        db.add(Inbox(channel="telegram", account="1", event_id="7", conversation_id=visitor.conversation_id))
    return visitor.conversation_id


async def age(counter: Counter, days: int) -> None:
    when = utc_now() - timedelta(days=days)
    async with counter.gateway.database.write() as db:
        await db.execute(update(Conversation).values(updated_at=when))
        await db.execute(update(Email).values(created_at=when))
        await db.execute(update(Inbox).values(received_at=when))
        await db.execute(update(AuditEntry).values(at=when))


async def test_an_old_conversation_goes_with_every_row_of_it(counter: Counter):
    await fill(counter)
    before = await rows(counter)
    assert all(
        before[name] for name in ("conversations", "messages", "buttons", "feedback", "handovers", "blocks", "turns", "emails", "audit")
    )
    await age(counter, 366)
    outbox = counter.settings.data_dir / "outbox"
    deleted = await Retention(counter.gateway.database, 365, outbox).delete_old()
    assert (deleted.conversations, deleted.emails) == (1, 0)
    left = {name for name, count in (await rows(counter)).items() if count}
    assert left <= KEPT


async def test_what_is_younger_than_the_limit_stays(counter: Counter):
    await fill(counter)
    await age(counter, 364)
    before = await rows(counter)
    deleted = await Retention(counter.gateway.database, 365).delete_old()
    assert deleted.conversations == 0
    assert await rows(counter) == before


async def test_an_events_id_is_known_as_long_as_the_platform_may_repeat_it(counter: Counter):
    await fill(counter)
    await age(counter, 3)
    await Retention(counter.gateway.database, 1).delete_old()
    assert (await rows(counter))["inbox"] == 1


async def test_many_go_in_small_steps(counter: Counter):
    async with counter.gateway.database.write() as db:
        for n in range(450):
            db.add(Conversation(conversation_id=f"conv_{n}", token_hash="x", channel="web"))
    await age(counter, 400)
    assert (await Retention(counter.gateway.database, 365).delete_old()).conversations == 450


async def test_old_email_files_go_too(counter: Counter):
    folder = counter.settings.data_dir / "letters"
    folder.mkdir(exist_ok=True)
    for name, days in (("old.eml", 400), ("new.eml", 1)):
        path = folder / name
        path.write_text("x")
        then = (utc_now() - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))
    assert (await Retention(counter.gateway.database, 365, folder).delete_old()).files == 1
    assert [path.name for path in folder.glob("*.eml")] == ["new.eml"]
