"""Reads HTML pages: the visible text of the main part, as Markdown. Scripts and styles are never read.

The head says about the page what front matter says about an article: `<title>` and `<meta name="slug" content="…">` and so on;
slug and topic fall back to the file's name and "general".
"""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from knowledge_base.ingestion.front_matter import FrontMatter, make_document
from knowledge_base.models import Document
from knowledge_base.text import slugify

SUFFIXES = (".html", ".htm")

_UNSEEN = ["head", "title", "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg"]
_UNSEEN += ["button"]
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def read(path: Path, text: str, content_hash: str) -> Document:
    """Make a document of a page's text.

    Raises:
        UnreadableDocument: If the page has no title or no text.
    """
    page = BeautifulSoup(text, "html.parser")
    fields = _head(page, path)
    for tag in page(_UNSEEN):
        tag.decompose()
    for tag in page.select("[hidden], [aria-hidden=true]"):
        tag.decompose()
    main = page.find("main") or page.find("article") or page.body or page
    return make_document(fields, "\n\n".join(_blocks(main)), path, content_hash)


def _head(page: BeautifulSoup, path: Path) -> dict[str, str]:
    fields = {"slug": slugify(path.stem), "topic": "general"}
    heading = page.title or page.h1
    if heading is not None:
        fields["title"] = _clean(heading.get_text(" "))
    for meta in page("meta"):
        name = str(meta.get("name", ""))
        if name in FrontMatter.model_fields:
            fields[name] = str(meta.get("content", ""))
    return fields


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _plain(tag: Tag | NavigableString) -> str:
    return _MARKUP.sub(r"\\\1", _clean(tag.get_text(" ") if isinstance(tag, Tag) else str(tag)))


def _blocks(parent: Tag) -> list[str]:
    """Give the blocks of a page in order: headings, paragraphs, lists, table rows."""
    found: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag):
            found.extend(_block(child))
        elif type(child) is NavigableString and _clean(str(child)):
            found.append(_plain(child))
    return [block for block in found if block]


def _block(tag: Tag) -> list[str]:
    if tag.name in _HEADINGS:
        return [f"{_HEADINGS[tag.name]} {_plain(tag)}"]
    if tag.name in ("ul", "ol"):
        return ["\n".join(f"- {_plain(item)}" for item in tag.find_all("li", recursive=False))]
    if tag.name == "table":
        return [_table(tag)]
    if tag.name in ("p", "dt", "dd", "blockquote", "pre") or not tag.find(True):
        return [_plain(tag)]
    return _blocks(tag) if tag.find([*_HEADINGS, "p", "ul", "ol", "table", "div", "section", "dl"]) else [_plain(tag)]


def _table(tag: Tag) -> str:
    rows = [[_plain(cell) for cell in row(["th", "td"])] for row in tag("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    rule = ["---"] * len(rows[0])
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])
