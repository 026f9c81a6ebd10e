"""What an installation keeps is for its owner alone: databases, secrets, uploads, e-mails and logs hold customers' words and keys."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

_FOR_OTHERS = 0o077
_OURS = (
    "*.db", "*.db-*", "*.vectors", "secrets.json*", "*.tar.gz", "before-restore-*",
    "chroma", "documents", "embedding", "logs", "outbox", "training",
)  # fmt: skip
"""What we make in a data folder; a folder that is shared with something else keeps its other files as they are."""


def write_privately() -> int:
    """Have this process, and those that it starts, make files and folders that nobody else can open; give the mask before."""
    return os.umask(_FOR_OTHERS)


def close_to_others(folder: Path) -> None:
    """Take a data folder, and what we made in it, from group and others. What is not this user's own is left, and so are links."""
    if not folder.is_dir():
        return
    if not folder.stat().st_mode & stat.S_ISVTX:  # a folder for everybody, such as /tmp, stays one
        _close(folder.resolve())
    for path in _made_in(folder):
        _close(path)


def _made_in(folder: Path) -> Iterator[Path]:
    for pattern in _OURS:
        for path in folder.glob(pattern):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from path.rglob("*")


def _close(path: Path) -> None:
    try:
        found = path.lstat()
        if found.st_uid == os.geteuid() and found.st_mode & _FOR_OTHERS and not stat.S_ISLNK(found.st_mode):
            path.chmod(stat.S_IMODE(found.st_mode) & ~_FOR_OTHERS)
    except FileNotFoundError:
        return  # SQLite's files beside a database come and go
