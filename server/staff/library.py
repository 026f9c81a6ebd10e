"""What staff do with the knowledge base: look, try, upload, withhold, publish, remove. Every change is written down."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge_base import errors as knowledge_errors
from knowledge_base.ingestion import files
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import Document, Passage
from knowledge_base.text import slugify
from server.errors import DocumentNotFound, KnowledgeUnavailable, NotPermitted, UnreadableDocument
from server.staff import repository
from server.staff.knowledge_schemas import DocumentLine, line_of
from server.staff.service import StaffRequest
from server.storage.engine import Database

Entry = tuple[Document, list[Passage]]


@dataclass(frozen=True)
class Library:
    """Staff's side of the knowledge base.

    Attributes:
        folder: Where uploaded files are kept.
        find: Gives the knowledge base once it is built.
        turn: Held while files change, so that two uploads of one name do not mix.
    """

    database: Database
    folder: Path
    find: Callable[[], KnowledgeBase | None]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def knowledge(self) -> KnowledgeBase:
        """Give the knowledge base.

        Raises:
            KnowledgeUnavailable: If it is not built yet.
        """
        found = self.find()
        if found is None:
            raise KnowledgeUnavailable
        return found

    async def list_lines(self) -> list[DocumentLine]:
        """List all documents."""
        return [self.show(entry) for entry in await self._list()]

    async def get(self, slug: str) -> Entry:
        """Give a document with its passages.

        Raises:
            DocumentNotFound: If there is none.
        """
        for entry in await self._list():
            if entry[0].slug == slug:
                return entry
        raise DocumentNotFound(slug)

    def show(self, entry: Entry) -> DocumentLine:
        """Show a document in the list."""
        document, passages = entry
        name = "" if document.source_url else Path(document.source).name
        return line_of(document, len(passages), datetime.now(UTC).date(), file=name, uploaded=self._is_uploaded(document))

    async def set_published(self, asking: StaffRequest, slug: str, *, published: bool) -> Entry:
        """Show a document to customers, or withhold it.

        Raises:
            DocumentNotFound: If there is none.
            NotPermitted: If who asks may not.
        """
        check_may_change(asking)
        try:
            await self.knowledge.set_published(slug, published=published)
        except knowledge_errors.DocumentNotFound as exc:
            raise DocumentNotFound(slug) from exc
        await self._write_down(asking, "knowledge.published" if published else "knowledge.withheld", slug=slug)
        return await self.get(slug)

    async def upload(self, asking: StaffRequest, name: str, data: bytes, about: dict[str, Any]) -> list[DocumentLine]:
        """Take a file in, in the place of one with the same name.

        Args:
            asking: Who brings it.
            name: Its name; only letters, digits and its ending are kept of it.
            data: Its content.
            about: What it does not say itself: `audience`, `valid_from`, `valid_to`, `topic`.

        Returns:
            The documents that it became.

        Raises:
            NotPermitted: If who asks may not.
            UnreadableDocument: If it cannot be read, or its documents' names are taken; nothing is changed then.
        """
        check_may_change(asking)
        path = self._place(name)
        async with self.turn:
            former = await asyncio.to_thread(_take_in, path, data, about)
            try:
                slugs = await self._follow(path)
            except UnreadableDocument:
                await asyncio.to_thread(_put_back, path, former)
                raise
        await self._write_down(asking, "knowledge.uploaded", slugs=slugs[:20], bytes=len(data))
        return [self.show(entry) for entry in await self._list() if entry[0].slug in slugs]

    async def remove(self, asking: StaffRequest, slug: str) -> None:
        """Remove the uploaded file that a document came from.

        Raises:
            DocumentNotFound: If there is no such document, or it was not uploaded here.
            NotPermitted: If who asks may not.
        """
        check_may_change(asking)
        document, _ = await self.get(slug)
        if not self._is_uploaded(document):
            raise DocumentNotFound(slug)
        path = Path(document.source)
        async with self.turn:
            await asyncio.to_thread(_put_back, path, {})
            await self._follow(path)
        await self._write_down(asking, "knowledge.removed", slug=slug)

    async def _list(self) -> list[Entry]:
        try:
            return await self.knowledge.list_everything()
        except knowledge_errors.KnowledgeBaseError as exc:
            raise KnowledgeUnavailable from exc

    def _place(self, name: str) -> Path:
        # Of a name from a browser nothing but letters and its ending is trusted.
        suffix = Path(name).suffix.lower()
        if suffix not in files.SUFFIXES:
            raise UnreadableDocument(f"Files of kind {suffix!r} cannot be read. Readable: {', '.join(files.SUFFIXES)}.")
        return self.folder.resolve() / f"{slugify(Path(name).stem)[:100]}{suffix}"

    async def _follow(self, path: Path) -> list[str]:
        """Let the knowledge base see that a file has changed; give the documents that it holds now."""
        try:
            report = await self.knowledge.ingest([path])
        except knowledge_errors.KnowledgeBaseError as exc:
            raise KnowledgeUnavailable from exc
        if report.failed:
            raise UnreadableDocument(report.failed[0].reason)
        return [*report.added, *report.changed, *report.unchanged]

    def _is_uploaded(self, document: Document) -> bool:
        return Path(document.source).is_relative_to(self.folder.resolve())

    async def _write_down(self, asking: StaffRequest, action: str, **detail: Any) -> None:
        async with self.database.write() as db:
            repository.write_audit(db, action, staff_id=asking.staff.staff_id, detail=detail)


def check_may_change(asking: StaffRequest) -> None:
    """Refuse who may only read: an article binds the shop.

    Raises:
        NotPermitted: If the account's role is not `admin`.
    """
    if asking.staff.role != "admin":
        raise NotPermitted("Only an account with the role admin may change articles.")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + files.BESIDE)


def _take_in(path: Path, data: bytes, about: dict[str, Any]) -> dict[Path, bytes]:
    """Write an uploaded file; give what was there before."""
    former = {file: file.read_bytes() for file in (path, _beside(path)) if file.is_file()}
    path.parent.mkdir(parents=True, exist_ok=True)
    _put_back(path, {path: data, **({_beside(path): yaml.safe_dump(about).encode()} if about else {})})
    return former


def _put_back(path: Path, former: dict[Path, bytes]) -> None:
    for file in (path, _beside(path)):
        file.unlink(missing_ok=True)
    for file, data in former.items():
        file.write_bytes(data)
