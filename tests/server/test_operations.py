"""What operators rely on: health, figures, headers, the API's own description."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.errors import DialogueUnavailable
from tests.fakes.counter import Counter, open_counter


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    async with open_counter(tmp_path, allowed_origins=("https://shop.example",)) as counter:
        yield counter


async def test_health_and_readiness_name_each_part(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = counter.browser()
    assert (await browser.get("/healthz")).json() == {"status": "ok"}
    assert (await browser.get("/readyz")).json() == {"status": "ok", "database": "ok", "dialogue": "ok", "knowledge": "ok"}

    async def away() -> None:
        raise DialogueUnavailable("away")

    monkeypatch.setattr(counter.dialogue, "check", away)
    degraded = await browser.get("/readyz")
    assert degraded.status_code == 200, "messages are still taken, and a person still reached"
    assert degraded.json()["dialogue"] == "unavailable (DialogueUnavailable)"


async def test_without_its_database_the_gateway_is_not_ready(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> None:
        raise OSError

    monkeypatch.setattr(counter.gateway.database, "ping", away)
    assert (await counter.browser().get("/readyz")).status_code == 503


async def test_figures_count_turns_and_errors(counter: Counter) -> None:
    visitor = await counter.customer()
    await visitor.say("hello")
    await counter.browser().get("/api/v1/conversations/conv_x/messages")
    figures = (await counter.browser().get("/metrics")).text
    assert 'counterhand_turns_total{outcome="scripted"} 1.0' in figures
    assert "counterhand_turn_seconds_bucket" in figures
    assert 'counterhand_errors_total{error="NotAuthenticated"} 1.0' in figures


async def test_figures_count_those_who_wait_for_a_person(counter: Counter) -> None:
    visitor = await counter.customer()
    await visitor.ask_for_person()
    figures = (await counter.browser().get("/metrics")).text
    assert "counterhand_handovers_waiting 1.0" in figures


async def test_the_api_describes_the_public_contract(counter: Counter) -> None:
    paths = (await counter.browser().get("/openapi.json")).json()["paths"]
    base = "/api/v1/conversations"
    assert {
        base,
        f"{base}/{{conversation_id}}/messages",
        f"{base}/{{conversation_id}}/handover",
        f"{base}/{{conversation_id}}/events",
    } <= set(paths)
    assert not [path for path in paths if path.startswith("/internal")]


async def test_answers_carry_the_headers_that_browsers_obey(counter: Counter) -> None:
    headers = (await counter.browser().get("/api/v1/widget/config")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors" in headers["content-security-policy"]


async def test_only_allowed_origins_may_read_answers(counter: Counter) -> None:
    for origin, allowed in (("https://shop.example", "https://shop.example"), ("https://evil.example", None)):
        answer = await counter.browser().get("/api/v1/widget/config", headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed


async def test_the_widget_is_told_brand_colour_and_greeting(counter: Counter) -> None:
    config = (await counter.browser().get("/api/v1/widget/config?widget_id=counterhand-widget")).json()
    assert set(config) == {"brand_name", "accent_colour", "greeting", "title", "locale", "human_button", "max_length", "amounts"}
    assert (config["human_button"], config["amounts"]) == (True, "1,234.50")
