"""A way to pay or to get money back that is wished for in the request itself: taken where the rules allow it, else the rule is told."""

from collections.abc import Callable

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "return the night light from CH-60003 and put the money on my gift card",
        "I'd like to send back the night light of CH-60003, refund to my gift card please",
        "please return the night light in CH-60003; I want the refund on the gift card",
    ],
)
def test_a_way_that_is_allowed_is_taken_and_not_asked_for(dora: Chat, said: str) -> None:
    dora.says(said).hears("Return 1 x Ombra Glow", "gift card ending in 4060").never_hears("Where should the refund go")


@wordings(
    "said",
    [
        "return the night light from CH-60003 and refund it to my PayPal",
        "send the night light of CH-60003 back and credit my PayPal account please",
        "I want to return the night light from CH-60003, money to my PayPal",
    ],
)
def test_a_way_that_is_not_allowed_is_told_with_its_rule(dora: Chat, said: str) -> None:
    dora.says(said).hears("what you paid with or to a gift card").hears("Where should the refund go")
    dora.presses("Mastercard").hears("Return 1 x Ombra Glow")


@wordings(
    "said",
    [
        "swap the flask in CH-60003 for a green one and pay any difference with my gift card",
        "exchange the flask of CH-60003 for the green one, difference to the gift card",
        "the flask in CH-60003 should be green instead, settle the difference with my gift card",
    ],
)
def test_the_way_for_a_difference_is_taken(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "gift card ending in 4060").never_hears("Where should it go")


@wordings("said", ["difference on my visa please", "I'll pay the difference with my visa", "charge my visa for the difference"])
def test_the_way_is_remembered_while_the_version_is_asked_for(dora: Chat, said: str) -> None:
    dora.says(f"I'd like to exchange the night light in CH-60003, {said}").hears("What shall the new Ombra Glow be like")
    dora.says("the high brightness one").hears("Exchange from order CH-60003", "Visa ending in 7301").never_hears("What do you pay it with")


@wordings("said", ["money on the gift card", "refund to my gift card", "put the money on the gift card"])
def test_the_way_is_remembered_while_the_item_is_asked_for(ada: Chat, said: str) -> None:
    ada.says(f"return something from CH-20003 please, {said}").hears("Which items")
    ada.says("the lamp").hears("Return 1 x Nordlys Fold", "gift card").never_hears("Where should the refund go")


@wordings(
    "said",
    [
        "cancel CH-60002, not needed any more, and refund it to my gift card",
        "please cancel CH-60002, ordered by mistake, and put the money on my gift card",
        "I no longer need CH-60002, cancel it and send the money back to my gift card",
    ],
)
def test_what_a_cancelled_order_gives_back_goes_where_it_came_from(dora: Chat, said: str) -> None:
    dora.says(said).hears("back to where it came from").hears("Cancel order CH-60002", "Visa ending in 7301")


@wordings(
    "said",
    [
        "could you refund this one to the payment method of my other order instead?",
        "can it go to the payment method from the other order?",
        "put the refund on the payment method of my other order",
    ],
)
def test_a_way_of_another_order_is_no_change_of_payment(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("Nothing was changed", "can no longer be changed").hears("only").hears("Return 1 x Ombra Glow")


@wordings("said", ["return the night light, refund to my gift card", "the night light should go back, refund it to the gift card please"])
def test_a_wish_is_kept_through_the_proof_of_identity(open_chat: Callable[..., Chat], said: str) -> None:
    chat = open_chat(guest_proof=("email", "name_zip"))
    chat.says(said)
    chat.says("Dora Kern, 28195. Quick please.").hears("Return 1 x Ombra Glow", "gift card ending in 4060")


@wordings(
    "said",
    [
        "can you refund it to my paypal or not?",
        "Could you put it on my visa? Can you do that or not?",
        "is it possible to get it on my visa?",
    ],
)
def test_whether_another_way_can_be_taken_is_answered_with_no_first(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("No. A refund goes to what you paid with or to a gift card").never_hears("registered")
    dora.says("yes").hears("registered", "Mastercard")


@wordings(
    "said",
    [
        "can I have the difference as a gift card, can you do that or not?",
        "I want the difference on my gift card. Can you do that or not?",
        "is it possible to have the rest on my gift card?",
    ],
)
def test_whether_another_way_can_be_taken_is_answered_with_yes_first(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003 for low brightness").says("to my mastercard").hears("6.00 EUR to your Mastercard")
    dora.says(said).hears("Yes, that is possible").hears("6.00 EUR to your gift card ending in 4060")
    assert dora.receipts() == []
    dora.says("yes, the gift card please").hears("registered", "gift card")


@wordings(
    "said",
    [
        "I want the difference on my visa, not paypal. Can you do that or not?",
        "can it go to my visa?",
        "may I have it on my visa card, is that possible?",
    ],
)
def test_a_way_that_cannot_be_taken_is_answered_with_no_where_it_is_asked_for(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003 for low brightness").hears("Where should it go")
    dora.says(said).hears("No. ").never_hears("leave the exchange")
    dora.presses("Mastercard").hears("6.00 EUR to your Mastercard")
