"""A conversation's live frames in order and without gaps, from any point on."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from server.conversations import repository
from server.events.base import EventBus, Frame, Lagged, Subscription
from server.storage.engine import Database

HEARTBEAT_S = 15.0
_PAGE = 200


async def follow(
    database: Database, bus: EventBus, conversation_id: str, after: int, heartbeat_s: float = HEARTBEAT_S
) -> AsyncGenerator[Frame | None, None]:
    """Give every message and mode change above `after`, then new ones as they come, with what is ephemeral in between.

    The bus only says that something happened; wherever it skips a number, the log fills in.

    Args:
        database: Where the log is.
        bus: Where news come from.
        conversation_id: Whose.
        after: The last `seq` that the listener has.
        heartbeat_s: Seconds of quiet after which None is given, as a sign of life.
    """
    async with bus.subscribe(conversation_id) as news:
        last = after
        async for frame in _read_log(database, conversation_id, last):
            last = frame["seq"]
            yield frame
        while True:
            try:
                told = await _next(news, heartbeat_s)
            except Lagged:
                # What is in the log now the listener reads itself once it is told; so the head is read before it is told.
                head = await _read_head(database, conversation_id)
                yield {"type": "reload", "after": last}
                last = head
                continue
            if told is not None and "seq" not in told:
                yield told
            elif told is not None and told["seq"] == last + 1:
                last += 1
                yield told
            elif told is None or told["seq"] > last:
                # Quiet, too, is a good moment to look for what a broken bus may have swallowed.
                async for frame in _read_log(database, conversation_id, last):
                    last = frame["seq"]
                    yield frame
                if told is None:
                    yield None


async def _next(news: Subscription, heartbeat_s: float) -> Frame | None:
    try:
        async with asyncio.timeout(heartbeat_s):  # wait_for may swallow a cancellation on Python 3.11
            return await news.get()
    except TimeoutError:
        return None


async def _read_log(database: Database, conversation_id: str, after: int) -> AsyncIterator[dict[str, Any]]:
    while True:
        async with database.read() as db:
            frames = await repository.list_frames(db, conversation_id, after, _PAGE)
        for frame in frames:
            yield frame
        if len(frames) < _PAGE:
            return
        after = frames[-1]["seq"]


async def _read_head(database: Database, conversation_id: str) -> int:
    async with database.read() as db:
        conversation = await repository.get_conversation(db, conversation_id)
    return conversation.next_seq - 1
