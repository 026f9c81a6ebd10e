"""Which goods and which versions are meant where more is said than what is wished for."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "I'd like to return the night light and the backpack, the two of them together, since neither of those is a bottle",
        "Please take back the backpack and the night light, because the flask is the only thing I use",
        "Return the backpack and the night light please, as none of that goes with the flask",
    ],
)
def test_a_reason_adds_no_goods(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go").presses("Mastercard")
    dora.hears("Ombra Glow", "Havre Pack").never_hears("Fjordline")


@wordings(
    "said",
    [
        "I'd like to return the flask... no wait, sorry, I mean return the night light and the backpack",
        "I want to send back my running shoes, oops, I meant the night light and the backpack",
        "return the flask and the shoes. Scratch that, the backpack and the night light please",
    ],
)
def test_what_is_taken_back_is_not_returned(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go").presses("Mastercard")
    dora.hears("Ombra Glow", "Havre Pack").never_hears("Fjordline", "Kestrel")


@wordings(
    "said",
    [
        "I'd like to return my running shoes, or, hmm, no, sorry: it's the backpack I want to return",
        "return the flask, I mean the backpack",
        "Can you take back the night light... wait, no, the backpack!",
    ],
)
def test_one_is_put_in_the_place_of_another(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go").presses("Mastercard").hears("Return 1 x Havre Pack")
    dora.never_hears("Fjordline", "Kestrel", "Ombra")


@wordings("said", ["no, only the lamp please. None of the shirts", "neither of the shirts, just the lamp", "None of those"])
def test_none_of_those_offered_leaves_what_was_noted(ada: Chat, said: str) -> None:
    ada.says("I want to return the desk lamp and a shirt from CH-20003").hears("Nordlys Fold", "noted")
    ada.says(said).never_hears("Which items")
    if "Where should" in ada.text:
        ada.presses(ada.buttons[0])
    ada.hears("Return 1 x Nordlys Fold").never_hears("Heavy Tee")


def test_none_pressed_leaves_what_was_noted(ada: Chat) -> None:
    ada.says("I want to return the desk lamp and a shirt from CH-20003").hears("noted").presses("None")
    if "Where should" in ada.text:
        ada.presses(ada.buttons[0])
    ada.hears("Return 1 x Nordlys Fold").never_hears("Heavy Tee")


@wordings("said", ["Exchange the travel speakers, the waterproof one", "I'd like to exchange my speakers: the waterproof one"])
def test_words_pick_the_piece_and_wish_for_nothing(enno: Chat, said: str) -> None:
    enno.says(said).hears("What shall the new Brisa Pebble be like").never_hears("Exchange from order")
    enno.says("No. Don't need waterproof. Want the same seal as my other speakers.").never_hears("There is no")
    enno.hears("splash-proof")


@wordings(
    "said",
    [
        "I'd like a coffee maker with a filter and the lead, of the type that's in my pending order",
        "Exchange the coffee maker of CH-70001 for one with a filter, and the lead for the type in my pending order",
    ],
)
def test_each_item_has_its_own_wish(enno: Chat, said: str) -> None:
    enno.says("exchange items of CH-70001")
    enno.says(said).never_hears("not to another product")
    enno.hears("filter instead of capsule").hears("5 m instead of 2 m") if "\n" in enno.text else enno.hears("filter", "5 m")


@wordings(
    "said",
    [
        "I changed my mind, I don't want to return it, I'd rather exchange it for the very same backpack, just one that isn't torn.",
        "Actually no return. Swap it for a new one of the same please",
        "no, I'd rather have it replaced by the same one",
    ],
)
def test_a_return_becomes_an_exchange_at_the_yes(dora: Chat, said: str) -> None:
    dora.says("return the backpack").presses("Mastercard").hears("Return 1 x Havre Pack")
    dora.says(said).hears("Exchange from order CH-60003").never_hears("didn't get that")


@wordings(
    "said",
    [
        "sold out, what a shame, and the other colours are nothing for me. In that case let me just return the backpack instead.",
        "The other ones aren't the same to me. So let me return the backpack instead.",
    ],
)
def test_an_exchange_becomes_a_return_where_the_version_is_missing(dora: Chat, said: str) -> None:
    dora.says("exchange the backpack of CH-60003 for a pink one").says(said).hears("Where should the refund go").presses("Mastercard")
    dora.hears("Return 1 x Havre Pack")


@wordings("said", ["Which scopes with 30x or 45x zoom do you have?", "What scopes with a lens of 60 mm or 80 mm do you have in stock?"])
def test_a_question_is_no_choice(enno: Chat, said: str) -> None:
    enno.says("exchange my spotting scope for one with 70x zoom").says(said).never_hears("Exchange from order").hears("other versions")


@wordings("said", ["What exactly is my scope's spec?", "what are the details of my scope?"])
def test_the_own_version_is_told_in_the_middle(enno: Chat, said: str) -> None:
    enno.says("exchange my spotting scope for one with 70x zoom").says(said).hears("You ordered the Larkmoor Scout", "20x")


@wordings("said", ["Leave out the night light, the flask", "Without the flask and the night light please", "Remove night light, flask"])
def test_a_list_is_left_out_as_a_whole(dora: Chat, said: str) -> None:
    dora.says("return the night light, the flask and the backpack").presses("Mastercard").hears("Ombra Glow", "Havre Pack")
    dora.says(said).hears("Return 1 x Havre Pack").never_hears("Ombra", "Fjordline")
