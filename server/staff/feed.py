"""What consoles hear live: every message and change of owner, and the inbox lines that change with them."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from server.conversations import repository
from server.errors import ConversationNotFound, NotAuthenticated, StorageUnavailable
from server.events.base import STAFF, EventBus, Frame, Lagged, Subscription
from server.staff.inbox import summarise
from server.storage.engine import Database
from server.storage.models import Message
from server.storage.types import Author

HEARTBEAT_S = 15.0


async def stream(
    bus: EventBus, database: Database, check_session: Callable[[], Awaitable[Any]], heartbeat_s: float = HEARTBEAT_S
) -> AsyncIterator[str]:
    """Give server-sent events until the session ends.

    Args:
        bus: Where frames come from.
        database: Where inbox lines are read.
        check_session: Called at every heartbeat, busy stream or not; raises `NotAuthenticated` when the session is over.
        heartbeat_s: Seconds between checks, and between signs of life in a quiet stream.
    """
    async with bus.subscribe(STAFF) as subscription:
        yield "retry: 1000\n\n"
        next_check = time.monotonic() + heartbeat_s
        while True:
            yield await _next_event(database, subscription, next_check - time.monotonic())
            if time.monotonic() >= next_check:
                if not await _still_signed_in(check_session):
                    yield _event({"type": "signed_out"})
                    return
                next_check = time.monotonic() + heartbeat_s


async def _next_event(database: Database, subscription: Subscription, within_s: float) -> str:
    try:
        async with asyncio.timeout(max(within_s, 0)):
            frame = await subscription.get()
    except TimeoutError:
        return ": alive\n\n"
    except Lagged:
        return _event({"type": "reload"})
    return _event(await _describe(database, frame))


async def _describe(database: Database, frame: Frame) -> Frame:
    # An inbox frame only names the conversation: its line is read here, once per console, so that it is never stale.
    if frame["type"] == "message" and frame["message"]["author"] == Author.BOT:
        return await _with_answer(database, frame)
    if frame["type"] != "inbox":
        return frame
    try:
        async with database.read() as db:
            conversation = await repository.get_conversation(db, frame["conversation_id"])
            (line,) = await summarise(db, [conversation])
    except (ConversationNotFound, StorageUnavailable):
        return {"type": "reload"}
    return {"type": "inbox", "conversation": line.model_dump(mode="json")}


async def _with_answer(database: Database, frame: Frame) -> Frame:
    # Frames are the customer's too, and what an answer rests on is for staff alone.
    try:
        async with database.read() as db:
            message = await db.get(Message, frame["message"]["id"])
    except StorageUnavailable:
        return {"type": "reload"}
    return frame | {"message": frame["message"] | {"answer_id": message.answer_id if message else None}}


async def _still_signed_in(check_session: Callable[[], Awaitable[Any]]) -> bool:
    try:
        await check_session()
    except NotAuthenticated:
        return False
    except StorageUnavailable:
        pass  # nobody is signed out because the database is away for a moment
    return True


def _event(frame: Frame) -> str:
    return f"data: {json.dumps(frame, ensure_ascii=False)}\n\n"
