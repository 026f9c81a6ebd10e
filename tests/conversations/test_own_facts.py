"""Facts of the customer's own orders and items, however loosely they are asked for."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings("said", ["#CH-20001 is it my order?", "is CH-20001 one of mine?", "someone mailed me about CH-20001, does that belong to me"])
def test_an_order_of_another_is_not_among_the_customers(dora: Chat, said: str) -> None:
    dora.says(said).hears("Order", "CH-20001 is not among your orders", "CH-60001", "CH-60004").never_hears("Quillon")


@wordings("said", ["#CH-98765 is it my order?", "is CH-98765 one of mine?", "someone mailed me about CH-98765, does that belong to me"])
def test_an_order_that_nobody_has_is_told_of_in_the_same_words(dora: Chat, said: str) -> None:
    dora.says(said).hears("CH-98765 is not among your orders", "CH-60001", "CH-60004")


@wordings("said", ["is CH-60002 one of mine?", "do i have an order CH-60002", "CH-60002, is that my order?"])
def test_an_own_order_is_said_to_be_so(dora: Chat, said: str) -> None:
    dora.says(said).hears("Yes", "CH-60002", "Havre Pack")


@wordings("said", ["is CH-60002 one of mine?", "CH-60002, is that my order?", "does CH-60002 belong to me"])
def test_whose_an_order_is_nobody_else_learns(guest: Chat, said: str) -> None:
    guest.says(said).never_hears("Havre", "Yes", "not among")


@wordings("said", ["which night light did i get again?", "what's my current night light", "remind me of the specs of my night light"])
def test_what_the_customer_has_is_told_from_its_line(dora: Chat, said: str) -> None:
    dora.says(said).hears("Ombra Glow", "brightness medium", "power solar", "CH-60003")


@wordings("said", ["what size are the boots i bought", "are my boots waterproof or not", "what size are my hiking boots, i forgot"])
def test_an_option_of_an_own_item_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Kestrel Ridge", "size 42", "waterproof no")


@wordings("said", ["is the backpack i have the grey or the navy one", "which backpack did i buy", "what's my current rucksack"])
def test_all_that_may_be_meant_are_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("colour navy", "CH-60002").never_hears("sold out")
    assert "colour grey (order CH-60003" in dora.text


@wordings("said", ["which of these runs on solar", "and which one is solar powered?", "are any of them solar"])
def test_which_of_those_in_an_order_is_told_by_its_record(dora: Chat, said: str) -> None:
    dora.says("what's in CH-60003").says(said).hears("Ombra Glow", "solar").never_hears("Havre Pack")


@wordings("said", ["which of these are for gaming?", "which one of them is for gaming", "what's the brightest of them"])
def test_what_no_record_says_is_said_with_what_they_say(dora: Chat, said: str) -> None:
    dora.says("what's in CH-60003").says(said).hears("don't say that", "Ombra Glow", "Fjordline Steel", "Havre Pack")


@wordings("said", ["which of these are for gaming?", "which one of them is for gaming", "which of those is meant for gaming"])
def test_which_of_them_is_told_before_items_are_chosen(dora: Chat, said: str) -> None:
    dora.says("I want to return something from CH-60003")
    dora.says(said).hears("don't say that", "Ombra Glow").hears("Which items")


@wordings("said", ["and whats in it", "what's in that one?", "what does it contain"])
def test_what_is_in_the_order_spoken_of_is_told(dora: Chat, said: str) -> None:
    dora.says("where is order CH-60004").says(said).hears("Kestrel Trail", "size: 42")


@wordings("said", ["just the pending ones", "show me the pending ones only", "only pending"])
def test_a_list_is_narrowed_by_a_state(dora: Chat, said: str) -> None:
    dora.says("show all my orders").says(said).hears("CH-60001", "CH-60002").never_hears("CH-60003")


@wordings("said", ["any shipped orders?", "do i have orders that are shipped", "show my shipped orders"])
def test_no_order_in_a_state_is_said_before_all_are_listed(dora: Chat, said: str) -> None:
    dora.says(said).hears("None of your orders is on its way", "CH-60001")


@wordings(
    "said",
    [
        "You know what boots you sold me! Show me every order I have with you then.",
        "forget the flask. list all my orders please",
        "it's not about the shoes, I want to see all of my orders",
    ],
)
def test_every_order_is_every_order_whatever_is_said_around_it(dora: Chat, said: str) -> None:
    dora.says(said).hears("CH-60001", "CH-60002", "CH-60003", "CH-60004").never_hears("fits that")


@wordings("said", ["how many orders have i made so far", "how many orders do i have with you", "so how many orders did we place?"])
def test_orders_are_counted(dora: Chat, said: str) -> None:
    dora.says(said).hears("4 orders", "CH-60001", "CH-60004")


@wordings("said", ["how many flasks did i order", "how many flasks have i bought?", "how many flasks do i have in my orders"])
def test_pieces_of_a_kind_are_counted(dora: Chat, said: str) -> None:
    dora.says(said).hears("2 items in 2 orders", "CH-60001", "CH-60003")


@wordings("said", ["whats the most i've ever spent on one order", "which was my biggest order?", "what is my most expensive order"])
def test_the_largest_order_is_told(ada: Chat, said: str) -> None:
    ada.says(said).hears("CH-20004", "199.00 EUR")


@wordings(
    "said",
    [
        "is the card ending 7301 the one i paid CH-60002 with?",
        "CH-60002: paid with visa, mastercard or amex?",
        "which of them did you charge for CH-60002, visa or mastercard?",
    ],
)
def test_a_question_for_the_card_proposes_nothing(dora: Chat, said: str) -> None:
    dora.says(said).hears("CH-60002 was paid with your Visa ending in 7301").never_hears("hall I do that")


@wordings("said", ["whats the zip on order CH-60002", "which postal code does order CH-60002 have", "what city is order CH-60002 for"])
def test_the_place_of_an_order_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("04109 Leipzig")


@wordings(
    "said",
    ["cant the refund for CH-20004 come any quicker??", "can i get the refund of CH-20004 sooner", "speed up my refund for CH-20004!"],
)
def test_a_refund_is_not_promised_any_sooner(ada: Chat, said: str) -> None:
    ada.says(said).hears("199.00 EUR", "can't make that any faster")


@wordings("said", ["has my shose order shiped yet", "wheres my shoes order", "did the shoees ship"])
def test_a_thing_is_known_though_its_name_is_mistyped(ada: Chat, said: str) -> None:
    ada.says(said).hears("CH-20002", "on its way")


@wordings(
    "said",
    [
        "what would i save taking the 500 ml green flask instead of the 750 ml black one",
        "how much cheaper is the green 500 ml flask than the black 750 ml one?",
        "how much less is the flask in 500 ml green compared to 750 ml black",
    ],
)
def test_two_prices_are_set_against_each_other(dora: Chat, said: str) -> None:
    dora.says(said).hears("24.00 EUR", "33.00 EUR", "9.00 EUR cheaper")


@wordings(
    "said",
    [
        "the cheapest flask you have vs the priciest, what do they cost",
        "what's the price of the cheapest flask and of the most expensive one?",
        "how much is your cheapest flask, and how much the most expensive flask?",
    ],
)
def test_the_cheapest_and_the_dearest_are_told_together(dora: Chat, said: str) -> None:
    dora.says(said).hears("24.00 EUR", "36.00 EUR")


@wordings(
    "said",
    [
        "is there any other flask of mine still pending?",
        "do i have another flask in my pending orders",
        "are there any more flasks of mine pending",
    ],
)
def test_whether_an_order_holds_a_thing_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Fjordline Steel", "CH-60001").never_hears("CH-60003")


@wordings("said", ["is that the card i paid with?", "which card did i pay with again?", "is that my original card?"])
def test_what_was_paid_with_is_told_inside_a_change(dora: Chat, said: str) -> None:
    dora.says("change the flask in CH-60001 to 750 ml green")
    dora.says(said).hears("CH-60001 was paid with your Visa ending in 7301").hears("What do you pay it with")


@wordings("said", ["what's my current flask?", "which flask did i order?", "what size do i have now?"])
def test_what_is_to_be_changed_is_told_inside_a_change(dora: Chat, said: str) -> None:
    dora.says("change the flask in CH-60001 to 750 ml green")
    dora.says(said).hears("Fjordline Steel", "500 ml").hears("What do you pay it with")


@wordings(
    "said", ["tell me all the options and prices", "list every version with its price please", "how many are there and what do they cost?"]
)
def test_all_versions_are_listed_with_their_prices_inside_an_exchange(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003")
    dora.says(said).hears("low, solar (31.00 EUR)", "high, mains (47.00 EUR)").hears("What shall the new Ombra Glow be like")


@wordings("said", ["which orders do I have?", "what options do I have with a delivered order?", "what things did i order"])
def test_what_names_no_thing_is_no_question_for_one(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("You ordered the")
