"""What a reader makes of a file: fields and a body in Markdown, unchecked."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.errors import UnreadableDocument

_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")
_SPACE = re.compile(r"\s+")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Invisible to people and read by models: zero-width characters, tags (U+E0000-E007F), and control characters.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Draft:
    """One document as its file has it.

    Attributes:
        fields: What `FrontMatter` knows, as far as the file says it; no `slug` means: by the file's name.
        body: Markdown.
        part: Tells the drafts of one file apart; empty for the only one.
    """

    body: str
    fields: dict[str, Any] = field(default_factory=dict)
    part: str = ""


def decode(data: bytes, declared: str | None = None) -> str:
    """Read bytes as text, by their byte order mark, else as `declared`, else as UTF-8.

    Raises:
        UnreadableDocument: If they are not in that encoding.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), declared or "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        message = f"The file is not {name} at byte {exc.start}. Save it as UTF-8."
        raise UnreadableDocument(message) from exc


def escape(text: str) -> str:
    """Write one line of plain words as Markdown."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    """Put words on one line, with single blanks."""
    return _SPACE.sub(" ", text).strip()


def visible(text: str) -> str:
    """Leave out what people cannot see."""
    return _INVISIBLE.sub("", text)


def table(rows: list[list[str]]) -> str:
    """Write rows of plain cells as a Markdown table; the first row is its head."""
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = [[escape(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [lines[0], ["---"] * width, *lines[1:]])
