"""How customers speak of what they ordered, and of what they want instead: each kind in three wordings or more."""

from collections.abc import Callable

import pytest

from tests.conversations.chat import Chat

ADA, DORA = "C-1", "C-4"

ORDERS = [
    (
        ADA,
        ["where is the order ending in 02?", "track the order that ends with 0002", "where's my order, last digits are 02"],
        "CH-20002",
    ),
    (ADA, ["where are my running shoes?", "track the shoes i ordered", "where is the order with the shoes"], "CH-20002"),
    (
        ADA,
        ["where is the lamp that hasn't arrived yet?", "track my order with the brass lamp", "status of the lamp i still wait for"],
        "CH-20005",
    ),
    (ADA, ["where is my last order?", "track my latest order", "what's the status of my most recent order"], "CH-20001"),
    (
        ADA,
        ["where is my biggest order?", "track my largest order", "status of my biggest order"],
        "CH-20004",
    ),
    (
        DORA,
        ["where is the order I sent to Leipzig?", "track the order going to Leipzig", "where is my order to Kanalweg 4"],
        "CH-60002",
    ),
    (DORA, ["where is the order for 149 euros?", "track the order of 149 eur", "status of my order for €149"], "CH-60001"),
]

RETURNS = [
    (["return the most expensive thing from order CH-60003", "I want to send back the most expensive item of CH-60003",
      "return the priciest item of order 60003"], ["Havre Pack"], ["Fjordline", "Glow"]),
    (["return everything except the night light from order CH-60003", "send back all of CH-60003 but not the night light",
      "i want to return order CH-60003 without the night light"], ["Havre Pack", "Fjordline Steel"], ["Glow"]),
    (["return the two cheapest items from CH-60003", "I'd like to send back the two cheapest of order CH-60003",
      "return the 2 cheapest things of CH-60003"], ["Fjordline Steel", "Glow"], ["Havre Pack"]),
    (["return the night light and the backpack I received", "i want to send back the night light and the backpack that arrived",
      "please return the backpack and the night light, they came last week"], ["Ombra Glow", "Havre Pack"], ["Fjordline"]),
]  # fmt: skip

CHANGES = [
    (["change the flask in CH-60001 to the biggest one that's in stock", "make the flask of CH-60001 the largest",
      "swap the bottle in my order CH-60001 for the biggest"], ["1 l"]),
    (["change the flask in CH-60001 to black", "I'd like the flask in order CH-60001 in black instead",
      "can the flask of CH-60001 be black rather than green"], ["black"]),
    (["change the boots in CH-60001 to one size smaller", "the boots in CH-60001 are too big, change them to one size down",
      "swap the boots in CH-60001 for a size smaller"], ["41"]),
    (["change the boots in CH-60001 to size 41, waterproof", "make the boots of order CH-60001 a 41 and waterproof",
      "swap the boots in CH-60001 for the waterproof ones in 41"], ["41", "yes"]),
    (["change the backpack in CH-60002 to anything but grey, not navy", "swap the backpack in CH-60002 for the olive one",
      "change the colour of the backpack in CH-60002 to olive"], ["olive"]),
    (["change the backpack in CH-60002 to pink", "can i get the backpack of CH-60002 in pink instead",
      "swap the backpack in CH-60002 for a pink one"], ["pink"]),
    (["change the boots in CH-60001 to size 43 waterproof, and if that isn't available leave them",
      "swap the boots in CH-60001 for waterproof ones in 43, otherwise keep them",
      "the boots of CH-60001 in 43 and waterproof please, if you don't have that leave it as it is, just change that"], ["43"]),
]  # fmt: skip

EXCHANGES = [
    (["exchange the night light in CH-60003 for a less bright one, battery before solar before mains",
      "swap the night light from CH-60003 for a dimmer one, i prefer battery over solar",
      "exchange the night light of CH-60003 for the one with low brightness and battery"], ["low", "battery"]),
    (["exchange the night light in CH-60003 for the brightest", "swap the night light of CH-60003 for the brightest one",
      "exchange the night light from order CH-60003 for one with high brightness"], ["high"]),
    (["exchange the backpack in CH-60003 for the same one again", "swap the backpack of CH-60003 for an identical one",
      "exchange the backpack in order CH-60003 for the exact same item"], ["Havre Pack", "grey"]),
    (["exchange the flask in CH-60003 for the cheapest one", "swap the flask of CH-60003 for the cheapest version",
      "exchange the bottle from CH-60003 for the least expensive one"], ["500 ml", "green"]),
    (["exchange the running shoes in CH-60004 for size 44", "swap the Kestrel Trail of CH-60004 for a 44",
      "exchange the shoes from CH-60004, i need them in 44"], ["44"]),
]  # fmt: skip


def _each(kinds: list[tuple[object, ...]], texts_at: int) -> list[tuple[object, ...]]:
    return [(*kind[:texts_at], text, *kind[texts_at + 1 :]) for kind in kinds for text in kind[texts_at]]  # type: ignore[attr-defined]


def _proposed(chat: Chat) -> str:
    """All that was said up to the proposal; where a price differs, the first of the customer's methods is taken."""
    said = chat.text
    methods = [title for title in chat.buttons if title.startswith(("Gift card", "PayPal", "Mastercard", "Visa"))]
    return f"{said}\n{chat.presses(methods[0]).text}" if methods else said


@pytest.mark.parametrize(("customer", "text", "order_id"), _each(ORDERS, 1))
def test_an_order_is_found_by_what_the_customer_knows_of_it(
    open_chat: Callable[..., Chat], customer: str, text: str, order_id: str
) -> None:
    chat = open_chat(customer).says(text)
    assert order_id in chat.replies[0]["text"]
    assert "Which order" not in chat.text


@pytest.mark.parametrize(("text", "meant", "others"), _each(RETURNS, 0))
def test_pieces_to_return_are_told_apart(open_chat: Callable[..., Chat], text: str, meant: list[str], others: list[str]) -> None:
    said = _proposed(open_chat(DORA).says(text))
    for name in meant:
        assert name in said
    for name in others:
        assert name not in said


@pytest.mark.parametrize(("text", "parts"), _each(CHANGES, 0))
def test_a_pending_piece_is_changed_to_what_is_wished(open_chat: Callable[..., Chat], text: str, parts: list[str]) -> None:
    chat = open_chat(DORA).says(text)
    said = _proposed(chat)
    for part in parts:
        assert part in said
    assert not chat.receipts()


@pytest.mark.parametrize(("text", "parts"), _each(EXCHANGES, 0))
def test_a_delivered_piece_is_exchanged_for_what_is_wished(open_chat: Callable[..., Chat], text: str, parts: list[str]) -> None:
    chat = open_chat(DORA).says(text)
    said = _proposed(chat)
    for part in parts:
        assert part in said
    assert not chat.receipts()


@pytest.mark.parametrize(
    "text",
    [
        "cancel order CH-60001 and order CH-60002",
        "please cancel CH-60001 and CH-60002",
        "i want to cancel CH-60001, CH-60002",
    ],
)
def test_one_verb_for_two_orders_is_two_requests(open_chat: Callable[..., Chat], text: str) -> None:
    chat = open_chat(DORA).says(text).hears("CH-60001")
    chat.presses("No longer needed").presses("Yes").hears("CH-60002")
    chat.order_is("CH-60001", "cancelled", DORA).order_is("CH-60002", "pending", DORA)


@pytest.mark.parametrize(
    "text",
    [
        "send the night light back from CH-60003 n cancel CH-60002 too",
        "return the night light of CH-60003 and also cancel CH-60002",
        "return the night light from CH-60003, and also cancel CH-60002 please",
    ],
)
def test_each_of_two_wishes_keeps_its_own_order(open_chat: Callable[..., Chat], text: str) -> None:
    chat = open_chat(DORA).says(text)
    assert "Why would you like to cancel" not in chat.text
    chat.presses("Mastercard").hears("Ombra Glow", "CH-60003")
    chat.presses("Yes").hears("CH-60002")
    chat.order_is("CH-60003", "return_requested", DORA).order_is("CH-60002", "pending", DORA)
