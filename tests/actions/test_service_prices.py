"""What the shop's own services cost is told from its articles or not known; no product is looked for."""

import pytest

from actions.service_prices import service_asked
from tests.actions.calls import call, run
from tests.actions.parts import Parts

SEARCH, PRICE = ("action_search_products", "search_product"), ("action_tell_price", "ask_price")


async def heard(parts: Parts, action: tuple[str, str], text: str) -> dict[str, object]:
    replies, _ = await run(parts.services, call(action[0], text, action[1]))
    return replies[-1]


@pytest.mark.parametrize("action", [SEARCH, PRICE, ("action_clarify_request", "nlu_fallback")])
@pytest.mark.parametrize("text", ["what does gift wrapping cost", "how much is it to have a present wrapped?", "price of wrapping a gift"])
async def test_the_price_of_wrapping_is_told_from_the_articles(parts: Parts, action: tuple[str, str], text: str) -> None:
    reply = await heard(parts, action, text)
    assert "3.50 EUR" in str(reply["text"])
    assert not reply.get("cards")


@pytest.mark.parametrize("text", ["express delivery price?", "how much does express shipping cost", "what do you charge for express"])
async def test_the_price_of_express_is_told_from_the_articles(parts: Parts, text: str) -> None:
    reply = await heard(parts, PRICE, text)
    assert "EUR" in str(reply["text"])
    assert "xpress" in str(reply["text"])
    assert not reply.get("cards")


@pytest.mark.parametrize("action", [SEARCH, PRICE])
@pytest.mark.parametrize(
    "text", ["how much does engraving cost", "what's the price of sharpening a knife", "how much do you charge for monogramming?"]
)
async def test_the_price_of_what_no_article_tells_is_not_known(parts: Parts, action: tuple[str, str], text: str) -> None:
    reply = await heard(parts, action, text)
    assert "don't know" in str(reply["text"])
    assert reply["buttons"]
    assert not reply.get("cards")


@pytest.mark.parametrize(
    "text",
    ["how much is the desk lamp", "what does it cost?", "show me your delivery bags", "can you engrave it", "is there a cheaper one"],
)
def test_other_questions_ask_for_no_service(text: str) -> None:
    assert service_asked(text) is None


async def test_a_product_with_its_delivery_is_a_product(parts: Parts) -> None:
    reply = await heard(parts, PRICE, "how much is the Quillon Clatter 100 including delivery?")
    assert "129.00 EUR" in str(reply["text"])
