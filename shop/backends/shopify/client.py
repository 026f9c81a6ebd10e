"""Shopify's Admin GraphQL API over HTTP: what was surely not done, what was done, and what nobody knows are told apart."""

import asyncio
import math
from typing import Any, Final

import httpx

from shop.errors import BackendUnavailable, OutcomeUnknown

Json = dict[str, Any]
_TIMEOUT: Final = httpx.Timeout(5.0, connect=3.0)
_PATIENCE_S: Final = 6.0
"""How long a call waits for the rate limit, all its waits together."""
_AT_ONCE: Final = 4
_READ_AGAIN: Final = 2
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)


class _Throttled(Exception):
    """The rate limit was reached and nothing was done."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"wait {wait_s} s")
        self.wait_s = wait_s


class ShopifyClient:
    """Calls one store.

    A call that the rate limit refuses was not done and is made again in time. A read without an answer is made again. A write
    without an answer is never made again here.
    """

    def __init__(self, url: str, token: str, version: str, timeout: httpx.Timeout = _TIMEOUT) -> None:
        self._url = f"{url.rstrip('/')}/admin/api/{version}/graphql.json"
        self._headers = {"X-Shopify-Access-Token": token}
        self._timeout = timeout
        self._http: httpx.AsyncClient | None = None
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def read(self, document: str, **variables: Any) -> Json:
        """The data of a query.

        Raises:
            BackendUnavailable: If Shopify does not answer, or refuses.
        """
        for _ in range(_READ_AGAIN):
            try:
                return await self._call(document, variables)
            except OutcomeUnknown:
                continue
        try:
            return await self._call(document, variables)
        except OutcomeUnknown as exc:
            msg = "Shopify does not answer."
            raise BackendUnavailable(msg) from exc

    async def write(self, document: str, **variables: Any) -> Json:
        """The data of a mutation.

        Raises:
            OutcomeUnknown: If it was sent and no answer came: it may or may not have been done.
            BackendUnavailable: If it was surely not done.
        """
        return await self._call(document, variables)

    async def close(self) -> None:
        """Let go of connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def _call(self, document: str, variables: Json) -> Json:
        waited = 0.0
        async with self._at_once:
            while True:
                try:
                    return _read(await self._post(document, variables))
                except _Throttled as limit:
                    waited += limit.wait_s
                    if waited > _PATIENCE_S:
                        msg = "Shopify's rate limit is used up."
                        raise BackendUnavailable(msg) from limit
                    await asyncio.sleep(limit.wait_s)

    async def _post(self, document: str, variables: Json) -> httpx.Response:
        if self._http is None:
            self._http = httpx.AsyncClient(headers=self._headers, timeout=self._timeout)
        try:
            return await self._http.post(self._url, json={"query": document, "variables": variables})
        except _NEVER_SENT as exc:
            msg = f"Shopify cannot be reached: {type(exc).__name__}."
            raise BackendUnavailable(msg) from exc
        except httpx.HTTPError as exc:
            msg = f"Shopify was asked and did not answer: {type(exc).__name__}."
            raise OutcomeUnknown(msg) from exc


def _read(response: httpx.Response) -> Json:
    """The data of an answer, or what is wrong with it."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise _Throttled(_seconds(response.headers.get("Retry-After")))
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        msg = f"Shopify answers HTTP {response.status_code}."
        raise OutcomeUnknown(msg)
    if response.status_code != httpx.codes.OK:
        msg = f"Shopify refuses with HTTP {response.status_code}. Check COUNTERHAND_SHOP_URL, _TOKEN and _API_VERSION."
        raise BackendUnavailable(msg)
    try:
        body = response.json()
    except ValueError as exc:
        msg = "Shopify's answer is no JSON."
        raise OutcomeUnknown(msg) from exc
    return _data(body)


def _data(body: Json) -> Json:
    errors = body.get("errors") or []
    codes = {(error.get("extensions") or {}).get("code", "") for error in errors}
    if "THROTTLED" in codes:
        raise _Throttled(_until_restored(body))
    data = body.get("data")
    if "INTERNAL_SERVER_ERROR" in codes or (not errors and not isinstance(data, dict)):
        msg = "Shopify failed while it answered."
        raise OutcomeUnknown(msg)
    if errors:
        msg = f"Shopify refuses: {'; '.join(str(error.get('message')) for error in errors)[:300]}"
        raise BackendUnavailable(msg)
    return dict(data or {})


def _until_restored(body: Json) -> float:
    """Seconds until the bucket holds what the call costs."""
    cost = (body.get("extensions") or {}).get("cost") or {}
    status = cost.get("throttleStatus") or {}
    missing = float(cost.get("requestedQueryCost") or 0) - float(status.get("currentlyAvailable") or 0)
    return max(missing / float(status.get("restoreRate") or 50), 0.1)


def _seconds(header: str | None) -> float:
    try:
        seconds = float(header or 1)
    except ValueError:
        return 1.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 1.0
