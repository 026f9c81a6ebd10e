"""Words that ask a fact of own orders and items are told from others, and answered from the lines of the one who asks alone."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.own_facts import own_fact_reply, plain_fact
from actions.own_words import asks_all_orders, asks_compared, own_fact_intent
from actions.turn import Turn
from tests.actions.calls import call
from tests.actions.parts import Parts


def asked(text: str, slots: dict[str, Any] | None = None, form: str | None = None) -> Turn:
    return Turn.of(Tracker.from_dict(call("action_x", text, "ask_product", slots, form=form)["tracker"]))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("#CH-11111, is it mine?", "track_order"),
        ("which mug did I order?", "ask_order_details"),
        ("the details of my mug please", "ask_order_details"),
        ("is that the card I paid with?", "ask_order_details"),
        ("how many mugs did I buy", "list_orders"),
        ("is there another mug of mine on order?", "list_orders"),
        ("any cancelled orders?", "list_orders"),
        ("what do I save with the small mug instead of the large one?", "ask_price"),
    ],
)
def test_a_fact_is_known_by_its_words(text: str, intent: str) -> None:
    assert own_fact_intent(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "return the mug that I bought",
        "can I swap my mug for a blue one?",
        "which mug do you recommend?",
        "what options do I have?",
        "can I pay with visa or paypal?",
        "how many days do I have to send it back?",
        "where is my mug?",
        "cancel CH-11111, it is mine",
        "how many mugs can I order?",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert own_fact_intent(text) is None


@pytest.mark.parametrize(("text", "every"), [("show every order please", True), ("all my orders", True), ("all orders with a lamp", False)])
def test_every_order_is_told_from_some(text: str, every: bool) -> None:
    assert asks_all_orders(text) is every


@pytest.mark.parametrize("text", ["what more do you have over there", "is it more than 20 euros?", "how much is the lamp?"])
def test_nothing_is_set_against_another_where_that_is_not_asked(text: str) -> None:
    assert not asks_compared(text)


@pytest.mark.parametrize("text", ["what size are my boots?", "which flask did I buy?", "how many orders do I have?", "is CH-60001 mine?"])
async def test_nobody_is_told_of_what_they_did_not_prove(parts: Parts, text: str) -> None:
    assert await own_fact_reply(parts.services, asked(text)) is None


async def test_the_lines_of_others_are_never_told(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-2")
    assert await own_fact_reply(parts.services, asked("which flask did I buy?")) is None
    told = await own_fact_reply(parts.services, asked("is CH-60001 mine?"))
    assert told is not None and "CH-60001 is not among your orders" in told.text and "flask" not in told.text.lower()


async def test_what_the_records_know_of_no_such_item_is_left_to_others(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    assert await own_fact_reply(parts.services, asked("which teapot did I buy?")) is None
    assert await plain_fact(parts.services, asked("I bought the wrong boots, size 42 is too small")) is None
    assert await plain_fact(parts.services, asked("I bought the 500 ml flask, is the 750 ml one there?")) is None


async def test_a_yes_or_no_option_is_no_yes_by_its_name_alone(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    slots = {"last_intent": "ask_order_details", "order_id": "CH-60001"}
    reply = await own_fact_reply(parts.services, asked("which of these are waterproof?", slots))
    assert reply is not None and reply.text.startswith("The records don't say that")


async def test_cancelled_orders_count_as_orders_and_their_items_do_not(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-1")
    orders = await own_fact_reply(parts.services, asked("how many orders did I place?"))
    items = await own_fact_reply(parts.services, asked("how many items did I buy so far?"))
    assert orders is not None and orders.text.startswith("You have 5 orders")
    assert items is not None and items.text.startswith("That is 7 items in 4 orders, cancelled ones left out")
