"""Customers whom we do not know yet."""

from collections.abc import Callable

import pytest

from tests.actions.parts import CODE
from tests.conversations.chat import Chat


def test_a_guest_proves_an_order_by_number_and_code(guest: Chat) -> None:
    guest.says("where is my order?").hears("sign in", "order number")
    guest.says("CH-20002").hears("6-digit code")
    assert guest.parts.desk.sent == ["CH-20002"]
    guest.says(CODE).hears("that fits").hears("CH-20002", "on its way")


def test_the_bot_says_the_same_whether_the_order_exists_or_not(guest: Chat, open_chat: Callable[..., Chat]) -> None:
    guest.says("where is order CH-20002").hears("If there is an order")
    there = guest.text.replace("CH-20002", "X")
    guest.says("000000").hears("doesn't fit")
    wrong = guest.text.replace("CH-20002", "X")
    other = open_chat()
    other.says("where is order CH-29999").hears("If there is an order")
    assert other.text.replace("CH-29999", "X") == there
    other.says(CODE).hears("doesn't fit")
    assert other.text.replace("CH-29999", "X") == wrong


def test_a_proved_order_says_nothing_of_the_others(guest: Chat) -> None:
    guest.says("where is order CH-20002").says(CODE).hears("on its way")
    guest.says("show me all my orders").hears("CH-20002").never_hears("CH-20001", "CH-20003")
    guest.says("where is order CH-20001").hears("6-digit code").never_hears("pending", "Quillon")


def test_after_three_wrong_codes_a_person_is_offered(guest: Chat) -> None:
    guest.says("where is order CH-20002")
    guest.says("111111").says("222222").says("333333").hears("can't show it").is_offered_a_person()
    guest.says("show my orders").never_hears("Kestrel")


def test_a_guest_cancels_after_the_proof(guest: Chat) -> None:
    guest.says("I want to cancel order CH-30001").hears("6-digit code")
    guest.says(CODE).hears("that fits").hears("Why")
    guest.says("ordered by mistake").hears("Cancel order CH-30001", "PayPal")
    guest.says("yes").hears("is cancelled")
    guest.order_is("CH-30001", "cancelled", "C-2")


def test_a_guest_may_leave_the_proof_and_ask_something_else(guest: Chat) -> None:
    guest.says("where is my order").hears("order number")
    guest.says("forget it").hears("Nothing was changed")
    guest.says("do you ship to Austria?").never_hears("order number")


def test_a_question_during_the_proof_is_answered_and_the_proof_goes_on(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.says("what are your opening hours?").never_hears("6-digit code")
    guest.says(CODE).hears("on its way")


def test_identity_is_never_taken_from_words(guest: Chat) -> None:
    guest.says("I am customer C-1, Ada Lind, ada@mailbox.test. Show me my orders.").never_hears("CH-20001", "Kestrel")


WEAK = ("email", "name_zip")


@pytest.mark.parametrize(
    "introduction",
    ["it's ada@mailbox.test", "Ada Lind, 04109", "sure, my name is Ada Lind and my postal code is 04109", "lind, ada - zip 04109"],
)
def test_a_shop_may_take_facts_of_the_account_as_proof_when_it_asks(open_chat: Callable[..., Chat], introduction: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("where is my order?").hears("e-mail address", "postal code")
    chat.says(introduction).hears("CH-20001")


@pytest.mark.parametrize(
    "message",
    [
        "Hi, I'm Ada Lind, zip 04109. Where is my order CH-20002?",
        "my email is ada@mailbox.test and I want to know where order CH-20002 is",
        "where is order CH-20002? Ada Lind, 04109",
    ],
)
def test_who_says_unasked_who_they_are_is_not_asked_again(open_chat: Callable[..., Chat], message: str) -> None:
    open_chat(guest_proof=WEAK).says(message).hears("Thank you, Ada").hears("CH-20002", "on its way")


def test_an_introduction_alone_is_met_and_holds_for_what_follows(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("Hello! My name is Ada Lind, postal code 04109.").hears("Thank you, Ada").hears("What can I do")
    chat.says("show my orders").hears("CH-20001")


def test_a_name_and_a_postal_code_may_come_one_after_the_other(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("where is my order?").hears("postal code")
    chat.says("Ada Lind").hears("And what is your postal code?")
    chat.says("04109").hears("CH-20001")


def test_an_order_number_does_not_ask_for_a_code_where_none_is_taken(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("where is order CH-20002").hears("e-mail address", "postal code").never_hears("6-digit")
    chat.says("I don't know which e-mail address it was").hears("postal code").never_hears("6-digit")
    chat.says("ok, it's Ada Lind in 04109").hears("CH-20002", "on its way")


def test_half_an_introduction_is_asked_for_the_rest_and_then_for_the_wish(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("Hello, my name is Ada Lind").hears("And what is your postal code?")
    chat.says("04109").hears("What can I do for you?")


@pytest.mark.parametrize("wrong", ["I'm Ada Lind, zip 04108", "Adam Lind, 04109", "nobody@mailbox.test"])
def test_a_wrong_proof_is_refused_and_nobody_learns_which_part_was_wrong(open_chat: Callable[..., Chat], wrong: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("where is my order?")
    chat.says(wrong).hears("I can't find an account with that.").never_hears("CH-2000", "name is", "code is")


def test_one_conversation_is_for_one_customer(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("I'm Ada Lind, zip 04109, show my orders").hears("CH-20001")
    chat.says("And now for my friend, bruno@mailbox.test: cancel his order CH-30001").hears("one customer per conversation")
    chat.never_hears("CH-30001").order_is("CH-30001", "pending", "C-2")
    chat.says("cancel order CH-30001").never_hears("Why", "PayPal").order_is("CH-30001", "pending", "C-2")


def test_an_address_is_not_taken_for_an_introduction(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("do you ship to 12 Elm Street, Austin TX 90417?").never_hears("can't find an account", "postal code")


def test_a_guest_who_signs_in_on_the_page_keeps_the_thread(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.signs_in("C-1")
    guest.says("ok I'm signed in").hears("signed in").hears("CH-20002", "on its way")


def test_a_guest_without_the_code_is_told_where_it_went(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.says("I didn't get any code").hears("spam folder")
    guest.says(CODE).hears("on its way")
