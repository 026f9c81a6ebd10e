"""Rasa as it ships, only its actions' address is ours."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from cli.paths import ROOT
from cli.up import rasa_part
from server.settings import Settings
from tests.conftest import free_port
from tests.stack import prepare_once

TOKEN = "t"
_START_S = 600.0


@contextmanager
def running_rasa(action_url: str) -> Iterator[str]:
    """Train the bot where there is no model for the present data, start it, and give its address; end it afterwards."""
    url = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory(prefix="counterhand-rasa-") as name:
        folder = Path(name)
        part = rasa_part(Settings(rasa_url=url, rasa_token=TOKEN, data_dir=folder), prepare_once().model)
        env = {**os.environ, **part.env, "COUNTERHAND_ACTION_URL": action_url, "COUNTERHAND_ACTION_SECRET": "not-checked-here"}
        with (folder / "rasa.log").open("wb") as out:
            process = subprocess.Popen(part.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(url, process, folder / "rasa.log")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            if httpx.get(f"{url}/status?token={TOKEN}", timeout=2, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-3000:])
