"""What customers are told while they wait, and what happens when the person who answers them is gone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from server.errors import Misconfigured
from server.handover.desk import Desk
from server.handover.hours import OpeningHours
from server.handover.sweeper import AgentSweeper
from server.settings import Settings
from server.storage.models import Email, StaffSession
from tests.fakes.counter import Counter, Visitor, eventually

SUNDAY_NIGHT = datetime(2026, 11, 22, 21, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOURS = OpeningHours.parse("Mon-Fri 09:00-18:00", "Europe/Berlin")


def desk(at: datetime) -> Desk:
    return Desk("Harbour & Pine", HOURS, now=lambda: at)


async def system_words(visitor: Visitor) -> list[str]:
    return [text for author, text in await visitor.read() if author == "system"]


@pytest.mark.parametrize(
    ("at", "present", "gets_email", "words"),
    [
        (SUNDAY_NIGHT, True, False, "You are in the queue for a person. Somebody from our team answers you here."),
        (
            SUNDAY_NIGHT, False, False,
            "Nobody is at the desk right now; we are back tomorrow at 09:00 (Europe/Berlin time). Your messages are kept, and the first "
            "person back answers you here. If you would rather have the answer by e-mail, write your address here.",
        ),
        (
            SUNDAY_NIGHT, False, True,
            "Nobody is at the desk right now; we are back tomorrow at 09:00 (Europe/Berlin time). Your messages are kept, and the first "
            "person back answers you here. You do not have to wait: the answer also goes to the e-mail address of your account.",
        ),
        (
            MONDAY_NOON, False, False,
            "Nobody is at the desk this minute. Your messages are kept, and the first person back answers you here. "
            "If you would rather have the answer by e-mail, write your address here.",
        ),
    ],
)  # fmt: skip
def test_how_long_it_takes_is_told_honestly(at: datetime, present: bool, gets_email: bool, words: str):
    assert desk(at).say_queued(anybody_present=present, gets_email=gets_email) == words


@pytest.mark.parametrize(("name", "value"), [("opening_hours", "Mon to Fri"), ("timezone", "Mars/Olympus")])
def test_hours_that_cannot_be_read_stop_the_start(name: str, value: str):
    with pytest.raises(Misconfigured, match=f"COUNTERHAND_OPENING_HOURS.*{value}"):
        Desk.from_settings(Settings(**{name: value}))


def test_without_opening_hours_no_return_is_promised():
    never = Desk("Harbour & Pine", OpeningHours.parse("", "UTC"), now=lambda: MONDAY_NOON)
    assert never.say_queued(anybody_present=False, gets_email=False).startswith("Nobody is at the desk right now. Your messages")


async def test_with_nobody_signed_in_the_customer_is_not_told_that_somebody_comes(counter: Counter):
    visitor = await counter.customer()
    await visitor.ask_for_person()
    (told,) = await system_words(visitor)
    assert told.startswith("Nobody is at the desk")


async def test_an_agent_who_is_gone_while_a_customer_waits_loses_the_conversation(counter: Counter):
    mara = await counter.agent("Mara Lind")
    visitor = await counter.customer()
    await visitor.ask_for_person()
    await mara.post(f"/conversations/{visitor.conversation_id}/claim")
    sweeper = AgentSweeper(counter.gateway.database, counter.gateway.console.desk)
    await visitor.say("are you there?")
    assert await sweeper.sweep() == 0, "Mara's browser is there"
    await forget_presence(counter)
    assert await sweeper.sweep() == 1
    assert await sweeper.sweep() == 0
    line = (await mara.get("/conversations", state="queued")).json()["items"][0]
    assert (line["mode"], line["assigned_to"], line["handover"]["reason"]) == ("queued", None, "asked for a person")
    assert (await system_words(visitor))[-1].startswith("Mara Lind had to step away.")
    assert (await mara.post(f"/conversations/{visitor.conversation_id}/claim")).status_code == 200


async def test_an_agent_may_be_away_while_nobody_waits_for_them(counter: Counter):
    mara = await counter.agent()
    visitor = await counter.customer()
    await visitor.ask_for_person()
    await visitor.say("it is broken")
    await mara.say(visitor.conversation_id, "I ask the workshop and write tomorrow.")
    await forget_presence(counter)
    assert await AgentSweeper(counter.gateway.database, counter.gateway.console.desk).sweep() == 0


async def forget_presence(counter: Counter) -> None:
    """Let every console have been silent for five minutes."""
    async with counter.gateway.database.write() as db:
        for session in await db.scalars(select(StaffSession)):
            session.last_seen_at -= timedelta(minutes=5)


async def test_a_reply_to_a_verified_customer_who_is_gone_also_goes_by_email(counter: Counter):
    mara = await counter.agent("Mara Lind")
    someone = await counter.some_customer()
    visitor = await counter.customer(someone.customer_id)
    await visitor.ask_for_person()
    await mara.say(visitor.conversation_id, "The part is on its way.")
    await mara.say(visitor.conversation_id, "It takes three days.")
    await eventually(lambda: len(list((counter.settings.data_dir / "outbox").glob("*.eml"))) == 1)
    (email,) = await counter.outbox()
    assert f"To: {someone.email}" in email
    assert "Mara Lind from Harbour & Pine has answered you" in email
    assert "The part is on its way." in email
    assert ("agent", "It takes three days.") in await visitor.read()


@pytest.mark.parametrize("reason", ["unverified", "listening", "switched off"])
async def test_no_email_goes_to_who_is_unverified_here_or_not_wanting(counter: Counter, reason: str):
    mara = await counter.agent()
    someone = await counter.some_customer()
    visitor = await counter.customer(None if reason == "unverified" else someone.customer_id)
    await visitor.ask_for_person()
    if reason == "switched off":
        object.__setattr__(counter.gateway.console.desk, "email_replies", False)
    async with counter.gateway.bus.subscribe(visitor.conversation_id if reason == "listening" else "nobody"):
        await mara.say(visitor.conversation_id, "The part is on its way.")
    async with counter.gateway.database.read() as db:
        assert list(await db.scalars(select(Email))) == []


async def test_a_disabled_agents_customers_are_not_left_alone(counter: Counter):
    mara = await counter.agent()
    visitor = await counter.customer()
    await mara.post(f"/conversations/{visitor.conversation_id}/claim")
    await visitor.say("hello?")
    async with counter.gateway.database.write() as db:
        await db.execute(update(StaffSession).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert await AgentSweeper(counter.gateway.database, counter.gateway.console.desk).sweep() == 1
