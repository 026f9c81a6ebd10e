"""Telegram as a channel: webhook or polling in, the Bot API out."""

import asyncio
import contextlib
import hmac
import json
import re
from collections.abc import Coroutine
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from server.channels.base import Incoming, Outgoing, Receive
from server.channels.telegram.client import TelegramClient
from server.channels.telegram.updates import ALLOWED_UPDATES, COMMANDS, NAME, read_update
from server.channels.telegram.view import Send, render
from server.errors import (
    BadSignature,
    BodyTooLarge,
    ChannelMisconfigured,
    DeliveryFailed,
    DeliveryUncertain,
    ServerError,
)
from server.settings import Settings

log = structlog.get_logger(__name__)

WEBHOOK_PATH = "/channels/telegram/webhook"
_MAX_BODY_BYTES = 256 * 1024
_POLL_S = 25
_MAX_PAUSE_S = 60.0
_PART_TRIES = 4
_PART_PAUSE_S = 10.0  # together below the outbox's lease of a minute
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramChannel:
    """One bot's account on Telegram."""

    name = NAME

    def __init__(self, settings: Settings) -> None:
        _check(settings)
        self._settings = settings
        self._account = settings.telegram_token.partition(":")[0]
        self._client = TelegramClient(settings.telegram_token, settings.telegram_api_url)
        self._offset = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self, receive: Receive) -> APIRouter:
        """Give the webhook; nothing when we poll."""
        router = APIRouter()
        if self._settings.telegram_mode == "polling":
            return router

        @router.post(WEBHOOK_PATH, include_in_schema=False)
        async def webhook(request: Request) -> Response:
            _check_secret(request, self._settings.telegram_secret)
            update = _read_json(await _read_body(request))
            await self._take(update, receive)
            # Telegram would carry out a method call that it finds in the answer's body.
            return Response(status_code=200)

        return router

    def parse(self, payload: dict[str, Any]) -> list[Incoming]:
        """Read an update; what is not for us gives nothing."""
        incoming = read_update(payload, self._account).incoming
        return [incoming] if incoming else []

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Send a message, in as many parts as Telegram needs; gives the id of the last.

        Raises:
            DeliveryFailed: If nothing of it arrived.
            DeliveryUncertain: If nobody can say what arrived.
        """
        message = outgoing.message
        offer_person = outgoing.mode == "bot" and (message.get("seq") == 1 or message.get("author") == "system")
        chat_id = outgoing.external_id.rpartition(":")[2]
        parts = render(message, chat_id, self._settings.public_url or self._settings.base_url, offer_person=offer_person)
        platform_id: str | None = None
        for number, part in enumerate(parts):
            sent = await (self._send(part) if number == 0 else self._send_rest(part, number, len(parts)))
            platform_id = str(sent["message_id"])
        return platform_id

    async def _send(self, part: Send) -> dict[str, Any]:
        try:
            sent: dict[str, Any] = await self._client.call(part.method, part.params)
        except DeliveryFailed as exc:
            if part.fallback is None or not exc.permanent:
                raise
            return await self._send(part.fallback)
        return sent

    async def _send_rest(self, part: Send, number: int, total: int) -> dict[str, Any]:
        # The parts before have arrived: handing the whole message back for another try would show them twice.
        for attempt in range(_PART_TRIES):
            try:
                return await self._send(part)
            except DeliveryFailed as exc:
                if exc.permanent or attempt == _PART_TRIES - 1:
                    raise DeliveryUncertain(f"Only {number} of {total} parts arrived. {exc}") from exc
                await asyncio.sleep(min(exc.retry_after_s or 2.0**attempt, _PART_PAUSE_S))
        raise AssertionError  # the loop returns or raises

    async def run(self, receive: Receive) -> None:
        """Tell Telegram how to reach us, then poll if the settings say so."""
        await self._keep_trying("setMyCommands", {"commands": COMMANDS})
        if self._settings.telegram_mode == "polling":
            await self._keep_trying("deleteWebhook", {"drop_pending_updates": False})
            await self._poll(receive)
        else:
            await self._keep_trying("setWebhook", self._webhook())

    def _webhook(self) -> dict[str, Any]:
        url = f"{self._settings.base_url}{WEBHOOK_PATH}"
        return {"url": url, "secret_token": self._settings.telegram_secret, "allowed_updates": ALLOWED_UPDATES}

    async def _keep_trying(self, method: str, params: dict[str, Any]) -> None:
        pause = 1.0
        while True:
            try:
                await self._client.call(method, params)
            except DeliveryFailed as exc:
                if exc.permanent:
                    log.warning("telegram.refused", method=method, error=str(exc))
                    return
                pause = exc.retry_after_s or pause
            except DeliveryUncertain:
                pass  # all three methods may be repeated
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _MAX_PAUSE_S)

    async def _poll(self, receive: Receive) -> None:
        pause = 1.0
        while True:
            try:
                await self._poll_once(receive)
                pause = 1.0
            except ServerError as exc:
                log.warning("telegram.poll_failed", error=type(exc).__name__)
                await asyncio.sleep(getattr(exc, "retry_after_s", None) or pause)
                pause = min(pause * 2, _MAX_PAUSE_S)

    async def _poll_once(self, receive: Receive) -> None:
        wanted = {"timeout": _POLL_S, "allowed_updates": ALLOWED_UPDATES, "offset": self._offset}
        updates = await self._client.call("getUpdates", wanted, read_timeout_s=_POLL_S + 10)
        for update in updates:
            await self._take(update, receive)
            # Asking with the next offset is what forgets an update at Telegram: only after it is committed here.
            self._offset = int(update["update_id"]) + 1

    async def _take(self, update: dict[str, Any], receive: Receive) -> None:
        read = read_update(update, self._account)
        is_new = await receive(read.incoming) if read.incoming else False
        if read.query_id is not None:
            self._spawn(self._answer_query(read.query_id))
        if is_new and read.incoming and read.notice:
            self._spawn(self._tell(read.incoming.external_id, read.notice))

    async def _tell(self, chat_id: str, words: str) -> None:
        with contextlib.suppress(DeliveryFailed, DeliveryUncertain):
            await self._client.call("sendMessage", {"chat_id": chat_id, "text": words})

    async def _answer_query(self, query_id: str) -> None:
        with contextlib.suppress(DeliveryFailed, DeliveryUncertain):
            await self._client.call("answerCallbackQuery", {"callback_query_id": query_id})

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let running courtesies end, then close the connections."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.close()


def _check(settings: Settings) -> None:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{20,}", settings.telegram_token):
        raise ChannelMisconfigured("The channel telegram needs COUNTERHAND_TELEGRAM_TOKEN, as @BotFather gives it (123456:AB…).")
    if settings.telegram_mode == "polling":
        return
    if not _SECRET.fullmatch(settings.telegram_secret):
        raise ChannelMisconfigured(
            "The channel telegram needs COUNTERHAND_TELEGRAM_SECRET: 16 to 256 characters of A-Z, a-z, 0-9, _ and -. "
            "Or set COUNTERHAND_TELEGRAM_MODE=polling."
        )
    if not settings.base_url.startswith("https://"):
        raise ChannelMisconfigured(
            "Telegram calls webhooks over https only: set COUNTERHAND_PUBLIC_URL=https://…, or COUNTERHAND_TELEGRAM_MODE=polling."
        )


def _check_secret(request: Request, secret: str) -> None:
    given = [value for name, value in request.headers.raw if name == b"x-telegram-bot-api-secret-token"]
    if len(given) != 1 or not hmac.compare_digest(given[0], secret.encode()):
        raise BadSignature("This call does not come from Telegram: the secret token is missing or wrong.")


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
            raise BodyTooLarge(f"An update has at most {_MAX_BODY_BYTES} bytes.")
    return bytes(body)


def _read_json(body: bytes) -> dict[str, Any]:
    # What cannot be read today cannot be read tomorrow: it is dropped, not asked for again.
    try:
        update = json.loads(body)
    except ValueError:
        update = None
    if not isinstance(update, dict):
        log.warning("telegram.unreadable_update", size=len(body))
        return {}
    return update
