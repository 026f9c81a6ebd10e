"""A set of answers to proposals, written before it was run: none that holds something back is a yes, and most clear yesses are taken."""

import pytest
from rasa_sdk import Tracker

from actions.assent import Assent, find_assent
from actions.turn import Turn
from actions.yes_no import is_clear_yes
from tests.actions.calls import call
from tests.actions.proposal_answers import ELSEWHERE, MORE_NO, NO, PROPOSALS, YES

OWN = {"cancel": "cancel_order", "return": "return_item", "two": "return_item", "address": "change_address", "account": "change_address"}
LEAST_TAKEN = 47
"""Of the clear yesses; the others are asked again, which costs a turn and does no harm."""


def taken(kind: str, text: str) -> Assent | None:
    slots = {"proposal": PROPOSALS[kind], "requested_slot": "confirmation"}
    turn = Turn.of(Tracker.from_dict(call("validate_a_form", text, "affirm", slots, form="a_form")["tracker"]))
    found = find_assent(turn, frozenset({OWN.get(kind, "exchange_item")}))
    return found if found and is_clear_yes(found.said, PROPOSALS[kind]["operation"]) else None


@pytest.mark.parametrize(("kind", "text"), NO + MORE_NO)
def test_what_holds_something_back_or_names_something_else_is_no_yes(kind: str, text: str) -> None:
    assert taken(kind, text) is None


@pytest.mark.parametrize(("kind", "text"), YES[:4] + ELSEWHERE)
def test_a_sentence_that_decides_is_a_yes(kind: str, text: str) -> None:
    assert taken(kind, text) is not None


def test_most_clear_yesses_are_taken() -> None:
    assert sum(taken(kind, text) is not None for kind, text in YES) >= LEAST_TAKEN


def test_a_question_that_the_receipt_answers_is_not_asked_again_and_another_waits() -> None:
    told = taken("swap", "Yes, please do that. And how much do I get back in total, then?")
    assert told is not None and told.waiting == ()
    waits = taken("return", "Yes, do that please. Is there a label I need to print?")
    assert waits is not None and [one.text for one in waits.waiting] == ["Is there a label I need to print?"]
