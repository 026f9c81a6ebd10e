"""The web: live frames over server-sent events and over a WebSocket. Messages themselves come in by the public API."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import StreamingResponse

from server.channels.base import Incoming, Outgoing, Receive
from server.conversations.routes import bearer
from server.conversations.stream import follow
from server.errors import NotAuthenticated, RateLimited, StorageUnavailable
from server.events.base import STAFF, Frame
from server.gateway import Gateway, gateway_of
from server.security import origin_allowed

AUTH_WITHIN_S = 5.0
UNAUTHORISED = 4401
FORBIDDEN = 4403
TOO_MUCH = 4429
UNAVAILABLE = 1013
_LONGEST_FRAME = 4096
_SLOW_S = 20.0


def create(_settings: Any = None) -> "WebChannel":
    """Build the channel."""
    return WebChannel()


class WebChannel:
    """Browsers listen to the log itself, so there is nothing to deliver and nothing to parse."""

    name = "web"

    def routes(self, _receive: Receive) -> APIRouter:
        """Give the two live routes."""
        return _router

    def parse(self, _payload: dict[str, Any]) -> list[Incoming]:
        """Browsers use the public API instead."""
        return []

    async def deliver(self, _outgoing: Outgoing) -> str | None:
        """Browsers read the log."""
        return None

    async def run(self, _receive: Receive) -> None:
        """Nothing to do in the background."""

    async def close(self) -> None:
        """Nothing to close."""


_router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["live"])


@_router.get("/events", response_class=StreamingResponse)
async def stream_events(
    conversation_id: str,
    request: Request,
    token: Annotated[str, Depends(bearer)],
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Follow a conversation as server-sent events; `Last-Event-ID` continues where a connection was cut."""
    gateway = gateway_of(request)
    await gateway.conversations.authenticate(conversation_id, token)
    start = max(after, int(last_event_id)) if last_event_id and last_event_id.isdigit() and len(last_event_id) < 10 else after
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_as_events(gateway, conversation_id, start), media_type="text/event-stream", headers=headers)


async def _as_events(gateway: Gateway, conversation_id: str, after: int) -> AsyncIterator[str]:
    with gateway.metrics.listeners.labels(kind="sse").track_inprogress():
        yield "retry: 1000\n\n"
        async with aclosing(follow(gateway.database, gateway.bus, conversation_id, after)) as frames:
            async for frame in frames:
                yield ": alive\n\n" if frame is None else _event(frame)


def _event(frame: Frame) -> str:
    number = f"id: {frame['seq']}\n" if "seq" in frame else ""
    return f"{number}event: {frame['type']}\ndata: {json.dumps(frame)}\n\n"


@_router.websocket("/socket")
async def open_socket(socket: WebSocket, conversation_id: str) -> None:
    """Follow a conversation over a WebSocket. The first frame is `{"type": "auth", "token", "after"?}`, within five seconds."""
    gateway = gateway_of(socket)
    if not origin_allowed(socket, gateway.settings):
        await socket.close(FORBIDDEN)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):  # the other side is gone, at whatever moment
        after = await _authenticate(socket, gateway, conversation_id)
        if after is not None:
            with gateway.metrics.listeners.labels(kind="socket").track_inprogress():
                await _serve(socket, gateway, conversation_id, after)


async def _authenticate(socket: WebSocket, gateway: Gateway, conversation_id: str) -> int | None:
    try:
        async with asyncio.timeout(AUTH_WITHIN_S):
            frame = _read_frame(await socket.receive_text())
        if frame.get("type") != "auth":
            raise NotAuthenticated("The first frame has to be 'auth'.")  # noqa: TRY301  # one place decides how a socket is refused
        await gateway.conversations.authenticate(conversation_id, str(frame.get("token", "")))
    except (TimeoutError, NotAuthenticated, ValueError, KeyError):
        await socket.close(UNAUTHORISED, "not authenticated")
        return None
    except StorageUnavailable:
        await socket.close(UNAVAILABLE, "try again")
        return None
    return _read_after(frame.get("after", socket.query_params.get("after")))


def _read_after(value: Any) -> int:
    after = int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit() and len(value) < 10) else 0
    return min(max(after, 0), 2**31)


async def _serve(socket: WebSocket, gateway: Gateway, conversation_id: str, after: int) -> None:
    sending = asyncio.create_task(_send_frames(socket, gateway, conversation_id, after))
    hearing = asyncio.create_task(_hear(socket, gateway, conversation_id))
    done, _ = await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
    for task in (sending, hearing):
        task.cancel()
    await asyncio.gather(sending, hearing, return_exceptions=True)
    for task in done:
        await _close_for(socket, task.exception())


async def _close_for(socket: WebSocket, exc: BaseException | None) -> None:
    if isinstance(exc, RateLimited):
        await socket.close(TOO_MUCH, "too many frames")
    elif isinstance(exc, ValueError):
        await socket.close(1003, "not understood")
    elif isinstance(exc, StorageUnavailable | TimeoutError):
        await socket.close(UNAVAILABLE, "try again")
    elif exc is not None and not isinstance(exc, WebSocketDisconnect):
        raise exc


async def _send_frames(socket: WebSocket, gateway: Gateway, conversation_id: str, after: int) -> None:
    async with aclosing(follow(gateway.database, gateway.bus, conversation_id, after)) as frames:
        async for frame in frames:
            if frame is not None:  # uvicorn's own pings keep the connection alive
                async with asyncio.timeout(_SLOW_S):
                    await socket.send_text(json.dumps(frame))


async def _hear(socket: WebSocket, gateway: Gateway, conversation_id: str) -> None:
    while True:
        frame = _read_frame(await socket.receive_text())
        await gateway.limiter.check("typing", conversation_id)
        if frame.get("type") == "typing":
            told = {"type": "typing", "author": "customer", "on": frame.get("on") is not False}
            await gateway.bus.publish(STAFF, {**told, "conversation_id": conversation_id})


def _read_frame(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST_FRAME:
        msg = "The frame is too long."
        raise ValueError(msg)
    frame = json.loads(text)
    if not isinstance(frame, dict):
        msg = "A frame has to be an object."
        raise ValueError(msg)  # noqa: TRY004  # malformed input, not a programmer's mistake
    return frame
