"""Telegram's Bot API at the wire: a real HTTP server on loopback, shaped by the documented requests, answers and limits.

It keeps what arrived in each chat, hands updates to webhooks and to getUpdates, and misbehaves when told to.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.fakes.wire import Cut, WireServer

Params = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """How the next call of a method goes wrong.

    Attributes:
        kind: rate_limited (429), server_error (500), blocked (403), drop_after_accept (done, but the connection is cut
            before the answer), drop_before_accept (cut before anything was done), html (a proxy's page with 502).
        retry_after: Seconds, for rate_limited.
    """

    kind: str
    retry_after: int = 0


@dataclass(frozen=True)
class Call:
    """One request that reached the server."""

    method: str
    params: Params
    at: float


class Refused(Exception):
    """What the Bot API answers when it will not."""

    def __init__(self, code: int, description: str, parameters: Params | None = None) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


@dataclass
class FakeTelegram(WireServer):
    """The server. Use `async with FakeTelegram() as telegram`."""

    token: str = "123456789:AAFakeTokenForTestsOnly-abcdefghijk"
    calls: list[Call] = field(default_factory=list)
    chats: dict[int, list[Params]] = field(default_factory=lambda: defaultdict(list))
    webhook: Params = field(default_factory=dict)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _updates: list[Params] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def fail_next(self, method: str, *faults: Fault) -> None:
        """Let the next calls of `method` go wrong, one fault each."""
        self._faults[method].extend(faults)

    def texts(self, chat_id: int) -> list[str]:
        """What a person sees in the chat, oldest first."""
        return [message.get("text") or message.get("caption", "") for message in self.chats[chat_id]]

    def buttons(self, chat_id: int) -> list[Params]:
        """The inline buttons of all messages in the chat, oldest first."""
        return [b for m in self.chats[chat_id] for row in m.get("reply_markup", {}).get("inline_keyboard", []) for b in row]

    async def wait_for(self, condition: Callable[[], bool], timeout_s: float = 5.0) -> None:
        """Wait until `condition` holds; AssertionError with what was called otherwise."""
        end = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < end, f"Waited {timeout_s} s. Calls: {[(c.method, c.params) for c in self.calls]}"
            await asyncio.sleep(0.01)

    # What people do in the app

    def text_update(self, text: str, chat_id: int = 4242, *, kind: str = "message", **extra: Any) -> Params:
        """Make the update that Telegram sends when a person writes `text` (kind may be edited_message)."""
        message = {
            "message_id": self._next(f"in{chat_id}"),
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ida", "language_code": "en"},
            "chat": {"id": chat_id, "first_name": "Ida", "type": "private"},
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}]
        if kind == "edited_message":
            message["edit_date"] = message["date"]
        return {"update_id": self._next_update(), kind: {**message, **extra}}

    def media_update(self, chat_id: int = 4242, caption: str | None = None) -> Params:
        """Make the update of a photo, with or without words under it."""
        update = self.text_update("", chat_id)
        del update["message"]["text"]
        update["message"]["photo"] = [{"file_id": "AgACAgI", "file_unique_id": "AQADq", "file_size": 1253, "width": 90, "height": 67}]
        if caption:
            update["message"]["caption"] = caption
        return update

    def press_update(self, button: Params, chat_id: int = 4242) -> Params:
        """Make the update of a pressed inline button."""
        carrier = next(m for m in self.chats[chat_id] if button in self._buttons_of(m))
        person = {"id": chat_id, "is_bot": False, "first_name": "Ida", "language_code": "en"}
        query = {"id": str(self._next("query")), "from": person, "message": carrier, "chat_instance": "77", "data": button["callback_data"]}
        return {"update_id": self._next_update(), "callback_query": query}

    def queue(self, *updates: Params) -> None:
        """Keep updates for getUpdates."""
        self._updates.extend(updates)

    async def post(self, client: httpx.AsyncClient, update: Params, *, secret: str | None, path: str = "") -> httpx.Response:
        """Send an update to the webhook as Telegram does: JSON, with the secret in its header."""
        headers = {"Content-Type": "application/json", **({"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {})}
        return await client.post(path or "/channels/telegram/webhook", content=json.dumps(update).encode(), headers=headers)

    @staticmethod
    def _buttons_of(message: Params) -> list[Params]:
        return [b for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]

    def _next(self, name: str) -> int:
        self._ids[name] += 1
        return self._ids[name]

    def _next_update(self) -> int:
        return 900_000_000 + self._next("update")

    # HTTP

    async def _answer(self, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Params | bytes]:
        path = urlsplit(target)
        _, bot, method = path.path.split("/", 2)
        params = _read_params(headers.get("content-type", ""), body) | dict(parse_qsl(path.query))
        if bot != f"bot{self.token}":
            return 401, Refused(401, "Unauthorized").body
        self.calls.append(Call(method, params, time.monotonic()))
        try:
            return await self._perform(method, params)
        except Refused as refused:
            return refused.body["error_code"], refused.body

    async def _perform(self, method: str, params: Params) -> tuple[int, Params | bytes]:
        fault = self._faults[method].popleft() if self._faults[method] else None
        match fault.kind if fault else None:
            case "rate_limited":
                assert fault is not None
                raise Refused(429, f"Too Many Requests: retry after {fault.retry_after}", {"retry_after": fault.retry_after})
            case "server_error":
                raise Refused(500, "Internal Server Error")
            case "blocked":
                raise Refused(403, "Forbidden: bot was blocked by the user")
            case "html":
                return 502, b"<html><body>Bad Gateway</body></html>"
            case "drop_before_accept":
                raise Cut
        result = await self._run(method, params)
        if fault is not None and fault.kind == "drop_after_accept":
            raise Cut
        return 200, {"ok": True, "result": result}

    async def _run(self, method: str, params: Params) -> Any:
        handler = getattr(self, f"_do_{method.lower()}", None)
        if handler is None:
            raise Refused(404, "Not Found")
        result = handler(params)
        return await result if asyncio.iscoroutine(result) else result

    # Methods of the Bot API

    def _do_getme(self, params: Params) -> Params:
        return {
            "id": 123456789, "is_bot": True, "first_name": "Counter", "username": "counter_test_bot",
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        }  # fmt: skip

    def _do_sendmessage(self, params: Params) -> Params:
        text = str(params.get("text", "")).strip()
        if not text:
            raise Refused(400, "Bad Request: message text is empty")
        if _utf16(text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        return self._arrive(params, text=text)

    def _do_sendphoto(self, params: Params) -> Params:
        if _utf16(str(params.get("caption", ""))) > 1024:
            raise Refused(400, "Bad Request: message caption is too long")
        photo = urlsplit(str(params.get("photo", "")))
        if photo.scheme not in {"http", "https"} or photo.path.endswith(".svg") or "." not in (photo.hostname or ""):
            raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        sizes = [{"file_id": "AgAC", "file_unique_id": "AQAD", "width": 320, "height": 320}]
        return self._arrive(params, caption=str(params.get("caption", "")), photo=sizes)

    def _do_editmessagetext(self, params: Params) -> Params:
        for message in self.chats[int(params["chat_id"])]:
            if message["message_id"] == int(params["message_id"]):
                message.update(text=params["text"], edit_date=int(time.time()))
                return message
        raise Refused(400, "Bad Request: message to edit not found")

    def _do_answercallbackquery(self, params: Params) -> bool:
        if not params.get("callback_query_id"):
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        return True

    def _do_sendchataction(self, params: Params) -> bool:
        return True

    def _do_setmycommands(self, params: Params) -> bool:
        return bool(params["commands"])

    def _do_setwebhook(self, params: Params) -> bool:
        if not str(params.get("url", "")).startswith("https://"):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = params
        return True

    def _do_deletewebhook(self, params: Params) -> bool:
        self.webhook = {}
        return True

    async def _do_getupdates(self, params: Params) -> list[Params]:
        if self.webhook:
            raise Refused(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        offset = int(params.get("offset") or 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        end = time.monotonic() + float(params.get("timeout") or 0)
        while not self._updates and time.monotonic() < end:
            await asyncio.sleep(0.01)
        return self._updates[: int(params.get("limit") or 100)]

    def _arrive(self, params: Params, **content: Any) -> Params:
        if "chat_id" not in params:
            raise Refused(400, "Bad Request: chat_id is empty")
        chat_id = int(params["chat_id"])
        message = {
            "message_id": 1000 + self._next(f"out{chat_id}"),
            "from": {"id": 123456789, "is_bot": True, "first_name": "Counter", "username": "counter_test_bot"},
            "chat": {"id": chat_id, "first_name": "Ida", "type": "private"},
            "date": int(time.time()),
            **content,
        }
        if params.get("reply_markup"):
            message["reply_markup"] = _check_keyboard(params["reply_markup"])
        self.chats[chat_id].append(message)
        return message


def _check_keyboard(markup: Any) -> Params:
    keyboard: Params = json.loads(markup) if isinstance(markup, str) else markup
    for row in keyboard.get("inline_keyboard", []):
        for button in row:
            if not button.get("text") or ("url" in button) == ("callback_data" in button):
                raise Refused(400, "Bad Request: can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
            if len(button.get("callback_data", "").encode()) > 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if "url" in button and "." not in (urlsplit(button["url"]).hostname or ""):
                raise Refused(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return keyboard


def _read_params(content_type: str, body: bytes) -> Params:
    if content_type.startswith("application/json"):
        loaded: Params = json.loads(body or b"{}")
        return loaded
    return dict(parse_qsl(body.decode()))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
