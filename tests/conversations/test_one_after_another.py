"""Requests that wait: none is lost, none is asked for twice, and none is about what never came to be."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
RETURN = "return the night light from CH-60003 to my mastercard"
DORA = "C-4"


@wordings(
    "said",
    [
        "also cancel CH-60002, ordered by mistake",
        "wait, do the other one first: cancel CH-60002, ordered by mistake",
        "and CH-60002 has to be cancelled too, that was a mistake",
    ],
)
def test_what_gives_way_to_another_order_is_taken_up_again(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).hears("come back to it").hears("Cancel order CH-60002")
    dora.says("yes").hears("CH-60002 is cancelled").hears("other request", "night light").hears("Return 1 x Ombra Glow", "37.00 EUR")
    dora.says("yes").hears("registered")


@wordings(
    "said",
    [
        "forget that, cancel CH-60002 instead, I don't need it any more",
        "no, just cancel CH-60002, ordered by mistake",
        "actually I'd rather cancel CH-60002, that one was a mistake",
    ],
)
def test_what_is_taken_back_for_something_else_does_not_come_back(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).hears("Nothing was changed").hears("Cancel order CH-60002")
    dora.says("yes").hears("CH-60002 is cancelled").never_hears("other request", "Return 1 x")


@wordings(
    "said",
    [
        "actually do the boots first: swap the boots in CH-60001 for size 41",
        "the boots first please, change the boots in CH-60001 to size 41",
        "hm, first the boots: exchange the boots of CH-60001 for size 41",
    ],
)
def test_what_was_done_out_of_turn_is_not_asked_for_again(dora: Chat, said: str) -> None:
    dora.says("I want to return the night light from CH-60003 and swap the boots in CH-60001 for size 41").says("mastercard")
    dora.says(said).says("visa").hears("Change in order CH-60001")
    dora.says("yes").hears("are changed").never_hears("can be done once", "swap the boots").hears("Return 1 x Ombra Glow")
    dora.says("yes").hears("registered").never_hears("other request")


@wordings(
    "said",
    [
        "exchange the night light in CH-60003 for the high one, mastercard. How much is that in total?",
        "swap the night light of CH-60003 for the high one on my mastercard, and what's the price difference?",
    ],
)
def test_a_question_for_the_figures_of_a_wish_is_answered_by_its_proposal(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "6.00 EUR")
    dora.says("no, leave it").hears("Nothing was changed").never_hears("other request", "Together")
