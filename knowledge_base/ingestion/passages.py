"""Splits a document into passages: one per heading, long ones at paragraph and sentence borders.

markdown-it reads the structure, so that a passage's anchor is the one the help page is rendered with; langchain's splitter cuts
what is too long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from langchain_text_splitters import RecursiveCharacterTextSplitter
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge_base.models import Document, Passage, PassageId
from knowledge_base.text import slugify

HELP_URL = "/help"


def parser() -> MarkdownIt:
    """Give the Markdown parser for splitting and for rendering. HTML inside Markdown stays text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass
class Section:
    """What stands under one heading.

    Attributes:
        headings: The path of headings, without the document's title.
        anchor: The heading's anchor, unique in the document; empty before the first heading.
        blocks: Plain paragraphs, list items ("- …") and table rows.
    """

    headings: tuple[str, ...] = ()
    anchor: str = ""
    blocks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The blocks, one to a line."""
        return "\n".join(self.blocks)


class Anchors:
    """Gives headings their anchors: the second "Sizes" of a page becomes "sizes-2"."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, heading: str) -> str:
        """Give the next free anchor for a heading."""
        slug = slugify(heading)
        self._seen[slug] = self._seen.get(slug, 0) + 1
        return slug if self._seen[slug] == 1 else f"{slug}-{self._seen[slug]}"


def plain(inline: Token) -> str:
    """Give the visible words of an inline token, without its markup."""
    parts = []
    for child in inline.children or []:
        parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return " ".join("".join(parts).split())


def sections(document: Document) -> list[Section]:
    """Split a document at its headings. A first heading that repeats the title is left out."""
    reader = _Reader(document.title)
    tokens = parser().parse(document.text)
    for index, token in enumerate(tokens):
        reader.read(token, tokens[index + 1] if index + 1 < len(tokens) else None)
    return [section for section in reader.sections if section.blocks]


class _Reader:
    """Collects sections from the stream of tokens."""

    def __init__(self, title: str) -> None:
        self.sections = [Section()]
        self._title = title
        self._path: list[tuple[int, str]] = []
        self._anchors = Anchors()
        self._item = False
        self._in_cell = False
        self._header: list[str] = []
        self._row: list[str] = []

    def read(self, token: Token, following: Token | None) -> None:
        """Take one token; `following` is the one after it."""
        match token.type:
            case "heading_open" if following is not None:
                self._open_heading(int(token.tag[1:]), plain(following))
                following.children = []
            case "list_item_open":
                self._item = True
            case "inline" if text := plain(token):
                self._add(text)
            case "fence" | "code_block":
                self._add(" ".join(token.content.split()))
            case _:
                self._read_table(token.type)

    def _open_heading(self, level: int, text: str) -> None:
        anchor = self._anchors.take(text)
        if len(self.sections) == 1 and not self.sections[0].blocks and text == self._title:
            return
        self._path = [(depth, name) for depth, name in self._path if depth < level] + [(level, text)]
        self.sections.append(Section(tuple(name for _, name in self._path), anchor))

    def _add(self, text: str) -> None:
        if self._in_cell:
            self._row.append(text)
            return
        self.sections[-1].blocks.append(f"- {text}" if self._item else text)
        self._item = False

    def _read_table(self, kind: str) -> None:
        match kind:
            case "th_open" | "td_open":
                self._in_cell = True
            case "th_close" | "td_close":
                self._in_cell = False
            case "tr_close":
                self._close_row()
            case "table_close":
                self._header = []

    def _close_row(self) -> None:
        row, self._row = self._row, []
        if not self._header:
            self._header = row
        elif row:
            pairs = [f"{name} {value}" for name, value in zip(self._header[1:], row[1:], strict=False)]
            self.sections[-1].blocks.append(f"- {row[0]}: {', '.join(pairs)}" if pairs else f"- {row[0]}")


def split(document: Document, passage_chars: int = 1200) -> list[Passage]:
    """Split a document into passages, in order."""
    found: list[Passage] = []
    for section in sections(document):
        for number, text in enumerate(_pieces(section, passage_chars)):
            found.append(_passage(document, section, number, text, len(found)))
    return found


def _pieces(section: Section, passage_chars: int) -> Iterator[str]:
    if len(section.text) <= passage_chars:
        yield section.text
        return
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=passage_chars, chunk_overlap=0, separators=["\n", ". ", " "], keep_separator="end", strip_whitespace=True
    )
    yield from splitter.split_text(section.text)


def _passage(document: Document, section: Section, number: int, text: str, position: int) -> Passage:
    anchor = f"#{section.anchor}" if section.anchor else ""
    return Passage(
        passage_id=PassageId(f"{document.slug}{anchor}" + (f"~{number + 1}" if number else "")),
        slug=document.slug,
        title=document.title,
        headings=section.headings,
        url=document.source_url or f"{HELP_URL}/{document.slug}{anchor}",
        text=text,
        topic=document.topic,
        position=position,
    )
