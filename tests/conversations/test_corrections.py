"""What a proposal got wrong is put right: items that were never meant, other versions, fewer and more, in words of many kinds."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


def settled(chat: Chat) -> str:
    """All that was said up to the proposal; where a price differs, the first of the customer's methods is taken."""
    said = chat.text
    methods = [title for title in chat.buttons if title.startswith(("Mastercard", "Visa", "PayPal", "Gift card"))]
    return f"{said}\n{chat.presses(methods[0]).text}" if methods else said


@wordings(
    "said",
    [
        "I'd like to exchange both, the flask from CH-60003 for a green one and the night light for a brighter one",
        "My shoes are great, the backpack too, but please swap the black flask for a green one and the night light for the high one. Both.",
        "First of all hello! Two things, both from CH-60003: the flask in green please, and the night light in high. That's everything",
        "swap two things for me in CH-60003, the flask to green and the night light to the high one. Can you do both?",
    ],
)
def test_both_speaks_of_what_was_named(dora: Chat, said: str) -> None:
    words = settled(dora.says(said))
    assert "colour green" in words
    assert "brightness high" in words
    assert "Havre" not in words


@wordings(
    "said",
    [
        "I bought a night light and a flask for my trip and it was all lovely, anyway what I'd like to return is the backpack",
        "The flask is great, the night light glows nicely as well, but I want to return the grey backpack",
        "So I got the night light, the flask and a backpack from you. The backpack doesn't suit me, I'd like to return the backpack please",
        "I want to return the grey backpack. My night light from the same order is fine, and the flask too",
    ],
)
def test_what_is_only_told_of_does_not_go_back(dora: Chat, said: str) -> None:
    words = settled(dora.says(said))
    assert "Return 1 x Havre Pack (grey) from" in words


@wordings(
    "said",
    [
        "A night light? No no, I never said anything about a night light, it's the flask I want in green",
        "leave the night light alone please, just exchange the flask for the green one",
        "nothing about the night light please, I want the flask in green",
        "no new night light! The flask, in green",
    ],
)
def test_an_item_that_was_never_meant_is_let_go(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003").hears("What shall the new Ombra Glow be like")
    words = settled(dora.says(said))
    assert "colour green" in words
    assert "Ombra" not in words.partition("Exchange from order")[2]


@wordings(
    "said",
    [
        "leave the night light alone please, just exchange the running shoes for 44",
        "I never asked for a night light, I want to exchange the running shoes for size 44",
        "A night light? I meant the running shoes, for a 44",
    ],
)
def test_the_item_that_was_meant_may_be_in_another_order(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003").hears("What shall the new Ombra Glow be like")
    dora.says(said).hears("Exchange from order CH-60004", "size 44")


@wordings("said", ["not the low one, the high one", "no, I meant the high one", "no no, the high version please", "I said high, not low"])
def test_what_is_denied_is_not_what_is_wanted(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the low one").presses("Mastercard").hears("brightness low")
    dora.says(said).hears("to Ombra Glow (brightness high")


@wordings("said", ["no, the other colour", "I meant the olive one", "not navy, olive", "the olive one instead please"])
def test_another_colour_is_heard_at_the_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the grey backpack for the navy one").hears("colour navy")
    dora.says(said).hears("to Havre Pack (colour olive)")


@wordings("said", ["drop the flask from it", "take the flask out again", "without the flask please", "the flask can stay as it is"])
def test_an_item_is_dropped_from_an_exchange(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the low one and the black flask for the green one").presses("Mastercard").hears("Fjordline")
    dora.says(said).hears("Exchange from order CH-60003: 1 x Ombra Glow").never_hears("Fjordline")


@wordings("said", ["also add the flask", "and the flask as well please", "add the black flask too", "the flask should go back too"])
def test_an_item_is_added_to_a_return(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003").presses("Mastercard").hears("Return 1 x Ombra Glow (medium, solar) from")
    dora.says(said).hears("1 x Ombra Glow", "1 x Fjordline Steel (750 ml, black) from")


@wordings("said", ["actually just the first one", "only the night light after all", "just the night light then, not the rest"])
def test_only_one_of_several_goes_back(dora: Chat, said: str) -> None:
    dora.says("return the night light, the flask and the backpack of CH-60003").presses("Mastercard").hears("149.00 EUR")
    dora.says(said).hears("Return 1 x Ombra Glow (medium, solar) from")


@wordings(
    "said",
    ["not the night light, the backpack", "no, I meant the backpack, not the night light", "the backpack instead of the night light"],
)
def test_another_item_takes_the_place_of_a_wrong_one(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003").presses("Mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("Return 1 x Havre Pack (grey) from")


@wordings(
    "said",
    [
        "a pity about the solar, but never mind, then the battery one, low, and don't forget the flask, the green one",
        "the low one on battery then, and the flask in green please",
        "okay battery and low for that one, and for the flask the green one",
    ],
)
def test_an_answer_and_the_next_items_wish_in_one_message(dora: Chat, said: str) -> None:
    dora.says("exchange the night light and the black flask from CH-60003").hears("What shall the new Ombra Glow be like")
    words = settled(dora.says(said))
    assert "brightness low, power battery" in words
    assert "colour green" in words


@wordings("said", ["yes please, that's everything", "yes, that is all", "that's all I want, yes please do it"])
def test_that_is_everything_adds_nothing(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003").presses("Mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("Fjordline", "Havre")


@wordings(
    "said",
    [
        "No exchange at all. Please just take back the flask and refund me",
        "Then no exchange. I'd rather just return the flask",
        "no new flask, I want to send that one back for the money",
        "forget the exchange, just return the flask",
    ],
)
def test_an_exchange_is_given_up_for_a_return(dora: Chat, said: str) -> None:
    dora.says("exchange the flask from CH-60003").hears("What shall the new Fjordline Steel be like")
    dora.says(said).hears("Nothing was changed")
    assert "Return 1 x Fjordline Steel (750 ml, black) from order CH-60003" in settled(dora)


@wordings(
    "said",
    ["also exchange the running shoes for a 44", "and swap my running shoes for size 44", "please exchange the running shoes for 44 too"],
)
def test_an_item_of_another_order_waits_for_its_own_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the grey backpack for the navy one").hears("Exchange from order CH-60003")
    dora.says(said).hears("another order").hears("Exchange from order CH-60003", "colour navy")
    dora.says("yes").hears("CH-60003 is registered").hears("Exchange from order CH-60004", "size 44")
