"""Copies of databases: SQLite through its own backup interface, PostgreSQL through pg_dump. Both while the server runs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url


class BackupFailed(Exception):
    """What went wrong, in words for whoever typed the command."""


def is_sqlite(url: str) -> bool:
    """Tell which kind of copy a database takes."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_path(url: str) -> Path:
    """Give the file behind a SQLite URL."""
    return Path(make_url(url).database or "")


def copy_out(url: str, target: Path) -> None:
    """Write a consistent copy of the database at `url`; writers go on meanwhile.

    Raises:
        BackupFailed: If there is no such database, or it cannot be read.
    """
    if not is_sqlite(url):
        _run_pg("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    source = sqlite_path(url)
    if not source.is_file():
        raise BackupFailed(f"There is no database at {source}. Has the server ever run with these settings?")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as exc:
        raise BackupFailed(f"{source} cannot be read: {exc}.") from exc


def copy_in(url: str, copy: Path, aside: Path) -> None:
    """Put a copy in the place of the database at `url`. A SQLite file that is there is moved into `aside`.

    Raises:
        BackupFailed: If PostgreSQL refuses; it is unchanged then.
    """
    if not is_sqlite(url):
        _run_pg("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", str(copy))
        return
    target = sqlite_path(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        if (found := target.with_name(name)).exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            found.replace(aside / name)
    shutil.copyfile(copy, draft := target.with_name(f"{target.name}.restoring"))
    draft.replace(target)


def count_rows(copy: Path) -> dict[str, int]:
    """Check a SQLite copy through and through, and count the rows of its tables.

    Raises:
        BackupFailed: If the copy is damaged.
    """
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as db:
            state = db.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok" or db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BackupFailed(f"{copy.name} is damaged: {state}.")
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")]
            return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608  # its own names
    except sqlite3.Error as exc:
        raise BackupFailed(f"{copy.name} is no database: {exc}.") from exc


def _run_pg(tool: str, url: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise BackupFailed(f"{tool} is not installed. Install PostgreSQL's client programs, of the server's version or newer.")
    parsed = make_url(url)
    command = [program, *arguments, f"--dbname={_libpq(parsed)}"]
    # The password goes by the environment: arguments are visible to every user of the machine.
    environment = os.environ | ({"PGPASSWORD": str(parsed.password)} if parsed.password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # our own command
    if done.returncode != 0:
        raise BackupFailed(f"{tool} failed: {done.stderr.strip()[-500:]}")


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
