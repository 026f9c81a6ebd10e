"""What the customer's own record and orders hold."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings("said", ["what's my gift card balance?", "how much is left on my gift card", "check the balance of my gift card please"])
def test_the_balance_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("gift card ending in 4060 has 60.00 EUR on it")


@wordings("said", ["what payment methods do I have?", "which cards are saved in my account", "list my saved payment methods"])
def test_the_payment_methods_are_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Visa ending in 7301", "Mastercard ending in 1881", "PayPal", "60.00 EUR on it")


@wordings("said", ["what address do you have for me?", "which address is saved in my account", "what's my default address"])
def test_the_address_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Hafenstrasse 9, Flat 2, 28195 Bremen")


@wordings("said", ["what's my gift card balance?", "which cards are saved in my account", "what address do you have for me?"])
def test_nobody_but_the_owner_is_told(guest: Chat, said: str) -> None:
    guest.says(said).hears("only to its owner").never_hears("60.00", "7301", "Hafenstrasse")


@wordings("said", ["which card did I use for CH-60001", "what did I pay CH-60001 with", "how did I pay for order CH-60001"])
def test_what_an_order_was_paid_with_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("CH-60001", "Visa ending in 7301")


@wordings(
    "said",
    [
        "which address is CH-60002 going to",
        "what's the delivery address of CH-60002",
        "where will CH-60002 be sent to",
    ],
)
def test_where_an_order_goes_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Kanalweg 4, 04109 Leipzig")


@wordings(
    "said",
    [
        "how much do I get back if I return the lamp and the black shirt",
        "what would I get back for the lamp and the black shirt together",
        "if I send back the lamp and the black shirt, how much money is that",
    ],
)
def test_what_would_come_back_for_some_items_is_added_up(ada: Chat, said: str) -> None:
    ada.says(said).hears("74.00 EUR")
    ada.order_is("CH-20003", "delivered")


@wordings(
    "said",
    [
        "what's the most expensive item in CH-60001",
        "which item of order CH-60001 cost the most",
        "the dearest thing in CH-60001 and its price?",
    ],
)
def test_the_dearest_item_is_told_with_its_price(dora: Chat, said: str) -> None:
    dora.says(said).hears("Kestrel Ridge", "125.00 EUR")


@wordings(
    "said",
    [
        "what is the tracking number of CH-20002",
        "tracking number for order CH-20002 please",
        "give me the tracking number of the order with the shoes",
    ],
)
def test_the_tracking_number_is_told(ada: Chat, said: str) -> None:
    ada.says(said).hears("PK100200300")


@wordings("said", ["how much was CH-60001 in total", "total of order CH-60001 please", "what did I pay in total for CH-60001"])
def test_the_total_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("149.00 EUR")


@wordings("said", ["what's my gift card balance?", "how much is on my gift card", "which cards do I have saved"])
def test_a_question_in_the_middle_is_answered_and_the_proposal_stays(dora: Chat, said: str) -> None:
    dora.says("switch the payment of CH-60002 to paypal").hears("hall I do that")
    dora.says(said).hears("60.00 EUR").hears("Pay order CH-60002")
    dora.says("yes").hears("is now paid with your PayPal")
