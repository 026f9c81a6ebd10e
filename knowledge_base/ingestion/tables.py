"""Reads CSV and TSV files: tables of questions and answers, and tables of anything else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, decode, escape, one_line, table
from knowledge_base.text import slugify

SUFFIXES = (".csv", ".tsv")
MAX_ROWS = 20_000

_MAX_COLUMNS = 100
_QUESTIONS = ("question", "questions", "frage", "q", "title", "heading")
_ANSWERS = ("answer", "answers", "antwort", "a", "text", "body", "content")
_ABOUT = ("topic", "audience", "language", "valid_from", "valid_to", "updated", "source_url")
_SAMPLE = 4000

Row = dict[str, str]


def read(data: bytes) -> list[Draft]:
    """Make drafts of a table.

    With a column `question` and a column `answer` every row is a section of its own. Rows that differ in topic, audience, language,
    validity or source address (columns of these names) belong to different documents. Any other table is one document with one table.

    Raises:
        UnreadableDocument: If it is not UTF-8 (or marked UTF-16), is no table, or has too many rows or columns.
    """
    head, rows = _read_rows(decode(data))
    question = next((name for name in _QUESTIONS if name in head), "")
    answer = next((name for name in _ANSWERS if name in head), "")
    if question and answer:
        return _write_answers([dict(zip(head, row, strict=False)) for row in rows], question, answer)
    return [Draft(table([head, *rows]), {"slug": "", "topic": "general"})]


def _read_rows(text: str) -> tuple[list[str], list[list[str]]]:
    try:
        rows = list(_limited(csv.reader(StringIO(text, newline=""), delimiter=_find_delimiter(text), strict=True)))
    except csv.Error as exc:
        message = f"The table cannot be read: {exc}."
        raise UnreadableDocument(message) from exc
    if len(rows) < 2:
        message = "The table has no rows below its head."
        raise UnreadableDocument(message)
    return _name_columns(rows[0]), rows[1:]


def _name_columns(head: list[str]) -> list[str]:
    known = {*_QUESTIONS, *_ANSWERS, *_ABOUT}
    names = [one_line(name) for name in head]
    return [name.lower() if name.lower() in known else name for name in names]


def _limited(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(row for row in rows if any(cell.strip() for cell in row)):
        if number > MAX_ROWS or len(row) > _MAX_COLUMNS:
            message = f"The table has more than {MAX_ROWS:,} rows or {_MAX_COLUMNS} columns. Split it."
            raise UnreadableDocument(message)
        yield row


def _find_delimiter(text: str) -> str:
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], delimiters=",;\t|").delimiter
    except csv.Error:
        first = text.split("\n", 1)[0]
        return max(",;\t|", key=first.count)


def _write_answers(rows: list[Row], question: str, answer: str) -> list[Draft]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.get(question, "").strip() and row.get(answer, "").strip():
            groups.setdefault(tuple(row.get(name, "").strip() for name in _ABOUT), []).append(row)
    return [_write_group(dict(zip(_ABOUT, key, strict=True)), found, question, answer, len(groups) > 1) for key, found in groups.items()]


def _write_group(about: dict[str, Any], rows: list[Row], question: str, answer: str, several: bool) -> Draft:
    body = "\n\n".join(f"## {escape(row[question])}\n{_paragraphs(row[answer])}" for row in rows)
    stated = {name: value for name, value in about.items() if value}
    part = slugify("-".join(stated.values()))[:80] if several and stated else ""
    return Draft(body, {"topic": "general", "slug": "", **stated}, part)


def _paragraphs(text: str) -> str:
    return "\n\n".join(escape(line) for line in text.splitlines() if line.strip())
