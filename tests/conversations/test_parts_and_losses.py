"""What the rules keep from being done: a part of an order cancelled, a lost item returned, something added."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
DORA = "C-4"


@wordings(
    "said",
    [
        "just cancel the boots of CH-60001",
        "can I cancel only one item of order CH-60001?",
        "I want to cancel the boots in my order CH-60001",
        "is it possible to cancel part of CH-60001",
        "please cancel the hiking boots from CH-60001 and leave the flask",
    ],
)
def test_a_partial_cancellation_is_answered_with_the_rule_and_a_question(dora: Chat, said: str) -> None:
    dora.says(said).hears("only cancel a whole order", "Fjordline Steel", "149.00 EUR", "Shall I cancel all of it?")
    dora.never_hears("Why would")
    dora.says("no").hears("nothing was changed")
    dora.order_is("CH-60001", "pending", DORA)


@wordings("said", ["yes", "yes please, I no longer need any of it", "ok cancel all of it, no longer needed"])
def test_who_wants_all_of_it_cancelled_after_all_gets_there(dora: Chat, said: str) -> None:
    dora.says("just cancel the boots of CH-60001").hears("Shall I cancel all of it?")
    dora.says(said)
    if "Why" in dora.text:
        dora.says("no longer needed")
    dora.hears("Cancel order CH-60001").says("yes").hears("CH-60001 is cancelled")


@wordings(
    "said",
    [
        "can I cancel only one item of CH-60001? if not cancel nothing",
        "cancel just the boots in CH-60001, and if that can't be done don't cancel anything",
        "if it's possible cancel only the boots of CH-60001, otherwise do nothing",
    ],
)
def test_a_part_or_nothing_is_nothing(dora: Chat, said: str) -> None:
    dora.says(said).hears("only cancel a whole order", "leave everything as it is").never_hears("Why would")
    dora.order_is("CH-60001", "pending", DORA)


@wordings(
    "said",
    [
        "can I cancel only the boots in CH-60001? if that's not possible then cancel all of it",
        "cancel just the boots of CH-60001, otherwise cancel the whole order",
        "please cancel only the boots from CH-60001, and if you can't, cancel the entire order",
    ],
)
def test_a_part_or_all_is_the_rule_and_then_all(dora: Chat, said: str) -> None:
    dora.says(said).hears("only cancel a whole order").hears("Why would you like to cancel order CH-60001")
    dora.presses("No longer needed").says("yes").hears("CH-60001 is cancelled")


@wordings(
    "said",
    [
        "cancel my order with the boots",
        "please cancel the order that has the boots and the flask",
        "cancel the boots order",
    ],
)
def test_an_order_named_by_its_items_is_the_whole_order(dora: Chat, said: str) -> None:
    dora.says(said).hears("Why would you like to cancel order CH-60001").never_hears("only cancel a whole")


@wordings(
    "said",
    [
        "I want to return the running shoes, they got lost in the mail",
        "return CH-60004 please, I never received it",
        "I'd like a refund for the running shoes, they never arrived",
        "The shoes from CH-60004 didn't arrive, I want to send them back for a refund",
    ],
)
def test_what_never_came_is_looked_for_and_not_returned(dora: Chat, said: str) -> None:
    dora.says(said).hears("neighbours", "Shall I pass this on").never_hears("Where should the refund go", "Return 1 x")
    dora.order_is("CH-60004", "delivered", DORA)


@wordings(
    "said",
    [
        "I lost the running shoes, can I return them for a refund?",
        "I'd like to return the running shoes of CH-60004 but I gave them away",
        "return the running shoes please, although I can't find them any more",
    ],
)
def test_what_the_customer_no_longer_has_is_refused_with_the_rule(dora: Chat, said: str) -> None:
    dora.says(said).hears("no longer have can't be returned").never_hears("Where should the refund go", "Return 1 x")
    assert dora.receipts() == []


@wordings("said", ["wait, they got lost in the post", "actually I never received them", "but it never arrived"])
def test_a_loss_told_late_ends_the_return(dora: Chat, said: str) -> None:
    dora.says("return the running shoes").presses("PayPal").hears("Return 1 x Kestrel Trail")
    dora.says(said).hears("Shall I pass this on").never_hears("registered")


@wordings(
    "said",
    [
        "I'd like to return the lamp, I lost the receipt",
        "return the lamp, I never got the return label",
        "send back the lamp, I no longer have the box",
    ],
)
def test_a_lost_paper_is_no_lost_item(ada: Chat, said: str) -> None:
    ada.says(said).hears("Where should the refund go")


@wordings(
    "said",
    [
        "add a candle to CH-60001",
        "I want to add another flask to my pending order CH-60001",
        "could one more backpack go into order CH-60001 please",
    ],
)
def test_nothing_can_be_added_and_what_can_be_done_is_told(dora: Chat, said: str) -> None:
    dora.says(said).hears("Nothing can be added", "second order", "address")
    assert dora.handover is None
