"""Every channel keeps the same promises."""

import io
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter

from server import registry
from server.channels.base import Channel, Incoming, Outgoing
from server.channels.terminal import TerminalChannel
from server.errors import UnknownPart
from server.settings import Settings

MESSAGE = {
    "id": "msg_1", "seq": 2, "author": "bot", "text": "These fit:", "buttons": [{"title": "Yes", "payload": "btn_1"}],
    "cards": [{"title": "Kestrel K2", "price_cents": 8900, "currency": "EUR", "url": "/products/k2"}],
    "citations": [{"title": "Delivery", "url": "/help/delivery"}], "created_at": "2026-01-01T00:00:00Z",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        telegram_token=f"123456:{'t' * 35}",
        telegram_secret="s" * 32,
        telegram_api_url="http://127.0.0.1:1",
        public_url="https://shop.example",
    )


@pytest.fixture(params=["web", "terminal", "telegram"])
def channel(request: pytest.FixtureRequest, settings: Settings) -> Channel:
    built: Channel = registry.build("server.channels", request.param, settings)
    return built


async def take(_: Incoming) -> bool:
    return True


async def test_a_channel_knows_its_name_and_gives_routes(channel: Channel) -> None:
    assert channel.name in {"web", "terminal", "telegram"}
    assert isinstance(channel.routes(take), APIRouter)
    await channel.close()


@pytest.mark.parametrize("payload", [{}, {"text": ""}, {"unknown": {"deep": []}}])
async def test_what_is_not_for_us_gives_nothing(channel: Channel, payload: dict[str, Any]) -> None:
    assert channel.parse(payload) == []
    await channel.close()


async def test_a_terminal_shows_words_cards_choices_and_sources() -> None:
    out = io.StringIO()
    terminal = TerminalChannel(out)
    assert await terminal.deliver(Outgoing("me", MESSAGE)) is None
    assert out.getvalue().splitlines() == [
        "bot: These fit:",
        "  * Kestrel K2 89.00 EUR /products/k2",
        "  (1) Yes",
        "  [1] Delivery /help/delivery",
    ]


def test_a_line_of_a_terminal_is_a_message() -> None:
    (incoming,) = TerminalChannel().parse({"text": " hello ", "chat": "me", "event_id": "1"})
    assert incoming == Incoming("terminal", "local", "1", "me", text="hello")


def test_an_unknown_channel_names_those_there_are(settings: Settings) -> None:
    with pytest.raises(UnknownPart, match="No channel 'telegrm'. Available: telegram, terminal, web."):
        registry.build("server.channels", "telegrm", settings)
