"""Carries committed messages to messaging platforms: in order per chat, again after a failure, never again after a doubt."""

import asyncio
import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.channels.base import Channel, Outgoing
from server.conversations.schemas import message_json
from server.errors import DeliveryFailed, DeliveryUncertain, StorageUnavailable
from server.metrics import Metrics
from server.storage.engine import Committed, Database
from server.storage.models import Conversation, Delivery, Message
from server.storage.types import DeliveryState, utc_now

log = structlog.get_logger()

_SCAN_S = 1.0
_LEASE = timedelta(seconds=60)
_MOST_ATTEMPTS = 12
_LONGEST_PAUSE_S = 300.0
_AT_ONCE = 16
_SELF_SERVED = {"web"}


class Outbox:
    """One per gateway. A delivery that was under way when a gateway died is uncertain: nobody knows whether it arrived."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], metrics: Metrics) -> None:
        self._database = database
        self._channels = channels
        self._metrics = metrics
        self._carries = set(channels) - _SELF_SERVED
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to deliver, if there is any channel to deliver to."""
        if self._carries:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; what is under way is given a moment to end by its own time limits."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def hear(self, committed: list[Committed]) -> None:
        """Wake up when a message was committed."""
        if self._carries and any(one.frame.get("type") == "message" for one in committed):
            self._woken.set()

    async def deliver_due(self) -> int:
        """Deliver what is due, one message per chat; gives how many were tried."""
        async with self._database.read() as db:
            if not await _is_anything_due(db):
                return 0
        async with self._database.write() as db:
            await _doubt_abandoned(db)
            taken = await _take_due(db)
        await asyncio.gather(*(self._deliver(delivery, message, conversation) for delivery, message, conversation in taken))
        return len(taken)

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SCAN_S):  # wait_for may swallow a cancellation on Python 3.11
                    await self._woken.wait()
            self._woken.clear()
            try:
                while await self.deliver_due():
                    pass
                await self._count()
            except StorageUnavailable:
                log.warning("outbox.storage_unavailable")

    async def _deliver(self, delivery: Delivery, message: Message, conversation: Conversation) -> None:
        state, error, pause_s, platform_id = DeliveryState.SENT, None, 0.0, None
        try:
            platform_id = await self._send(message, conversation)
        except DeliveryUncertain as exc:
            state, error = DeliveryState.UNCERTAIN, str(exc)
        except DeliveryFailed as exc:
            given_up = exc.permanent or delivery.attempts >= _MOST_ATTEMPTS
            state, error = DeliveryState.FAILED if given_up else DeliveryState.PENDING, str(exc)
            pause_s = exc.retry_after_s if exc.retry_after_s is not None else _pause(delivery.attempts)
        self._metrics.deliveries.labels(channel=delivery.channel, result=str(state)).inc()
        if error:
            log.warning(
                "outbox.not_delivered", delivery_id=delivery.delivery_id, conversation_id=delivery.conversation_id, state=str(state)
            )
        values = {
            "state": state,
            "last_error": error[:500] if error else None,
            "due_at": utc_now() + timedelta(seconds=pause_s),
            "leased_until": None,
            "platform_message_id": platform_id,
            "sent_at": utc_now() if state is DeliveryState.SENT else None,
        }
        async with self._database.write() as db:
            await db.execute(update(Delivery).where(Delivery.delivery_id == delivery.delivery_id).values(values))

    async def _send(self, message: Message, conversation: Conversation) -> str | None:
        channel = self._channels.get(conversation.channel)
        if channel is None:
            raise DeliveryFailed(f"The channel {conversation.channel!r} is switched off.", permanent=True)
        chat = str(conversation.external_id).split(":", 1)[-1]
        return await channel.deliver(Outgoing(chat, message_json(message), conversation.mode))

    async def _count(self) -> None:
        async with self._database.read() as db:
            unsettled = Delivery.state.in_([DeliveryState.PENDING, DeliveryState.UNCERTAIN])
            counts = await db.execute(select(Delivery.state, func.count()).where(unsettled).group_by(Delivery.state))
            found = dict(counts.tuples().all())
        for state in (DeliveryState.PENDING, DeliveryState.UNCERTAIN):
            self._metrics.outbox_size.labels(kind="message", state=str(state)).set(found.get(state, 0))


async def _is_anything_due(db: AsyncSession) -> bool:
    due = (Delivery.state == DeliveryState.PENDING) & (Delivery.due_at <= utc_now())
    abandoned = (Delivery.state == DeliveryState.SENDING) & (Delivery.leased_until < utc_now())
    return await db.scalar(select(Delivery.delivery_id).where(due | abandoned).limit(1)) is not None


async def _doubt_abandoned(db: AsyncSession) -> None:
    abandoned = update(Delivery).where(Delivery.state == DeliveryState.SENDING, Delivery.leased_until < utc_now())
    await db.execute(abandoned.values(state=DeliveryState.UNCERTAIN, last_error="The gateway stopped while sending."))


async def _take_due(db: AsyncSession) -> list[tuple[Delivery, Message, Conversation]]:
    earlier = aliased(Delivery)
    blocked = select(earlier.delivery_id).where(
        earlier.conversation_id == Delivery.conversation_id,
        earlier.seq < Delivery.seq,
        earlier.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]),
    )
    query = (
        select(Delivery, Message, Conversation)
        .join(Message, Message.message_id == Delivery.message_id)
        .join(Conversation, Conversation.conversation_id == Delivery.conversation_id)
        .where(Delivery.state == DeliveryState.PENDING, Delivery.due_at <= utc_now(), ~blocked.exists())
        .order_by(Delivery.due_at)
        .limit(_AT_ONCE)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    taken = [(row[0], row[1], row[2]) for row in await db.execute(query)]
    for delivery, _, _ in taken:
        delivery.state = DeliveryState.SENDING
        delivery.attempts += 1
        delivery.leased_until = utc_now() + _LEASE
    return taken


def _pause(attempts: int) -> float:
    return min(2.0 ** min(attempts, 10), _LONGEST_PAUSE_S) * random.uniform(0.75, 1.25)  # noqa: S311  # spreads retries, guards nothing
