"""The cheapest and the dearest of all items: what is so already stays, and nothing dearer is ever called the cheapest."""

import pytest

from actions.exchange.counter import Counter, read_answer
from actions.exchange.naming import named_lines
from actions.exchange.swaps import Swaps
from actions.exchange.taking import take
from actions.turn import Request
from actions.variants import Outcome, choose_variant
from shop.models import Order
from tests.actions.goods import NOW
from tests.actions.parts import Parts
from tests.actions.test_fewer_items import Talk
from tests.actions.versions import line, made

RUG = made("Arbel Weave", "rug", {"size": ["S", "M", "L"], "pile": ["flat", "deep"]}, gone=({"size": "S"}, {"size": "M", "pile": "flat"}))
BOWL = made("Arbel Bowl", "bowl", {"size": ["S", "M", "L"], "glaze": ["matt", "gloss"]})
OWN_RUG = line(RUG, size="M", pile="flat")
OWN_BOWL = line(BOWL, size="L", glaze="gloss").model_copy(update={"line_id": "L2"})


def pending() -> Counter:
    total = OWN_RUG.price_cents + OWN_BOWL.price_cents
    payment = {"kind": "payment", "amount_cents": total, "payment_method_id": "pm", "at": NOW}
    order = Order.model_validate(
        {
            "order_id": "CH-80001",
            "customer_id": "C-8",
            "status": "pending",
            "currency": "EUR",
            "address": {"line1": "Kanalweg 4", "city": "Leipzig", "postal_code": "04109", "country": "DE"},
            "lines": [OWN_RUG.model_dump(), OWN_BOWL.model_dump()],
            "payments": [payment],
            "placed_at": NOW,
        }
    )
    return Counter(order, {str(one.product_id): one for one in (RUG, BOWL)}, known=(RUG, BOWL))


@pytest.mark.parametrize(
    "words",
    [
        "switch all items to their cheapest versions",
        "Cheapest variant that's in stock of EVERY item please",
        "change everything in this order to the least expensive option",
    ],
)
def test_what_costs_no_more_than_the_cheapest_in_stock_stays_even_where_it_is_sold_out(words: str) -> None:
    counter, swaps = pending(), Swaps()
    for wish in named_lines(counter, Request("exchange_item", words)):
        swaps = take(swaps, wish, read_answer(wish, counter, swaps), counter, several=True)
    assert swaps.line_ids == ("L2",)
    assert counter.variant("L2", swaps.chosen["L2"]) == min(BOWL.variants, key=lambda one: one.price_cents)
    assert "Your Arbel Weave is already the cheapest" in " ".join(swaps.said)


@pytest.mark.parametrize("words", ["the cheapest", "your cheapest one", "the least expensive version you have"])
def test_a_dearer_version_is_never_the_cheapest(words: str) -> None:
    assert choose_variant(words, RUG, OWN_RUG).outcome is Outcome.PRESENT


@pytest.mark.parametrize("words", ["the dearest", "the most expensive one", "top of the range please"])
def test_what_is_the_dearest_already_stays(words: str) -> None:
    assert choose_variant(words, BOWL, OWN_BOWL).outcome is Outcome.PRESENT


@pytest.mark.parametrize("words", ["the cheapest deep one", "cheapest one with a deep pile"])
def test_what_else_is_asked_for_may_cost_more(words: str) -> None:
    choice = choose_variant(words, RUG, OWN_RUG)
    assert choice.variant is not None
    assert choice.variant.options == {"size": "M", "pile": "deep"}


async def opened(parts: Parts, customer_id: str, words: str) -> Talk:
    parts.desk.sign_in("talk", customer_id)
    talk = Talk(parts)
    await talk.say(words, "exchange_item")
    return talk


@pytest.mark.parametrize(
    "words", ["Not the most expensive, the CHEAPEST", "No! The cheapest ones, I said", "I meant the least expensive versions"]
)
async def test_another_wish_for_prices_is_about_all_items_again(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-4", "upgrade all items of order CH-60001 to their most expensive versions")
    assert talk.known["swaps"]["chosen"] == {"L1": "P-11-5", "L2": "P-13-5"}
    await talk.say(words, "deny", "method_choice")
    assert talk.known["swaps"]["chosen"] == {"L2": "P-13-1"}
    assert "Your Fjordline Steel is already the cheapest" in talk.said[0]


@pytest.mark.parametrize(
    "words",
    [
        "exchange the pack in CH-60003 for the cheapest one",
        "the backpack of CH-60003 to the cheapest version",
        "swap the pack from CH-60003 for the dearest",
    ],
)
async def test_where_nothing_is_gained_that_is_said_and_nothing_is_changed(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-4", words)
    assert talk.known["form_outcome"]["kind"] == "refused"
    assert "is already the" in talk.known["form_outcome"]["text"]


THREE = (
    "exchange the night light for the low one on solar, the black flask for the green 500 ml one"
    " and the pack for navy in CH-60003, with my mastercard"
)


@pytest.mark.parametrize(
    "words",
    [
        "The flask and the pack look too dear like that. Keep those two as they are, only change the night light.",
        "No. Change only the night light. Flask and pack stay.",
        "Why do the flask and the pack change? Leave both as they are.",
        "The flask and the pack stay as they are",
    ],
)
async def test_what_stays_leaves_and_the_others_keep_their_versions(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-4", THREE)
    assert set(talk.changes()) == {"L1", "L2", "L3"}
    await talk.say(words, "deny", "confirmation")
    assert talk.changes() == {"L1": "P-12-1"}
    assert "just what I have noted" not in " ".join(talk.said)
