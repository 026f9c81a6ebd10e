"""Openings that nobody understood at first: misspelt ones, the buttons of "did you mean", and goodbyes with chatter."""

from collections.abc import Callable

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
WEAK = ("email", "name_zip")


@wordings(
    "said", ["my flask is a joke, trade thing for a green 1 l one pls", "trade thing: flask, green 1 l one", "flask, green, 1 l, trade pls"]
)
def test_a_button_goes_on_with_what_was_said(dora: Chat, said: str) -> None:
    dora.says(said)
    if "Exchange something" in dora.buttons:
        dora.presses("Exchange something")
    if "CH-60003, delivered: Ombra Glow" in str(dora.buttons):
        dora.presses("CH-60003")
    dora.hears("Fjordline Steel: 1 l instead of")


@wordings(
    "said",
    [
        "this backpack from CH-60003 again, ugh, so awful",
        "the pack in CH-60003, what a letdown, honestly",
        "never so let down as by the CH-60003 pack",
    ],
)
def test_a_button_of_the_help_goes_on_with_what_was_said(dora: Chat, said: str) -> None:
    dora.says(said)
    if "Return something" in dora.buttons:
        dora.presses("Return something")
    dora.hears("Where should the refund go").presses("Mastercard").hears("Return 1 x Havre Pack")


@wordings("said", ["cancle my oder CH-60002", "pls cancel oder CH-60002, dont need it", "canecl order CH-60002 plz"])
def test_a_misspelt_cancellation_is_one(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("not sure what you mean", "didn't understand").hears("ancel order CH-60002")


@wordings(
    "said",
    [
        "exhange the flask in CH-60003 for the green 1 l",
        "i want to exchnage the flask of CH-60003, green 1 l pls",
        "flask in CH-60003, exhcange it for green 1 l",
    ],
)
def test_a_misspelt_exchange_is_one(dora: Chat, said: str) -> None:
    dora.says(said).hears("1 l instead of 750 ml")


@wordings(
    "said", ["i want to retrun the bakpack from CH-60003", "want my mony bak for the backpack", "reutrn the backpack of CH-60003 pls"]
)
def test_a_misspelt_return_is_one(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go")
    dora.presses("Mastercard").hears("Return 1 x Havre Pack")


@wordings(
    "said",
    [
        "Okay, that's my light sorted. Bye.",
        "How kind of you. One lamp off my shelf, what a day. Goodbye and many greetings.",
        "Well, that was easier than I feared, my dog is happy too. Thanks and bye!",
        "Finally done with that thing. see ya",
        "took you long enough. bye",
        "great, that's all I needed, cheers",
    ],
)
def test_a_goodbye_with_chatter_is_one(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").says("yes").hears("registered")
    dora.says(said).hears("Goodbye").never_hears("didn't understand")


@wordings("doubt", ["Is that necessary? I don't know my email.", "I forgot my e-mail address, sorry", "no email, do I have to?"])
def test_a_doubt_about_the_proof_loses_nothing(open_chat: Callable[..., Chat], doubt: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("swap the boots in CH-60001 for size 41, difference to my visa").hears("postal code")
    chat.says(doubt).hears("will do as well")
    chat.says("Dora Kern").hears("what is your postal code")
    chat.says("28195").hears("Change in order CH-60001", "41", "Visa ending in 7301")


@wordings("asked", ["why do you need that?", "Is that really necessary?", "what for?"])
def test_why_the_proof_is_needed_is_said(open_chat: Callable[..., Chat], asked: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("swap the boots in CH-60001 for size 41, difference to my visa").hears("postal code")
    chat.says(asked).hears("nobody else sees your orders", "postal code")
    chat.says("Dora Kern, 28195").hears("Change in order CH-60001", "41")
