"""What still waits, and what of it has become pointless."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.turn import Request, Turn
from actions.waiting import is_of_figures, opening_of, still_open
from shop.models import OperationName
from tests.actions.calls import call
from tests.actions.parts import Parts

TALK = "talk"


def turn(*waiting: Request) -> Turn:
    return replace(Turn.of(Tracker.from_dict(call("action_greet", "hi", "greet")["tracker"])), waiting=waiting)


async def done(parts: Parts, operation: OperationName, **arguments: Any) -> None:
    """Do something in the conversation, as Dora."""
    parts.desk.sign_in(TALK, "C-4")
    actor = await parts.desk.get_actor(TALK)
    proposal = await parts.shop.propose(actor, TALK, operation, arguments)
    await parts.shop.confirm(actor, TALK, proposal.proposal_id, proposal.token)


async def test_the_same_is_asked_once(parts: Parts) -> None:
    one, two = Request("return_item", "return the flask"), Request("return_item", "Return the flask!")
    assert await still_open(parts.services, turn(one, two)) == (one,)


async def test_what_a_receipt_tells_of_is_not_asked_again(parts: Parts) -> None:
    changes = [{"line_id": "L2", "variant_id": "P-13-1"}]
    await done(parts, OperationName.CHANGE_ITEMS, order_id="CH-60001", changes=changes, payment_method_id="pm-card-4a")
    boots, flask = Request("exchange_item", "swap the boots for size 41"), Request("exchange_item", "swap the flask in CH-60003 for green")
    assert await still_open(parts.services, turn(boots, flask)) == (flask,)


async def test_another_order_still_waits_after_one_was_cancelled(parts: Parts) -> None:
    await done(parts, OperationName.CANCEL_ORDER, order_id="CH-60001", reason="ordered by mistake")
    one, two = (Request("cancel_order", f"cancel order {number}") for number in ("CH-60001", "CH-60002"))
    assert await still_open(parts.services, turn(one, two)) == (two,)


@pytest.mark.parametrize("text", ["what's the new total?", "how much does that save me?", "how much is it then?"])
def test_figures_of_what_was_spoken_of_are_told_from_other_questions(text: str) -> None:
    assert is_of_figures(Request("ask_order_details", text))


@pytest.mark.parametrize(
    "text", ["what is left on my gift card?", "how long does delivery to Austria take?", "how much is order CH-60001?"]
)
def test_questions_that_stand_by_themselves_stay(text: str) -> None:
    assert not is_of_figures(Request("ask_order_details", text))


def test_the_words_that_opened_a_form_are_found_in_the_events() -> None:
    asked = call("validate_return_items_form", "the lamp", "inform", form="return_items_form")["tracker"]
    said = {
        "event": "user",
        "parse_data": {"text": "return it to my visa", "intent": {"name": "return_item", "confidence": 0.9}, "entities": []},
    }
    asked["events"] = [said, {"event": "active_loop", "name": "return_items_form"}, {"event": "user", "parse_data": {"text": "the lamp"}}]
    opened = opening_of(Turn.of(Tracker.from_dict(asked), "return_items_form"))
    assert opened == Request("return_item", "return it to my visa", 0.9)


@pytest.mark.parametrize(
    "scrap",
    [
        "Plain enough for you?",
        "Oh for heaven's sake",
        "is that clear enough?",
        "Happy now?",
        "Are you kidding me?",
        "Is that so hard?",
        "Did you get that?",
        "For god's sake, come on!",
        "what a mess",
        "Simple enough?",
    ],
)
async def test_a_scrap_does_not_come_back_as_a_request(parts: Parts, scrap: str) -> None:
    flask = Request("return_item", "return the flask")
    assert await still_open(parts.services, turn(Request("ask_help", scrap), flask)) == (flask,)


@pytest.mark.parametrize(
    "asked",
    [
        "what is left on my gift card?",
        "is the lamp in stock?",
        "how long does delivery take?",
        "can I get a person?",
        "what's the difference between these?",
        "track my order",
        "is it big enough for two?",
        "are you open on Sunday?",
        "",
    ],
)
async def test_what_asks_for_something_still_comes_back(parts: Parts, asked: str) -> None:
    one = Request("ask_product", asked)
    assert await still_open(parts.services, turn(one)) == (one,)


@pytest.mark.parametrize(
    "wish", ["swap the boots for size 41", "exchange the boots in CH-60001", "swap it for a bigger one", "return the boots"]
)
async def test_a_wish_that_was_settled_otherwise_does_not_come_back(parts: Parts, wish: str) -> None:
    await done(parts, OperationName.CANCEL_ORDER, order_id="CH-60001", reason="no longer needed")
    intent = "return_item" if wish.startswith("return") else "exchange_item"
    assert await still_open(parts.services, turn(Request(intent, wish))) == ()


async def test_an_exchange_given_up_for_the_return_that_was_done_does_not_come_back(parts: Parts) -> None:
    await done(parts, OperationName.RETURN_ITEMS, order_id="CH-60003", line_ids=["L1"], payment_method_id="pm-card-4b")
    receipts = await parts.shop.list_receipts(TALK)
    assert receipts[-1].operation is OperationName.RETURN_ITEMS
    light, it = Request("exchange_item", "swap the night light for a bigger one"), Request("exchange_item", "exchange it for a larger one")
    other = Request("exchange_item", "swap the boots from CH-60001 for size 41")
    assert await still_open(parts.services, turn(light, it, other)) == (other,)


@pytest.mark.parametrize("line", ["I don't have my email here, sorry. I'm Dora Kern.", "I'm afraid I forgot my e-mail. Quickly please!"])
async def test_who_somebody_is_does_not_come_back_as_a_request(parts: Parts, line: str) -> None:
    flask = Request("return_item", "return the flask")
    assert await still_open(parts.services, turn(Request("ask_account", line), flask)) == (flask,)


async def test_a_vague_wish_is_settled_by_what_was_cancelled_and_the_other_order_is_not(parts: Parts) -> None:
    await done(parts, OperationName.CANCEL_ORDER, order_id="CH-60001", reason="ordered by mistake")
    vague, other, every = (
        Request("cancel_order", text) for text in ("I want it cancelled", "cancel the other one too", "cancel all my pending orders")
    )
    assert await still_open(parts.services, turn(vague, other, every)) == (other, every)
    await done(parts, OperationName.CANCEL_ORDER, order_id="CH-60002", reason="ordered by mistake")
    assert await still_open(parts.services, turn(vague, other, every)) == ()


async def test_all_items_of_the_order_that_was_changed_are_settled(parts: Parts) -> None:
    changes = [{"line_id": "L2", "variant_id": "P-13-1"}]
    await done(parts, OperationName.CHANGE_ITEMS, order_id="CH-60001", changes=changes, payment_method_id="pm-card-4a")
    here, there = (Request("exchange_item", f"switch all items of {number} to the cheapest") for number in ("CH-60001", "CH-60002"))
    assert await still_open(parts.services, turn(here, there)) == (there,)


async def test_a_question_that_was_asked_and_answered_since_is_dropped_and_another_stays(parts: Parts) -> None:
    listed, shipping = Request("list_orders", "show me everything"), Request("ask_delivery", "where do you ship to?")
    asked = call("action_greet", "hi", "greet")["tracker"]
    asked["events"] = [
        {"event": "user", "text": "cancel it. show me everything. where do you ship to?", "parse_data": {"intent": {"name": "deny"}}},
        {"event": "user", "text": "my orders please", "parse_data": {"intent": {"name": "list_orders"}, "text": "my orders please"}},
    ]
    later = replace(Turn.of(Tracker.from_dict(asked)), waiting=(listed, shipping))
    assert await still_open(parts.services, later) == (shipping,)
