"""What guards every request before a route sees it: size, headers, origin."""

from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.settings import Settings

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_LARGER = {
    "/internal/": 16 * 1024 * 1024,  # Rasa sends the whole tracker and domain with each action
    "/channels/": 256 * 1024,
    "/api/v1/staff/knowledge/documents": 20 * 1024 * 1024,
}


class BodyLimit:
    """Refuses a body over the limit while it comes in, whatever its declared length says."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as long as its body is small enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = next((size for prefix, size in _LARGER.items() if scope["path"].startswith(prefix)), self._limit)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        await self._watch(scope, receive, send, limit)

    async def _watch(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        seen = 0
        refused = False

        async def counting() -> Message:
            nonlocal seen, refused
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                if not refused:
                    refused = True
                    await _too_large(limit)(scope, receive, send)
                raise _Oversize
            return message

        async def sending(message: Message) -> None:
            if not refused:  # whatever the app makes of the cut body, the answer is already out
                await send(message)

        with suppress(_Oversize):
            await self._app(scope, counting, sending)


class _Oversize(Exception):
    pass


def _too_large(limit: int) -> JSONResponse:
    detail = f"The body is over the limit of {limit} bytes."
    return JSONResponse({"error": "BodyTooLarge", "detail": detail}, status_code=413, headers={"Connection": "close"})


class SecurityHeaders:
    """Adds the headers that browsers obey. A route that sets one itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, adding)


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    is_page = headers.get("content-type", "").startswith("text/html")
    headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _API_POLICY)
    if path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")


def origin_allowed(connection: HTTPConnection, settings: Settings) -> bool:
    """Tell whether a browser's page may open a socket: our own pages, and the origins of the setting.

    No `Origin` header means no browser; such a client proves itself by its token alone.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    if origin in settings.allowed_origins or "*" in settings.allowed_origins:
        return True
    return origin in own_origins(connection.headers.get("host", ""), settings)


def own_origins(host: str, settings: Settings) -> set[str]:
    """List the origins of our own pages: where the gateway listens, and its public address."""
    own = {settings.base_url}
    if host.split(":", 1)[0] in {"127.0.0.1", "localhost"} or host.startswith("[::1]"):
        own |= {f"http://{host}"}
    return own


def client_ip(connection: HTTPConnection) -> str:
    """Give the address to count by. Forwarding headers are left to uvicorn, which trusts only proxies it was told of."""
    client: Any = connection.client
    return client.host if client else "unknown"
