"""Messages to platforms: in order, again after a failure, never again after a doubt."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server.channels.base import Incoming, Outgoing
from server.channels.terminal import TerminalChannel
from server.errors import DeliveryFailed, DeliveryUncertain
from server.storage.models import Delivery, Message
from server.storage.types import DeliveryState, utc_now
from tests.fakes.counter import Counter, eventually, open_counter


class Platform(TerminalChannel):
    """A terminal whose line can be cut."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.faults: list[Exception] = []

    async def deliver(self, outgoing: Outgoing) -> str | None:
        if self.faults:
            raise self.faults.pop(0)
        self.shown.append(f"{outgoing.external_id}: {outgoing.message['text']}")
        return f"p{len(self.shown)}"


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url, channels=("web", "terminal"), greeting="Hi, I am an AI.") as counter:
        yield counter


@pytest.fixture
def platform(counter: Counter) -> Platform:
    platform = Platform()
    counter.gateway.channels["terminal"] = platform  # type: ignore[index]  # the outbox looks it up at each send
    return platform


def incoming(text: str, event_id: str = "1", **given: bool) -> Incoming:
    return Incoming("terminal", "local", event_id, "chat-7", text=text, **given)


async def settled(counter: Counter) -> bool:
    return not {DeliveryState.PENDING, DeliveryState.SENDING} & set(await states(counter))


async def states(counter: Counter) -> list[str]:
    async with counter.gateway.database.read() as db:
        return list(await db.scalars(select(Delivery.state).order_by(Delivery.seq)))


async def test_greeting_and_answer_arrive_in_order(counter: Counter, platform: Platform) -> None:
    assert await counter.gateway.conversations.receive(incoming("hello"))
    await eventually(lambda: len(platform.shown) == 2)
    assert platform.shown == ["chat-7: Hi, I am an AI.", "chat-7: You said: hello"]


async def test_a_repeated_event_has_no_effect_however_often_it_comes(counter: Counter, platform: Platform) -> None:
    taken = await asyncio.gather(*(counter.gateway.conversations.receive(incoming("hello")) for _ in range(20)))
    assert taken.count(True) == 1
    await eventually(lambda: len(platform.shown) == 2)
    async with counter.gateway.database.read() as db:
        assert len(list(await db.scalars(select(Message)))) == 3


async def test_a_failure_is_tried_again_and_nothing_overtakes(counter: Counter, platform: Platform) -> None:
    platform.faults = [DeliveryFailed("busy", retry_after_s=0.05), DeliveryFailed("busy", retry_after_s=0.05)]
    await counter.gateway.conversations.receive(incoming("hello"))
    await eventually(lambda: len(platform.shown) == 2, within_s=10)
    assert platform.shown == ["chat-7: Hi, I am an AI.", "chat-7: You said: hello"]


async def test_an_uncertain_send_is_never_repeated_and_holds_nothing_up(counter: Counter, platform: Platform) -> None:
    platform.faults = [DeliveryUncertain("the answer was lost")]
    await counter.gateway.conversations.receive(incoming("hello"))
    await eventually(lambda: platform.shown == ["chat-7: You said: hello"])
    await eventually(lambda: settled(counter))
    assert await states(counter) == [DeliveryState.UNCERTAIN, DeliveryState.SENT]


async def test_a_send_that_can_never_work_is_given_up(counter: Counter, platform: Platform) -> None:
    platform.faults = [DeliveryFailed("blocked by the user", permanent=True)]
    await counter.gateway.conversations.receive(incoming("hello"))
    await eventually(lambda: platform.shown == ["chat-7: You said: hello"])
    await eventually(lambda: settled(counter))
    assert (await states(counter))[0] == DeliveryState.FAILED


async def test_a_send_cut_by_a_crash_is_uncertain(counter: Counter, platform: Platform) -> None:
    await counter.gateway.conversations.receive(incoming("hello"))
    await eventually(lambda: len(platform.shown) == 2)
    await eventually(lambda: settled(counter))
    async with counter.gateway.database.write() as db:
        await db.execute(update(Delivery).values(state=DeliveryState.SENDING, leased_until=utc_now()))
    await counter.gateway.outbox.deliver_due()
    assert set(await states(counter)) == {DeliveryState.UNCERTAIN}
    assert len(platform.shown) == 2


async def test_the_button_for_a_person_works_on_platforms_too(counter: Counter, platform: Platform) -> None:
    await counter.gateway.conversations.receive(Incoming("terminal", "local", "9", "chat-7", wants_person=True))
    await counter.gateway.conversations.receive(incoming("anybody?", "10"))
    await asyncio.sleep(0.2)
    assert not counter.dialogue.turns
