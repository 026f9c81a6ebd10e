"""Reads HTML pages: title, `<meta>` fields, and the page's own text as Markdown.

Fields other than the title come from `<meta name="topic" content="returns">` and the like; without them the slug is the file's name
and the topic is "general".
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, Tag

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, decode, escape, one_line, table
from knowledge_base.ingestion.front_matter import FrontMatter

SUFFIXES = (".html", ".htm")

_UNSEEN = ["head", "title", "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg"]
_UNSEEN += ["button"]
_HIDDEN = "[hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none'], [style*='visibility:hidden']"
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}


def read(data: bytes, charset: str | None = None) -> list[Draft]:
    """Make a draft of a page.

    Args:
        data: The page.
        charset: What the server said; else the page's own `<meta>` counts.

    Raises:
        UnreadableDocument: If the page's encoding is another than it says, or it is nested too deeply.
    """
    try:
        return [_read(decode_page(data, charset))]
    except RecursionError as exc:
        message = "The page's elements are nested too deeply."
        raise UnreadableDocument(message) from exc


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Read a page's bytes in the encoding that the server or the page declares.

    Raises:
        UnreadableDocument: If the bytes are not in it.
    """
    declared = charset or EncodingDetector.find_declared_encoding(data, is_html=True)
    try:
        return decode(data, declared)
    except LookupError:
        return decode(data)


def _read(text: str) -> Draft:
    page = BeautifulSoup(text, "html.parser")
    fields = _head(page)
    for tag in page(_UNSEEN):
        tag.decompose()
    for tag in page.select(_HIDDEN):
        tag.decompose()
    main = page.find("main") or page.find("article") or page.body or page
    return Draft("\n\n".join(_blocks(main)), fields)


def _head(page: BeautifulSoup) -> dict[str, str]:
    fields = {"topic": "general", "slug": ""}
    heading = page.title or page.h1
    if heading is not None:
        fields["title"] = one_line(heading.get_text(" "))
    if page.html is not None:
        fields["language"] = str(page.html.get("lang", ""))
    for meta in page("meta"):
        name = str(meta.get("name", ""))
        if name in FrontMatter.model_fields:
            fields[name] = str(meta.get("content", ""))
    return fields


def _plain(tag: Tag | NavigableString) -> str:
    return escape(tag.get_text(" ") if isinstance(tag, Tag) else str(tag))


def _blocks(parent: Tag) -> list[str]:
    """Give the blocks of a page in order: headings, paragraphs, lists, table rows."""
    found: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag):
            found.extend(_block(child))
        elif type(child) is NavigableString and one_line(str(child)):
            found.append(_plain(child))
    return [block for block in found if block]


def _block(tag: Tag) -> list[str]:
    if tag.name in _HEADINGS:
        return [f"{_HEADINGS[tag.name]} {_plain(tag)}"]
    if tag.name in ("ul", "ol"):
        return ["\n".join(f"- {_plain(item)}" for item in tag.find_all("li", recursive=False))]
    if tag.name == "table":
        rows = [[cell.get_text(" ") for cell in row(["th", "td"])] for row in tag("tr")]
        return [table([row for row in rows if row])]
    if tag.name in ("p", "dt", "dd", "blockquote", "pre") or not tag.find(True):
        return [_plain(tag)]
    return _blocks(tag) if tag.find([*_HEADINGS, "p", "ul", "ol", "table", "div", "section", "dl"]) else [_plain(tag)]
