"""Backup and restore: nothing lost, nothing restored that was not whole, nothing replaced while somebody uses it."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from cli import backup as commands
from cli.backup import make_backup, restore_backup
from cli.backup_databases import BackupFailed
from cli.main import app
from server.conversations import repository
from server.conversations.repository import NewMessage
from server.settings import Settings
from server.storage.engine import Database
from server.storage.migrate import migrate
from server.storage.models import Conversation, Message
from server.storage.types import Author
from tests.conftest import free_port
from tests.fakes.counter import demo_shop


def installation(folder: Path, **given: str) -> Settings:
    """An installation with its tables, a shop and secrets; nothing listens on its port."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder, port=free_port(), **given)
    migrate(settings.database_url)
    with closing(sqlite3.connect(demo_shop())) as source, closing(sqlite3.connect(folder / "shop.db")) as target:
        source.backup(target)
    secrets = folder / "secrets.json"
    secrets.write_text(json.dumps({"COUNTERHAND_SESSION_SECRET": folder.name}))
    secrets.chmod(0o600)
    return settings


def write_conversations(settings: Settings, count: int, text: str = "hello") -> None:
    async def work() -> None:
        database = Database(settings.database_url)
        for n in range(count):
            async with database.write() as db:
                conversation = Conversation(conversation_id=f"conv_{text}_{n}", token_hash="x", channel="web", next_seq=1)
                db.add(conversation)
                await db.flush()
                await repository.append_message(db, conversation, Author.CUSTOMER, NewMessage(text))
        await database.close()

    asyncio.run(work())


def read_counts(settings: Settings) -> tuple[int, int]:
    async def work() -> tuple[int, int]:
        database = Database(settings.database_url)
        async with database.read() as db:
            counts = [await db.scalar(select(func.count()).select_from(model)) for model in (Conversation, Message)]
        await database.close()
        return counts[0] or 0, counts[1] or 0

    return asyncio.run(work())


def test_what_is_backed_up_comes_back_somewhere_else(tmp_path: Path):
    home = installation(tmp_path / "home")
    write_conversations(home, 5)
    manifest = make_backup(home, tmp_path / "b.tar.gz")
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert manifest.rows["gateway"]["conversations"] == 5
    assert manifest.rows["gateway"]["messages"] == 5

    elsewhere = Settings(data_dir=tmp_path / "elsewhere", port=free_port())
    _, aside = restore_backup(elsewhere, tmp_path / "b.tar.gz")
    assert read_counts(elsewhere) == (5, 5)
    assert not aside.exists()
    secrets = elsewhere.data_dir / "secrets.json"
    assert json.loads(secrets.read_text()) == {"COUNTERHAND_SESSION_SECRET": "home"}
    assert secrets.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(elsewhere.data_dir / "shop.db")) as shop, closing(sqlite3.connect(demo_shop())) as original:
        assert list(shop.iterdump()) == list(original.iterdump())


def test_a_backup_taken_under_load_is_consistent(tmp_path: Path):
    home = installation(tmp_path / "home")
    write_conversations(home, 3, "before")
    writer = threading.Thread(target=write_conversations, args=(home, 150, "meanwhile"))
    writer.start()
    manifests = [make_backup(home, tmp_path / f"{n}.tar.gz") for n in range(5)]
    writer.join()
    for n, manifest in enumerate(manifests):
        elsewhere = Settings(data_dir=tmp_path / f"elsewhere{n}", port=free_port())
        restore_backup(elsewhere, tmp_path / f"{n}.tar.gz")
        conversations, messages = read_counts(elsewhere)
        assert conversations == messages == manifest.rows["gateway"]["conversations"] >= 3


def test_uploaded_documents_come_back(tmp_path: Path):
    home = installation(tmp_path / "home")
    home.documents_dir.mkdir()
    (home.documents_dir / "engraving.md").write_text("# Engraving\n\nA name costs 9 EUR.\n")
    make_backup(home, tmp_path / "b.tar.gz")
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", port=free_port())
    restore_backup(elsewhere, tmp_path / "b.tar.gz")
    assert [(path.name, path.read_text()) for path in elsewhere.documents_dir.iterdir()] == [
        ("engraving.md", "# Engraving\n\nA name costs 9 EUR.\n")
    ]


def test_what_was_there_is_kept_aside(tmp_path: Path):
    home = installation(tmp_path / "home")
    home.documents_dir.mkdir()
    (home.documents_dir / "old.md").write_text("# Old\n")
    write_conversations(home, 1, "old")
    make_backup(home, tmp_path / "b.tar.gz")
    write_conversations(home, 2, "new")
    _, aside = restore_backup(home, tmp_path / "b.tar.gz")
    assert read_counts(home) == (1, 1)
    with closing(sqlite3.connect(aside / "counterhand.db")) as kept:
        assert kept.execute("SELECT count(*) FROM conversations").fetchone()[0] == 3
    assert (aside / "secrets.json").exists()
    assert (aside / "documents" / "old.md").exists()


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[int]:
    class Alive(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Alive)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_restored_while_a_server_answers(tmp_path: Path, answering: int):
    home = installation(tmp_path / "home")
    make_backup(home, tmp_path / "b.tar.gz")
    write_conversations(home, 2)
    with pytest.raises(BackupFailed, match="Stop it first"):
        restore_backup(home.model_copy(update={"port": answering}), tmp_path / "b.tar.gz")
    assert read_counts(home) == (2, 2)


def test_nothing_is_restored_while_a_process_has_the_database_open(tmp_path: Path):
    home = installation(tmp_path / "home")
    make_backup(home, tmp_path / "b.tar.gz")
    code = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('select 1 from staff').fetchall(); print('open', flush=True)"
    command = [sys.executable, "-c", f"{code}; sys.stdin.read()", str(home.data_dir / "counterhand.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(BackupFailed, match=f"Process {holder.pid} has"):
            restore_backup(home, tmp_path / "b.tar.gz")


def spoil_bytes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def spoil_length(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def spoil_kind(path: Path) -> None:
    path.write_bytes(b"not a backup at all")


def smuggle(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        evil = path.with_name("evil")
        evil.write_text("x")
        archive.add(evil, arcname="../evil")


@pytest.mark.parametrize("spoil", [spoil_bytes, spoil_length, spoil_kind, smuggle])
def test_a_damaged_backup_changes_nothing(tmp_path: Path, spoil):
    home = installation(tmp_path / "home")
    make_backup(home, tmp_path / "b.tar.gz")
    write_conversations(home, 2)
    spoil(tmp_path / "b.tar.gz")
    with pytest.raises(BackupFailed, match=r"b\.tar\.gz"):
        restore_backup(home, tmp_path / "b.tar.gz")
    assert read_counts(home) == (2, 2)
    assert not list(home.data_dir.glob("before-restore-*"))
    assert not list(home.data_dir.glob(".counterhand-*"))


def test_a_backup_is_never_overwritten(tmp_path: Path):
    home = installation(tmp_path / "home")
    make_backup(home, tmp_path / "b.tar.gz")
    before = (tmp_path / "b.tar.gz").read_bytes()
    with pytest.raises(BackupFailed, match="there already"):
        make_backup(home, tmp_path / "b.tar.gz")
    assert (tmp_path / "b.tar.gz").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "home"]


def test_without_a_database_there_is_a_clear_line(tmp_path: Path):
    with pytest.raises(BackupFailed, match="Has the server ever run"):
        make_backup(Settings(data_dir=tmp_path / "empty"), tmp_path / "b.tar.gz")


def test_postgresql_goes_out_and_comes_back(tmp_path: Path, postgres_url: str):
    home = installation(tmp_path / "home", database_url=postgres_url)
    write_conversations(home, 4)
    manifest = make_backup(home, tmp_path / "b.tar.gz")
    assert manifest.kinds == {"gateway": "postgresql", "shop": "sqlite"}
    write_conversations(home, 2, "later")
    restore_backup(home, tmp_path / "b.tar.gz")
    assert read_counts(home) == (4, 4)
    with pytest.raises(BackupFailed, match="the settings name 'sqlite'"):
        restore_backup(Settings(data_dir=tmp_path / "other", port=free_port()), tmp_path / "b.tar.gz")


def test_the_commands_say_what_they_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = installation(tmp_path / "home")
    write_conversations(home, 2)
    monkeypatch.setenv("COUNTERHAND_DATA_DIR", str(home.data_dir))
    monkeypatch.setenv("COUNTERHAND_PORT", str(home.port))
    run, file = CliRunner(), str(tmp_path / "b.tar.gz")
    done = run.invoke(app, ["backup", file])
    assert (done.exit_code, "2 conversations" in done.output) == (0, True), done.output
    again = run.invoke(app, ["backup", file])
    assert (again.exit_code, "never overwritten" in again.output) == (1, True)
    assert run.invoke(app, ["restore", file], input="n\n").exit_code == 1
    restored = run.invoke(app, ["restore", file, "--yes"])
    assert (restored.exit_code, "Restored gateway and shop" in restored.output) == (0, True), restored.output
    swept = run.invoke(commands.retention)
    assert (swept.exit_code, "0 conversations" in swept.output) == (0, True), swept.output


def test_staff_accounts_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COUNTERHAND_DATA_DIR", str(tmp_path))
    run = CliRunner()
    added = run.invoke(app, ["staff", "add", "Mara@Harbour.example", "--name", "Mara Lind"])
    assert added.exit_code == 0, added.output
    password = added.output.split("One-time password  ")[1].split()[0]
    assert len(password) == 19
    assert run.invoke(app, ["staff", "add", "mara@harbour.example"]).exit_code == 1
    assert run.invoke(app, ["staff", "add", "nonsense"]).exit_code == 1
    assert "has not chosen a password" in run.invoke(app, ["staff", "list"], env={"COLUMNS": "200"}).output
    assert run.invoke(app, ["staff", "disable", "mara@harbour.example"]).exit_code == 0
    assert "disabled" in run.invoke(app, ["staff", "list"], env={"COLUMNS": "200"}).output
    assert run.invoke(app, ["staff", "reset", "mara@harbour.example"]).exit_code == 0
    assert run.invoke(app, ["staff", "disable", "nobody@harbour.example"]).exit_code == 1
    assert password not in (tmp_path / "counterhand.db").read_bytes().decode("latin-1")
