"""Questions that lean on what was said before, without Rasa."""

from typing import Any

import pytest
from rasa_sdk.interfaces import Tracker

from actions.ellipsis import leans, own_words
from actions.matter import exchanges_before, goes_on_with
from actions.turn import Turn
from benchmarks.follow_ups.__main__ import is_right, read_dialogues
from tests.actions.calls import call, run
from tests.actions.parts import Parts

_PARTS = read_dialogues()
_BRIDGES = {"is a card included?", "how long does the link work?"}
"""They name something that only the last answer explains, and nothing in their own words tells."""


def user(text: str, turn_id: str, intent: str = "ask_gift_card") -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}, "metadata": {"turn_id": turn_id}}


def cited(passage_id: str) -> dict[str, Any]:
    return {"event": "bot", "text": None, "data": {"custom": {"text": "…", "citations": [{"passage_id": passage_id}]}}}


def turn_with(text: str, intent: str, before: list[dict[str, Any]]) -> Turn:
    asked = call("action_answer_question", text, intent)
    asked["tracker"]["events"] = [*before, {"event": "action", "name": "action_listen"}, user(text, "t1", intent)]
    return Turn.of(Tracker.from_dict(asked["tracker"]))


@pytest.mark.parametrize("dialogue", [*_PARTS["seen"], *_PARTS["unseen"]], ids=lambda one: one["then"])
def test_second_questions_lean_on_the_first(dialogue: dict[str, Any]) -> None:
    assert leans(dialogue["then"]) or dialogue["then"] in _BRIDGES or not own_words(dialogue["then"])


@pytest.mark.parametrize("dialogue", _PARTS["alone"], ids=lambda one: one["then"])
def test_questions_that_name_their_matter_lean_on_nothing(dialogue: dict[str, Any]) -> None:
    assert not leans(dialogue["then"])


@pytest.mark.parametrize(
    "said",
    [
        "is it possible to pay by card?",
        "how long does it take to deliver to France?",
        "if my jacket is too small, can i exchange it?",
        "is there a telephone number?",
        "can i return just one thing from my order",
    ],
)
def test_a_pronoun_that_the_question_explains_leans_on_nothing(said: str) -> None:
    assert not leans(said)


def test_exchanges_are_read_from_the_events_and_a_taken_up_request_goes_on_with_its_own() -> None:
    before = [
        user("hi", "a", "greet"),
        user("do you sell gift cards?", "b", "nlu_fallback"),
        user("do you sell gift cards?", "b"),
        cited("p-1"),
    ]
    first, second = exchanges_before(turn_with("how long are they valid?", "ask_product", before))
    assert (first.question, first.intent, first.passage_ids) == ("do you sell gift cards?", "ask_gift_card", ("p-1",))
    assert second.intent == "greet"


def test_what_nlu_takes_for_a_price_goes_on_with_the_article() -> None:
    before = [user("can you wrap a present?", "a", "ask_delivery"), cited("p-1")]
    assert goes_on_with(turn_with("how much is that?", "ask_price", before)) == "ask_delivery"
    assert goes_on_with(turn_with("how much is the Tide 42?", "ask_price", before)) is None
    assert goes_on_with(turn_with("where is my order and when does it come?", "track_order", before)) is None
    assert goes_on_with(turn_with("cancel it", "cancel_order", before)) is None


async def test_the_same_question_is_answered_with_what_was_said_before_and_not_without(parts: Parts) -> None:
    dialogue = next(one for one in _PARTS["seen"] if one["then"] == "and how long does that take?")
    before = [user(dialogue["first"], "a", dialogue["intent"]), cited("p-1")]
    asked = call("action_answer_question", dialogue["then"], "ask_delivery")
    alone, _ = await run(parts.services, asked)
    asked["tracker"]["events"] = [*before, *asked["tracker"]["events"]]
    said, _ = await run(parts.services, asked)
    told = [(one[0]["text"], [citation["url"].split("/")[2].split("#")[0] for citation in one[0]["citations"]]) for one in (said, alone)]
    assert [is_right(dialogue, *one) for one in told] == [True, False]


async def test_how_long_a_refund_takes_needs_no_order(parts: Parts) -> None:
    """The question before it was taken for one about the customer's own refund, and no order was proved."""
    before = [user("can i get a refund to paypal?", "a", "check_refund")]
    asked = call("action_clarify_request", "and how long does that take?", "nlu_fallback")
    asked["tracker"]["events"] = [*before, *asked["tracker"]["events"]]
    _, events = await run(parts.services, asked)
    assert [event["parse_data"]["intent"]["name"] for event in events if event["event"] == "user"] == ["ask_returns_policy"]
    asked = call("action_answer_question", "and how long does that take?", "ask_returns_policy")
    asked["tracker"]["events"] = [*before, *asked["tracker"]["events"]]
    said, _ = await run(parts.services, asked)
    assert "5 to 7 business days" in said[0]["text"]


async def test_another_country_is_asked_for_with_its_name_alone(parts: Parts) -> None:
    asked = call("action_clarify_request", "switzerland too?", "nlu_fallback")
    asked["tracker"]["events"] = [user("do you deliver to france?", "a", "ask_delivery"), cited("p-1"), *asked["tracker"]["events"]]
    _, events = await run(parts.services, asked)
    taken_up = [event["parse_data"]["intent"]["name"] for event in events if event["event"] == "user"]
    assert taken_up == ["ask_delivery"]
