"""`counterhand backup` and `counterhand restore`: everything that cannot be rebuilt, in one file; `counterhand retention`."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx
import psutil  # type: ignore[import-untyped]
import typer
from rich.console import Console

from cli.backup_archive import (
    DOCUMENTS,
    GATEWAY,
    SECRETS,
    SHOP,
    KnowledgeSource,
    Manifest,
    checksum,
    pack,
    pack_documents,
    unpack,
    unpack_documents,
)
from cli.backup_databases import BackupFailed, copy_in, copy_out, count_rows, is_sqlite, sqlite_path
from server.settings import Settings

console = Console(highlight=False, soft_wrap=True)
retention = typer.Typer(no_args_is_help=True, help="Delete what is older than the shop wants to keep.")

File = Annotated[Path, typer.Argument(help="The backup, such as counterhand-2026-11-22.tar.gz.")]


def backup(file: File) -> None:
    """Write everything that cannot be rebuilt into one file. The server may run meanwhile."""
    with _told():
        manifest = make_backup(Settings(), file)
        size_mb = file.stat().st_size / 1_000_000
        console.print(f"Backed up {_describe(manifest)} to {file} ({size_mb:.1f} MB).", markup=False)
        console.print("It holds customers' data and the installation's secrets: keep it like a key.")


def restore(
    file: File, yes: Annotated[bool, typer.Option("--yes", help="Do not ask before taking the place of what is there.")] = False
) -> None:
    """Put a backup in the place of the present data. The server has to be stopped; what was there is kept aside."""
    settings = Settings()
    if not yes:
        typer.confirm(f"Replace the data below {settings.data_dir} with {file}?", abort=True)
    with _told():
        manifest, aside = restore_backup(settings, file)
        console.print(f"Restored {_describe(manifest)} of {manifest.created_at}.", markup=False)
        if aside.exists():
            console.print(f"What was there before is in {aside}. Delete it when all is well.", markup=False)
        for source in _changed_sources(manifest.knowledge):
            console.print(f"The knowledge base's source {source} is not as it was: run `counterhand kb ingest` on it.", markup=False)


@retention.command("run")
def run_retention() -> None:
    """Delete conversations older than COUNTERHAND_RETENTION_DAYS now; the server does it once a day by itself."""
    from server.retention.service import Deleted, Retention
    from server.storage.engine import Database

    async def work(settings: Settings) -> Deleted:
        database = Database(settings.database_url)
        try:
            return await Retention(database, settings.retention_days, settings.data_dir / "outbox").delete_old()
        finally:
            await database.close()

    settings = Settings()
    deleted = asyncio.run(work(settings))
    console.print(
        f"Older than {settings.retention_days} days and deleted: {deleted.conversations} conversations, {deleted.emails} e-mails, "
        f"{deleted.files} e-mail files, {deleted.audit_entries} audit entries."
    )


def make_backup(settings: Settings, target: Path) -> Manifest:
    """Copy both databases, the secrets, what staff uploaded and the list of knowledge sources into `target`.

    The gateway's database is copied first: whatever its log says was done has its receipt in the shop's later copy.

    Raises:
        BackupFailed: If something cannot be read, or `target` is there already.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".counterhand-backup-", dir=target.parent) as scratch:
        folder = Path(scratch)
        urls = _urls(settings)
        for name, url in urls.items():
            copy_out(url, folder / name)
        secrets = settings.data_dir / SECRETS
        if secrets.is_file():
            shutil.copyfile(secrets, folder / SECRETS)
        pack_documents(settings.documents_dir, folder / DOCUMENTS)
        manifest = Manifest(
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            kinds={name: "sqlite" if is_sqlite(url) else "postgresql" for name, url in urls.items()},
            checksums={path.name: checksum(path) for path in sorted(folder.iterdir())},
            rows={name: count_rows(folder / name) for name, url in urls.items() if is_sqlite(url)},
            knowledge=_list_sources(settings),
        )
        pack(folder, manifest, target)
    return manifest


def restore_backup(settings: Settings, source: Path) -> tuple[Manifest, Path]:
    """Put a backup in place, after everything about it was checked.

    Returns:
        What was restored, and the folder into which present SQLite files and secrets were moved.

    Raises:
        BackupFailed: If the backup is damaged, of another kind of database, or a server runs; nothing has changed then.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    urls = _urls(settings)
    with tempfile.TemporaryDirectory(prefix=".counterhand-restore-", dir=settings.data_dir) as scratch:
        folder = Path(scratch)
        manifest = unpack(source, folder)
        _check_fits(manifest, urls, folder)
        _refuse_running(settings)
        aside = settings.data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        for name, url in urls.items():
            copy_in(url, folder / name, aside)
        _restore_secrets(settings, folder / SECRETS, aside)
        _restore_documents(settings, folder / DOCUMENTS, aside)
    _verify(manifest, urls)
    _upgrade(settings)
    return manifest, aside


def _urls(settings: Settings) -> dict[str, str]:
    return {GATEWAY: settings.database_url, SHOP: settings.shop_url if settings.shop == "sql" else settings.shop_ledger_url}


def _check_fits(manifest: Manifest, urls: dict[str, str], folder: Path) -> None:
    for name, url in urls.items():
        wanted = "sqlite" if is_sqlite(url) else "postgresql"
        if manifest.kinds.get(name) != wanted:
            raise BackupFailed(f"The backup's {name} database is {manifest.kinds.get(name)!r}; the settings name {wanted!r}.")
        if wanted == "sqlite" and count_rows(folder / name) != manifest.rows.get(name):
            raise BackupFailed(f"The backup's {name} database does not hold the rows that its manifest counts.")


def _refuse_running(settings: Settings) -> None:
    try:
        httpx.get(f"http://{settings.host}:{settings.port}/healthz", timeout=2)
    except httpx.HTTPError:
        pass
    else:
        raise BackupFailed(f"A server answers on {settings.host}:{settings.port}. Stop it first.")
    for url in _urls(settings).values():
        if is_sqlite(url) and (holder := _find_holder(sqlite_path(url).resolve())):
            raise BackupFailed(f"Process {holder} has {sqlite_path(url)} open. Stop it first.")


def _find_holder(path: Path) -> int | None:
    # An idle server holds no lock that could be tried, but it keeps the file open.
    for process in psutil.process_iter():
        try:
            opened = {file.path for file in process.open_files()}
        except psutil.Error:
            continue
        if str(path) in opened:
            return int(process.pid)
    return None


def _restore_secrets(settings: Settings, secrets: Path, aside: Path) -> None:
    if not secrets.is_file():
        return
    target = settings.data_dir / SECRETS
    if target.exists():
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.replace(aside / SECRETS)
    secrets.chmod(0o600)
    secrets.replace(target)


def _restore_documents(settings: Settings, documents: Path, aside: Path) -> None:
    if not documents.is_file():
        return
    if settings.documents_dir.exists():
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.documents_dir.replace(aside / settings.documents_dir.name)
    unpack_documents(documents, settings.documents_dir)


def _verify(manifest: Manifest, urls: dict[str, str]) -> None:
    for name, url in urls.items():
        if is_sqlite(url) and count_rows(sqlite_path(url)) != manifest.rows[name]:
            raise BackupFailed(f"The restored {name} database differs from the backup. The disk may be failing.")


def _upgrade(settings: Settings) -> None:
    # A backup may be older than the program: its tables are brought to the present version here, not at some later start.
    from server.storage.migrate import migrate

    migrate(settings.database_url)


def _list_sources(settings: Settings) -> list[KnowledgeSource]:
    from knowledge_base.manifest import Manifest as Index

    path = settings.knowledge_base_settings().index_dir / "manifest.sqlite"
    if not path.is_file():
        return []
    index = Index(path)
    try:
        documents, *_ = index.load()
    finally:
        index.close()
    return [KnowledgeSource(one.slug, one.source, one.content_hash) for one in documents]


def _changed_sources(sources: list[KnowledgeSource]) -> list[str]:
    return sorted({one.source for one in sources if one.source and "://" not in one.source and not Path(one.source).is_file()})


def _describe(manifest: Manifest) -> str:
    conversations = manifest.rows.get(GATEWAY, {}).get("conversations")
    counted = f", {conversations} conversations" if conversations is not None else ""
    return f"{' and '.join(manifest.kinds)} ({', '.join(sorted(set(manifest.kinds.values())))}){counted}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BackupFailed as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
