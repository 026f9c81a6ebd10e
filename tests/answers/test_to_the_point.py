"""What customers asked and got no straight answer to: each is now answered to the point, and with nothing that misleads."""

import pytest

from answers.answerer import Answerer


@pytest.mark.parametrize(
    ("question", "topic", "said", "unsaid"),
    [
        ("how much is delivery to Sweden?", "delivery", ["costs 4.90 EUR", "Only Germany, Austria and the Netherlands"], ["9.90"]),
        ("hw much is delivery to sweden", "delivery", ["Standard delivery costs 4.90 EUR"], ["9.90"]),
        ("ok n shipping to poland how much", "delivery", ["we deliver to no other country"], ["9.90"]),
        ("opening hours", "contact", ["Monday to Friday from 09:00 to 18:00"], []),
        ("wait whats ur opening hours", "contact", ["Monday to Friday from 09:00 to 18:00"], []),
        ("when do u open tmrw", "contact", ["Monday to Friday from 09:00 to 18:00"], []),
        ("whats ur adress btw", "contact", ["no store that you can visit"], []),
        ("do you ship to Poland?", "delivery", ["and Sweden, and to no other country", "not deliver to Poland"], []),
        ("can I pay with PayPal", "payment", ["You can pay with these payment methods:", "- PayPal"], ["charged"]),
        ("can i pay w paypal", "payment", ["You can pay with these payment methods:", "- PayPal"], ["charged"]),
        ("which payment methods do you take", "payment", ["Visa", "- PayPal", "- Gift cards"], ["charged"]),
        ("do you sell gift cards", "gift_cards", ["We sell gift cards from 10 EUR to 250 EUR"], ["checkout"]),
        ("gift card for 50, how", "gift_cards", ["To buy a gift card", "10 EUR to 250 EUR"], ["checkout"]),
        ("can I get my refund on a gift card instead", "returns", ["existing gift card of yours instead"], ["checkout"]),
        ("can i get it on a gift card insted", "gift_cards", ["existing gift card of yours instead"], ["checkout"]),
        ("when do I get the money back for my return", "returns", ["5 to 7 business days", "when the items have arrived with us"], []),
        ("whats the return period btw", "returns", ["30 days"], []),
        ("hw long warranty", "warranty", ["24 months"], []),
        ("where is my return label", "returns", ["under My orders", "by e-mail when you ask"], ["We e-mail"]),
        ("it says delivered but i got nothing", "delivery", ["neighbours", "24 hours"], []),
    ],
)  # fmt: skip
async def test_the_answer_is_to_the_point(quoting: Answerer, question: str, topic: str, said: list[str], unsaid: list[str]):
    for known_topic in (topic, None):
        answer = await quoting.answer(question, topic=known_topic)
        assert answer.known, known_topic
        assert [words for words in said if words not in answer.text] == [], answer.text
        assert [words for words in unsaid if words in answer.text] == [], answer.text
