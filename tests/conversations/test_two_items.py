"""Two items in one breath, models among the customer's own pieces, and proposals that were wrong: each word speaks of the item it names."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
RECEIVED = "exchange the extension lead from CH-70001"
PROPOSED = "exchange the extension lead I received for one with 10 m"
LONGER = "to Galvan Reach (length 10 m, cover textile, colour white)"
ORANGE = "to Galvan Reach (length 5 m, cover rubber, colour orange)"
FILTER = "to Morva Brew (system filter, jug glass, clock timer)"
SPLASH = "to Brisa Pebble (colour blue, playtime 6 hours, seal splash-proof)"


@wordings(
    "said",
    [
        "Right lead. Also the hammock, to a shorter hemp one. What options, what prices?",
        "Hammock: exchange to shorter, hemp.",
        "And the hammock please, swap it for a shorter one in hemp",
        "The shorter hemp one is the HAMMOCK. Both.",
        "add the hammock, exchanged to a shorter hemp one. List the options",
    ],
)
@wordings("first", [RECEIVED, PROPOSED])
def test_words_for_an_item_of_another_order_are_no_wish_for_the_first(enno: Chat, first: str, said: str) -> None:
    enno.says(first)
    enno.says(said).hears("The Sola Sling is part of another order, so I come to it next")
    assert "What shall the new Galvan Reach be like" in enno.text or "to Galvan Reach for 35.80 EUR" in enno.text


@wordings(
    "said",
    [
        "Also the hammock, to a shorter hemp one",
        "and swap the hammock for a shorter hemp one too",
        "Hammock: to a shorter hemp one",
    ],
)
def test_what_waits_is_proposed_after_the_yes(enno: Chat, said: str) -> None:
    enno.says(PROPOSED).hears(LONGER)
    enno.says(said).hears("come to it next")
    enno.says("Yes").hears("is registered", "length 10 m, cover textile, colour white")
    enno.hears("Exchange from order CH-70002", "to Sola Sling (length 2 m, cloth hemp, pattern plain)")


@wordings(
    "said",
    [
        "Hammock, not the lead.",
        "not the lead, the hammock",
        "I mean the hammock, not a lead!",
        "Hammock, not lead.",
    ],
)
def test_what_was_not_meant_gives_way_to_what_was(enno: Chat, said: str) -> None:
    enno.says(RECEIVED).hears("What shall the new Galvan Reach be like")
    enno.says("Hammock: exchange to shorter, hemp").hears("come to it next")
    enno.says(said).hears("Exchange from order CH-70002", "to Sola Sling (length 2 m, cloth hemp, pattern plain)")


@wordings(
    "said",
    [
        "extension lead to 5 m rubber orange, coffee maker to a filter one. Exchange both from CH-70001",
        "From CH-70001 exchange the lead for the 5 m rubber orange one, and the coffee maker for one with filter",
        "in CH-70001: swap the extension lead to 5 m, rubber, orange and the coffee maker to filter",
    ],
)
def test_two_items_of_one_order_have_their_own_words(enno: Chat, said: str) -> None:
    enno.says(said).hears(ORANGE, FILTER)


@wordings(
    "said",
    [
        "Right lead. Also the coffee maker, to a filter one.",
        "add the coffee maker, to filter",
        "Good. And the coffee maker for a filter one",
    ],
)
def test_one_more_item_changes_nothing_of_the_first(enno: Chat, said: str) -> None:
    enno.says(PROPOSED)
    enno.says(said).hears(LONGER, FILTER)


@wordings(
    "said",
    [
        "exchange two things from my delivered orders: extension lead to 5 m rubber orange, hammock to a shorter hemp one",
        "I'd like to swap the hammock for a shorter hemp one and the extension lead I received for the 5 m, rubber, orange one",
        "Want to exchange my hammock for a shorter hemp one. And exchange my lead for one of 5 m, rubber, orange.",
    ],
)
def test_items_of_two_orders_come_one_after_the_other(enno: Chat, said: str) -> None:
    enno.says(said).hears("is part of another order, so I come to it next")
    assert ("colour orange" in enno.text) != ("to Sola Sling (length 2 m, cloth hemp" in enno.text)
    enno.says("Yes").hears("is registered")
    said_after = enno.text.partition("Now to")[2]
    assert "to Sola Sling (length 2 m, cloth hemp, pattern plain)" in said_after or "cover rubber, colour orange" in said_after


@wordings(
    "said",
    [
        "exchange the lead I received for the type in my pending order",
        "swap my delivered extension lead for the same kind as in my pending order",
        "exchange the extension lead from CH-70001 for the same one as in the pending order",
    ],
)
def test_the_model_is_in_the_pending_order(enno: Chat, said: str) -> None:
    enno.says(said).hears("Exchange from order CH-70001", "to Galvan Reach (length 5 m, cover rubber, colour black)")


@wordings(
    "said",
    [
        "Same as the lead in my pending order. Look there.",
        "I have a pending order with a lead in it. I want that same one.",
        "the same type as in my pending order",
        "like the one in my other order",
        "I have a pending order with a lead in it. I want that same one. What lead is in my pending order?",
    ],
)
def test_a_model_answers_what_the_new_one_shall_be_like(enno: Chat, said: str) -> None:
    enno.says(RECEIVED).hears("What shall the new Galvan Reach be like")
    enno.says(said).hears("to Galvan Reach (length 5 m, cover rubber, colour black)")


@wordings(
    "said",
    [
        "What lead is in my pending order?",
        "Which lead is in the pending order?",
        "Show me my pending order",
        "what's in my pending order?",
    ],
)
def test_what_an_order_holds_is_told_and_the_question_stays(enno: Chat, said: str) -> None:
    enno.says(RECEIVED).hears("What shall the new Galvan Reach be like")
    enno.says(said).hears("Order CH-70003", "5 m, rubber, black").hears("What shall the new Galvan Reach be like")


@wordings(
    "said",
    [
        "Exchange the waterproof speaker for the cheaper of the other two speakers in that order. Both splash-proof.",
        "swap the waterproof speaker in CH-70004 for the cheapest of the other two in that order",
        "exchange my waterproof speaker for the same seal as the other speakers in that order, and the same playtime",
    ],
)
def test_the_model_is_among_the_other_pieces_of_the_order(enno: Chat, said: str) -> None:
    enno.says("What is in order CH-70004?")
    enno.says(said).hears("Exchange from order CH-70004", "seal waterproof", SPLASH)


@wordings(
    "said",
    [
        "No, wrong lead.",
        "No. Not that one.",
        "Not the right one",
        "no, that's the wrong version",
        "wrong one",
    ],
)
def test_a_wrong_version_is_asked_for_anew(enno: Chat, said: str) -> None:
    enno.says(PROPOSED).hears("colour white")
    enno.says(said).never_hears("I didn't get that").hears("All right, not that one. What shall the new Galvan Reach be like")
    enno.says("5 m, rubber, orange").hears(ORANGE)


@wordings(
    "said",
    [
        "No. 5 m, rubber, orange.",
        "No, wrong lead: I want 5 m, rubber, orange",
        "not that one, the 5 m rubber orange one please",
    ],
)
def test_a_no_with_a_new_wish_is_the_wish(enno: Chat, said: str) -> None:
    enno.says(PROPOSED).hears("colour white")
    enno.says(said).hears(ORANGE)


@wordings("said", ["Leave it", "leave it please", "skip that"])
def test_leaving_it_picks_no_version(enno: Chat, said: str) -> None:
    enno.says("exchange the teapots from CH-70005").hears("What shall the new Morva Steep be like")
    enno.says(said).hears("I've dropped the exchange. Nothing was changed").never_hears("Exchange from order")


@wordings(
    "said",
    [
        "Not a teapot. In CH-70004: exchange the blue 6 hours waterproof speaker. I want it unsealed",
        "not the teapots! Exchange the waterproof speaker in CH-70004 for the unsealed one",
        "Not a teapot, the waterproof speaker from CH-70004, for an unsealed one",
    ],
)
def test_another_order_is_gone_to_where_the_item_was_not_meant(enno: Chat, said: str) -> None:
    enno.says("exchange the teapots from CH-70005").hears("What shall the new Morva Steep be like")
    enno.says(said).hears("Exchange from order CH-70004", "to Brisa Pebble (colour blue, playtime 6 hours, seal unsealed)")


@wordings(
    "said",
    [
        "Exchange speakers in CH-70004: blue, 6 hours, waterproof to blue, 9 hours, unsealed.",
        "exchange the waterproof speaker of CH-70004 for the unsealed one with 9 hours",
        "and in CH-70004 the waterproof speaker for an unsealed one with 9 hours too",
    ],
)
def test_an_item_of_a_named_order_is_never_taken_from_another(enno: Chat, said: str) -> None:
    enno.says("Exchange the teapots for the cheapest clay one").hears("Exchange from order CH-70005")
    enno.says(said).hears("The Brisa Pebble is part of another order, so I come to it next").hears("CH-70005")
    enno.says("Yes").hears("is registered").hears("to Brisa Pebble (colour blue, playtime 9 hours, seal unsealed)")
