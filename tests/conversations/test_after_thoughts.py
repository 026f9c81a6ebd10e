"""A person only on request, and what customers say in the middle of a task or after it."""

from tests.conversations.chat import Chat


def test_a_problem_is_passed_on_only_after_a_yes(ada: Chat) -> None:
    ada.says("the lamp from order CH-20003 arrived broken, the arm is snapped off").hears("Shall I pass this on to our team?")
    assert ada.handover is None
    ada.presses("No").hears("haven't passed it on")
    assert ada.handover is None


def test_a_missing_parcel_begins_with_advice(ada: Chat) -> None:
    ada.says("order CH-20003 says delivered but I got nothing!!").hears("neighbours", "24 hours", "Shall I pass this on")
    ada.says("yes").hears("passing you to a person")


def test_no_person_is_no_request_for_one(ada: Chat) -> None:
    ada.says("no person!!")
    assert ada.handover is None


def test_the_address_of_a_shipped_order_cannot_be_changed_and_that_is_said(ada: Chat) -> None:
    ada.says("I want to change the delivery address of order CH-20002").hears("address can no longer be changed")
    assert ada.handover is None


def test_when_it_comes_is_about_the_order_that_was_tracked(ada: Chat) -> None:
    ada.says("where is order CH-20002").hears("Expected on")
    ada.says("when does it come").hears("CH-20002", "Expected on")
    ada.says("ok so wheres it").hears("CH-20002")


def test_a_part_of_an_order_cannot_be_cancelled_and_that_is_said(ada: Chat) -> None:
    ada.says("cancel order CH-20001").hears("Why")
    ada.says("only the keyboard").hears("only cancel a whole order", "Shall I cancel all of it?").never_hears("Why")
    ada.says("ordered by mistake").hears("Cancel order CH-20001")
    ada.says("yes but only the keyboard").hears("only cancel a whole order")
    ada.order_is("CH-20001", "pending")


def test_a_no_to_the_question_why_keeps_the_order(ada: Chat) -> None:
    for words in ("no wait dont", "no", "lol i said no"):
        ada.says("cancel order CH-20001").hears("Why")
        ada.says(words).hears("Nothing was changed")
    ada.order_is("CH-20001", "pending")


def test_not_liking_it_is_a_reason_and_no_no(ada: Chat) -> None:
    ada.says("return the lamp from CH-20003").presses("Visa").hears("Return 1 x Nordlys Fold")
    ada.says("dont like it").never_hears("dropped")
    ada.says("yes").hears("is registered")


def test_the_whole_proposal_is_not_said_over_and_over(ada: Chat) -> None:
    ada.says("cancel CH-20001, ordered by mistake").hears("Shall I do that")
    ada.says("how much back n when").hears("122.90 EUR", "Visa ending in 4242")
    ada.says("blorp fizz wug").says("blorp fizz wug").hears("still the same question").never_hears("122.90 EUR")


def test_after_a_cancellation_the_truth_is_told(ada: Chat) -> None:
    ada.says("cancel CH-20001, ordered by mistake").says("yes").hears("is cancelled")
    ada.says("did that work").hears("that is done")
    ada.says("wait no i want it back").hears("can't be brought back", "order the same again")


def test_there_is_no_page_to_sign_in_on_outside_of_the_web(guest: Chat) -> None:
    guest.says("where is my order?", channel="telegram").hears("order number").never_hears("this page")
    guest.says("order ch20002", channel="telegram").hears("CH-20002").never_hears("order ch20002")
