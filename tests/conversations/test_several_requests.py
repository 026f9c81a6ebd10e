"""Several matters in one message: each is taken, none is made up, and what only adds to one is no matter of its own."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
DORA = "C-4"


@wordings(
    "said",
    [
        "I'd like to return the night light from CH-60003. And cancel CH-60002.",
        "Please return the night light of order CH-60003 and then cancel CH-60002, I don't need it any more.",
        "the night light from CH-60003 should go back. Also, cancel order CH-60002 please",
    ],
)
def test_two_wishes_are_two_and_only_the_customers_words_are_quoted(dora: Chat, said: str) -> None:
    dora.says(said).hears("Where should the refund go")
    dora.presses("Mastercard").hears("Return 1 x Ombra Glow")
    dora.says("yes").hears("registered").hears("Now to your other request", "CH-60002").hears("CH-60002")
    quoted = dora.text.split('"')[1]
    assert quoted in said


@wordings(
    "said",
    [
        "I want to return the night light from CH-60003. It's too dim for me. I'd like the refund on my Mastercard.",
        "Please take back the night light of CH-60003. I don't like it. I want the money on my mastercard please.",
        "return the night light from CH-60003, it is not bright enough. Refund the Mastercard please.",
    ],
)
def test_how_it_is_to_be_done_is_no_request_of_its_own(dora: Chat, said: str) -> None:
    dora.says(said).hears("Return 1 x Ombra Glow", "Mastercard")
    dora.says("yes").hears("registered").never_hears("other request")


@wordings(
    "said",
    [
        "Exchange the night light in CH-60003, it's too dim. I'd like a brighter one. The power should stay the same.",
        "I want to exchange the night light of CH-60003. I need the high brightness. Keep the power as it is.",
        "please swap the night light from CH-60003. I would like the brightest. Same power as now.",
    ],
)
def test_what_the_new_version_shall_be_is_no_search(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("other request", "I found")
    dora.presses("PayPal").hears("Exchange from order CH-60003", "high")
    dora.says("yes").never_hears("other request")


@wordings(
    "said",
    [
        "I am so fed up with you people!! I ordered boots in CH-60001 and I want them in size 41 instead, and also CH-60002 must be "
        "cancelled because I ordered it by mistake, and what is left on my gift card?",
        "This is unbelievable, nothing works here! Change the boots in CH-60001 to size 41. Cancel CH-60002, I ordered it by mistake. "
        "And how much is on my gift card?",
        "Honestly I'm angry. The boots of CH-60001 have to be size 41. Then please cancel CH-60002 as it was a mistake. "
        "What's my gift card balance?",
    ],
)
def test_an_angry_message_of_three_wishes_is_worked_through(dora: Chat, said: str) -> None:
    dora.says(said).presses("Visa").hears("Change in order CH-60001", "41")
    dora.says("yes").hears("Cancel order CH-60002")
    dora.says("yes").hears("CH-60002 is cancelled").hears("60.00 EUR")


@wordings(
    "said",
    [
        "Hello, I have been a customer for years. My sister gave me the same backpack last week, so I don't need mine. "
        "Please cancel order CH-60002. And the night light from CH-60003 should go back too.",
        "Hi there! We are moving house and I have far too many things. I'd like to cancel CH-60002, no longer needed. "
        "The night light from CH-60003 I want to return as well.",
        "Good morning, it's a long story, my flat is small and things pile up. Cancel CH-60002 please since I no longer need it. "
        "Also I want to send back the night light of CH-60003.",
    ],
)
def test_a_rambling_message_is_worked_through(dora: Chat, said: str) -> None:
    dora.says(said)
    if "Why" in dora.text:
        dora.presses("No longer needed")
    dora.hears("Cancel order CH-60002").says("yes").hears("CH-60002 is cancelled").hears("Where should the refund go")


@wordings(
    "said",
    [
        "I bought a backpack and a flask from you. I want to exchange the flask in CH-60003 for a green one, refund to my gift card.",
        "I have the flask and the backpack here. Exchange the flask in CH-60003 for the green one please, refund to my gift card",
        "My flask and my backpack came. Please swap the flask of CH-60003 for green and put the refund on my gift card.",
    ],
)
def test_a_story_before_a_wish_adds_nothing_to_it(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60003", "Fjordline Steel", "green", "gift card").never_hears("Havre")


@wordings(
    "said",
    [
        "thanks! could you also cancel CH-60002",
        "Thank you. I'd like to cancel order CH-60002 too",
        "great thanks, now cancel CH-60002",
    ],
)
def test_thanks_with_a_request_is_the_request(dora: Chat, said: str) -> None:
    dora.says("what's my gift card balance?")
    dora.says(said).hears("Why would you like to cancel order CH-60002")


@wordings(
    "said",
    [
        "thanks so much, that's all I needed today, have a good one",
        "thank you, you've been a great help, bye for now!",
        "ok perfect, nothing else from me. Have a lovely evening!",
        "No, that will be all. Thank you for your help and patience!",
        "great, that was everything. take care",
    ],
)
def test_closing_words_close(dora: Chat, said: str) -> None:
    dora.says("what's my gift card balance?")
    dora.says(said).hears("Goodbye")
    assert len(dora.replies) == 1


@wordings("said", ["thanks, bye!", "ok thanks, have a nice day", "that's all, thank you, goodbye"])
def test_a_goodbye_before_the_yes_is_told_that_nothing_is_done(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002, ordered by mistake").hears("Cancel order CH-60002")
    dora.says(said).never_hears("is cancelled")
    dora.order_is("CH-60002", "pending", DORA)
