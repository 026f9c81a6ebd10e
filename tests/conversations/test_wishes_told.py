"""What comes of a wish is told in full: the dearest with its price, all versions when asked for, what was left out, and what falls back."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.test_corrections import settled

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "exchange the night light for the dearest high one",
        "swap the night light for the most expensive high one you have",
        "I want my night light exchanged for the priciest one with brightness high",
    ],
)
def test_the_dearest_is_told_with_its_price_and_the_new_sum(dora: Chat, said: str) -> None:
    words = settled(dora.says(said))
    assert "The most expensive Ombra Glow (brightness high) in stock is 47.00 EUR" in words
    assert "then comes to 159.00 EUR in all" in words


@wordings(
    "said",
    ["how much is each?", "what do they all cost?", "can you tell me all the versions with their prices?", "which others are there?"],
)
def test_all_versions_are_told_with_their_prices(dora: Chat, said: str) -> None:
    dora.says("exchange the flask from CH-60003").hears("What shall the new Fjordline Steel be like")
    dora.says(said).hears("500 ml, green (24.00 EUR)", "1 l, green (36.00 EUR)").hears("What shall the new")


@wordings(
    "said",
    [
        "is that the only high one, or are there others?",
        "which other high ones are there, and what do they cost?",
        "could you list all the high versions with prices?",
    ],
)
def test_a_question_for_versions_at_the_proposal_is_answered_and_said_of_which(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the high one").presses("PayPal").hears("hall I do that")
    dora.says(said).hears("brightness high", "battery (45.00 EUR)", "mains (47.00 EUR)").hears("hall I do that")
    dora.says("yes").hears("is registered", "brightness high, power solar")


@wordings("said", ["what will the new total be?", "what's the order's total then?", "how much is the new order total?"])
def test_the_new_sum_is_told_at_the_proposal(dora: Chat, said: str) -> None:
    dora.says("change the boots in CH-60001 to the waterproof version, paid with my visa").hears("Change in order CH-60001")
    dora.says(said).hears("154.00 EUR in all, instead of 149.00 EUR").hears("hall I do that")


@wordings(
    "said",
    [
        "exchange the flask from CH-60003 for a 1 l black one, else the 1 l green one",
        "swap the black flask for 1 litre in black, and if there's no such thing then 1 l in green",
        "the flask of CH-60003 in 1 l black please, otherwise 1 l green, exchange it",
    ],
)
def test_a_second_wish_is_taken_where_the_first_cannot_be_had(dora: Chat, said: str) -> None:
    assert "capacity 1 l, colour green" in settled(dora.says(said))


@wordings(
    "said",
    [
        "exchange the night light for one with the same brightness on mains",
        "swap the night light, same specs but on mains",
        "exchange the night light, everything the same except mains power",
    ],
)
def test_the_same_but_for_one_thing(dora: Chat, said: str) -> None:
    assert "brightness medium, power mains" in settled(dora.says(said))


@wordings(
    "said",
    [
        "change the boots in CH-60001 to size 43, waterproof doesn't matter",
        "the boots in CH-60001 in 43 please, I don't care whether they are waterproof",
        "swap the boots of CH-60001 for a 43, waterproof or not is all the same to me",
    ],
)
def test_what_does_not_matter_keeps_nothing_away(dora: Chat, said: str) -> None:
    assert "to Kestrel Ridge (size 43" in settled(dora.says(said))


@wordings(
    "said",
    [
        "which of my orders are still pending?",
        "show me my pending orders",
        "list the orders of mine that are pending",
    ],
)
def test_a_list_that_leaves_orders_out_says_so(dora: Chat, said: str) -> None:
    dora.says(said).hears("2 of your 4 orders fit that", "CH-60001", "CH-60002").never_hears("CH-60003")


@wordings(
    "said",
    [
        "the night light from CH-60003 is broken, I'd like to exchange it for the same one again",
        "exchange my night light for an identical one, mine arrived damaged",
        "I want to swap the night light for the very same one, it came cracked",
        "please replace the night light from CH-60003 with a new one of the same, it is faulty",
    ],
)
def test_a_broken_piece_is_exchanged_for_the_same_once_more(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "to Ombra Glow (brightness medium, power solar)", "The price stays the same")
    dora.says("yes").hears("CH-60003 is registered")


@wordings(
    "said",
    [
        "change the boots in CH-60001 for the very same ones again",
        "in CH-60001 swap the boots for an identical pair, exactly the same",
        "exchange the boots of my pending order for the same again",
    ],
)
def test_the_same_once_more_is_no_change_of_a_pending_order(dora: Chat, said: str) -> None:
    dora.says(said).hears("have already")
    assert dora.receipts() == []


@wordings(
    "said",
    [
        "Then don't! Leave that order alone.",
        "in that case keep the order as it is",
        "don't cancel it then",
    ],
)
def test_a_cancellation_that_is_not_wanted_any_more_asks_no_reason_again(dora: Chat, said: str) -> None:
    dora.says("cancel order CH-60001").hears("Why would you like to cancel")
    dora.says(said).hears("Nothing was changed").never_hears("Why", "reason")
    dora.order_is("CH-60001", "pending", "C-4")


@wordings("said", ["none of your business", "that is my own affair", "why do you need to know that"])
def test_a_reason_is_asked_for_twice_at_most(dora: Chat, said: str) -> None:
    dora.says("cancel order CH-60001").hears("Why would you like to cancel")
    dora.says(said)
    dora.says("I really won't tell you")
    if "stays as it is" not in dora.text:
        dora.says("not telling")
    dora.hears("stays as it is").is_offered_a_person()
    dora.presses("No longer needed").hears("Cancel order CH-60001")


@wordings(
    "said",
    [
        "cancel the flask in CH-60001. ONLY the flask, nothing else in it!",
        "please cancel just the boots of CH-60001 and keep the flask",
        "can you cancel only one item of CH-60001, the flask",
    ],
)
def test_the_rule_on_parts_is_told_once_and_no_reason_asked(dora: Chat, said: str) -> None:
    dora.says(said).hears("I can only cancel a whole order", "Shall I cancel all of it")
    assert dora.text.count("whole order,") == 1
    dora.never_hears("Why would you like")
    dora.says("no, then keep it").never_hears("Why would you like", "whole order,")
    dora.order_is("CH-60001", "pending", "C-4")
