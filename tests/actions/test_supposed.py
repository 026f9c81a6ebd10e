"""Sums asked for before anything is decided: deeds are told apart with their own goods, and each comes to the shop's own figures."""

import re
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.supposed.clauses import decides_by_sum, read_clauses
from actions.supposed.told import supposed_reply
from actions.turn import Turn
from tests.actions.calls import call
from tests.actions.parts import Parts

cases = pytest.mark.parametrize
RETURN, EXCHANGE, CANCEL = "return_item", "exchange_item", "cancel_order"


def names(words: str) -> bool:
    return bool(re.search(r"\b(?:lamp|rug|mug|bench|kettle)s?\b", words))


def asked(text: str, form: str | None = None, **slots: Any) -> Turn:
    return Turn.of(Tracker.from_dict(call("action_x", text, "ask_product", slots, form=form)["tracker"]))


@cases(
    ("text", "tasks", "supposed"),
    [
        ("return the lamp and exchange the rug for the cheapest", [RETURN, EXCHANGE], False),
        ("Swap rug and mug for cheaper ones... no wait, first send back the lamp, and the swap. Both please.", [EXCHANGE, RETURN], False),
        ("No new lamp. The lamp is a return. The rug and the mug are the exchange, cheapest version.", [RETURN, EXCHANGE], False),
        ("I want the rug exchanged for the cheapest, the lamp goes back for a refund", [EXCHANGE, RETURN], False),
        ("can I exchange the rug for the cheapest and also send the lamp back?", [EXCHANGE, RETURN], False),
        ("Exchange: rug to red. Return: the lamp. thanks", [EXCHANGE, RETURN], False),
        ("what would I get for returning the lamp, and how much for swapping the rug and the mug?", [RETURN, EXCHANGE], True),
        ("If I return the lamp, or swap the rug for the cheapest, what do I get in each case?", [RETURN, EXCHANGE], True),
        ("how much would I save if I only swapped the rug instead of cancelling?", [EXCHANGE], True),
        ("the exchange of rug and mug only, no lamp, would save how much?", [EXCHANGE], True),
    ],
)
def test_each_deed_keeps_its_own_goods(text: str, tasks: list[str], supposed: bool) -> None:
    found = read_clauses(text, names)
    assert [one.task for one in found] == tasks
    assert {one.supposed for one in found} == {supposed}
    for one in found:
        assert ("lamp" in one.words) == (one.task == RETURN)


@cases("text", ["I'll take whichever saves most", "do whatever gives me more back", "then the one that saves more, please"])
def test_a_rule_by_which_the_sums_decide_is_heard(text: str) -> None:
    assert decides_by_sum(text)


@cases("text", ["which one gives more?", "what saves more", "take the lamp", "the cheapest one that you have"])
def test_other_words_leave_nothing_to_the_sums(text: str) -> None:
    assert not decides_by_sum(text)


@cases(
    ("customer", "text", "told"),
    [
        ("C-4", "what would I save by swapping the boots in CH-60001 for the cheapest?", "gives back 10.00 EUR"),
        ("C-4", "how much extra would I pay to change the boots to size 43, not waterproof", "costs 10.00 EUR more"),
        ("C-4", "what would cancelling CH-60001 give me back?", "gives back 149.00 EUR"),
        ("C-4", "which saves me more: cancelling CH-60002 or changing the boots to the cheapest?", "gives back 10.00 EUR. The first"),
        ("C-4", "what would I get if I returned the flask and the night light, or if I exchanged both for the cheapest", "15.00 EUR"),
        ("C-4", "what do I get back for returning everything in CH-60003?", "149.00 EUR"),
        ("C-5", "Suppose I exchanged the scope for the 60 mm 20x one, what's the difference?", "gives back 30.00 EUR"),
        ("C-1", "would exchanging the lamp for brass cost me anything?", "costs 20.00 EUR more"),
        ("C-1", "how much would exchanging the lamp for the cheapest one save?", "already the cheapest"),
        ("C-4", "what would I get for exchanging the night light?", "depends on the version"),
    ],
)
async def test_a_supposed_deed_has_the_shops_own_sum(parts: Parts, customer: str, text: str, told: str) -> None:
    parts.desk.sign_in("talk", customer)
    reply = await supposed_reply(parts.services, asked(text))
    assert reply is not None
    assert told in reply.text
    assert await parts.shop.find_open_proposal("talk") is None


async def test_items_are_told_each_and_together(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    reply = await supposed_reply(parts.services, asked("how much back for swapping the night light and the black flask to the cheapest?"))
    assert reply is not None
    assert "gives back 15.00 EUR (the Ombra Glow 6.00 EUR and the Fjordline Steel 9.00 EUR)" in reply.text


async def test_what_is_pointed_at_is_what_the_form_is_about(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    turn = asked(
        "and exchanging it for the cheapest would give me how much?", "return_items_form", order_choice="CH-60003", items_choice=["L1"]
    )
    reply = await supposed_reply(parts.services, turn)
    assert reply is not None
    assert "Ombra Glow for the cheapest version in stock gives back 6.00 EUR" in reply.text


async def test_what_points_at_goods_and_wishes_for_no_version_supposes_none(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    turn = asked("what's the difference if I switch it to PayPal?", "return_items_form", order_choice="CH-60003", items_choice=["L1"])
    assert await supposed_reply(parts.services, turn) is None


async def test_a_rule_takes_up_what_gives_back_more(parts: Parts) -> None:
    parts.desk.sign_in("talk", "C-4")
    text = "return the grey backpack or swap the night light for the cheapest, whichever saves me more"
    reply = await supposed_reply(parts.services, asked(text))
    assert reply is not None
    assert reply.replay is not None
    assert reply.replay.intent == RETURN
    assert reply.replay.values("line_id") == ["L3"]


@cases(
    "text",
    [
        "I want to return the lamp, how much do I get back?",
        "do I have to pay for the shipping if I return the lamp?",
        "when would I get the money if I returned the lamp",
        "exchange the lamp for brass please",
        "what did I pay for the lamp",
        "how much is the brass lamp?",
    ],
)
async def test_other_words_are_left_to_their_own_answers(parts: Parts, text: str) -> None:
    parts.desk.sign_in("talk", "C-1")
    assert await supposed_reply(parts.services, asked(text)) is None


async def test_nobody_unknown_is_told_a_sum(parts: Parts) -> None:
    assert await supposed_reply(parts.services, asked("how much would I get back if I returned the lamp?")) is None
