"""What an ingestion reads: sources, one by one, from wherever they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.files import FolderListing
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.ingestion.web.site import SiteListing, is_address
from knowledge_base.manifest import Known
from knowledge_base.models import Document, Failure


class Source(Protocol):
    """One file or page.

    Attributes:
        key: What the manifest calls it.
        name: What a progress bar calls it.
        root: The folder or site that it was found in.
    """

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def root(self) -> str: ...  # noqa: D102

    def fingerprint(self) -> str:
        """Give a hash over the content; raises `UnreadableDocument`."""
        ...

    def read(self, content_hash: str) -> list[Document]:
        """Make its documents; raises `UnreadableDocument`."""
        ...


class Listing(Protocol):
    """Sources, and the reasons why some cannot be had.

    Attributes:
        total: How many there are, as far as is known.
    """

    @property
    def total(self) -> int: ...  # noqa: D102

    def __iter__(self) -> Iterator[Source | Failure]:
        """Give the sources, once."""
        ...

    def is_gone(self, known: Known) -> bool:
        """Whether a source that was once read is no more. Asked after all sources were given."""
        ...


class Nothing:
    """A listing of what cannot be read at all."""

    total = 0

    def __init__(self, failure: Failure) -> None:
        """Take the reason."""
        self._failure = failure

    def __iter__(self) -> Iterator[Source | Failure]:
        """Give the reason."""
        yield self._failure

    def is_gone(self, known: Known) -> bool:
        """Never: nothing was looked at."""
        return False


class Dismissed:
    """A folder that is read no more: all that was once read of it is gone."""

    total = 0

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder.resolve()

    def __iter__(self) -> Iterator[Source | Failure]:
        """Give nothing."""
        return iter(())

    def is_gone(self, known: Known) -> bool:
        """Whether it came from there."""
        return Path(known.source).is_relative_to(self._folder)


def list_sources(places: Iterable[Path | str], rules: CrawlRules, known: Iterable[Known]) -> Sequence[Listing]:
    """List what files, folders and addresses of websites hold.

    Args:
        places: Paths, or addresses that begin with http:// or https://.
        rules: How far websites are read.
        known: What was read before.
    """
    listings: list[Listing] = []
    paths = [Path(place) for place in places if not is_address(str(place))]
    if paths:
        folders = FolderListing(paths)
        folders.expect_gone(known)
        listings.append(folders)
    for place in places:
        if is_address(str(place)):
            listings.append(_visit(str(place), rules))
    return listings


def _visit(address: str, rules: CrawlRules) -> Listing:
    try:
        return SiteListing(address, rules)
    except UnreadableDocument as exc:
        return Nothing(Failure(address, str(exc)))
