"""Whole turns of single actions over loose words, without Rasa."""

import pytest

from tests.actions.calls import call, run
from tests.actions.parts import Parts


async def heard(parts: Parts, action: str, text: str, intent: str, customer: str | None = None, **more: object) -> str:
    if customer:
        parts.desk.sign_in("talk", customer)
    replies, _ = await run(parts.services, call(action, text, intent, **more))
    return "\n".join(str(reply["text"]) for reply in replies)


@pytest.mark.parametrize(
    ("action", "intent", "text", "parts_of"),
    [
        ("action_search_products", "search_product", "how many keyboard options do you have?", ["4 versions", "3 of these versions"]),
        ("action_tell_product", "ask_product", "how many variants of the Pellworth Heavy Tee are available?", ["3 versions; 2 of them"]),
        ("action_tell_stock", "check_stock", "what colours does the Havre Pack come in?", ["grey, navy, olive"]),
        ("action_tell_price", "ask_price", "what's your cheapest keyboard?", ["Juniper Row Felt Keyboard", "69.00 EUR"]),
        ("action_search_products", "search_product", "what kinds of products do you sell?", ["types of product", "desk lamp (2)"]),
        ("action_show_popular", "ask_popular", "what types of products do you sell?", ["types of product"]),
        ("action_tell_stock", "check_stock", "is the black 1 l Fjordline Steel available?", ["sold out"]),
        ("action_tell_price", "ask_price", "price of the green 1000 ml Fjordline Steel?", ["1 l, green", "36.00 EUR"]),
        ("action_tell_price", "ask_price", "what does the black 1l Fjordline Steel cost", ["39.00 EUR", "sold out"]),
        (
            "action_tell_price",
            "ask_price",
            "how much are the Quillon Clatter 100 and the Juniper Row Felt Keyboard together?",
            ["198.00 EUR"],
        ),
        ("action_tell_price", "ask_price", "cheapest waterproof Kestrel Ridge", ["41", "120.00 EUR"]),
    ],
)
async def test_a_question_about_the_catalogue_is_counted(parts: Parts, action: str, intent: str, text: str, parts_of: list[str]) -> None:
    told = await heard(parts, action, text, intent)
    assert all(part in told for part in parts_of), told


async def test_a_price_is_told_against_what_was_paid(parts: Parts) -> None:
    told = await heard(parts, "action_tell_price", "how much more is the 1 litre version of my green flask?", "ask_price", "C-4")
    assert "You paid 24.00 EUR" in told
    assert "12.00 EUR more" in told


@pytest.mark.parametrize(
    ("customer", "text", "order_id"),
    [
        ("C-1", "track the order that ends with 0002", "CH-20002"),
        ("C-1", "track the lamp i'm still waiting for", "CH-20005"),
        ("C-1", "where is my biggest order?", "CH-20004"),
        ("C-4", "where is the order I sent to Leipzig?", "CH-60002"),
        ("C-4", "status of my order for €149", "CH-60001"),
    ],
)
async def test_an_order_is_told_by_what_the_customer_knows(parts: Parts, customer: str, text: str, order_id: str) -> None:
    assert order_id in (await heard(parts, "action_track_order", text, "track_order", customer)).splitlines()[0]
