"""Finds links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from knowledge_base.checks.findings import Finding, FindingKind, Place
from knowledge_base.ingestion.passages import HELP_URL, Anchors, parser, plain
from knowledge_base.models import Document

Reach = Callable[[str], str]
"""Gives why an address of the web cannot be reached; empty where it can."""

_PRODUCT = re.compile(r"/products/([^/]+)/?")
_BARE = re.compile(r"(?<![\w/.:])/(?:help|products)/[\w-]+(?:#[\w-]+)?")


def find_dead_links(documents: Sequence[Document], product_ids: frozenset[str], reach: Reach | None = None) -> list[Finding]:
    """Follow the links of articles to other articles, to headings and to products.

    Args:
        documents: All of them.
        product_ids: The catalogue; empty for links to products to be left alone.
        reach: Tries addresses of the web; without it those are left alone.
    """
    anchors = {document.slug: list_anchors(document) for document in documents}
    by_slug = {document.slug: document for document in documents}
    return [
        Finding(FindingKind.LINK, reason, (Place(document.slug, "", f"[{words}]({target})"),))
        for document in documents
        for words, target in list_links(document)
        if (reason := _explain(document, target, by_slug, anchors, product_ids, reach))
    ]


def list_links(document: Document) -> Iterator[tuple[str, str]]:
    """Give the words and targets of an article's links, and of paths of the shop that stand in its text as they are."""
    for token in parser().parse(document.text):
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open":
                words = children[number + 1].content if number + 1 < len(children) else ""
                yield words, str(child.attrGet("href") or "")
            elif child.type == "text":
                yield from ((target, target) for target in _BARE.findall(child.content))


def list_anchors(document: Document) -> set[str]:
    """Give the anchors of an article's headings, as its page has them."""
    tokens, anchors = parser().parse(document.text), Anchors()
    return {anchors.take(plain(tokens[number + 1])) for number, token in enumerate(tokens) if token.type == "heading_open"}


def _explain(
    document: Document,
    target: str,
    by_slug: dict[str, Document],
    anchors: dict[str, set[str]],
    product_ids: frozenset[str],
    reach: Reach | None,
) -> str:
    parts = urlsplit(target)
    if parts.scheme in ("http", "https"):
        return reach(target) if reach else ""
    if parts.scheme:
        return "" if parts.scheme in ("mailto", "tel") else f"Addresses of kind {parts.scheme!r} are not shown to customers."
    product = _PRODUCT.fullmatch(parts.path)
    if product:
        return f"There is no product {product[1]!r}." if product_ids and product[1] not in product_ids else ""
    slug = _find_slug(document, parts.path)
    return "" if slug is None else _explain_article(document, slug, unquote(parts.fragment), by_slug, anchors)


def _find_slug(document: Document, path: str) -> str | None:
    """Give the article that a path means; None for paths of the shop that we do not know."""
    if not path:
        return document.slug
    if path.startswith(f"{HELP_URL}/"):
        return path.removeprefix(f"{HELP_URL}/").strip("/")
    return None if path.startswith("/") else PurePosixPath(path).stem


def _explain_article(document: Document, slug: str, fragment: str, by_slug: dict[str, Document], anchors: dict[str, set[str]]) -> str:
    target = by_slug.get(slug)
    if target is None:
        return f"There is no article {slug!r}."
    if document.audience == "public" and (target.audience != "public" or not target.published):
        return f"Customers cannot see the article {slug!r}."
    if fragment and fragment not in anchors[slug]:
        return f"The article {slug!r} has no heading {fragment!r}."
    return ""
