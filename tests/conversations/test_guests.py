"""Customers whom we do not know yet."""

from collections.abc import Callable

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


def test_a_shop_may_take_the_e_mail_address_as_proof(open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(guest_proof="email")
    chat.says("where is my order?").hears("e-mail address")
    chat.says("it's ada@mailbox.test").hears("CH-20001")


def test_a_guest_who_signs_in_on_the_page_keeps_the_thread(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.signs_in("C-1")
    guest.says("ok I'm signed in").hears("signed in").hears("CH-20002", "on its way")


def test_a_guest_without_the_code_is_told_where_it_went(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.says("I didn't get any code").hears("spam folder")
    guest.says(CODE).hears("on its way")
