"""Reads Markdown files, with or without YAML front matter."""

from __future__ import annotations

import re
from typing import Any

import yaml

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, decode

SUFFIXES = (".md", ".markdown")

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^# +(.+?)[ \t#]*$", re.MULTILINE)


def read(data: bytes) -> list[Draft]:
    """Make a draft of a Markdown file. Without front matter its first heading is the title.

    Raises:
        UnreadableDocument: If the front matter is wrong, or there is neither front matter nor a heading.
    """
    text = decode(data).replace("\r\n", "\n")
    head = _HEAD.match(text)
    if head is not None:
        return [Draft(text[head.end() :], _fields(head.group(1)))]
    title = _TITLE.search(text)
    if title is None:
        message = "The file has neither front matter between two lines of --- nor a heading of the first level."
        raise UnreadableDocument(message)
    return [Draft(text, {"title": title.group(1), "slug": "", "topic": "general"})]


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        message = f"The front matter is not YAML: {exc}"
        raise UnreadableDocument(message) from exc
    if not isinstance(fields, dict) or not all(isinstance(name, str) for name in fields):
        message = "The front matter has no fields."
        raise UnreadableDocument(message)
    return fields
