"""Walks a website from a page or a sitemap, as robots.txt allows, and gives its pages one by one."""

from __future__ import annotations

import html
import re
import zlib
from collections import deque
from collections.abc import Iterator
from time import monotonic, sleep
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from protego import Protego

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.html import decode_page
from knowledge_base.ingestion.web.fetcher import Fetched, Fetcher, PageGone, PageRefused, tidy
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.models import Failure

PAGE_KINDS = ("text/html", "application/xhtml+xml")
FILE_KINDS = {"application/pdf": ".pdf", "text/markdown": ".md", "text/csv": ".csv"}
FILE_KINDS["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ".docx"

_ROBOTS_BYTES = 512_000
_SITEMAP_BYTES = 50_000_000
_SITEMAPS = 50
_LONGEST_DELAY_S = 10.0
_LOC = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</loc>", re.DOTALL | re.IGNORECASE)


class Crawler:
    """One visit to a website.

    Attributes:
        gone: Addresses that the site no longer has.
        kept: Addresses that it has, or that could not be read this time.
        complete: Whether everything within the rules was seen; False while the walk is on.
    """

    def __init__(self, start: str, rules: CrawlRules, fetcher: Fetcher) -> None:
        """Take the first address.

        Raises:
            UnreadableDocument: If it is no web address.
        """
        self.start = tidy(start)
        self.gone: set[str] = set()
        self.kept: set[str] = set()
        self.complete = False
        self._rules = rules
        self._fetcher = fetcher
        self._under = rules.under or _folder(urlsplit(self.start).path)
        self._waiting: deque[tuple[str, int]] = deque([(self.start, 0)])
        self._seen = {self.start}
        self._cut = False
        self._robots = Protego.parse("")
        self._delay_s = rules.delay_s
        self._asked_at = 0.0

    @property
    def total(self) -> int:
        """How many pages are known of so far."""
        return min(len(self._seen), self._rules.pages)

    def walk(self) -> Iterator[Fetched | Failure]:
        """Give pages as they arrive, and those that could not be read with the reason."""
        until, pages, size = monotonic() + self._rules.total_s, 0, 0
        try:
            self._read_robots()
        except UnreadableDocument as exc:
            yield Failure(self.start, str(exc))
            return
        while self._waiting:
            if pages >= self._rules.pages or size >= self._rules.total_bytes or monotonic() > until:
                yield Failure(self.start, f"The visit ended at its limit after {pages} pages; {len(self._waiting)} more are known of.")
                return
            url, depth = self._waiting.popleft()
            pages += 1
            for found in self._visit(url, depth):
                size += len(found.body) if isinstance(found, Fetched) else 0
                yield found
        self.complete = not self._cut

    def _visit(self, url: str, depth: int) -> Iterator[Fetched | Failure]:
        try:
            page = self._get(url)
        except PageGone as exc:
            self.gone.add(url)
            if depth <= 1:  # deeper ones are the site's own dead links, which `kb check` is not about
                yield Failure(url, str(exc))
            return
        except UnreadableDocument as exc:
            self.kept.add(url)
            self._cut = self._cut or url == self.start
            yield Failure(url, str(exc))
            return
        self._seen.add(page.url)
        if _is_sitemap(page):
            self._read_sitemap(page, depth)
        elif page.kind in PAGE_KINDS:
            yield from self._read_page(page, depth)
        elif page.kind in FILE_KINDS:
            self.kept.add(page.url)
            yield page

    def _get(self, url: str, most: int | None = None) -> Fetched:
        sleep(max(0.0, self._asked_at + self._delay_s - monotonic()))
        self._asked_at = monotonic()
        if most is None and urlsplit(url).path.endswith((".xml", ".xml.gz")):
            most = _SITEMAP_BYTES
        return self._fetcher.get(url, self._check, most)

    def _check(self, url: str) -> None:
        """Refuse an address that is not of this site, or that robots.txt closes."""
        if urlsplit(url).netloc != urlsplit(self.start).netloc:
            message = f"The page leads to another host: {urlsplit(url).netloc!r}."
            raise UnreadableDocument(message)
        if not self._robots.can_fetch(url, self._rules.agent):
            message = "The site's robots.txt closes this page."
            raise UnreadableDocument(message)

    def _read_robots(self) -> None:
        """Read robots.txt: none there means all is open; one that cannot be read means all is closed (RFC 9309, 2.3.1)."""
        parts = urlsplit(self.start)
        try:
            found = self._fetcher.get(f"{parts.scheme}://{parts.netloc}/robots.txt", self._check, _ROBOTS_BYTES)
        except (PageGone, PageRefused):
            return
        except UnreadableDocument as exc:
            message = f"robots.txt cannot be read, so nothing is. {exc}"
            raise UnreadableDocument(message) from exc
        self._robots = Protego.parse(found.body.decode("utf-8", "replace"))
        asked = self._robots.crawl_delay(self._rules.agent) or 0.0
        self._delay_s = max(self._rules.delay_s, min(float(asked), _LONGEST_DELAY_S))

    def _read_sitemap(self, page: Fetched, depth: int) -> None:
        listed = _LOC.findall(_unpack(page.body).decode("utf-8", "replace"))
        nested = [url for url in listed if urlsplit(url).path.endswith((".xml", ".xml.gz"))]
        self._cut = self._cut or len(nested) > _SITEMAPS
        if depth == 0 and not self._rules.under:
            self._under = ""
        for url in [*nested[:_SITEMAPS], *(url for url in listed if url not in nested)]:
            self._note(html.unescape(url), page.url, depth)

    def _read_page(self, page: Fetched, depth: int) -> Iterator[Fetched | Failure]:
        try:
            soup = BeautifulSoup(decode_page(page.body, page.charset), "html.parser")
        except (UnreadableDocument, RecursionError) as exc:
            self.kept.add(page.url)
            yield Failure(page.url, str(exc))
            return
        robots = " ".join(str(meta.get("content", "")).lower() for meta in soup.select("meta[name='robots' i]"))
        if "nofollow" not in robots:
            for link in soup.select("a[href]:not([rel~=nofollow])"):
                self._note(str(link["href"]), page.url, depth + 1)
        canonical = soup.select_one("link[rel=canonical][href]")
        if canonical is not None and self._note(str(canonical["href"]), page.url, depth) not in (None, page.url):
            return  # the same page under its proper address
        if "noindex" not in robots:
            self.kept.add(page.url)
            yield page

    def _note(self, link: str, base: str, depth: int) -> str | None:
        """Remember an address for later; gives it where it belongs to what we visit."""
        try:
            url = tidy(link, base)
        except UnreadableDocument:
            return None
        parts = urlsplit(url)
        is_map = parts.path.endswith((".xml", ".xml.gz"))
        if parts.netloc != urlsplit(self.start).netloc or not (is_map or f"{parts.path}/".startswith(f"{self._under.rstrip('/')}/")):
            return None
        if depth > self._rules.depth:
            self._cut = True
            return url
        if url not in self._seen and len(self._seen) < 20 * self._rules.pages:
            self._seen.add(url)
            self._waiting.append((url, depth))
        return url


def _folder(path: str) -> str:
    """Give what a start at this path is about: itself, or its folder where it names a file."""
    folder, _, name = path.rpartition("/")
    return folder if "." in name else path


def _is_sitemap(page: Fetched) -> bool:
    head = _unpack(page.body, 4096)[:4096].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def _unpack(body: bytes, most: int = _SITEMAP_BYTES) -> bytes:
    """Unpack a sitemap that is kept as a gzip file, up to a limit."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, most)
    except zlib.error:
        return b""
