"""Conditions, several matters at once, and minds that change after the proposal."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "cancel CH-20002 if it hasn't shipped yet, otherwise I want to return the lamp from CH-20003",
        "if CH-20002 hasn't been shipped cancel it, if not return the lamp from CH-20003",
        "please cancel CH-20002, and if that's not possible return the lamp from CH-20003",
    ],
)
def test_the_other_wish_is_taken_where_the_first_is_refused(ada: Chat, said: str) -> None:
    ada.says(said).hears("CH-20002", "can no longer be cancelled").hears("Where should the refund go")
    ada.presses("Visa").hears("Return 1 x Nordlys Fold")


@wordings(
    "said",
    [
        "cancel CH-20001 if it hasn't shipped, otherwise change the address",
        "if CH-20001 hasn't been sent cancel it, otherwise change its address",
        "please cancel order CH-20001, and if that's too late change the address",
    ],
)
def test_the_first_wish_is_enough_where_it_can_be_done(ada: Chat, said: str) -> None:
    ada.says(said).hears("Why", "CH-20001")
    ada.says("no longer needed").hears("Cancel order CH-20001")
    ada.says("yes").hears("CH-20001 is cancelled").never_hears("At present it is")


@wordings(
    "said",
    [
        "can you cancel just the keyboard from CH-20001? if not, leave the order as it is",
        "cancel only the keyboard of CH-20001, and if you can't then keep the order",
        "if it's possible cancel just the keyboard in CH-20001, otherwise leave it",
    ],
)
def test_a_part_is_not_cancelled_and_the_rest_left_as_wished(ada: Chat, said: str) -> None:
    ada.says(said).hears("only cancel a whole order")
    ada.order_is("CH-20001", "pending")
    assert ada.receipts() == []


@wordings(
    "said",
    [
        "if you can't exchange the shoes in CH-20002, cancel it",
        "exchange CH-20002 for a 44, if that's impossible cancel it",
        "swap the shoes in CH-20002 for 44, otherwise cancel the order",
    ],
)
def test_where_neither_can_be_done_both_rules_are_told(ada: Chat, said: str) -> None:
    ada.says(said).hears("on its way").hears("can no longer be cancelled")
    ada.order_is("CH-20002", "shipped")


@wordings("said", ["actually no, cancel the whole order instead", "no, I'd rather cancel the order", "I want to cancel the order instead"])
def test_a_change_becomes_a_cancellation(dora: Chat, said: str) -> None:
    dora.says("change the backpack in CH-60002 to olive").hears("Change in order CH-60002")
    dora.says(said).hears("Nothing was changed").hears("Why would you like to cancel order CH-60002")
    dora.presses("No longer needed").says("yes").hears("CH-60002 is cancelled")


@wordings(
    "said",
    [
        "no, change its address instead",
        "actually I want to change the address",
        "leave that, change the delivery address instead",
    ],
)
def test_a_cancellation_becomes_a_change_of_address(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002, ordered by mistake").hears("Cancel order CH-60002")
    dora.says(said).never_hears("is cancelled")
    if "At present" not in dora.text:
        dora.says("change the address of CH-60002")
    dora.hears("At present it is Kanalweg 4")
    dora.order_is("CH-60002", "pending", "C-4")


@wordings(
    "said",
    [
        "cancel CH-60002, ordered by mistake. Also what's my gift card balance?",
        "please cancel CH-60002, I don't need it any more, and what is my gift card balance",
        "Cancel order CH-60002 since it was a mistake. And how much is left on my gift card?",
    ],
)
def test_a_task_and_a_question_in_one_message(dora: Chat, said: str) -> None:
    dora.says(said)
    dora.says("yes").hears("CH-60002 is cancelled").hears("60.00 EUR")


@wordings(
    "said",
    [
        "cancel all my pending orders, I don't need them any more",
        "please cancel both open orders, no longer needed",
        "cancel all orders that haven't shipped yet, I changed my mind about them",
    ],
)
def test_all_pending_orders_are_cancelled_each_with_its_own_yes(dora: Chat, said: str) -> None:
    dora.says(said)
    if "Why" in dora.text:
        dora.says("no longer needed")
    dora.hears("Cancel order CH-60001").says("yes").hears("CH-60001 is cancelled")
    if "Why" in dora.text:
        dora.says("no longer needed")
    dora.hears("Cancel order CH-60002").says("yes").hears("CH-60002 is cancelled")


@wordings(
    "said",
    [
        "return the grey backpack and the running shoes",
        "I want to send back the shoes and the grey backpack",
        "I'd like to return the running shoes and the grey backpack",
    ],
)
def test_a_return_of_items_of_two_orders_is_two_returns(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go")
    dora.presses("Mastercard").hears("Return 1 x Havre Pack (grey)").says("yes").hears("registered").hears("Where should the refund go")
    dora.presses("PayPal").hears("Return 1 x Kestrel Trail").says("yes").hears("registered")


@wordings("said", ["not the lamp", "without the lamp", "leave out the lamp please"])
def test_an_item_is_taken_out_of_a_return(ada: Chat, said: str) -> None:
    ada.says("return the lamp and the black shirt from CH-20003").presses("Visa").hears("74.00 EUR")
    ada.says(said).hears("25.00 EUR").never_hears("Nordlys")
    ada.says("yes").hears("25.00 EUR")


@wordings("said", ["add the white shirt too", "also the white shirt", "and the white shirt as well please"])
def test_an_item_is_added_to_a_return_before_the_yes(ada: Chat, said: str) -> None:
    ada.says("return the black shirt from CH-20003").presses("Visa").hears("25.00 EUR", "If that is everything")
    ada.says(said).hears("48.00 EUR")


@wordings("said", ["because I found it cheaper elsewhere", "I don't like your shop", "it is taking too long"])
def test_another_reason_is_declined_and_one_of_the_two_can_still_be_given(ada: Chat, said: str) -> None:
    ada.says("cancel order CH-20001").hears("Why")
    ada.says(said).never_hears("hall I do that", "is cancelled")
    ada.order_is("CH-20001", "pending")


@wordings(
    "said",
    [
        "please take the palm rest out of CH-20001",
        "remove the palm rest from my order CH-20001 but keep the rest",
        "take the rest off order CH-20001 and leave the keyboard",
    ],
)
def test_a_single_item_is_not_taken_out_and_the_ways_are_offered(ada: Chat, said: str) -> None:
    ada.says(said).never_hears("hall I do that", "passing you")
    ada.order_is("CH-20001", "pending")
    assert ada.handover is None


@wordings(
    "said",
    [
        "add a candle to my order CH-20001",
        "can you add one more keyboard to my order CH-20001",
        "please add another palm rest to my order CH-20001",
    ],
)
def test_nothing_is_added_to_an_order_and_that_is_said(ada: Chat, said: str) -> None:
    ada.says(said).hears("Nothing can be added")
    assert ada.handover is None


@wordings("said", ["change my order CH-60002", "I'd like to change something in CH-60002", "modify order CH-60002"])
def test_a_change_without_a_what_is_asked(dora: Chat, said: str) -> None:
    dora.says(said)
    assert dora.text.count("?")
    dora.never_hears("hall I do that", "passing you")
