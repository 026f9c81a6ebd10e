"""Settings: one object, unsafe ones refused, secrets made once."""

import json
import stat
from pathlib import Path

import pytest

from server.errors import Misconfigured
from server.settings import Settings, load_settings


def test_names_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "DATA_DIR": str(tmp_path),
        "CHANNELS": "web, telegram",
        "ALLOWED_ORIGINS": "https://a.example,https://b.example",
        "PORT": "9",
    }.items():
        monkeypatch.setenv(f"COUNTERHAND_{name}", value)
    settings = Settings()
    assert settings.channels == ("web", "telegram")
    assert settings.allowed_origins == ("https://a.example", "https://b.example")
    assert settings.port == 9
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path / 'counterhand.db'}"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    first, again = load_settings(data_dir=tmp_path), load_settings(data_dir=tmp_path)
    assert first.identity_secret == again.identity_secret
    assert len(first.identity_secret) >= 32
    path = tmp_path / "secrets.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "COUNTERHAND_IDENTITY_SECRET" in json.loads(path.read_text())


def test_beyond_this_machine_secrets_have_to_be_given(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="COUNTERHAND_IDENTITY_SECRET"):
        load_settings(data_dir=tmp_path, host="0.0.0.0")  # noqa: S104  # the refused case


@pytest.mark.parametrize(
    "given",
    [{"generator": "llm"}, {"identity_algorithm": "RS256"}, {"identity_algorithm": "none"}, {"accent_colour": "red; x"}, {"port": 70_000}],
)
def test_what_cannot_work_is_refused_at_the_start(tmp_path: Path, given: dict[str, object]) -> None:
    with pytest.raises(Misconfigured):
        load_settings(data_dir=tmp_path, **given)


def test_the_greeting_says_that_it_is_an_ai(tmp_path: Path) -> None:
    assert "AI" in Settings(data_dir=tmp_path, brand_name="Corner").greeting


def test_a_rules_file_sets_the_figures_of_the_shops_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.json").write_text(json.dumps({"return_window_days": None, "cancel_reasons": ["too late"]}))
    rules = load_settings(data_dir=tmp_path, shop_rules=tmp_path / "rules.json").shop_settings()
    assert (rules.return_window_days, rules.cancel_reasons, rules.exchange_window_days) == (None, ("too late",), 30)


@pytest.mark.parametrize(
    "rules", ["[]", "{", '{"url": "sqlite+aiosqlite:///other.db"}', '{"return_window": 3}', '{"timezone": "Mars/Olympus"}']
)
def test_a_rules_file_that_sets_no_rules_is_refused_at_the_start(tmp_path: Path, rules: str) -> None:
    (tmp_path / "rules.json").write_text(rules)
    with pytest.raises(Misconfigured):
        load_settings(data_dir=tmp_path, shop_rules=tmp_path / "rules.json")


def test_a_rules_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"gone\.json"):
        load_settings(data_dir=tmp_path, shop_rules=tmp_path / "gone.json")


def test_help_in_understanding_is_off_by_default_and_needs_a_model(tmp_path: Path) -> None:
    assert load_settings(data_dir=tmp_path).llm_understanding is False
    with pytest.raises(Misconfigured, match="COUNTERHAND_LLM_UNDERSTANDING"):
        load_settings(data_dir=tmp_path, llm_understanding=True, llm_url="http://127.0.0.1:8001/v1")
    assert load_settings(data_dir=tmp_path, llm_understanding=True, llm_url="http://127.0.0.1:8001/v1", llm_model="m").llm_understanding


@pytest.mark.parametrize("greeting", ["Ahoy! Ask me anything.", "Welcome aboard, captain."])
def test_a_greeting_of_ones_own_still_says_that_an_ai_writes(greeting: str) -> None:
    shown = Settings(greeting=greeting, brand_name="Salt & Rope").greeting
    assert shown == f"{greeting} I am the AI assistant of Salt & Rope, a computer program."
    assert Settings(greeting="Hi, I am an AI.").greeting == "Hi, I am an AI."


@pytest.mark.parametrize(
    ("given", "can"),
    [
        ({}, True),
        ({"demo": False}, False),
        ({"demo": False, "identity_secret": "a secret of the shop's own page"}, True),
        ({"demo": False, "identity_algorithm": "RS256", "identity_public_key": "PEM"}, True),
        ({"demo": False, "sign_in": True}, True),
    ],
)
def test_one_can_sign_in_where_the_demo_or_a_key_says_who_is_who(tmp_path: Path, given: dict[str, object], can: bool) -> None:
    assert load_settings(data_dir=tmp_path, **given).sign_in is can
