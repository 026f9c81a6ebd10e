"""Finds the files that can be read and reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import html, markdown, sandbox, tables
from knowledge_base.ingestion.draft import Draft
from knowledge_base.ingestion.front_matter import make_document
from knowledge_base.manifest import Known
from knowledge_base.models import Document, Failure
from knowledge_base.text import slugify

BESIDE = ".about.yml"
"""Ends the name of the file that says about `guide.pdf` what it cannot say itself: `guide.pdf.about.yml`, with fields of a front matter."""

_TEXT_BYTES = 5_000_000
_PACKED_BYTES = 50_000_000


@dataclass(frozen=True)
class _Kind:
    read: Callable[[bytes], list[Draft]]
    max_bytes: int


_KINDS: dict[str, _Kind] = {
    **{suffix: _Kind(reader.read, _TEXT_BYTES) for reader in (markdown, html, tables) for suffix in reader.SUFFIXES},
    ".pdf": _Kind(partial(sandbox.read, "pdf"), _PACKED_BYTES),
    ".docx": _Kind(partial(sandbox.read, "docx"), _PACKED_BYTES),
}
SUFFIXES = tuple(sorted(_KINDS))


@dataclass(frozen=True)
class FileSource:
    """A file on this machine.

    Attributes:
        path: Absolute.
        folder: What was asked for: its documents are named by their place below it.
    """

    path: Path
    folder: Path

    @property
    def key(self) -> str:
        """What the manifest calls it."""
        return str(self.path)

    @property
    def name(self) -> str:
        """What a progress bar calls it."""
        return self.path.name

    @property
    def root(self) -> str:
        """What it was found in."""
        return str(self.folder)

    def fingerprint(self) -> str:
        """Give a hash over the content, and over what the file beside it says.

        Raises:
            UnreadableDocument: If the file cannot be read or is too big.
        """
        digest = hashlib.sha256(_load(self.path))
        beside = _beside(self.path)
        if beside.is_file():
            digest.update(_load(beside))
        return digest.hexdigest()

    def read(self, content_hash: str) -> list[Document]:
        """Make the documents of the file.

        Raises:
            UnreadableDocument: If its kind is unknown, its content is damaged or too much, or its head is wrong.
        """
        place = self.path.relative_to(self.folder) if self.path != self.folder else Path(self.path.name)
        return read(self.path, content_hash, slug=slugify(" ".join(place.with_suffix("").parts)))


class FolderListing:
    """The readable files that paths name or hold, sorted; a file named outright is listed whatever its suffix."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Look for the files."""
        self._roots = {path.resolve(): path for path in paths}
        found: dict[Path, FileSource] = {}
        for root in self._roots:
            for file in _walk(root) if root.is_dir() else [root] if root.exists() else []:
                found.setdefault(file, FileSource(file, root))
        self.files = [found[file] for file in sorted(found)]
        self._keys = {file.key for file in self.files}
        self._gone_roots: set[Path] = set()

    @property
    def total(self) -> int:
        """How many files there are."""
        return len(self.files)

    def __iter__(self) -> Iterator[FileSource | Failure]:
        """Give the files, and the paths at which there is nothing."""
        yield from self.files
        for root, path in self._roots.items():
            if not root.exists() and root not in self._gone_roots:
                yield Failure(str(path), "There is no such file or folder.")

    def expect_gone(self, known: Iterable[Known]) -> None:
        """Expect that paths which are gone now once held these: they are no mistakes then."""
        sources = [Path(one.source) for one in known]
        self._gone_roots = {root for root in self._roots if any(source.is_relative_to(root) for source in sources)}

    def is_gone(self, known: Known) -> bool:
        """Whether a file that was once read is no longer where it was."""
        return known.source not in self._keys and any(Path(known.source).is_relative_to(root) for root in self._roots)


def _walk(folder: Path) -> Iterator[Path]:
    """Give readable files; hidden ones, and links that lead out of the folder, are left out."""
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in _KINDS and not hidden and file.is_file() and file.resolve().is_relative_to(folder):
            yield file.resolve()


def read(path: Path, content_hash: str, slug: str = "") -> list[Document]:
    """Make the documents of a file.

    Args:
        path: The file.
        content_hash: Of its content.
        slug: Names documents that do not name themselves; without it the file's name does.

    Raises:
        UnreadableDocument: If its kind is unknown, its content is damaged or too much, or its head is wrong.
    """
    drafts = read_bytes(path.suffix.lower(), _load(path))
    about, name = _read_beside(path), slug or slugify(path.stem)
    return [_make(draft, about, name, path, content_hash) for draft in drafts]


def read_bytes(suffix: str, data: bytes) -> list[Draft]:
    """Make drafts of a file's content; at least one.

    Raises:
        UnreadableDocument: If its kind is unknown, or its content is damaged, too much or empty.
    """
    kind = _KINDS.get(suffix)
    if kind is None:
        message = f"Files of kind {suffix!r} cannot be read. Readable: {', '.join(SUFFIXES)}."
        raise UnreadableDocument(message)
    drafts = kind.read(data)
    if not drafts:
        message = "The file has no text."
        raise UnreadableDocument(message)
    return drafts


def _make(draft: Draft, about: dict[str, Any], name: str, path: Path, content_hash: str) -> Document:
    given: dict[str, Any] = {}
    if draft.fields.get("slug") == "":
        # An article with front matter that does not name itself is told so; everything else is named by its file.
        title = path.stem.replace("-", " ").replace("_", " ").strip().capitalize()
        given = {"title": title, "slug": f"{name}-{draft.part}" if draft.part else name}
    named = Draft(draft.body, {**draft.fields, **about}, draft.part)
    return make_document(named, given, str(path.resolve()), content_hash)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


def _read_beside(path: Path) -> dict[str, Any]:
    beside = _beside(path)
    if not beside.is_file():
        return {}
    try:
        fields = yaml.safe_load(_load(beside).decode("utf-8"))
    except (yaml.YAMLError, ValueError) as exc:
        message = f"{beside.name} is not YAML: {exc}"
        raise UnreadableDocument(message) from exc
    if not isinstance(fields, dict):
        message = f"{beside.name} has no fields."
        raise UnreadableDocument(message)
    return fields


def _load(path: Path) -> bytes:
    kind = _KINDS.get(path.suffix.lower())
    most = kind.max_bytes if kind else _TEXT_BYTES
    try:
        if path.stat().st_size > most:
            message = f"The file is bigger than {most // 1_000_000} MB."
            raise UnreadableDocument(message)
        return path.read_bytes()
    except OSError as exc:
        message = f"The file cannot be read: {exc.strerror}."
        raise UnreadableDocument(message) from exc
