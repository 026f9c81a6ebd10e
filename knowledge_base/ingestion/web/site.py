"""A website as a source of documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from knowledge_base.ingestion import files, html
from knowledge_base.ingestion.draft import Draft
from knowledge_base.ingestion.front_matter import make_document
from knowledge_base.ingestion.web.crawler import FILE_KINDS, Crawler
from knowledge_base.ingestion.web.fetcher import Fetched, Fetcher
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.manifest import Known
from knowledge_base.models import Document, Failure
from knowledge_base.text import slugify

_SLUG_CHARS = 120


@dataclass(frozen=True)
class PageSource:
    """A page that arrived."""

    page: Fetched
    root: str

    @property
    def key(self) -> str:
        """What the manifest calls it."""
        return self.page.url

    @property
    def name(self) -> str:
        """What a progress bar calls it."""
        return urlsplit(self.page.url).path

    def fingerprint(self) -> str:
        """Give a hash over the page."""
        return hashlib.sha256(self.page.body).hexdigest()

    def read(self, content_hash: str) -> list[Document]:
        """Make the documents of the page; customers are sent to the page itself.

        Raises:
            UnreadableDocument: If it is damaged, or has no text.
        """
        drafts = self._read_drafts()
        given = {"title": _title(self.page.url), "topic": "general", "source_url": self.page.url}
        return [self._make(draft, given, content_hash) for draft in drafts]

    def _read_drafts(self) -> list[Draft]:
        suffix = FILE_KINDS.get(self.page.kind)
        return files.read_bytes(suffix, self.page.body) if suffix else html.read(self.page.body, self.page.charset)

    def _make(self, draft: Draft, given: dict[str, str], content_hash: str) -> Document:
        # A page of the open web does not choose its name or its readers: it could take the place of an article of ours.
        stated = {name: value for name, value in draft.fields.items() if name not in ("slug", "source_url")}
        slug = _slug(self.page.url) + (f"-{draft.part}" if draft.part else "")
        return make_document(Draft(draft.body, stated), {**given, "slug": slug}, self.page.url, content_hash)


class SiteListing:
    """The pages of a website, as a visit finds them."""

    def __init__(self, start: str, rules: CrawlRules, fetcher: Fetcher | None = None) -> None:
        """Take the first address, a page or a sitemap.

        Raises:
            UnreadableDocument: If it is no web address.
        """
        self._fetcher = fetcher or Fetcher(rules)
        self._crawler = Crawler(start, rules, self._fetcher)

    @property
    def total(self) -> int:
        """How many pages are known of so far."""
        return self._crawler.total

    def __iter__(self) -> Iterator[PageSource | Failure]:
        """Visit the site."""
        with closing(self._fetcher):
            for found in self._crawler.walk():
                yield PageSource(found, self._crawler.start) if isinstance(found, Fetched) else found

    def is_gone(self, known: Known) -> bool:
        """Whether the visit showed that a page it once gave is no more; a visit that was cut short shows it by 404 and 410 alone."""
        if known.root != self._crawler.start:
            return False
        return known.source in self._crawler.gone or (self._crawler.complete and known.source not in self._crawler.kept)


def _slug(url: str) -> str:
    parts = urlsplit(url)
    name = slugify(f"{PurePosixPath(parts.path).with_suffix('')} {parts.query}") if parts.path.strip("/") else slugify(parts.netloc)
    if len(name) <= _SLUG_CHARS:
        return name
    return f"{name[:_SLUG_CHARS].strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _title(url: str) -> str:
    name = PurePosixPath(urlsplit(url).path).stem or urlsplit(url).netloc
    return name.replace("-", " ").replace("_", " ").capitalize()


def is_address(place: str) -> bool:
    """Tell an address of the web from a path."""
    return place.startswith(("http://", "https://"))


