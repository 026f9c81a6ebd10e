"""Hard utterances with a language model's help: what it reads is asked for in plain words, and nothing else that it says counts."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from actions.services import Services
from answers import guided
from answers.settings import AnswerSettings
from tests.actions.calls import call, followup, run, slots_of
from tests.actions.parts import Parts
from tests.fakes.openai import ENDLESS, FAIL, GARBAGE, HANG, FakeOpenAI

RANKING = [{"name": name, "confidence": 0.2} for name in ("nlu_fallback", "track_order", "return_item", "exchange_item", "search_product")]
DULL = "that glowy bedside thing drives me mad, take it off my hands"
BIGGER = "my hydration buddy should hold way more"


@pytest.fixture
def model() -> Iterator[FakeOpenAI]:
    server = FakeOpenAI()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def helped(parts: Parts, model: FakeOpenAI) -> Services:
    """Dora writes, and the shop lets a model help."""
    parts.desk.sign_in("talk", "C-4")
    return replace(parts.services, reader=_reader(model.url))


def _reader(url: str, **settings: Any) -> guided.GuidedReader:
    return guided.create(AnswerSettings(llm_url=url, llm_model="fake", **settings), 1.0)


def _says(quote: str, **more: Any) -> str:
    return json.dumps({"quote": quote, **more})


def _abstained(text: str, **more: Any) -> dict[str, Any]:
    return call("action_clarify_request", text, "nlu_fallback", intent_ranking=RANKING, **more)


def _replayed(events: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((event["parse_data"] for event in events if event["event"] == "user"), None)


GLOW = [{"name": "Ombra Glow", "wishes": []}]
RETURN_GLOW = {"intent": "return_item", "items": GLOW, "otherwise": "", "words": []}


async def test_an_abstained_message_is_taken_up_in_plain_words(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("take it off my hands", **RETURN_GLOW)
    said, events = await run(helped, _abstained(DULL))
    taken = _replayed(events)
    assert said == []
    assert taken is not None
    assert (taken["intent"]["name"], taken["text"]) == ("return_item", "return the Ombra Glow")


async def test_the_turns_record_tells_that_a_model_helped_and_what_it_read(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("take it off my hands", **RETURN_GLOW)
    _, events = await run(helped, _abstained(DULL))
    note = slots_of(events)["restated"]
    read = {"quote": "take it off my hands", "intent": "return_item", "text": "return the Ombra Glow"}
    assert note == {"turn_id": "t1", "model": "fake", **read}


async def test_without_the_setting_nobody_is_asked(parts: Parts, model: FakeOpenAI) -> None:
    parts.desk.sign_in("talk", "C-4")
    model.reply = _says("take it off my hands", **RETURN_GLOW)
    (said,), events = await run(parts.services, _abstained(DULL))
    assert "Is it one of these?" in said["text"]
    assert (_replayed(events), model.requests) == (None, [])


async def test_the_model_sees_only_what_it_may_choose_from(helped: Services, model: FakeOpenAI) -> None:
    await run(helped, _abstained(DULL))
    asked = model.requests[0]
    fields = asked["response_format"]["json_schema"]["schema"]["properties"]
    likely, tasks = ["track_order", "return_item", "exchange_item", "search_product"], ["cancel_order", "change_address", "change_payment"]
    assert fields["intent"]["enum"] == [*likely, *tasks, "none"]
    assert "Ombra Glow" in fields["items"]["items"]["properties"]["name"]["enum"]
    assert "Quillon Hush 75" not in str(asked), "another customer's item"
    assert "order" not in fields, "no number was said"
    assert "Dora" not in str(asked)
    assert "dora@" not in str(asked)


async def test_a_number_that_was_spelled_out_is_that_of_the_customers_own_order(helped: Services, model: FakeOpenAI) -> None:
    text = "wanna know bout ch six oh oh oh two, any sign of life"
    model.reply = _says("any sign of life", intent="track_order", order="CH-60002")
    _, events = await run(helped, _abstained(text))
    taken = _replayed(events)
    assert taken is not None
    assert taken["text"] == "where is order CH-60002"


HOSTILE = {
    "a yes": {"intent": "affirm"},
    "a no": {"intent": "deny"},
    "a stop": {"intent": "change_mind"},
    "a person": {"intent": "request_human"},
    "a proof of identity": {"intent": "prove_identity"},
    "an intent that nobody knows": {"intent": "refund_everything"},
    "an intent that NLU thinks impossible": {"intent": "ask_privacy"},
    "another customer's order": {"intent": "track_order", "order": "CH-20001"},
    "an own order that was not spoken of": {"intent": "track_order", "order": "CH-60001"},
    "another customer's item": {"intent": "return_item", "items": [{"name": "Quillon Hush 75", "wishes": []}]},
    "an option that there is not": {"intent": "exchange_item", "items": [{"name": "Ombra Glow", "wishes": ["colour: gold"]}]},
    "words that nobody said": {"intent": "search_product", "words": ["gold", "bars"]},
    "signs without words": {"intent": "search_product", "words": ["&", "-"]},
    "a field of its own": {"intent": "return_item", "items": GLOW, "confirmed": True},
    "who the customer is": {"intent": "track_order", "customer_id": "C-1"},
    "another type": {"intent": "return_item", "items": "Ombra Glow"},
    "nothing": {"intent": "none"},
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE.keys())
async def test_what_is_not_the_customers_or_the_shops_changes_nothing(helped: Services, model: FakeOpenAI, answer: dict[str, Any]) -> None:
    model.reply = _says("take it off my hands", **answer)
    (said,), events = await run(helped, _abstained(DULL))
    assert "Is it one of these?" in said["text"]
    assert "restated" not in slots_of(events)
    assert _replayed(events) is None


@pytest.mark.parametrize("quote", ["", "the", "send back everything", "hands off"])
async def test_a_reading_that_rests_on_no_words_of_the_customer_is_none(helped: Services, model: FakeOpenAI, quote: str) -> None:
    model.reply = _says(quote, **RETURN_GLOW)
    (said,), _ = await run(helped, _abstained(DULL))
    assert "Is it one of these?" in said["text"]


DEEP = '{"a":' * 900 + "1" + "}" * 900
BROKEN = [FAIL, GARBAGE, HANG, ENDLESS, "", "{", "[]", "null", "I'd rather chat.", '{"quote": "take it', "[" * 5000, DEEP]


@pytest.mark.parametrize("reply", BROKEN, ids=lambda reply: reply[:12] or "nothing")
async def test_a_dead_slow_or_babbling_server_costs_its_deadline_at_most(helped: Services, model: FakeOpenAI, reply: str) -> None:
    model.reply = reply
    await run(replace(helped, reader=_reader("http://127.0.0.1:9/v1")), _abstained(DULL))  # what is loaded at first use is not counted
    started = time.monotonic()
    (said,), _ = await run(helped, _abstained(DULL))
    assert time.monotonic() - started < 2.0
    assert "Is it one of these?" in said["text"]


async def test_a_server_that_fails_again_and_again_is_left_alone(helped: Services, model: FakeOpenAI) -> None:
    model.reply = FAIL
    for number in range(5):
        await run(helped, _abstained(DULL, metadata={"turn_id": f"t{number}"}))
    assert len(model.requests) == 3


async def test_a_number_that_the_customer_wrote_stands_whatever_the_model_makes_of_the_rest(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("off my hands", **RETURN_GLOW)
    _, events = await run(helped, _abstained("that glowy thing of CH-20003, take it off my hands"))
    taken = _replayed(events)
    assert taken is not None
    assert "CH-20003" in taken["text"], "it is refused like any other order that is not the customer's"


async def test_the_model_is_asked_once_a_turn(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("take it off my hands", **RETURN_GLOW)
    await run(helped, _abstained(DULL, slots={"restated": {"turn_id": "t1"}}))
    assert model.requests == []


ASKED_ITEMS = {"requested_slot": "items_choice", "order_choice": "CH-60003"}


def _to_return(text: str, asked: dict[str, Any], intent: str = "inform") -> dict[str, Any]:
    return call("validate_return_items_form", text, intent, asked, form="return_items_form")


async def test_an_item_that_a_form_could_not_read_is_read_and_asked_about(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("the shiny one", items=GLOW, otherwise="")
    _, events = await run(helped, _to_return("the shiny one by my pillow", ASKED_ITEMS))
    slots = slots_of(events)
    assert slots["items_choice"] == ["L1"]
    assert slots["restated"]["text"] == "return the Ombra Glow"
    assert slots.get("confirmation") is None
    assert followup(events) is None, "the form goes on asking"


async def test_without_help_the_form_says_that_it_did_not_understand(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    (said,), _ = await run(parts.services, _to_return("the shiny one by my pillow", ASKED_ITEMS))
    assert "I don't see that in order CH-60003" in said["text"]


async def test_a_form_is_never_asked_what_the_customer_wants_besides(helped: Services, model: FakeOpenAI) -> None:
    await run(helped, _to_return("the shiny one by my pillow", ASKED_ITEMS))
    fields = model.requests[0]["response_format"]["json_schema"]["schema"]["properties"]
    assert list(fields) == ["quote", "items", "otherwise"]
    assert set(fields["items"]["items"]["properties"]["name"]["enum"]) == {"Ombra Glow", "Fjordline Steel", "Havre Pack"}


async def _proposed(helped: Services) -> dict[str, Any]:
    """The slots at the confirmation of a return of the night light."""
    asked = {**ASKED_ITEMS, "requested_slot": "method_choice", "items_choice": ["L1"]}
    _, events = await run(helped, _to_return("to the mastercard", asked))
    return {**asked, **slots_of(events), "requested_slot": "confirmation"}


@pytest.mark.parametrize(
    "answer",
    [{"intent": "affirm"}, {"intent": "affirm", "items": GLOW}, {"items": GLOW, "otherwise": ""}, {"items": [], "words": ["yes"]}],
)
async def test_no_answer_of_a_model_confirms_a_proposal(helped: Services, model: FakeOpenAI, answer: dict[str, Any]) -> None:
    asked = await _proposed(helped)
    assert asked["proposal"]
    model.reply = _says("whatever floats your boat", **answer)
    _, events = await run(helped, _to_return("whatever floats your boat", asked))
    assert slots_of(events).get("form_outcome") is None
    assert slots_of(events).get("confirmation") is None
    assert await helped.shop.list_receipts("talk") == []


async def test_a_wish_that_could_not_be_read_becomes_a_version_to_confirm(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("way more", items=[{"name": "Fjordline Steel", "wishes": ["biggest"]}], otherwise="leave it")
    asked = {
        "requested_slot": "variant_choice",
        "order_choice": "CH-60001",
        "items_choice": ["L1"],
        "swaps": {"line_ids": ["L1"], "chosen": {}, "open": {"L1": {"said": "?", "variants": []}}},
    }
    _, events = await run(helped, call("validate_exchange_items_form", BIGGER, "inform", asked, form="exchange_items_form"))
    slots = slots_of(events)
    assert slots["restated"]["text"] == "exchange the Fjordline Steel for biggest, if that isn't available leave it"
    assert slots["swaps"]["chosen"] == {"L1": "P-11-5"}, "the 1 l in green: black is sold out"
    assert await helped.shop.list_receipts("talk") == []


async def test_a_message_that_opens_a_form_is_read_with_help(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("hydration buddy", items=[{"name": "Fjordline Steel", "wishes": ["capacity: 1 l"]}], otherwise="", order="CH-60001")
    text = f"swap something in CH-60001, {BIGGER}"
    _, events = await run(helped, call("validate_exchange_items_form", text, "exchange_item"))
    slots = slots_of(events)
    assert (slots["order_choice"], slots["swaps"]["chosen"]) == ("CH-60001", {"L1": "P-11-5"})
    assert slots["restated"]["text"] == "exchange the Fjordline Steel in order CH-60001 for capacity 1 l"


async def test_the_order_that_was_found_without_help_stays(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("hydration buddy", items=[{"name": "Fjordline Steel", "wishes": ["capacity: 1 l"]}], otherwise="")
    text = f"swap something in my newest order, {BIGGER}"
    _, events = await run(helped, call("validate_exchange_items_form", text, "exchange_item"))
    assert slots_of(events)["restated"]["text"].startswith("exchange the Fjordline Steel in order CH-60001 for")


async def test_a_message_that_was_understood_asks_no_model(helped: Services, model: FakeOpenAI) -> None:
    await run(helped, call("validate_exchange_items_form", "change the flask in CH-60001 to 1 l", "exchange_item"))
    await run(helped, _to_return("the night light", ASKED_ITEMS))
    await run(helped, call("action_track_order", "where is CH-60001?", "track_order"))
    assert model.requests == []


async def test_a_form_that_was_not_helped_goes_on_as_ever(helped: Services, model: FakeOpenAI) -> None:
    model.reply = HANG
    (said,), events = await run(helped, _to_return("the shiny one by my pillow", ASKED_ITEMS))
    assert "I don't see that in order CH-60003" in said["text"]
    assert "restated" not in slots_of(events)


async def test_a_stranger_gives_the_model_no_records(helped: Services, parts: Parts, model: FakeOpenAI) -> None:
    parts.desk.actors.clear()
    model.reply = _says("clicky typing thing", intent="search_product", words=["clicky", "keyboard"])
    _, events = await run(helped, _abstained("gimme a clicky typing thing"))
    fields = model.requests[0]["response_format"]["json_schema"]["schema"]["properties"]
    assert list(fields) == ["quote", "intent", "words"]
    taken = _replayed(events)
    assert taken is not None
    assert taken["text"] == "do you have clicky keyboard?"


async def test_a_sign_within_a_name_voids_nothing(helped: Services, model: FakeOpenAI) -> None:
    model.reply = _says("clicky & typing thing", intent="search_product", words=["clicky", "&", "keyboard"])
    _, events = await run(helped, _abstained("gimme a clicky & typing thing"))
    taken = _replayed(events)
    assert taken is not None
    assert taken["text"] == "do you have clicky & keyboard?"
