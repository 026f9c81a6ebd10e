"""Set-up says in one line what to do when the machine does not fit."""

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cli.paths import ROOT
from cli.up import CannotStart, check_port


@pytest.fixture
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("counterhand_setup", ROOT / "scripts" / "setup.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_taken_port_is_named_with_the_setting_that_moves_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} .* taken.*COUNTERHAND_PORT={port + 1}"):
            check_port("127.0.0.1", port, "COUNTERHAND_PORT")


def test_a_missing_python_3_10_says_how_to_get_one(setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails = tmp_path / "bin" / "uv"
    fails.parent.mkdir()
    fails.write_text("#!/bin/sh\nexit 1\n")
    fails.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.delenv("COUNTERHAND_PYTHON310", raising=False)
    monkeypatch.setattr(setup, "MAIN", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    with pytest.raises(setup.SetupError, match="COUNTERHAND_PYTHON310="):
        setup.get_python_310()


def test_a_full_disk_is_told_before_anything_is_installed(setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "BOT", tmp_path / "absent")
    monkeypatch.setattr(setup, "FREE_GB_NEEDED", 10**9)
    with pytest.raises(setup.SetupError, match="are free under"):
        setup.check_machine()


def test_a_step_runs_again_only_when_its_input_changed(setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    source, made, runs = tmp_path / "in.txt", tmp_path / "out.txt", []

    def make() -> None:
        runs.append(source.read_text())
        made.write_text("made")

    source.write_text("one")
    for text in ("one", "one", "two"):
        source.write_text(text)
        setup.step("copy", [source], made, make)
    assert runs == ["one", "two"]


def test_an_interpreter_that_does_not_run_is_not_taken(setup: ModuleType, tmp_path: Path) -> None:
    shim = tmp_path / "python3.10"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert setup.version_of(shim) is None
    assert setup.version_of(sys.executable) == sys.version_info[:2]


def test_plain_make_lists_the_commands() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("run", "test", "check", "doctor", "llm-cpu"):
        assert f"make {command} " in listed
