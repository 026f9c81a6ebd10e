"""Reads Word files (DOCX). Runs in the sandbox of `sandbox.py`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, escape, one_line, table

SUFFIXES = (".docx",)

_MAX_ENTRIES = 5000
_MAX_UNPACKED = 200_000_000
_MAX_XML = 30_000_000
_ENCRYPTED = b"\xd0\xcf\x11\xe0"
"""Begins old Word files and encrypted new ones alike."""


def read(data: bytes) -> list[Draft]:
    """Make a draft of a Word file: its headings, paragraphs, lists and tables in order.

    Raises:
        UnreadableDocument: If it is no DOCX, damaged, encrypted, or would unpack to too much.
    """
    if data.startswith(_ENCRYPTED):
        message = "The file is encrypted, or from an old Word. Save it as DOCX without a password."
        raise UnreadableDocument(message)
    try:
        _check_size(data)
        document = docx.Document(BytesIO(data))
        body = "\n\n".join(_blocks(document))
    except (BadZipFile, OpcError, KeyError, ValueError, SyntaxError, AttributeError, RecursionError, NotImplementedError) as exc:
        message = f"The file is no readable DOCX: {type(exc).__name__}: {exc}"[:300]
        raise UnreadableDocument(message) from exc
    return [Draft(body, _fields(document))]


def _check_size(data: bytes) -> None:
    entries = ZipFile(BytesIO(data)).infolist()
    unpacked = sum(entry.file_size for entry in entries)
    largest = max((entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))), default=0)
    if len(entries) > _MAX_ENTRIES or unpacked > _MAX_UNPACKED or largest > _MAX_XML:
        message = f"The DOCX unpacks to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts, which is too much."
        raise UnreadableDocument(message)


def _fields(document: WordDocument) -> dict[str, Any]:
    about = document.core_properties
    return {"title": one_line(about.title or "")[:300], "slug": "", "topic": "general", "language": about.language or ""}


def _blocks(document: WordDocument) -> Iterator[str]:
    items: list[str] = []
    for block in document.iter_inner_content():
        text, is_item = (_write_table(block), False) if isinstance(block, Table) else _write_paragraph(block)
        if items and not is_item:
            yield "\n".join(items)
            items = []
        if is_item:
            items.append(text)
        elif text:
            yield text
    if items:
        yield "\n".join(items)


def _write_paragraph(paragraph: Paragraph) -> tuple[str, bool]:
    """Give a paragraph as Markdown, and whether it is an item of a list."""
    text, style = escape(paragraph.text), (paragraph.style.name if paragraph.style else "") or ""
    if not text:
        return "", False
    if style == "Title":
        return f"# {text}", False
    if style.startswith("Heading "):
        level = style.removeprefix("Heading ")
        return f"{'#' * min(int(level) + 1, 6) if level.isdigit() else '##'} {text}", False
    is_item = style.startswith("List") or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None)
    return (f"- {text}", True) if is_item else (text, False)


def _write_table(found: Table) -> str:
    return table([[cell.text for cell in row.cells] for row in found.rows])
