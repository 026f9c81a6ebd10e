"""How far a website is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CrawlRules:
    """Limits of one visit to a website.

    Attributes:
        pages: The most pages to fetch.
        depth: How many links away from the start a page may be; the start is 0.
        page_bytes: The most bytes of one page.
        total_bytes: The most bytes of all pages together.
        page_s: Seconds in which a page, with its redirects, has to arrive.
        total_s: Seconds after which the visit ends.
        delay_s: Seconds between two requests; robots.txt may ask for more.
        under: Only paths that begin so; empty for the folder of the start, or all that a sitemap lists.
        allow: `host:port` that may be fetched although its address is not public or its port unusual, such as a help centre inside
            the company. Nothing by default.
        agent: How we name ourselves to the site.
    """

    pages: int = 500
    depth: int = 5
    page_bytes: int = 5_000_000
    total_bytes: int = 200_000_000
    page_s: float = 20.0
    total_s: float = 1800.0
    delay_s: float = 0.2
    under: str = ""
    allow: tuple[str, ...] = ()
    agent: str = "CounterhandBot"
