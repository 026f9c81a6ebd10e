"""Another way to pay for an order that is pending."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "I want to pay order CH-60002 with paypal instead",
        "switch the payment of CH-60002 to paypal",
        "can CH-60002 be paid by paypal rather than my card",
    ],
)
def test_a_named_method_leads_straight_to_the_proposal(dora: Chat, said: str) -> None:
    dora.says(said).hears("Pay order CH-60002 (79.00 EUR) with your PayPal instead of your Visa ending in 7301")
    dora.says("yes").hears("is now paid with your PayPal", "back 79.00 EUR to your Visa")


@wordings(
    "said",
    [
        "change the payment method of CH-60002",
        "I'd like to pay for CH-60002 another way",
        "different payment for order CH-60002 please",
    ],
)
def test_the_customers_own_methods_that_cover_the_order_are_offered(dora: Chat, said: str) -> None:
    dora.says(said).hears("is paid with: Visa ending in 7301", "instead")
    assert [title[:6] for title in dora.buttons] == ["Master", "PayPal", "Leave "]
    dora.presses("Mastercard").hears("with your Mastercard ending in 1881")


@wordings("said", ["my other card", "the mastercard please", "the card ending in 1881"])
def test_the_other_card_is_understood(dora: Chat, said: str) -> None:
    dora.says("change how I pay for CH-60002").hears("What should it be paid with")
    dora.says(said).hears("Pay order CH-60002", "Mastercard ending in 1881")


@wordings(
    "said",
    [
        "pay CH-60002 with my gift card",
        "use my gift card for order CH-60002",
        "put CH-60002 on the gift card instead of the visa",
    ],
)
def test_a_gift_card_that_does_not_cover_it_is_said_to_and_the_others_offered(dora: Chat, said: str) -> None:
    dora.says(said).hears("does not cover 79.00 EUR").hears("What should it be paid with instead")
    dora.says("paypal then").hears("with your PayPal")


@wordings(
    "said",
    [
        "change the payment of CH-20002 to my gift card",
        "I want to pay CH-20002 another way",
        "switch CH-20002 to another card",
    ],
)
def test_a_shipped_order_is_paid_as_it_is(ada: Chat, said: str) -> None:
    ada.says(said).hears("CH-20002", "on its way")
    assert ada.handover is None


@wordings("said", ["no, to paypal", "actually use paypal", "paypal instead please"])
def test_the_method_is_changed_before_the_yes(dora: Chat, said: str) -> None:
    dora.says("switch the payment of CH-60002 to my mastercard").hears("Mastercard ending in 1881")
    dora.says(said).hears("Pay order CH-60002 (79.00 EUR) with your PayPal")
    dora.says("yes").hears("is now paid with your PayPal")


@wordings("said", ["never mind, leave it", "forget it, keep it as it is", "no"])
def test_the_payment_stays_when_the_customer_drops_it(dora: Chat, said: str) -> None:
    dora.says("switch the payment of CH-60002 to my mastercard").hears("hall I do that")
    dora.says(said).hears("Nothing was changed")
    dora.says("which card did I use for CH-60002").hears("Visa ending in 7301")


@wordings(
    "said",
    [
        "can I put the gift card balance on order CH-60002",
        "Hmm, maybe... or no, wait, can I use my gift card for that order first?",
        "could I apply my PayPal to that order instead",
    ],
)
def test_a_way_to_pay_put_on_an_order_swaps_no_goods(dora: Chat, said: str) -> None:
    dora.says("what did I pay CH-60002 with?").hears("Visa ending in 7301")
    dora.says(said).never_hears("What shall the new", "exchange")
    assert "gift card" in dora.text.lower() or "PayPal" in dora.text


def test_the_card_that_was_paid_with_is_that_of_the_order_just_spoken_of(dora: Chat) -> None:
    dora.says("return the pack from CH-60003").says("yes")
    dora.says("Is that the card I paid with?").hears("CH-60003")
