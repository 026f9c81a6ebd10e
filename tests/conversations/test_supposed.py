"""Sums that are asked for before anything is decided: each deed keeps its own goods, and which one it shall be is the customer's to say."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "I'd like to swap the night light for the cheapest one, oh wait, return the black flask first, then the swap. I want both.",
        "Send the black flask back and exchange the night light for the cheapest one you have",
        "The night light is the exchange, for the cheapest. The black flask is a return. Both please.",
    ],
)
def test_a_return_and_an_exchange_of_one_order_are_told_with_the_sum_of_each(dora: Chat, said: str) -> None:
    dora.says(said).hears(
        "Only one of the two", "eturning the Fjordline Steel gives back 33.00 EUR", "cheapest version in stock gives back 6.00 EUR"
    )
    dora.presses("Exchange the Ombra Glow").hears("low instead of medium")
    dora.presses("Mastercard").hears("6.00 EUR", "hall I")
    dora.says("yes").hears("registered")


@wordings("said", ["the return then", "whichever gives me more", "send the flask back"])
def test_which_of_the_two_it_is_can_be_said_in_words(dora: Chat, said: str) -> None:
    dora.says("Return the black flask and exchange the night light for the cheapest one").hears("Which one shall it be")
    dora.says(said).presses("Mastercard").hears("Return 1 x Fjordline Steel", "33.00 EUR", "hall I")


def test_a_bottle_that_shall_go_back_is_not_kept_in_an_exchange(dora: Chat) -> None:
    dora.says("exchange the night light in CH-60003")
    dora.says("No new flask. The flask is a return. The night light is the exchange, cheapest one. Both done, please.")
    dora.hears("Only one of the two", "33.00 EUR", "6.00 EUR")


def test_the_customers_own_rule_picks_what_gives_back_more(dora: Chat) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("hall I")
    dora.says(
        "No. Just one then. What's the money for sending back only the flask, and what for swapping night light and flask for the "
        "cheapest? I'll take whichever saves most."
    ).hears(
        "Returning the Fjordline Steel gives back 33.00 EUR",
        "gives back 15.00 EUR (the Ombra Glow 6.00 EUR and the Fjordline Steel 9.00 EUR)",
    )
    dora.presses("Mastercard").hears("Return 1 x Fjordline Steel", "hall I")
    dora.order_is("CH-60003", "delivered", "C-4")


@wordings(
    ("said", "sum_"),
    [
        ("what would I save by swapping the boots in CH-60001 for the cheapest version?", "gives back 10.00 EUR"),
        ("how much extra would I have to pay to change the boots to size 43, not waterproof", "costs 10.00 EUR more"),
        ("what if I cancel CH-60001, how much comes back?", "gives back 149.00 EUR"),
        ("how much would I get back if I exchanged the night light for the cheapest one?", "gives back 6.00 EUR"),
    ],
)
def test_a_sum_is_told_with_no_form_open(dora: Chat, said: str, sum_: str) -> None:
    dora.says(said).hears(sum_).never_hears("hall I")


@wordings(
    ("said", "sum_"),
    [
        ("hmm, and exchanging it for the cheapest instead would give me how much?", "6.00 EUR"),
        ("before I say yes: the exchange of only the flask for the cheapest, how much would that save me?", "9.00 EUR"),
        ("what would I get if I returned the backpack as well?", "79.00 EUR"),
    ],
)
def test_a_sum_is_told_beside_a_proposal_which_stays_open(dora: Chat, said: str, sum_: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("hall I")
    dora.says(said).hears(sum_).hears("hall I")
    dora.says("yes").hears("37.00 EUR")


def test_a_sum_is_told_beside_a_question_which_is_asked_again(dora: Chat) -> None:
    dora.says("exchange the night light in CH-60003")
    dora.says("wait, how much would I get for returning it instead?").hears("gives back 37.00 EUR").hears("Ombra Glow")


def test_a_sum_is_told_while_a_reason_is_asked_for(dora: Chat) -> None:
    dora.says("cancel CH-60001")
    dora.says("how much would I get back if I only swapped the boots to the cheapest instead of cancelling?").hears("10.00 EUR")
    dora.says("no longer needed").hears("hall I")
