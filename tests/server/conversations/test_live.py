"""Live frames: complete, in order, from any point on, over sockets and server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.channels import web
from server.conversations.stream import follow
from server.conversations.worker import Answers
from server.dialogue.base import Reply, TurnInput
from server.events.base import STAFF, Lagged
from server.events.memory import MemoryBus
from tests.fakes.counter import Counter, Visitor, eventually, open_counter
from tests.server.serving import serving


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    async with open_counter(tmp_path, allowed_origins=("https://shop.example",)) as counter:
        yield counter


@pytest.fixture
async def address(counter: Counter) -> AsyncIterator[str]:
    async with serving(counter.app) as address:
        yield address


@asynccontextmanager
async def socket(address: str, visitor: Visitor, after: int | None = None, **options: Any) -> AsyncIterator[ClientConnection]:
    async with connect(f"ws://{address}/api/v1/conversations/{visitor.conversation_id}/socket", proxy=None, **options) as wire:
        token = visitor.headers["Authorization"].removeprefix("Bearer ")
        await wire.send(json.dumps({"type": "auth", "token": token} | ({"after": after} if after is not None else {})))
        yield wire


async def frames(wire: ClientConnection, number: int) -> list[dict[str, Any]]:
    """Read numbered frames."""
    read: list[dict[str, Any]] = []
    async with asyncio.timeout(10):
        while len(read) < number:
            frame = json.loads(await wire.recv())
            if "seq" in frame:
                read.append(frame)
    return read


async def test_a_socket_gives_the_log_and_then_the_news(counter: Counter, address: str) -> None:
    visitor = await counter.customer()
    async with socket(address, visitor) as wire:
        await visitor.say("hello")
        seen = await frames(wire, 3)
        await visitor.ask_for_person()
        seen += await frames(wire, 2)
    assert [frame["seq"] for frame in seen] == [1, 2, 3, 4, 5]
    assert [frame["type"] for frame in seen] == ["message", "message", "message", "mode", "message"]
    assert seen[3] == {"type": "mode", "seq": 4, "mode": "queued"}


@pytest.mark.parametrize("after", range(6))
async def test_a_cut_at_any_frame_loses_and_doubles_nothing(counter: Counter, address: str, after: int) -> None:
    visitor = await counter.customer()
    await visitor.say("hello")
    await visitor.ask_for_person()
    async with socket(address, visitor, after) as wire:
        assert [frame["seq"] for frame in await frames(wire, 5 - after)] == list(range(after + 1, 6))
        await visitor.say("more")
        (news,) = await frames(wire, 1)
        assert (news["seq"], news["message"]["text"]) == (6, "more")


async def test_server_sent_events_carry_ids_and_honour_the_last_one(counter: Counter, address: str) -> None:
    visitor = await counter.customer()
    await visitor.say("hello")
    url = f"http://{address}/api/v1/conversations/{visitor.conversation_id}/events?after=0"
    async with httpx.AsyncClient() as http, http.stream("GET", url, headers={**visitor.headers, "Last-Event-ID": "1"}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines: list[str] = []
        async for line in stream.aiter_lines():
            lines.append(line)
            if sum(part.startswith("data:") for part in lines) == 2:
                break
    assert [line for line in lines if line.startswith("id:")] == ["id: 2", "id: 3"]
    assert "event: message" in lines


async def test_a_stranger_hears_nothing(counter: Counter, address: str) -> None:
    visitor, other = await counter.customer(), await counter.customer()
    stranger = Visitor(other.browser, visitor.conversation_id, other.headers)
    async with socket(address, stranger) as wire:
        with pytest.raises(ConnectionClosed) as closed:
            await wire.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    refused = await other.browser.get(f"/api/v1/conversations/{visitor.conversation_id}/events", headers=other.headers)
    assert refused.status_code == 401


@pytest.mark.parametrize("first", ["nonsense", "[]", '{"type":"typing"}', "x" * 5000, '{"type":"auth"}'])
async def test_a_first_frame_that_is_no_authentication_closes_4401(counter: Counter, address: str, first: str) -> None:
    visitor = await counter.customer()
    async with connect(f"ws://{address}/api/v1/conversations/{visitor.conversation_id}/socket", proxy=None) as wire:
        await wire.send(first)
        await wire.wait_closed()
        assert wire.close_code == 4401


async def test_silence_instead_of_authentication_closes_4401(counter: Counter, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "AUTH_WITHIN_S", 0.2)
    visitor = await counter.customer()
    async with connect(f"ws://{address}/api/v1/conversations/{visitor.conversation_id}/socket", proxy=None) as wire:
        await wire.wait_closed()
        assert wire.close_code == 4401


async def test_pages_of_other_origins_get_no_socket(counter: Counter, address: str) -> None:
    visitor = await counter.customer()
    for origin in ("https://evil.example", "null", "http://shop.example"):
        with pytest.raises(InvalidStatus):
            async with socket(address, visitor, origin=origin):
                pass
    for origin in ("https://shop.example", f"http://{address}"):
        async with socket(address, visitor, origin=origin) as wire:
            assert len(await frames(wire, 1)) == 1


async def test_a_customers_typing_reaches_the_staff_alone(counter: Counter, address: str) -> None:
    visitor = await counter.customer()
    async with counter.gateway.bus.subscribe(STAFF) as staff, socket(address, visitor) as wire:
        await wire.send(json.dumps({"type": "typing"}))
        told = await asyncio.wait_for(staff.get(), 5)
    assert told == {"type": "typing", "author": "customer", "on": True, "conversation_id": visitor.conversation_id}


async def test_parts_of_an_answer_stream_and_vanish_when_a_person_takes_over(counter: Counter, address: str) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def streaming(turn: TurnInput) -> list[Reply]:
        delta = {"type": "answer.delta", "turn_id": turn.turn_id, "message_id": "msg_streamed1", "offset": 0, "text": "Delivery takes "}
        await counter.gateway.publish(turn.conversation_id, delta)
        asked.set()
        await go_on.wait()
        await counter.gateway.publish(turn.conversation_id, {**delta, "offset": 15, "text": "three days."})
        return [Reply("Delivery takes three days.", message_id="msg_streamed1")]

    counter.dialogue.script = streaming
    visitor = await counter.customer()
    async with socket(address, visitor, 1) as wire:
        await visitor.say("how long?", wait=0)
        await asked.wait()
        await visitor.ask_for_person()
        go_on.set()
        seen = []
        async with asyncio.timeout(5):
            while not seen or seen[-1]["type"] != "answer.dropped":
                seen.append(json.loads(await wire.recv()))
    kinds = [frame["type"] for frame in seen]
    assert kinds.count("answer.delta") == 1
    assert seen[-1] == {"type": "answer.dropped", "message_id": "msg_streamed1"}
    await asyncio.sleep(0.1)
    assert not [text for author, text in await visitor.read() if "three days" in text]


async def test_a_streamed_answer_keeps_its_id(counter: Counter) -> None:
    async def streaming(turn: TurnInput) -> list[Reply]:
        return [Reply("Three days.", message_id="msg_streamed2")]

    counter.dialogue.script = streaming
    visitor = await counter.customer()
    assert (await visitor.say("how long?")).json()["replies"][0]["id"] == "msg_streamed2"
    again = await visitor.say("and again?")
    assert again.json()["replies"][0]["text"] == "Three days.", "an id that is taken costs nobody the answer"


async def test_who_falls_behind_is_told_to_reload_and_goes_on(counter: Counter) -> None:
    bus = MemoryBus(queue_frames=4)
    visitor = await counter.customer()
    followed = follow(counter.gateway.database, bus, visitor.conversation_id, 1)
    waiting = asyncio.ensure_future(anext(followed))
    await asyncio.sleep(0.05)
    for number in range(10):
        await bus.publish(visitor.conversation_id, {"type": "answer.delta", "offset": number})
    assert await waiting == {"type": "reload", "after": 1}
    await visitor.say("hello")
    await bus.publish(visitor.conversation_id, {"type": "message", "seq": 3, "message": {}})
    assert [(await anext(followed))["seq"] for _ in range(2)] == [2, 3], "a number that was skipped is read from the log"
    await followed.aclose()


async def test_listeners_are_forgotten_when_they_leave(counter: Counter, address: str) -> None:
    visitor = await counter.customer()
    async with socket(address, visitor) as wire:
        await frames(wire, 1)
        assert await counter.gateway.bus.is_heard(visitor.conversation_id)

    async def gone() -> bool:
        return not await counter.gateway.bus.is_heard(visitor.conversation_id)

    await eventually(gone)


async def test_who_waits_for_an_answer_goes_on_waiting_when_the_bus_was_away() -> None:
    told = iter([Lagged(), {"message_ids": ["another"]}, {"message_ids": ["mine"], "turn_id": "t"}])

    async def get() -> dict[str, object]:
        one = next(told)
        if isinstance(one, Lagged):
            raise one
        return one

    assert await Answers(get).of("mine", 5) == {"message_ids": ["mine"], "turn_id": "t"}
