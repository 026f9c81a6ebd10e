import pytest

from actions.conditions import read_condition
from actions.turn import Request


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("cancel it if it hasn't shipped, otherwise change the address", "cancel_order", "change_address"),
        ("if you can't exchange it, return it", "exchange_item", "return_item"),
        ("if it has not been shipped cancel it, if not send it to my office", "cancel_order", "change_address"),
        ("if it already shipped then return it, otherwise cancel it", "return_item", "cancel_order"),
        ("return the lamp. If you can't, exchange it for a white one", "return_item", "exchange_item"),
        ("please cancel it, or else get me a person", "cancel_order", "request_human"),
        ("can you cancel just the lamp? if not, leave the order as it is", "cancel_order", None),
        ("exchange the lamp for brass, if that isn't available then leave it", "exchange_item", None),
    ],
)
def test_both_wishes_are_told_apart(said: str, first: str, second: str | None) -> None:
    found = read_condition(Request("", said))
    assert found
    assert (found.first_intent, found.second_intent) == (first, second)


@pytest.mark.parametrize(
    "said", ["yes if it's free", "cancel the lamp order unless it shipped", "return the lamp and cancel CH-20001", "is it there?"]
)
def test_what_names_no_other_task_is_no_condition(said: str) -> None:
    assert read_condition(Request("", said)) is None


def test_the_words_of_each_wish_stay_its_own() -> None:
    found = read_condition(Request("", "cancel the order, and if that's not possible change the address to Seestrasse 1, 04109 Leipzig"))
    assert found
    assert (found.first, found.second) == ("cancel the order", "change the address to Seestrasse 1, 04109 Leipzig")
