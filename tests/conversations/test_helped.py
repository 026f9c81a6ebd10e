"""A language model says what nobody understood; the bot takes it up, asks, and waits for the customer's own yes."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from answers import guided
from answers.settings import AnswerSettings
from tests.conversations.chat import Actions, Chat
from tests.conversations.rasa import TOKEN
from tests.fakes.openai import FakeOpenAI

HARD = ["the thing that glows beside my pillow drives me up the wall, take it off my hands"]


@pytest.fixture
def model(webhook: Actions) -> Iterator[FakeOpenAI]:
    server = FakeOpenAI()
    server.start()
    webhook.reader = guided.create(AnswerSettings(llm_url=server.url, llm_model="fake"), 5.0)
    yield server
    webhook.reader = None
    server.stop()


@pytest.mark.parametrize("text", HARD)
def test_what_a_model_understood_is_shown_and_done_after_a_yes(
    model: FakeOpenAI, open_chat: Callable[..., Chat], rasa_url: str, text: str
) -> None:
    item = {"name": "Ombra Glow", "wishes": []}
    model.reply = json.dumps({"quote": text, "intent": "return_item", "items": [item], "otherwise": "", "words": []})
    dora = open_chat("C-4")
    dora.says(text).hears("Where should the refund")
    assert dora.receipts() == []
    url = f"{rasa_url}/conversations/{dora.conversation_id}/tracker"
    tracker = httpx.get(url, params={"token": TOKEN}, timeout=30, trust_env=False).json()
    assert tracker["slots"]["restated"]["text"] == "return the Ombra Glow"
    dora.says("back to the mastercard").hears("Return 1 x Ombra Glow", "shall I do that?")
    dora.says("yes")
    assert len(dora.receipts()) == 1


@pytest.mark.parametrize("answer", [{"intent": "affirm"}, {"intent": "return_item", "order": "CH-20003"}, {"intent": "request_human"}])
def test_a_model_that_means_harm_changes_nothing(model: FakeOpenAI, open_chat: Callable[..., Chat], answer: dict[str, str]) -> None:
    text = HARD[0]
    model.reply = json.dumps({"quote": text, **answer})
    dora = open_chat("C-4")
    dora.says(text)
    assert dora.handover is None
    assert dora.receipts() == []
    assert len(model.requests) == 1
