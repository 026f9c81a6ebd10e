"""Questions about the catalogue as such: each kind in three wordings or more, answered from the records."""

import pytest

from tests.conversations.chat import Chat

KINDS = [
    (
        [
            "how many keyboard options do you have?",
            "how many different keyboards are there?",
            "tell me how many keyboards you sell",
        ],
        ["3 products of the type keyboard", "4 versions", "3 of these versions are in stock"],
    ),
    (
        [
            "how many versions of the Pellworth Heavy Tee are there?",
            "how many options does the Pellworth Heavy Tee have, do you know?",
            "exactly how many variants of the Pellworth Heavy Tee are available?",
        ],
        ["3 versions", "2 of them are in stock"],
    ),
    (
        [
            "what colours does the Havre Pack come in?",
            "in which colors is the Havre Pack available?",
            "what colours are there for the Havre Pack?",
        ],
        ["grey, navy, olive"],
    ),
    (
        [
            "which sizes does the Kestrel Trail come in?",
            "what sizes do you have of the Kestrel Trail?",
            "available sizes of the Kestrel Trail, which ones?",
        ],
        ["42, 43, 44"],
    ),
    (
        ["what's your cheapest keyboard?", "which keyboard is the least expensive?", "cheapest keyboard"],
        ["Juniper Row Felt Keyboard", "69.00 EUR"],
    ),
    (
        ["what's the most expensive wristwatch?", "which is your priciest wristwatch?", "most expensive wristwatch you have"],
        ["Calder Tide 42", "199.00 EUR"],
    ),
    (
        ["what types of products do you sell?", "which product categories do you have?", "what kinds of products are there?"],
        ["16 types of product", "desk lamp (2)"],
    ),
    (
        [
            "is the Fjordline Steel in stock in black with 1 litre?",
            "do you have the Fjordline Steel in black, 1l, in stock?",
            "is the black 1 l Fjordline Steel available?",
        ],
        ["sold out"],
    ),
    (
        [
            "how much is the Fjordline Steel in green with 1 litre?",
            "what does the Fjordline Steel in green, 1 l cost?",
            "price of the green 1000 ml Fjordline Steel?",
        ],
        ["36.00 EUR"],
    ),
    (
        [
            "how much are the Quillon Clatter 100 and the Juniper Row Felt Keyboard together?",
            "what do the Quillon Clatter 100 and the Juniper Row Felt Keyboard cost in total?",
            "price of the Quillon Clatter 100 and the Juniper Row Felt Keyboard combined",
        ],
        ["198.00 EUR"],
    ),
    (
        [
            "what's the cheapest Kestrel Ridge that is waterproof?",
            "how much is the least expensive waterproof Kestrel Ridge?",
            "cheapest waterproof Kestrel Ridge",
        ],
        ["41", "120.00 EUR"],
    ),
    (
        [
            "what options do you have for the Ombra Glow?",
            "which versions of the Ombra Glow are there?",
            "show me the variants of the Ombra Glow",
        ],
        ["9 versions", "low", "battery"],
    ),
]


@pytest.mark.parametrize(("text", "parts"), [(text, parts) for texts, parts in KINDS for text in texts])
def test_a_question_about_the_catalogue_is_answered_from_the_records(guest: Chat, text: str, parts: list[str]) -> None:
    guest.says(text)
    for part in parts:
        assert part in guest.text


def test_what_is_in_hand_is_asked_about(guest: Chat) -> None:
    guest.says("how much is the Havre Pack?").hears("79.00 EUR")
    guest.says("which colours does it come in?").hears("grey, navy, olive")
