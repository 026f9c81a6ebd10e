"""What a request means by the words around it."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.meant import find_meant, refuses
from actions.misspelt import mend, task_meant
from actions.turn import Request, Turn
from tests.actions.calls import call


def turn(text: str, intent: str, slots: dict[str, Any] | None = None, **more: Any) -> Turn:
    return Turn.of(Tracker.from_dict(call("action_clarify_request", text, intent, slots or {}, **more)["tracker"]))


@pytest.mark.parametrize(
    ("text", "heard", "meant"),
    [
        ("I'd like to return the lamp... hmm, no, actually an exchange for the brass one", "return_item", "exchange_item"),
        ("cancel CH-20001 - no wait, change the address instead", "cancel_order", "change_address"),
        ("update the address of CH-20001, or rather cancel it", "change_address", "cancel_order"),
        ("No! I don't want to cancel anything. Return the lamp.", "cancel_order", "return_item"),
        ("my lamp came broken, do you know what it cost? I want my money back", "ask_price", "return_item"),
        ("canecl order CH-20001", "track_order", "cancel_order"),
    ],
)
def test_the_words_around_it_make_it_another_request(text: str, heard: str, meant: str) -> None:
    found = find_meant(turn(text, heard))
    assert found is not None
    assert found.intent == meant


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("return the lamp and cancel CH-20001 too", "return_item"),
        ("return the lamp, the refund to my visa, no wait, to my gift card", "return_item"),
        ("return the shirt, no wait, also exchange the lamp for a brass one", "return_item"),
        ("I actually want to return the lamp", "return_item"),
        ("exchange the lamp, or rather both lamps", "exchange_item"),
        ("if it came damaged, do I get my money back?", "ask_returns_policy"),
        ("is my lamp broken or dead?", "ask_product"),
        ("don't return the lamp, return the shirt", "return_item"),
        ("where is CH-20001?", "track_order"),
        ("I want to cancel CH-20001. Actually, how do I change the address?", "cancel_order"),
        ("you did not cancel my order, cancel it", "cancel_order"),
    ],
)
def test_a_request_that_says_all_by_itself_stays_what_it_is(text: str, heard: str) -> None:
    assert find_meant(turn(text, heard)) is None


@pytest.mark.parametrize("text", ["don't cancel anything", "I never said cancel", "I do not want to cancel CH-20001"])
def test_a_refused_task_is_not_asked_for(text: str) -> None:
    assert refuses(Request("cancel_order", text))


@pytest.mark.parametrize(
    "text",
    [
        "cancel CH-20001",
        "I don't want it any more, cancel it",
        "can not cancel on your page, cancel CH-20001 please",
        "why did you not cancel my order yet",
    ],
)
def test_a_task_that_is_asked_for_is_not_refused(text: str) -> None:
    assert not refuses(Request("cancel_order", text))


@pytest.mark.parametrize(
    ("said", "mended"),
    [
        ("cancle my oder CH-20001", "cancel my order CH-20001"),
        ("exhange the nigth lihgt", "exchange the night light"),
        ("the older charger", "the older charger"),
        ("an odd bag", "an odd bag"),
    ],
)
def test_only_slips_are_mended(said: str, mended: str) -> None:
    assert mend(said, frozenset({"night light"})) == mended


@pytest.mark.parametrize("text", ["where is my refudn", "how do i retrun things", "what is your retrun policy"])
def test_a_misspelt_question_starts_no_task(text: str) -> None:
    assert task_meant(text, "nlu_fallback") is None
