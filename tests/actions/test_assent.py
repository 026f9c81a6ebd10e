"""What of a message is a yes to the open proposal, and what waits until it is done."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.assent import find_assent
from actions.turn import Turn
from tests.actions.calls import call

SHOWN = {
    "operation": "return_items",
    "arguments": {"order_id": "CH-60003"},
    "summary": "Return 1 x Ombra Glow (medium, solar) from order CH-60003?",
}
OWN = frozenset({"return_item"})


def turn(text: str, intent: str = "affirm", shown: dict[str, Any] | None = None, **more: Any) -> Turn:
    slots = {"proposal": SHOWN if shown is None else shown, "requested_slot": "confirmation"}
    return Turn.of(Tracker.from_dict(call("validate_return_items_form", text, intent, slots, form="return_items_form", **more)["tracker"]))


@pytest.mark.parametrize(
    "text", ["yes", "yes please, thank you", "go on", "sure, do it", "yes, only the Ombra Glow", "Finally! Yes, do it!"]
)
def test_a_plain_yes_is_one(text: str) -> None:
    assert find_assent(turn(text), OWN) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks, have a nice day",
        "yes, but to my PayPal",
        "yes if it is free",
        "yes, only the lantern",
        "yes. what's the total?",
        "can I say yes later?",
        "no",
        "ok, how long does it take?",
    ],
)
def test_everything_else_is_none(text: str) -> None:
    assert find_assent(turn(text), OWN) is None


def test_a_yes_to_nothing_is_none() -> None:
    assert find_assent(turn("yes", shown={}), OWN) is None


def test_another_order_beside_a_yes_waits_until_it_is_done() -> None:
    other = {"intent": "cancel_order", "confidence": 0.9, "text": "cancel CH-60002", "entities": []}
    found = find_assent(turn("yes. And cancel CH-60002", requests=[other], assent="yes"), OWN)
    assert found is not None
    assert [one.intent for one in found.waiting] == ["cancel_order"]


def test_the_same_task_beside_a_yes_may_take_it_back() -> None:
    same = {"intent": "return_item", "confidence": 0.9, "text": "return the flask", "entities": []}
    assert find_assent(turn("yes. return the flask", requests=[same], assent="yes"), OWN) is None


@pytest.mark.parametrize(
    "front",
    [
        "Yes please, that's exactly the one, thank you so much. ",
        "Oh well. Yes, do it, it flickers. And ",
        "Yes to the first. And also ",
        "Yes, I no longer need it. Then ",
    ],
)
def test_another_order_beside_a_wordy_yes_waits(front: str) -> None:
    other = {"intent": "cancel_order", "confidence": 0.9, "text": "cancel CH-60002", "entities": []}
    found = find_assent(turn(f"{front}cancel CH-60002", intent="cancel_order", requests=[other]), OWN)
    assert found is not None
    assert [one.intent for one in found.waiting] == ["cancel_order"]


@pytest.mark.parametrize(
    "front",
    [
        "I think so. And also ",
        "Yes, if it is free. And ",
        "Yes but ",
        "She'll be pleased. And ",
        "Yes, to my gift card. And ",
    ],
)
def test_another_order_beside_no_yes_does_nothing(front: str) -> None:
    other = {"intent": "cancel_order", "confidence": 0.9, "text": "cancel CH-60002", "entities": []}
    assert find_assent(turn(f"{front}cancel CH-60002", intent="cancel_order", requests=[other]), OWN) is None


def test_the_first_of_two_items_is_no_yes_to_both() -> None:
    other = {"intent": "cancel_order", "confidence": 0.9, "text": "cancel CH-60002", "entities": []}
    both = {**SHOWN, "summary": "Return 1 x Ombra Glow (solar) and 1 x Havre Pack (green) from order CH-60003?"}
    said = turn("Yes to the first. And also cancel CH-60002", intent="cancel_order", requests=[other], shown=both)
    assert find_assent(said, OWN) is None
