"""The doctor says what is wrong with a language model's server, and how to mend it."""

import pytest

from cli import doctor
from server.settings import Settings
from tests.conftest import free_port
from tests.fakes.openai import FAIL, FakeOpenAI


@pytest.fixture
def model():
    server = FakeOpenAI(reply="Hello.")
    server.start()
    yield server
    server.stop()


def finding(url: str, **settings: object) -> doctor.Finding:
    return doctor._llm(Settings(llm_url=url, llm_model="writer", **settings))


def test_every_replica_is_asked_for_one_token(model):
    found = finding(f"{model.url}, {model.url}")
    assert found.found == f"writer at {model.url}, {model.url}"
    assert [request["max_tokens"] for request in model.requests] == [1, 1]


def test_a_replica_that_is_not_there_is_named(model):
    gone = f"http://127.0.0.1:{free_port()}/v1"
    found = finding(f"{model.url},{gone}")
    assert found.found is None
    assert gone in found.mend
    assert model.url not in found.mend
    assert "deploy/vllm" in found.mend


def test_a_wrong_path_says_where_an_address_ends(model):
    found = finding(model.url.removesuffix("/v1"))
    assert found.found is None
    assert "COUNTERHAND_LLM_URL" in found.mend


def test_a_failing_server_says_its_status(model):
    model.reply = FAIL
    assert "status 500" in finding(model.url).mend


def test_hugging_face_models_need_their_packages():
    found = doctor._models(Settings(sentiment_model="some/model"))
    assert found.needed
    assert found.found == "COUNTERHAND_SENTIMENT_MODEL=some/model" or "torch" in found.mend
    assert doctor._models(Settings()).found


def test_whatever_is_missing_is_named_with_a_way_to_mend_it(tmp_path, monkeypatch):
    nowhere = tmp_path / "nowhere"
    for name in ("ROOT", "BOT_PYTHON", "EMBEDDING"):
        monkeypatch.setattr(doctor, name, tmp_path if name == "ROOT" else nowhere)
    monkeypatch.setenv("PATH", str(nowhere))
    settings = Settings(data_dir=nowhere, port=free_port(), rasa_port=free_port(), articles_dir=nowhere, llm_url=f"http://127.0.0.1:{free_port()}/v1")
    missing = [found for found in doctor.find_all(settings) if not found.found]
    assert {found.name for found in missing if found.needed} == {
        "bot environment (Python 3.10, Rasa)", "embedding model", "web files", "trained bot", "articles",
    }  # fmt: skip
    assert len(missing) >= 10
    for found in missing:
        what, _, how = found.mend.partition(". ")
        assert what
        assert how, found


@pytest.mark.parametrize(
    ("given", "needed", "said"),
    [
        ({"shop": "shopify", "shop_url": "https://a.myshopify.com"}, "_shop", "COUNTERHAND_SHOP_TOKEN"),
        ({"articles_dir": "/no/such/place"}, "_articles", "/no/such/place"),
        ({"demo": False}, "_articles", "COUNTERHAND_ARTICLES_DIR"),
        ({}, "_mail", "COUNTERHAND_SMTP_URL"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(given, needed, said):
    found = getattr(doctor, needed)(Settings(**given))
    assert found.found is None
    assert said in found.mend


def test_no_password_is_shown():
    found = doctor._mail(Settings(smtp_url="smtp://mara:secret@mail.example:587", email_from="a@b.example"))
    assert found.found == "smtp://mara:…@mail.example:587"
