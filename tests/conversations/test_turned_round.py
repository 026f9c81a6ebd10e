"""Who turns round in the middle of a message, refuses what was heard, or tells of damage."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "The backpack I got is too small, I'd like to return it... hmm, no, actually an exchange: the same in olive",
        "I want to return the grey backpack, or rather exchange it for an olive one",
        "return the backpack from CH-60003. No wait, swap it for the olive one",
    ],
)
def test_a_return_becomes_an_exchange(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "olive").never_hears("refund go")


@wordings(
    "said",
    [
        "I'd like to exchange the night light from CH-60003 for a brighter one, hmm no, actually just return it",
        "swap the night light of CH-60003 for a brighter one - no wait, send it back",
        "can you exchange the night light in CH-60003? Or rather, I want to return it",
    ],
)
def test_an_exchange_becomes_a_return(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go").presses("Mastercard").hears("Return 1 x Ombra Glow")


@wordings(
    "said",
    [
        "cancel CH-60002 - no wait, change the address instead",
        "please cancel order CH-60002, hm, no, actually just change its address",
        "Cancel CH-60002. On second thought, change the delivery address",
    ],
)
def test_a_cancellation_becomes_another_address(dora: Chat, said: str) -> None:
    dora.says(said).hears("At present it is Kanalweg 4").never_hears("Why would you like to cancel")
    dora.order_is("CH-60002", "pending", "C-4")


@wordings(
    "said",
    [
        "change the address of CH-60002, no actually cancel it",
        "I need another address for CH-60002 - no wait, cancel the order",
        "update the address of CH-60002, or rather cancel it",
    ],
)
def test_another_address_becomes_a_cancellation(dora: Chat, said: str) -> None:
    dora.says(said).hears("ancel order CH-60002").never_hears("At present it is")


@wordings(
    "said",
    [
        "No! I don't want to cancel anything. I HAVE it already. Then it's in a different order, look it up! Return the night light.",
        "don't cancel that! I want to return the night light, it came long ago",
        "I never said cancel, I said return the night light, I have it here",
    ],
)
def test_a_refused_cancellation_goes_on_with_the_return(dora: Chat, said: str) -> None:
    dora.says("I want to send back CH-60001").hears("CH-60001 is still pending")
    dora.says(said).hears("Where should the refund go").presses("Mastercard").hears("Return 1 x Ombra Glow", "CH-60003")
    dora.order_is("CH-60001", "pending", "C-4")


@wordings("said", ["No! don't cancel anything", "I do not want to cancel CH-60001", "I never wanted you to cancel my order CH-60001"])
def test_who_refuses_a_cancellation_starts_none(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("Why would you like to cancel", "Cancel order")
    dora.order_is("CH-60001", "pending", "C-4")


@wordings(
    "said",
    [
        "The backpack you sent me arrived DAMAGED. Do you know what that thing cost?! I want my money back, and fast!",
        "my backpack from CH-60003 arrived damaged, I want to return it",
        "It did not survive the delivery! The backpack arrived damaged, it was so expensive, and I'd like to have my money back",
        "The backpack I got was damaged on the way, maybe I want a replacement... no, actually I want my money back",
    ],
)
def test_damage_is_the_reason_of_a_return(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("You paid", "costs").hears("Where should the refund go").presses("Mastercard").hears(
        "Return 1 x Havre Pack"
    )
