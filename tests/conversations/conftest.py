"""The bot, trained once per run, behind the action webhook of these tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import free_port
from tests.conversations.chat import Actions, Chat, running_actions
from tests.conversations.rasa import running_rasa


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
def rasa_url(webhook: Actions) -> Iterator[str]:
    with running_rasa(webhook.url) as url:
        yield url


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
def enno(open_chat: Callable[..., Chat]) -> Chat:
    """Signed in; has the same thing in several orders, three of a kind in one, and one pending order."""
    return open_chat("C-5")


@pytest.fixture
def guest(open_chat: Callable[..., Chat]) -> Chat:
    """Nobody we know."""
    return open_chat()
