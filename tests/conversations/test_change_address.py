"""Another address: of an order, of the account, of both; typed at once, piece by piece, or one that is known."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "please change the delivery address of CH-60002 to Seestrasse 21, 78464 Konstanz",
        "CH-60002 has to go to Seestrasse 21, 78464 Konstanz instead, can you change the address",
        "send order CH-60002 to Seestrasse 21 in 78464 Konstanz please",
    ],
)
def test_an_address_in_one_message_leads_straight_to_the_proposal(dora: Chat, said: str) -> None:
    dora.says(said).hears("Send order CH-60002 to Seestrasse 21, 78464 Konstanz", "instead of Kanalweg 4")
    dora.says("yes").hears("Order CH-60002 now goes to Seestrasse 21, 78464 Konstanz")
    dora.goes_to("CH-60002", "Seestrasse 21", "C-4")


@wordings(
    "said",
    [
        "I want to change the delivery address of CH-60002",
        "wrong address on order CH-60002!",
        "change shipping address of ch60002 pls",
    ],
)
def test_an_address_may_come_piece_by_piece(dora: Chat, said: str) -> None:
    dora.says(said).hears("At present it is Kanalweg 4")
    dora.says("Lindenweg 5").hears("city and postal code", "Lindenweg 5")
    dora.says("Kiel").hears("postal code")
    dora.says("24103").hears("Send order CH-60002 to Lindenweg 5, 24103 Kiel")
    dora.presses("Yes").hears("now goes to Lindenweg 5")


@wordings(
    "said",
    ["send CH-60002 to the address in my account", "use my default address for CH-60002", "please deliver CH-60002 to my saved address"],
)
def test_the_accounts_own_address_needs_no_typing(dora: Chat, said: str) -> None:
    dora.says(said).hears("Send order CH-60002 to Hafenstrasse 9, Flat 2, 28195 Bremen")
    dora.says("yes please").hears("now goes to Hafenstrasse 9")


@wordings(
    "said",
    [
        "deliver CH-60002 to the same address as CH-60001",
        "change the address of CH-60002, same address as order CH-60001 please",
        "CH-60002 should be sent to the address of CH-60001",
    ],
)
def test_the_address_of_another_order_can_be_taken(dora: Chat, said: str) -> None:
    dora.says(said).hears("Send order CH-60002 to Hafenstrasse 9, Flat 2, 28195 Bremen")


@wordings(
    "said",
    [
        "the house number on CH-60002 is wrong, house number 14",
        "CH-60002: I typed Kanalweg 4 but it is Kanalweg 14, fix the address",
        "change the house number of CH-60002 to 14",
    ],
)
def test_a_detail_is_put_right_and_the_rest_stays(dora: Chat, said: str) -> None:
    dora.says(said)
    if "Send order" not in dora.text:
        dora.says("04109 Leipzig")
    dora.hears("Send order CH-60002 to Kanalweg 14, 04109 Leipzig")


@wordings(
    "said",
    [
        "please change my default address to Seestrasse 21, 78464 Konstanz",
        "update my account address: Seestrasse 21, 78464 Konstanz",
        "save Seestrasse 21, 78464 Konstanz as the address in my account",
    ],
)
def test_the_accounts_address_changes_and_changes_back(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change the address of your account to Seestrasse 21", "Orders that are placed keep their address")
    dora.says("yes").hears("address of your account is now Seestrasse 21")
    dora.goes_to("CH-60002", "Kanalweg 4", "C-4")
    dora.says("sorry, change my account address back to the old one").hears("Change the address of your account to Hafenstrasse 9")
    dora.says("yes").hears("is now Hafenstrasse 9")


@wordings(
    "said",
    [
        "I moved. Change the address in my account and on all my orders to Seestrasse 21, 78464 Konstanz",
        "please update my profile address and all open orders to Seestrasse 21, 78464 Konstanz",
        "new address Seestrasse 21, 78464 Konstanz, change it everywhere please, my account and all orders",
    ],
)
def test_account_and_orders_change_one_after_the_other_each_with_its_own_yes(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change the address of your account to Seestrasse 21")
    dora.says("yes").hears("your account is now Seestrasse 21").hears("Send order CH-60001 to Seestrasse 21")
    dora.goes_to("CH-60001", "Hafenstrasse 9", "C-4")
    dora.says("yes").hears("CH-60001 now goes to Seestrasse 21").hears("Send order CH-60002 to Seestrasse 21")
    dora.says("yes").hears("CH-60002 now goes to Seestrasse 21")


@wordings("said", ["change my address", "I need to change the address", "my address is wrong"])
def test_whose_address_is_open_is_asked_with_the_real_ones(dora: Chat, said: str) -> None:
    dora.says(said).hears("Which address should change?")
    assert [title[:8] for title in dora.buttons[:2]] == ["CH-60001", "CH-60002"]
    assert "The address in my account" in dora.buttons
    dora.says("the one with the backpack").hears("At present it is Kanalweg 4")


@wordings(
    "said",
    [
        "change the delivery address of CH-20002",
        "can CH-20002 go to Seestrasse 21, 78464 Konstanz instead",
        "wrong address on CH-20002, please correct it",
    ],
)
def test_a_shipped_order_keeps_its_address_and_that_is_said(ada: Chat, said: str) -> None:
    ada.says(said).hears("already on its way", "address can no longer be changed")
    assert ada.handover is None
    ada.goes_to("CH-20002", "Kanalweg 4")


@wordings(
    "said",
    [
        "12 Baker Street, London NW1 6XE, UK",
        "send it to 5 Rue du Port, Geneva 1201, Switzerland",
        "8 Pier Road, Seattle, WA 98101, USA",
    ],
)
def test_a_country_that_is_not_served_is_refused_and_another_address_taken(dora: Chat, said: str) -> None:
    dora.says("change the address of CH-60002").hears("At present")
    dora.says(said).hears("cannot send an order to").hears("What should the address be?")
    dora.says("Lindenweg 5, 24103 Kiel").hears("Send order CH-60002 to Lindenweg 5")


@wordings("said", ["no, number 23", "sorry, it should be Seestrasse 23", "wait, house number 23"])
def test_an_address_is_corrected_before_the_yes(dora: Chat, said: str) -> None:
    dora.says("change the address of CH-60002 to Seestrasse 21, 78464 Konstanz").hears("Seestrasse 21")
    dora.says(said).hears("Send order CH-60002 to Seestrasse 23, 78464 Konstanz")
    dora.goes_to("CH-60002", "Kanalweg 4", "C-4")
    dora.says("yes").hears("now goes to Seestrasse 23")


@wordings("said", ["no, the other order", "I meant the other order", "wrong order, I meant CH-60001"])
def test_the_order_is_corrected_before_the_yes(dora: Chat, said: str) -> None:
    dora.says("change the address of CH-60002 to Seestrasse 21, 78464 Konstanz").hears("Send order CH-60002")
    dora.says(said).never_hears("now goes to")
    assert "CH-60001" in dora.text or "At present" in dora.text
    dora.goes_to("CH-60002", "Kanalweg 4", "C-4")


@wordings(
    "said",
    [
        "In my time a film had 36, ha. Now please make my sister's place my default address, the Kanalweg one in Leipzig",
        "64 gigabytes, lovely, thank you. Change my default address to the one on Kanalweg, where CH-60002 goes",
    ],
)
def test_numbers_beside_the_wish_are_no_street(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change the address of your account to Kanalweg 4, 04109 Leipzig")
    dora.says("yes").hears("is now Kanalweg 4")
