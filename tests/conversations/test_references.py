"""What customers point at: their other pieces, items by number, orders by place or by what was said last, one of several alike."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


def proposed(chat: Chat) -> str:
    """All that was said up to the proposal; where a price differs, the first of the customer's methods is taken."""
    said = chat.text
    methods = [title for title in chat.buttons if title.startswith(("Gift card", "PayPal", "Mastercard", "Visa"))]
    return f"{said}\n{chat.presses(methods[0]).text}" if methods else said


@wordings(
    "said",
    [
        "change the boots in CH-60001 to the dearest pair you have in my size",
        "swap the boots of order CH-60001 for your priciest ones in the size I have",
        "make the boots in CH-60001 the top of the range, same size as mine",
    ],
)
def test_the_dearest_is_of_the_customers_own_size(dora: Chat, said: str) -> None:
    assert "size 42, waterproof yes" in proposed(dora.says(said))


@wordings(
    "said",
    [
        "make the flask from CH-60003 like the one in my other order",
        "exchange the black flask for the same as in order CH-60001",
        "exchange the flask in CH-60003 for the one I got in CH-60001",
        "I'd like the flask of CH-60003 to be the same as the one I have in CH-60001",
    ],
)
def test_another_piece_of_the_customers_own_is_the_model(dora: Chat, said: str) -> None:
    words = proposed(dora.says(said))
    assert "CH-60003" in words
    assert "capacity 500 ml, colour green" in words


@wordings(
    "said",
    [
        "exchange item P-12-4 for item P-12-8",
        "swap P-12-4 in order CH-60003 for P-12-8",
        "in CH-60003 I'd like to exchange the night light for the variant P-12-8",
    ],
)
def test_items_and_versions_go_by_their_numbers(dora: Chat, said: str) -> None:
    words = proposed(dora.says(said))
    assert "brightness high, power battery" in words
    assert "Fjordline" not in words


@wordings("said", ["return item P-14-1", "please take back P-14-1", "I want to send back the article P-14-1"])
def test_an_item_to_return_goes_by_its_number(dora: Chat, said: str) -> None:
    assert "Return 1 x Havre Pack" in proposed(dora.says(said))


@wordings(
    "said",
    [
        "cancel the one going to Leipzig",
        "please cancel the Leipzig one",
        "cancel the order that goes to zip code 04109",
        "my zip is 28195, cancel my navy pack",
    ],
)
def test_an_order_goes_by_its_place_and_no_zip_is_its_number(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("can't find")
    dora.presses("No longer needed").hears("CH-60002")


@wordings("said", ["cancel that order", "please cancel that order then", "then cancel this order please"])
def test_that_order_is_the_one_spoken_of_last(dora: Chat, said: str) -> None:
    dora.says("where is CH-60002?").hears("pending")
    dora.says(said).presses("No longer needed").hears("CH-60002")


@wordings(
    "said",
    [
        "set my account's address to the one on order CH-60002",
        "change my default address to where CH-60002 was sent",
        "use the address from CH-60002 as my default address",
        "my account address should be the one of order CH-60002",
    ],
)
def test_the_accounts_address_is_taken_from_an_order(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change the address of your account to Kanalweg 4")
    dora.says("yes").hears("address of your account is now Kanalweg 4")
    dora.goes_to("CH-60001", "Hafenstrasse 9", "C-4")


@wordings(
    "said",
    [
        "the order with the flask and the night light arrived, please exchange the night light for the one on battery",
        "exchange the night light from CH-60003 for the battery one, the flask and the backpack are fine",
        "everything in CH-60003 is great but I want the night light exchanged for one with battery",
    ],
)
def test_what_is_only_told_of_other_items_exchanges_none_of_them(dora: Chat, said: str) -> None:
    words = proposed(dora.says(said))
    assert "power battery" in words
    assert "Havre" not in words
    assert "Fjordline" not in words


@wordings(
    "said",
    [
        "exchange the shirt from CH-20003 for another colour",
        "swap a tee of CH-20003 for another colour",
        "I want one of the shirts from CH-20003 exchanged for another colour",
    ],
)
def test_one_of_several_alike_is_asked_for_and_its_wish_is_kept(ada: Chat, said: str) -> None:
    ada.says(said).hears("Which one of these")
    assert not any("Nordlys" in title for title in ada.buttons)
    words = proposed(ada.says("the black one"))
    assert "colour white" in words
    # Named as what goes back and as what comes instead, once each.
    assert words.count("x Pellworth Heavy Tee") == words.count("to Pellworth Heavy Tee") == 1


@wordings(
    "said",
    [
        "order CH-60002 hasn't shipped, can you make the pack olive",
        "CH-60002 is not packed yet, please make the backpack olive",
        "could the backpack in CH-60002 be olive",
        "I need the pack from CH-60002 in olive instead",
    ],
)
def test_a_change_is_understood_without_its_verb(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change in order CH-60002", "olive")


@wordings(
    "said",
    [
        "please take back the running shoes and the grey backpack",
        "would you take the running shoes and the grey backpack back",
        "take my running shoes and the grey backpack back please",
    ],
)
def test_taking_back_is_a_return_of_each_order(dora: Chat, said: str) -> None:
    assert "Return 1 x Havre Pack" in proposed(dora.says(said))
    dora.says("yes").hears("Now to order CH-60004")
    dora.presses("PayPal").hears("Return 1 x Kestrel Trail")


@wordings(
    "said",
    [
        "exchange the night light in CH-60003 for the low one, refund to my gift card",
        "swap the night light of CH-60003 for the low one and put the refund on my gift card",
        "exchange the night light from CH-60003 for the low one, money back to my gift card",
    ],
)
def test_a_refund_named_beside_the_wish_is_no_question(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "brightness low", "back 6.00 EUR to your gift card")


@wordings(
    "said",
    [
        "where will CH-60002 be sent, which address",
        "to what address will you send CH-60002",
        "where does CH-60002 go, what's the address on it",
    ],
)
def test_where_an_order_goes_is_answered_once(dora: Chat, said: str) -> None:
    dora.says(said).hears("Kanalweg 4").never_hears("Now to your other request")


@wordings(
    "said",
    [
        "change the boots in CH-60001 to waterproof in 43, else waterproof in 41, else leave them",
        "the boots of CH-60001 in waterproof 43, failing that waterproof 41, and if neither is there keep them",
        "exchange the boots in CH-60001 for waterproof ones in 43, if there are none then in 41, otherwise forget it",
    ],
)
def test_a_chain_of_wishes_is_followed_to_what_there_is(dora: Chat, said: str) -> None:
    assert "size 41, waterproof yes" in proposed(dora.says(said))


@wordings(
    "said",
    [
        "exchange the night light in CH-60003 for a high one under 30 euros; if none under 30 then the cheapest high one",
        "swap the night light of CH-60003 for a high one below 30 euros, and if there are none below 30 the cheapest",
        "exchange the night light of CH-60003 for a high one up to 30 eur, otherwise the cheapest one",
    ],
)
def test_without_any_below_the_limit_the_cheapest_is_taken(dora: Chat, said: str) -> None:
    assert "brightness high, power solar" in proposed(dora.says(said))
