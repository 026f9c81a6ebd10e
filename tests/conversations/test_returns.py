"""Sending back, refunds, and what went wrong."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


def test_a_part_of_an_order_goes_back_to_the_chosen_method(ada: Chat) -> None:
    ada.says("I want to return the black shirt and the lamp").hears("Where should the refund go")
    ada.presses("Visa").hears("Nordlys Fold", "black", "74.00 EUR", "Visa ending in 4242")
    ada.order_is("CH-20003", "delivered")
    ada.says("yes please").hears("is registered", "74.00 EUR")
    ada.order_is("CH-20003", "return_requested")


def test_both_shirts_are_both_and_the_lamp_stays(ada: Chat) -> None:
    ada.says("return both shirts from order CH-20003").hears("Where should the refund go")
    ada.says("to my gift card").hears("48.00 EUR", "gift card")
    ada.never_hears("Nordlys Fold")


def test_an_open_item_is_asked_with_the_real_ones(ada: Chat) -> None:
    ada.says("I want to return the shirt").hears("Which items")
    assert [title for title in ada.buttons if "Tee" in title] == [
        "Pellworth Heavy Tee (M, black), 25.00 EUR",
        "Pellworth Heavy Tee (M, white), 23.00 EUR",
    ]
    ada.says("the white one").hears("Where should the refund go")


def test_items_can_be_corrected_before_the_yes(ada: Chat) -> None:
    ada.says("return the lamp and the black shirt").hears("Where should")
    ada.presses("Visa").hears("74.00 EUR")
    ada.says("no, only the shirt").hears("25.00 EUR").never_hears("74.00 EUR")
    ada.says("yes").hears("is registered", "25.00 EUR")


def test_what_has_not_arrived_is_not_returned(ada: Chat) -> None:
    ada.says("I want to return order CH-20002").hears("still on its way", "once they have been delivered")
    ada.is_offered_a_person()


def test_there_is_one_return_per_order(ada: Chat) -> None:
    ada.says("return the lamp from CH-20003").presses("Visa").says("yes").hears("is registered")
    ada.says("I also want to return the white shirt from CH-20003").hears("already requested")


def test_the_returns_policy_is_answered_with_its_source(ada: Chat) -> None:
    ada.says("how long do I have to return something?").hears("30 days")
    assert ada.citations


def test_a_refund_is_told_from_the_payment_history(ada: Chat) -> None:
    ada.says("where is my refund for the watch?").hears("199.00 EUR", "Visa ending in 4242")


def test_a_late_refund_is_admitted_and_a_person_offered(ada: Chat) -> None:
    ada.says("my refund for CH-20004 is late").hears("199.00 EUR", "That date has passed").is_offered_a_person()
    ada.says("yes").hears("passing you to a person")
    assert ada.handover
    assert "CH-20004" in ada.handover["summary"]


def test_no_refund_is_said_to_be_none(ada: Chat) -> None:
    ada.says("did you refund order CH-20002?").hears("no refund")


def test_a_damaged_item_goes_to_a_person_with_the_facts(ada: Chat) -> None:
    ada.says("the lamp from order CH-20003 arrived broken, the arm is snapped off").hears("Shall I pass this on")
    ada.says("yes").hears("passing you to a person")
    assert ada.handover
    assert "CH-20003" in ada.handover["summary"]
    assert "Nordlys Fold" in ada.handover["summary"]
    assert "snapped" in ada.handover["summary"]


def test_a_parcel_that_never_came_goes_to_a_person_with_its_number(ada: Chat) -> None:
    ada.says("order CH-20003 says delivered but I never got it")
    ada.presses("Yes")
    assert ada.handover
    assert "PK100200301" in ada.handover["summary"]


def test_an_order_within_its_time_is_not_called_late(ada: Chat) -> None:
    ada.says("order CH-20002 is late").hears("isn't late yet").is_offered_a_person()


def test_a_person_gets_what_a_form_had_collected(ada: Chat) -> None:
    ada.says("cancel order CH-20001").hears("Why")
    ada.says("I want to talk to a human").hears("passing you to a person")
    assert ada.handover
    assert "CH-20001" in ada.handover["summary"]
    assert "nothing was changed" in ada.handover["summary"]
    ada.says("yes").hears("nothing open")


def test_a_method_that_did_not_pay_is_not_offered(ada: Chat) -> None:
    ada.says("send the lamp from CH-20003 back, money to paypal please").hears("can go to Visa ending in 4242 or gift card", "only")
    ada.hears("Where should the refund go")
    assert not any("PayPal" in title for title in ada.buttons)


@wordings(
    "said", ["I want to return the shirt and the lamp", "Return shirt and lamp. Refund fast please.", "the lamp and a tee have to go back"]
)
def test_an_item_named_beside_an_open_one_is_not_dropped(ada: Chat, said: str) -> None:
    ada.says(said).hears("Which items of order CH-20003")
    ada.says("the white one").hears("Where should the refund go")
    ada.presses("Visa").hears("Nordlys Fold", "white", "72.00 EUR")


@wordings(
    "said",
    [
        "The white one. Plus the lamp.",
        "The white shirt and the lamp, both of those. And I want the refund within 3 days, can you promise that?",
        "the white one, and the lamp. I need the refund in 2 days, can you do that? And what's the total refund?",
    ],
)
def test_an_answer_takes_all_that_it_names(ada: Chat, said: str) -> None:
    ada.says("I want to return a shirt").hears("Which items")
    ada.says(said).hears("Where should the refund go").never_hears("no refund and no return")
    ada.presses("Visa").hears("Nordlys Fold", "white", "72.00 EUR")


@wordings(
    "said",
    ["Got into running. Return everything that is NOT shoes", "return everything not shoes", "send back all that isn't shoes please"],
)
def test_what_is_left_out_is_not_proposed(dora: Chat, said: str) -> None:
    dora.says(said).hears("CH-60003").never_hears("Kestrel Trail")


@wordings(
    "said",
    [
        "I want to return my extension lead, maybe it was order CH-70003",
        "return the lead please, I believe the order is CH-70003 but I'm not sure",
    ],
)
def test_a_doubted_number_gives_way(enno: Chat, said: str) -> None:
    enno.says(said).hears("CH-70003 is pending").hears("Return 1 x Galvan Reach", "CH-70001")


def test_a_fault_is_met_with_a_kind_word_once(ada: Chat) -> None:
    ada.says("The lamp from CH-20003 arrived broken, I want to return it").hears("I'm sorry about that").hears("Where should the refund go")
    ada.says("to my Visa").hears("Visa ending in 4242")
    assert "sorry" not in ada.text


@pytest.mark.parametrize("said", ["No. Human please.", "no, only to my PayPal. If you can't, get me a human"])
def test_who_wants_a_person_in_the_middle_of_a_return_gets_one(ada: Chat, said: str) -> None:
    ada.says("return the lamp from CH-20003").presses("Visa").hears("shall I do that?")
    ada.says(said).hears("I'm passing you to a person")
    ada.order_is("CH-20003", "delivered")
