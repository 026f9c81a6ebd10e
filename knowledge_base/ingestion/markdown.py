"""Reads Markdown files with YAML front matter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.front_matter import make_document
from knowledge_base.models import Document

SUFFIXES = (".md", ".markdown")

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def read(path: Path, text: str, content_hash: str) -> Document:
    """Make a document of a Markdown file's text.

    Raises:
        UnreadableDocument: If the front matter is missing or wrong.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head = _HEAD.match(text)
    if head is None:
        message = "The file does not begin with front matter between two lines of ---."
        raise UnreadableDocument(message)
    return make_document(_fields(head.group(1)), text[head.end() :], path, content_hash)


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text)
    except yaml.YAMLError as exc:
        message = f"The front matter is not YAML: {exc}"
        raise UnreadableDocument(message) from exc
    if not isinstance(fields, dict):
        message = "The front matter has no fields."
        raise UnreadableDocument(message)
    return fields
