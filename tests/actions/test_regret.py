"""A fault is met with a kind word; a supposed one, or none, is not."""

import pytest

from actions.regret import regret_for
from actions.turn import Request


@pytest.mark.parametrize(
    "text",
    [
        "I want to return the lamp, it arrived broken",
        "the kettle doesn’t even turn on. Exchange it",
        "Return my watch! The strap fell apart after a week.",
        "wrong size came, I'd like to swap the boots",
        "It's not working and I want my money back",
    ],
)
def test_a_fault_is_met_with_a_kind_word(text: str) -> None:
    assert regret_for(Request("return_item", text))


@pytest.mark.parametrize(
    "text",
    [
        "I want to return the lamp",
        "return the shirt, it isn't damaged, I just don't like it",
        "I'd like to send it back; it was never broken",
        "what if it is damaged when it comes back? return the lamp",
        "exchange the bag for the black one",
    ],
)
def test_no_fault_no_kind_word(text: str) -> None:
    assert regret_for(Request("return_item", text)) is None
