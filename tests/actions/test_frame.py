"""What holds for every action: honest failures, the queue of requests, forms that resume, languages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import create_executor
from actions.services import Services
from shop.errors import BackendUnavailable
from shop.models import Actor
from tests.actions.calls import call, followup, run, slots_of
from tests.actions.parts import ROOT, Parts


def domain() -> dict[str, list[Any]]:
    merged: dict[str, list[Any]] = {}
    for path in sorted((ROOT / "bot" / "domain").glob("*.yml")):
        for key, value in yaml.safe_load(path.read_text()).items():
            merged.setdefault(key, []).extend(value if isinstance(value, (list, dict)) else [value])
    return merged


def rules() -> list[dict[str, Any]]:
    return [rule for path in sorted((ROOT / "data" / "rules").glob("*.yml")) for rule in yaml.safe_load(path.read_text())["rules"]]


def intents_of(path: Path) -> set[str]:
    return {example["intent"] for example in yaml.safe_load(path.read_text())["nlu"] if "intent" in example}


async def test_every_action_of_the_domain_is_registered_and_the_other_way_round(parts: Parts) -> None:
    assert set(create_executor(parts.services).actions) == set(domain()["actions"])


def test_every_intent_that_is_trained_is_known_and_has_one_rule() -> None:
    known = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in domain()["intents"]}
    trained = set().union(*(intents_of(path) for path in (ROOT / "data" / "nlu").glob("*.yml")))
    ruled = [step["intent"] for rule in rules() for step in _flat(rule["steps"]) if "intent" in step]
    assert trained <= known
    assert sorted(ruled) == sorted(known)


def _flat(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [inner for step in steps for inner in step.get("or", [step])]


class Gone:
    """An identity whose system is down."""

    async def get_actor(self, conversation_id: str) -> Actor:
        raise BackendUnavailable("The shop's system does not answer.")


async def test_a_failing_part_is_told_honestly_and_a_person_offered(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    services: Services = replace(parts.services, identity=Gone())  # type: ignore[arg-type]
    (said,), events = await run(services, call("action_track_order", "where is my order", "track_order"))
    assert "can't reach our systems" in said["text"]
    assert [one["title"] for one in said["buttons"]] == ["Talk to a person"]
    assert "Traceback" not in said["text"]
    assert "turn_id=t1" in caplog.text
    assert followup(events) == "action_listen"


async def test_a_failing_part_ends_a_form_and_changes_nothing(parts: Parts) -> None:
    services: Services = replace(parts.services, identity=Gone())  # type: ignore[arg-type]
    _, events = await run(services, call("validate_cancel_order_form", "cancel my order", "cancel_order"))
    assert slots_of(events)["form_outcome"] == {"kind": "failed"}
    assert followup(events) == "action_cancel_order"


async def test_further_requests_wait_in_order_and_the_next_is_given_to_rasa(parts: Parts) -> None:
    requests = [{"intent": name, "confidence": 0.9, "text": name, "entities": []} for name in ("greet", "thank", "say_goodbye")]
    said, events = await run(parts.services, call("action_greet", "hi thanks bye", "greet", requests=requests))
    assert said[-1]["text"] == 'Now to your other request: "thank"'
    assert [kept["intent"] for kept in slots_of(events)["waiting_requests"]] == ["say_goodbye"]
    user = next(event for event in events if event["event"] == "user")
    assert user["parse_data"]["intent"]["name"] == "thank"
    assert user["parse_data"]["metadata"]["turn_id"] == "t1"


async def test_requests_of_one_message_are_queued_once(parts: Parts) -> None:
    requests = [{"intent": name, "confidence": 0.9, "text": name, "entities": []} for name in ("greet", "thank")]
    slots = {"queued_message": "m1", "waiting_requests": None}
    said, events = await run(parts.services, call("action_greet", "hi thanks", "greet", slots, requests=requests))
    assert len(said) == 1
    assert followup(events) == "action_listen"


async def test_an_answer_in_the_middle_of_a_form_resumes_it(parts: Parts) -> None:
    _, events = await run(parts.services, call("action_greet", "hi", "greet", form="cancel_order_form"))
    assert followup(events) == "cancel_order_form"


async def test_a_question_in_a_form_sets_no_slot_so_that_rasa_finds_its_rule(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-1")
    asked = {"requested_slot": "reason_choice", "order_choice": "CH-20001"}
    _, events = await run(
        parts.services, call("validate_cancel_order_form", "how long is delivery?", "ask_delivery", asked, form="cancel_order_form")
    )
    assert events == []


async def test_a_handover_closes_the_form_and_ends_the_queue(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-1")
    waiting = [{"intent": "ask_delivery", "text": "delivery costs?", "confidence": 0.9, "entities": []}]
    slots = {"waiting_requests": waiting, "order_choice": "CH-20001"}
    (said,), events = await run(
        parts.services, call("action_hand_over", "a human please", "request_human", slots, form="cancel_order_form")
    )
    assert "delivery costs?" in said["handover"]["summary"]
    assert "CH-20001" in said["handover"]["summary"]
    assert slots_of(events)["waiting_requests"] is None
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Englisch"), ("fr", "anglais"), ("es", "inglés"), ("pl", "angielsku"), ("ja", "English")]
)
async def test_other_languages_get_one_fixed_sentence(parts: Parts, language: str, words: str) -> None:
    (said,), _ = await run(parts.services, call("action_track_order", "…", "track_order", metadata={"language": language}))
    assert words in said["text"]
    assert said["buttons"][0]["payload"] == "/request_human"


async def test_english_is_answered(parts: Parts) -> None:
    (said,), _ = await run(parts.services, call("action_greet", "hi", "greet", metadata={"language": "en"}))
    assert "AI assistant" in said["text"]


async def test_payloads_have_the_shape_that_the_gateway_reads(parts: Parts) -> None:
    (said,), _ = await run(parts.services, call("action_answer_question", "how much is delivery?", "ask_delivery"))
    assert {"text", "buttons", "cards", "citations", "answer_id", "message_id"} <= set(said)
    assert said["citations"][0].keys() == {"title", "url", "passage_id"}
    assert {frame["message_id"] for _, frame in parts.published} == {said["message_id"]}


async def test_a_form_forgets_what_an_earlier_one_left_behind(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-2")
    left = {"order_choice": "CH-30001", "reason_choice": "ordered by mistake", "requested_slot": None}
    _, events = await run(parts.services, call("validate_cancel_order_form", "cancel my order", "cancel_order", left))
    slots = slots_of(events)
    assert (slots["order_choice"], slots["reason_choice"]) == (None, None)
    assert slots["order_options"] == ["CH-30002", "CH-30001"]
