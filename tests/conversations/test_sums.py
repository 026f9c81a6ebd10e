"""Lists and sums over all that a customer ordered: exact cents, from the records."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings("said", ["show me all my orders", "list every order I made", "which orders do I have with you?"])
def test_all_orders_are_listed_with_all_their_items(dora: Chat, said: str) -> None:
    every_item = "Ombra Glow (medium, solar), Fjordline Steel (750 ml, black) and Havre Pack"
    dora.says(said).hears("CH-60001", "CH-60002", "CH-60003", "CH-60004", every_item)
    dora.never_hears(" more")


@wordings("said", ["and the other ones?", "what about the rest?", "show me my other orders too"])
def test_the_other_orders_can_be_asked_for(dora: Chat, said: str) -> None:
    dora.says("where is order CH-60002")
    dora.says(said).hears("CH-60001", "CH-60003", "CH-60004").never_hears("- CH-60002")


@wordings(
    "said",
    [
        "tell me everything you have on me",
        "I want to see all my orders and my account",
        "show me my account details and my orders please",
    ],
)
def test_account_and_orders_are_told_together(dora: Chat, said: str) -> None:
    dora.says(said).hears("Dora Kern", "dora@mailbox.test", "Hafenstrasse 9", "60.00 EUR", "CH-60001", "CH-60004")


@wordings("said", ["tell me everything you have on me", "show me all my orders and my account", "give me all the info you have about me"])
def test_nobody_else_is_told(guest: Chat, said: str) -> None:
    guest.says(said).never_hears("Dora", "CH-60001", "@mailbox")


@wordings(
    "said",
    [
        "what's my most expensive item?",
        "which is the dearest thing I ever bought from you",
        "the most expensive item I ordered, what was it",
    ],
)
def test_the_dearest_of_all_items_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Kestrel Ridge", "125.00 EUR", "CH-60001")


@wordings(
    "said",
    [
        "what did I pay in total for the boots and the running shoes?",
        "how much did the running shoes and the boots cost me altogether",
        "how much have I paid for the boots and the running shoes together?",
    ],
)
def test_items_of_several_orders_are_added_up(dora: Chat, said: str) -> None:
    dora.says(said).hears("244.00 EUR", "125.00 EUR", "119.00 EUR")


@wordings(
    "said",
    [
        "how much would I get back if I return the night light and the running shoes",
        "what would I get back for the running shoes and the night light together?",
        "if I send back the shoes and the night light, how much money is that?",
    ],
)
def test_what_a_return_from_two_orders_would_give_is_told_before_it_is_done(dora: Chat, said: str) -> None:
    dora.says(said).hears("156.00 EUR")
    dora.order_is("CH-60003", "delivered", "C-4")


@wordings("said", ["does that get me to $150?", "is that more than 150 euros?", "does it add up to 150?"])
def test_a_sum_is_held_against_an_amount(dora: Chat, said: str) -> None:
    dora.says("how much would I get back if I return the night light and the running shoes").hears("156.00 EUR")
    dora.says(said).hears("6.00 EUR more than 150.00 EUR")


@wordings(
    "said",
    [
        "if I return the shoes and the night light does that get me to 160 euros?",
        "would returning the running shoes and the night light bring me to $160?",
        "when I send back the night light and the running shoes, do they add up to 160?",
    ],
)
def test_an_amount_that_is_not_reached_is_said_to_be_so(dora: Chat, said: str) -> None:
    dora.says(said).hears("4.00 EUR short of 160.00 EUR")


@wordings("said", ["does that get me to $30?", "is that more than 30 euros?", "will it cover 30 dollars?"])
def test_the_open_proposal_is_held_against_an_amount_and_stays_open(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("37.00 EUR")
    dora.says(said).hears("7.00 EUR more than 30.00 EUR").hears("hall I do that")
    dora.says("yes").hears("registered")


@wordings("said", ["how much did I save?", "what am I saving now?", "so how much have I saved with that"])
def test_what_was_saved_is_told_from_the_receipts(dora: Chat, said: str) -> None:
    dora.says("change the boots in CH-60001 to size 41, not waterproof")
    dora.presses("Visa").hears("10.00 EUR")
    dora.says("yes").says(said).hears("10.00 EUR less than before")


@wordings("said", ["how much did I save?", "how much have I saved so far", "how much did we save here"])
def test_nothing_is_saved_where_nothing_was_done(dora: Chat, said: str) -> None:
    dora.says(said).hears("nothing saved")
