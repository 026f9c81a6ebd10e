"""Reads PDF files: lines in larger type become headings, lines that every page repeats are left out.

Runs in the sandbox of `sandbox.py`: a PDF can be made to take any amount of time and memory.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, escape, one_line

SUFFIXES = (".pdf",)
MAX_PAGES = 2000

_MAX_CHARS = 4_000_000
_HEADING_SCALE = 1.15
_HEADING_CHARS = 120
_REPEATED_SHARE = 0.6
_SENTENCE_ENDS = (".", "!", "?", ":")

Line = tuple[str, float]
"""The words and the size of their type."""


def read(data: bytes) -> list[Draft]:
    """Make a draft of a PDF's text.

    Raises:
        UnreadableDocument: If it is damaged, encrypted, too long, or holds no text.
    """
    try:
        reader = _open(data)
        pages = _read_pages(reader)
        fields = _fields(reader)
    except UnreadableDocument:
        raise
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError) as exc:
        message = f"The PDF is damaged: {type(exc).__name__}: {exc}"[:300]
        raise UnreadableDocument(message) from exc
    body = _write(_drop_repeated(pages))
    if not body:
        message = "The PDF holds no text, only pictures. Save it with text recognition."
        raise UnreadableDocument(message)
    return [Draft(body, fields)]


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        message = "The PDF is encrypted. Save a copy without a password."
        raise UnreadableDocument(message)
    if len(reader.pages) > MAX_PAGES:
        message = f"The PDF has {len(reader.pages):,} pages; the most is {MAX_PAGES:,}. Split it."
        raise UnreadableDocument(message)
    return reader


def _fields(reader: PdfReader) -> dict[str, Any]:
    title = one_line(str((reader.metadata.title if reader.metadata else "") or ""))
    language = str(reader.root_object.get("/Lang", "") or "")
    return {"title": title[:300], "slug": "", "topic": "general", "language": language}


def _read_pages(reader: PdfReader) -> list[list[Line]]:
    pages, chars = [], 0
    for page in reader.pages:
        pages.append(_read_lines(page))
        chars += sum(len(text) for text, _ in pages[-1])
        if chars > _MAX_CHARS:
            message = f"The PDF holds more than {_MAX_CHARS:,} characters. Split it."
            raise UnreadableDocument(message)
    return pages


def _read_lines(page: PageObject) -> list[Line]:
    """Give a page's lines with the size of the largest type in each; an empty line separates paragraphs."""
    lines: list[Line] = []
    words: list[str] = []
    size = 0.0

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, font_size: float) -> None:
        nonlocal size, words
        scale = abs(tm[3] or tm[0] or 1.0) * abs(cm[3] or 1.0)
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append((one_line("".join(words)), size))
                words, size = [], 0.0
            if piece.strip():
                size = max(size, round(font_size * scale, 1))
            words.append(piece)

    page.extract_text(visitor_text=visit)
    return [*lines, (one_line("".join(words)), size)]


def _drop_repeated(pages: list[list[Line]]) -> list[Line]:
    """Leave out headers, footers and page numbers."""
    seen = Counter(text for page in pages for text in {_shape(text) for text, _ in page})
    repeated = {shape for shape, times in seen.items() if shape and len(pages) > 2 and times > _REPEATED_SHARE * len(pages)}
    return [line for page in pages for line in page if _shape(line[0]) not in repeated]


def _shape(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in text)


def _write(lines: list[Line]) -> str:
    sizes = Counter[float]()
    for text, size in lines:
        sizes[size] += len(text)
    body_size = sizes.most_common(1)[0][0] if sizes else 0.0
    blocks: list[str] = []
    paragraph: list[str] = []
    for text, size in lines:
        is_heading = text and size > body_size * _HEADING_SCALE and len(text) <= _HEADING_CHARS
        if is_heading or not text or _begins_anew(paragraph, text):
            blocks.append(_join(paragraph))
            paragraph = []
        if is_heading:
            blocks.append(f"## {escape(text)}")
        elif text:
            paragraph.append(text)
    return "\n\n".join(block for block in [*blocks, _join(paragraph)] if block)


def _begins_anew(paragraph: list[str], text: str) -> bool:
    """Whether a line begins a paragraph: after a short last line, or with a bullet."""
    if text.startswith(("•", "–", "- ", "▪", "·")):
        return True
    return bool(paragraph) and paragraph[-1].endswith(_SENTENCE_ENDS) and len(paragraph[-1]) < 0.75 * max(map(len, paragraph))


def _join(paragraph: list[str]) -> str:
    """Join lines, mending words that were divided at their ends."""
    joined = ""
    for line in paragraph:
        if joined.endswith("-") and len(joined) > 1 and joined[-2].isalpha() and line[:1].islower():
            joined = joined[:-1] + line
        else:
            joined = f"{joined} {line}" if joined else line
    bullet = joined.lstrip("•–▪·- ")
    return f"- {escape(bullet)}" if bullet != joined else escape(joined)
