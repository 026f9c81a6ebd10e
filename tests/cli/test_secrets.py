"""The installation's secrets are made once, private to their owner, and give way to the environment."""

import stat
from pathlib import Path

import pytest

from cli import secrets


def test_secrets_are_made_once(tmp_path: Path) -> None:
    first = secrets.ensure(tmp_path)
    assert secrets.ensure(tmp_path) == first
    assert len(set(first.values())) == len(secrets.NAMES)
    assert all(len(value) >= 32 for value in first.values())


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    secrets.ensure(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_what_the_environment_sets_wins_and_is_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERHAND_RASA_TOKEN", "from-the-vault")
    assert secrets.ensure(tmp_path)["COUNTERHAND_RASA_TOKEN"] == "from-the-vault"
    assert "from-the-vault" not in (tmp_path / "secrets.json").read_text()
