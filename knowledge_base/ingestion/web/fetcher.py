"""Fetches one page: within its limits, and following redirects hop by hop, each checked as the first address was."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.web.addresses import CheckedNetwork, Resolve, resolve
from knowledge_base.ingestion.web.rules import CrawlRules

_HOPS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_PORTS = {"http": 80, "https": 443}
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


class PageGone(UnreadableDocument):
    """The site says that there is no such page."""


class PageRefused(UnreadableDocument):
    """The site does not give us this page."""


class SiteFailing(UnreadableDocument):
    """The site did not answer, or said that it cannot."""


@dataclass(frozen=True)
class Fetched:
    """A page that arrived.

    Attributes:
        url: Where it was found, after redirects.
        kind: Its content type, without parameters, lower case.
        charset: Of the content type; None where it names none.
    """

    url: str
    kind: str
    charset: str | None
    body: bytes


def tidy(url: str, base: str = "") -> str:
    """Write an address in one way: absolute, without fragment, default port and empty path.

    Raises:
        UnreadableDocument: If it is no web address, carries a user name, or cannot be read.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError) as exc:
        message = f"The address {url[:200]!r} cannot be read."
        raise UnreadableDocument(message) from exc
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        message = f"The address {url[:200]!r} is not one of the web (http or https, without a user name)."
        raise UnreadableDocument(message)
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    # Without "..": what a path begins with decides what robots.txt and our rules say of it.
    path = urlsplit(urljoin(f"{parts.scheme}://{netloc}/", f"/{parts.path.lstrip('/')}")).path
    return urlunsplit((parts.scheme, netloc, path, parts.query, ""))


class Fetcher:
    """A client for one visit. Sends no cookies and no credentials, and uses no proxy."""

    def __init__(self, rules: CrawlRules, resolve: Resolve = resolve) -> None:
        """Take the limits, and how names are resolved."""
        self._rules = rules
        self._allow = frozenset(rules.allow)
        network = CheckedNetwork(rules.allow, resolve)
        self._pool = httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=network, max_connections=2)

    def get(self, url: str, check: Callable[[str], None], most: int | None = None) -> Fetched:
        """Fetch a page.

        Args:
            url: Tidy.
            check: Called with every address before it is asked; refuses by raising.
            most: The most bytes, if not the rules' for a page.

        Raises:
            PageGone: If the site says 404 or 410.
            SiteFailing: If the site does not answer in time, breaks off, or says 5xx or 429.
            UnreadableDocument: If the page is refused, too big, or redirects too often.
        """
        until = monotonic() + self._rules.page_s
        for _ in range(_HOPS + 1):
            check(url)
            self._check_port(url)
            found = self._ask(url, until, most or self._rules.page_bytes)
            if isinstance(found, Fetched):
                return found
            url = tidy(found, url)
        message = f"The page redirects more than {_HOPS} times."
        raise UnreadableDocument(message)

    def close(self) -> None:
        """Let go of connections."""
        self._pool.close()

    def _check_port(self, url: str) -> None:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        if port != _PORTS[parts.scheme] and f"{parts.hostname}:{port}" not in self._allow:
            message = f"The port {port} is none of a public website. Allow it by COUNTERHAND_CRAWL_ALLOW."
            raise UnreadableDocument(message)

    def _ask(self, url: str, until: float, most: int) -> Fetched | str:
        """Ask for one address; give the page, or where it redirects to."""
        headers: dict[str | bytes, str | bytes] = {
            "Host": urlsplit(url).netloc, "User-Agent": self._rules.agent, "Accept-Encoding": "identity", "Accept": "*/*",
        }  # fmt: skip
        left = max(until - monotonic(), 0.1)
        timeouts = {"timeout": {"connect": min(left, 10.0), "read": left, "write": left, "pool": left}}
        try:
            with self._pool.stream("GET", url, headers=headers, extensions=timeouts) as response:
                fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in _REDIRECTS and "location" in fields:
                    return fields["location"]
                _check_status(response.status)
                return _make(url, fields, _receive(response, until, most))
        except httpcore.TimeoutException as exc:
            raise SiteFailing(_late()) from exc
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as exc:
            message = f"The site does not answer: {exc or type(exc).__name__}."
            raise SiteFailing(message) from exc


def _check_status(status: int) -> None:
    if status in (404, 410):
        message = f"There is no such page (status {status})."
        raise PageGone(message)
    if status != 200:
        message = f"The site answered with status {status}."
        raise SiteFailing(message) if status >= 500 or status == 429 else PageRefused(message)


def _receive(response: httpcore.Response, until: float, most: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > most:
            message = f"The page is bigger than {most / 1e6:g} MB."
            raise UnreadableDocument(message)
        if monotonic() > until:
            raise SiteFailing(_late())
    return bytes(body)


def _late() -> str:
    return "The page did not arrive in time."


def _make(url: str, fields: dict[str, str], body: bytes) -> Fetched:
    if fields.get("content-encoding", "identity").lower() != "identity":
        # We asked for none; a packed page could unpack to anything.
        message = f"The site sends the page packed ({fields['content-encoding'][:40]}), though it was asked not to."
        raise UnreadableDocument(message)
    stated = fields.get("content-type", "text/html")
    charset = _CHARSET.search(stated)
    return Fetched(url, stated.split(";", 1)[0].strip().lower(), charset.group(1) if charset else None, body)
