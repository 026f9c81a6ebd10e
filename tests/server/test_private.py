"""What an installation keeps cannot be read by other users of the machine."""

import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.paths import EMBEDDING
from server.private import close_to_others
from tests.server.processes import running_gateway


def open_to_others(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder as an older version left it."""
    folder = tmp_path / "var"
    files = ("counterhand.db", "shop.db", "shop.db-wal", "secrets.json", "b.tar.gz")
    for name in (*files, "documents/a.md", "chroma/manifest.sqlite", "outbox/1.eml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        path.write_text("private")
        path.chmod(0o644)
    for path in (folder, folder / "documents", folder / "chroma", folder / "outbox"):
        path.chmod(0o755)
    return folder


def test_files_that_exist_already_are_closed_too(old: Path) -> None:
    close_to_others(old)
    assert open_to_others(old) == []
    assert stat.S_IMODE((old / "counterhand.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((old / "documents").stat().st_mode) == 0o700


def test_what_is_not_ours_is_left_as_it_is(old: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.txt"
    outside.write_text("for everybody")
    outside.chmod(0o644)
    (old / "documents" / "link.md").symlink_to(outside)
    (old / "tool.sh").write_text("for everybody")
    (old / "tool.sh").chmod(0o755)
    close_to_others(old)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (outside, old / "tool.sh")] == [0o644, 0o755]


def test_a_folder_for_everybody_stays_one(old: Path) -> None:
    old.chmod(0o1777)
    close_to_others(old)
    assert stat.S_IMODE(old.stat().st_mode) == 0o1777
    assert stat.S_IMODE((old / "shop.db").stat().st_mode) == 0o600


def test_what_a_command_writes_is_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = tmp_path / "a.md"
    article.write_text("---\ntitle: A\nslug: a\ntopic: a\n---\n## B\nPears are sold by the crate.\n")
    monkeypatch.setenv("COUNTERHAND_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("COUNTERHAND_EMBEDDING_DIR", str(EMBEDDING))
    before = os.umask(0o022)
    try:
        done = CliRunner().invoke(app, ["kb", "ingest", str(article)])
        after = os.umask(0o022)
    finally:
        os.umask(before)
    assert (done.exit_code, after) == (0, 0o022)
    assert (tmp_path / "var" / "chroma" / "manifest.sqlite").is_file()
    assert open_to_others(tmp_path / "var") == []


def test_the_gateway_closes_what_it_finds_and_writes(old: Path) -> None:
    for name in ("counterhand.db", "shop.db", "shop.db-wal", "secrets.json", "chroma/manifest.sqlite"):
        (old / name).unlink()
    (old / "secrets.json").write_text("{}")
    (old / "secrets.json").chmod(0o644)
    with running_gateway(old):
        assert (old / "counterhand.db").is_file()
        assert open_to_others(old) == []
