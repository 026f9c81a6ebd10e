"""The bot, trained once per run, behind the action webhook of these tests."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.paths import ROOT
from cli.up import rasa_part
from server.settings import Settings
from tests.conftest import free_port
from tests.conversations.chat import Actions, Chat, running_actions
from tests.stack import prepare_once

_START_S = 600.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first waits until the bot is trained, which takes minutes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(1500))


@pytest.fixture(scope="session")
def webhook() -> Iterator[Actions]:
    with running_actions(free_port()) as actions:
        yield actions


@pytest.fixture(scope="session")
def rasa_url(webhook: Actions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rasa as it ships, only its actions' address is ours."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    part = rasa_part(Settings(rasa_url=url, rasa_token="t", data_dir=tmp_path_factory.mktemp("rasa")), prepare_once().model)
    env = {**os.environ, **part.env, "COUNTERHAND_ACTION_URL": webhook.url, "COUNTERHAND_ACTION_SECRET": "not-checked-here"}
    log = tmp_path_factory.mktemp("log") / "rasa.log"
    with log.open("wb") as out:
        process = subprocess.Popen(part.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            if httpx.get(f"{url}/status?token=t", timeout=2, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-3000:])


@pytest.fixture
def open_chat(webhook: Actions, rasa_url: str) -> Callable[..., Chat]:
    """Open a chat with a shop of its own; settings of the actions may be given."""

    def start(customer_id: str | None = None, **settings: Any) -> Chat:
        chat = Chat(webhook, webhook.fresh(**settings), rasa_url)
        if customer_id:
            chat.signs_in(customer_id)
        return chat

    return start


@pytest.fixture
def ada(open_chat: Callable[..., Chat]) -> Chat:
    """Signed in; has one order in each state."""
    return open_chat("C-1")


@pytest.fixture
def bruno(open_chat: Callable[..., Chat]) -> Chat:
    """Signed in; has two pending orders."""
    return open_chat("C-2")


@pytest.fixture
def dora(open_chat: Callable[..., Chat]) -> Chat:
    """Signed in; has two pending orders, two delivered ones, four ways to pay, and things that come in many versions."""
    return open_chat("C-4")


@pytest.fixture
def guest(open_chat: Callable[..., Chat]) -> Chat:
    """Nobody we know."""
    return open_chat()
