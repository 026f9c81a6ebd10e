"""Telegram's Bot API over HTTP, with what each failure means for sending again."""

import logging
from typing import Any

import httpx

from server.errors import DeliveryFailed, DeliveryUncertain

# httpx logs every request's URL at info, and the Bot API carries the token in it.
logging.getLogger("httpx").setLevel(logging.WARNING)

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class TelegramClient:
    """Calls methods of the Bot API. We need to know whether a failed call was surely not carried out, so we read the transport's errors."""

    def __init__(self, token: str, api_url: str, timeout_s: float = 10.0) -> None:
        self._timeout_s = timeout_s
        self._http = httpx.AsyncClient(base_url=f"{api_url.rstrip('/')}/bot{token}/", timeout=timeout_s)

    async def call(self, method: str, params: dict[str, Any], *, read_timeout_s: float | None = None) -> Any:
        """Call `method` and give its result.

        Args:
            method: Such as "sendMessage".
            params: Its parameters, sent as JSON.
            read_timeout_s: How long the answer may take; the client's own limit when None.

        Raises:
            DeliveryFailed: If Telegram surely did not do it; `permanent` when it never will, `retry_after_s` when it asked for a pause.
            DeliveryUncertain: If the request left us and no answer tells what became of it.
        """
        timeout = httpx.Timeout(self._timeout_s, read=read_timeout_s or self._timeout_s)
        try:
            answer = await self._http.post(method, json=params, timeout=timeout)
        except _NEVER_SENT as exc:
            raise DeliveryFailed(f"Telegram cannot be reached ({type(exc).__name__}).") from exc
        except httpx.HTTPError as exc:
            raise DeliveryUncertain(f"Telegram's answer to {method} was lost ({type(exc).__name__}).") from exc
        return _read_result(method, answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _read_result(method: str, answer: httpx.Response) -> Any:
    body = _read_body(answer)
    if answer.status_code == httpx.codes.OK and body.get("ok"):
        return body["result"]
    description = str(body.get("description", f"status {answer.status_code}"))
    message = f"Telegram refused {method}: {description}"
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise DeliveryFailed(message, retry_after_s=float(body.get("parameters", {}).get("retry_after", 1)))
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise _read_server_error(message, said_so="error_code" in body)
    raise DeliveryFailed(message, permanent=True)


def _read_body(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _read_server_error(message: str, *, said_so: bool) -> Exception:
    # The Bot API's own 5xx says it did not do it. A page from something in between says nothing about what happened behind it.
    return DeliveryFailed(message) if said_so else DeliveryUncertain(message)
