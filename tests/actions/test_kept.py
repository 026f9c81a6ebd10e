"""Orders that are kept, deeds that are called off, and what is wished for besides."""

import pytest
from rasa_sdk import Tracker

from actions.kept import wished_besides
from actions.meant import refuses, retracted_rest
from actions.turn import Request, Turn
from tests.actions.calls import call, run, slots_of
from tests.actions.parts import Parts


def turn(text: str, intent: str) -> Turn:
    return Turn.of(Tracker.from_dict(call("validate_cancel_order_form", text, intent, form="cancel_order_form")["tracker"]))


@pytest.mark.parametrize(
    ("text", "intent", "wanted", "rest"),
    [
        (
            "Keep it. Could you change the tent to a smaller one?",
            "exchange_item",
            "exchange_item",
            "Could you change the tent to a smaller one?",
        ),
        ("Don't cancel anything. I'd rather have the tent in red", "nlu_fallback", "exchange_item", "I'd rather have the tent in red"),
        ("leave the order alone, where is it now?", "track_order", "track_order", "where is it now?"),
        ("don't cancel it, I want to return the stove", "return_item", "return_item", "I want to return the stove"),
    ],
)
def test_what_is_wished_for_beside_keeping_the_order_is_found(text: str, intent: str, wanted: str, rest: str) -> None:
    found = wished_besides(turn(text, intent))
    assert found is not None
    assert (found.intent, found.text) == (wanted, rest)


@pytest.mark.parametrize("text", ["keep it", "No, don't cancel it, thank you", "leave that order alone please", "then don't."])
def test_keeping_alone_wishes_for_nothing(text: str) -> None:
    assert wished_besides(turn(text, "deny")) is None


@pytest.mark.parametrize(
    "text",
    ["cancel it all... actually no, don't", "Cancel my order, oh wait, no, don't! Where is it?", "please cancel both. Hm, no, do not."],
)
def test_a_deed_called_off_in_the_same_breath_is_refused(text: str) -> None:
    assert refuses(Request("cancel_order", text))


@pytest.mark.parametrize("text", ["cancel it, I actually don't need it", "cancel it, no, don't ask why", "no, don't return it, cancel it"])
def test_other_noes_call_nothing_off(text: str) -> None:
    assert not refuses(Request("cancel_order", text))


def test_what_follows_is_kept_as_it_was_said() -> None:
    assert retracted_rest("Cancel it, no wait, don't. What did the Tent cost?", "cancel_order") == "What did the Tent cost?"


async def test_a_closing_opens_no_form(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-1")
    _, events = await run(parts.services, call("validate_cancel_order_form", "nothing more to cancel… bye", "cancel_order"))
    outcome = slots_of(events)["form_outcome"]
    assert (outcome["kind"], outcome["request"]["intent"]) == ("redirected", "say_goodbye")
