"""Which order and which items a return is about, read from the customer's words by the form itself."""

from typing import Any

import pytest

from actions.mentions import leaves_out
from actions.own_words import asks_sooner, own_fact_intent
from actions.returns.orders import means_each, told_part
from actions.turn import Request
from actions.words import order_buttons
from tests.actions.calls import call, run, slots_of
from tests.actions.goods import shop_data
from tests.actions.parts import Parts

FORM = "return_items_form"
cases = pytest.mark.parametrize


async def read(parts: Parts, customer: str, text: str, slots: dict[str, Any] | None = None, **more: Any) -> tuple[dict[str, Any], str]:
    """The slots that the form sets, and what it says; `slots` with a requested slot mean that it was open before."""
    parts.desk.sign_in("talk", customer)
    known = dict(slots or {})
    form = FORM if "requested_slot" in known else None
    said, events = await run(parts.services, call(f"validate_{FORM}", text, more.pop("intent", "inform"), known, form=form, **more))
    return slots_of(events), " ".join(one["text"] for one in said)


def asking(order_id: str, **more: Any) -> dict[str, Any]:
    return {"order_choice": order_id, "order_id": order_id, "requested_slot": "items_choice", **more}


@cases("text", ["I want to return the shirt and the lamp", "return the lamp and a tee please", "send back the lamp, and also the t-shirt"])
async def test_what_is_named_beside_an_open_item_is_kept(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-1", text, intent="return_item")
    assert (slots["items_options"], slots["items_kept"]) == (["L2", "L3"], ["L1"])


@cases("text", ["the white one", "The white one. Do I get the money within 3 days?", "white please"])
async def test_the_answer_adds_to_what_was_kept(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-1", text, asking("CH-20003", items_options=["L2", "L3"], items_kept=["L1"]))
    assert slots["items_choice"] == ["L1", "L3"]


@cases("text", ["the white one and the lamp", "The white shirt. Plus the lamp.", "the white one, that's the one, and the lamp as well"])
async def test_an_answer_that_names_several_takes_all_of_them(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-1", text, asking("CH-20003", items_options=["L2", "L3"]))
    assert slots["items_choice"] == ["L1", "L3"]


async def test_a_colour_alone_names_nothing_beside_what_was_offered(parts: Parts) -> None:
    slots, _ = await read(parts, "C-1", "the white one", asking("CH-20003", items_options=["L2", "L3"]))
    assert slots["items_choice"] == ["L3"]


@cases(
    "text",
    [
        "The white one, and the lamp. I need the refund within 3 days, can you do that? And what's the total?",
        "The white one and the lamp. Can I have the money faster?",
        "the lamp and the white one. Is a refund by tomorrow possible?",
    ],
)
async def test_items_are_taken_before_a_question_in_the_same_breath(parts: Parts, text: str) -> None:
    slots, said = await read(parts, "C-1", text, asking("CH-20003", items_options=["L2", "L3"]), intent="check_refund")
    assert slots["items_choice"] == ["L1", "L3"]
    assert "can't make a refund any faster" in said


@cases(
    "text",
    [
        "Return all in it except the night light",
        "return everything from that order but not the night light",
        "all of it back, everything in there except for the night light",
    ],
)
async def test_in_it_means_the_order_that_was_told_of_last(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-4", text, {"order_id": "CH-60003"}, intent="return_item")
    assert (slots["order_choice"], slots["items_choice"]) == ("CH-60003", ["L2", "L3"])


PROPOSED = {
    "order_choice": "CH-60004",
    "items_choice": ["L1"],
    "method_choice": "pm-paypal-4",
    "requested_slot": "confirmation",
    "proposal": {"operation": "return_items", "arguments": {"order_id": "CH-60004"}, "summary": "Return 1 x Kestrel Trail", "refunds": []},
}


@cases(
    "text",
    [
        "No. Wrong order. The other one, CH-60003: flask and backpack. Refund to my card.",
        "no no, I meant CH-60003, the flask and the backpack",
        "Not that. From CH-60003: return the flask and the backpack",
    ],
)
async def test_another_number_turns_the_return_to_that_order(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-4", text, PROPOSED, intent="deny")
    assert (slots["order_choice"], slots["items_choice"]) == ("CH-60003", ["L2", "L3"])


async def test_a_question_about_another_order_turns_nothing(parts: Parts) -> None:
    slots, _ = await read(parts, "C-4", "what is in CH-60003?", PROPOSED, intent="ask_order_details")
    assert "order_choice" not in slots


@cases(
    "text",
    ["return everything that is not shoes", "Got into hiking. Return everything not shoes.", "send back all items that aren't shoes"],
)
async def test_what_is_left_out_is_never_proposed(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-4", text, intent="return_item")
    assert slots["order_choice"] == "CH-60003"


async def test_a_number_that_is_doubted_and_cannot_be_gives_way_to_the_one_that_can(parts: Parts) -> None:
    for text in ("Return the lead. Order #CH-70003 I think, not sure", "maybe it is CH-70003, I want to return the extension lead"):
        slots, said = await read(parts, "C-5", text, intent="return_item")
        assert (slots["order_choice"], slots["items_choice"]) == ("CH-70001", ["L1"])
        assert "CH-70003 is pending" in said
        assert "CH-70001" in said


async def test_a_number_that_is_sure_stays(parts: Parts) -> None:
    slots, _ = await read(parts, "C-5", "return the extension lead from CH-70003", intent="return_item")
    assert slots["form_outcome"]["kind"] == "refused"


@cases("text", ["both", "both of them", "all of them please", "Both!"])
async def test_both_orders_are_taken_one_after_another(parts: Parts, text: str) -> None:
    slots, _ = await read(parts, "C-4", text, {"requested_slot": "order_choice", "order_options": ["CH-60003", "CH-60004"]})
    assert slots["order_choice"] == "CH-60003"
    assert [one["entities"][0]["value"] for one in slots["waiting_requests"]] == ["CH-60004"]


async def test_a_return_with_an_exchange_of_the_same_order_says_that_one_rules_the_other_out(parts: Parts) -> None:
    requests = [
        {"intent": "return_item", "text": "return the lamp to my visa", "confidence": 0.9, "entities": []},
        {"intent": "exchange_item", "text": "and exchange the black shirt for a white one", "confidence": 0.9, "entities": []},
    ]
    text = "return the lamp to my visa and exchange the black shirt for a white one"
    slots, _ = await read(parts, "C-1", text, intent="return_item", requests=requests)
    outcome = slots["form_outcome"]
    assert "Only one of the two is possible" in outcome["text"]
    assert [one["title"] for one in outcome["buttons"]] == ["Return the Nordlys Fold", "Exchange the Pellworth Heavy Tee"]
    assert slots["waiting_requests"] == []


@cases("text", ["both", "all of them", "I want both of them", "all three please", "each of them"])
def test_all_that_were_offered_are_meant(text: str) -> None:
    assert means_each(Request("inform", text))


@cases("text", ["both shirts", "all good", "the lamp", "neither", "all but the first"])
def test_other_words_choose_not_all_orders(text: str) -> None:
    assert not means_each(Request("inform", text))


@cases("text", ["everything that's not for the kitchen", "all non-sports items", "whatever isn't a lamp", "all except the lamp"])
def test_all_but_a_kind_leaves_something_out(text: str) -> None:
    assert leaves_out(text)


@cases("text", ["return everything", "everything I have not received", "all items not yet delivered", "not the lamp"])
def test_no_kind_is_left_out(text: str) -> None:
    assert not leaves_out(text)


@cases("text", ["I need it within 3 days", "can you do it in two days?", "a refund by tomorrow", "any sooner?"])
def test_words_that_want_it_sooner(text: str) -> None:
    assert asks_sooner(text)


def test_a_message_without_its_questions() -> None:
    assert told_part("The lamp. And the shirt, please! When is that?") == "The lamp. And the shirt, please!"
    assert told_part("How much is the lamp?") == ""


def test_a_button_says_the_state_and_ends_with_a_word() -> None:
    orders = [order for order in shop_data().orders if order.customer_id == "C-5"]
    titles = [one["title"] for one in order_buttons(orders, "inform", 8)]
    assert all(len(title) <= 80 for title in titles)
    assert titles[0].startswith("CH-70003, pending: Galvan Reach")
    words = set(" ".join(f"{line.label}, " for order in orders for line in order.lines).replace(",", " ").replace("(", " (").split())
    assert all(title.removesuffix(" …").replace(",", "").split()[-1] in words for title in titles if title.endswith("…"))


@cases(
    "text",
    [
        "No. The lamp too. And I want the refund in 3 days. Total?",
        "Add the lamp. When do I get the money?",
        "and the lamp also. Is that possible in 2 days?",
    ],
)
async def test_a_further_item_is_added_before_a_question_in_the_same_breath(parts: Parts, text: str) -> None:
    proposed = {**PROPOSED, "order_choice": "CH-20003", "items_choice": ["L3"], "method_choice": "pm-card-1"}
    slots, _ = await read(parts, "C-1", text, proposed, intent="check_refund")
    assert slots["items_choice"] == ["L1", "L3"]


@cases(
    "text",
    ["I need the refund within 3 days, can you do that?", "Hmm, 5 to 7 days? I want the money in 3 days.", "Can't you refund me faster?"],
)
async def test_money_comes_no_faster(parts: Parts, text: str) -> None:
    slots, said = await read(parts, "C-4", text, PROPOSED, intent="check_refund")
    assert "can't make that any faster" in said
    assert "form_outcome" not in slots


@cases("text", ["I need the refund within 3 days, can you do that?", "can I get my refund by tomorrow?", "refund me faster!"])
async def test_no_refund_is_denied_where_only_its_speed_is_asked(parts: Parts, text: str) -> None:
    parts.desk.sign_in("talk", "C-4")
    said, _ = await run(parts.services, call("action_check_refund", text, "check_refund", {"order_id": "CH-60003"}))
    assert said[0]["text"].startswith("No, I'm sorry: I can't make a refund any faster.")
    assert "I see no refund" not in said[0]["text"]


@cases(
    "text",
    ["What's the most expensive item in that order and its price?", "Of my order. Which item costs most?", "Most expensive item, price?"],
)
async def test_the_dearest_item_of_the_order_in_hand(parts: Parts, text: str) -> None:
    parts.desk.sign_in("talk", "C-4")
    slots = {"order_id": "CH-60003", "last_intent": "track_order"}
    said, _ = await run(parts.services, call("action_tell_order_details", text, "ask_order_details", slots))
    assert "Havre Pack" in said[0]["text"]
    assert "79.00 EUR" in said[0]["text"]


@cases("text", ["Which address did that go to?", "To WHERE? Which address did you send it to?", "what address was order CH-60003 sent to?"])
def test_where_an_order_went_is_asked(text: str) -> None:
    assert own_fact_intent(text) == "ask_order_details"


@cases(
    "text",
    [
        "what address should I send it to?",
        "where did it go wrong?",
        "change the address that it is sent to",
        "return it where it was sent from",
    ],
)
def test_other_words_ask_not_where_an_order_went(text: str) -> None:
    assert own_fact_intent(text) != "ask_order_details"
