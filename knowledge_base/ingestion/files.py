"""Finds the files that can be read and reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import html, markdown
from knowledge_base.models import Document

_MAX_BYTES = 2_000_000
_READERS: dict[str, Callable[[Path, str, str], Document]] = {
    suffix: reader.read for reader in (markdown, html) for suffix in reader.SUFFIXES
}


def list_files(paths: Iterable[Path]) -> list[Path]:
    """List the readable files that `paths` name or hold, sorted; a file named outright is listed whatever its suffix."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(file for file in path.rglob("*") if file.suffix.lower() in _READERS and file.is_file())
        elif path.exists():
            found.add(path)
    return sorted(file.resolve() for file in found)


def fingerprint(path: Path) -> str:
    """Give a hash over a file's content.

    Raises:
        UnreadableDocument: If the file cannot be read or is too big.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            message = f"The file is bigger than {_MAX_BYTES // 1_000_000} MB."
            raise UnreadableDocument(message)
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as exc:
        message = f"The file cannot be read: {exc.strerror}."
        raise UnreadableDocument(message) from exc


def read(path: Path, content_hash: str) -> Document:
    """Make a document of a file.

    Raises:
        UnreadableDocument: If its kind is unknown, it is not UTF-8, or its head is wrong.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        message = f"Files of kind {path.suffix!r} cannot be read. Readable: {', '.join(sorted(_READERS))}."
        raise UnreadableDocument(message)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        message = f"The file is not UTF-8 at byte {exc.start}."
        raise UnreadableDocument(message) from exc
    except OSError as exc:
        message = f"The file cannot be read: {exc.strerror}."
        raise UnreadableDocument(message) from exc
    return reader(path, text, content_hash)
