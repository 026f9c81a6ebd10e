import pytest

from actions.shown import Shown
from actions.yes_sentences import find_yes

TENT = {
    "operation": "return_items",
    "summary": "Return 1 x Ridge Tent (two persons, olive) from order CH-7? You get back 120.00 EUR. Nothing can be added later.",
}
BOTH = {"operation": "return_items", "summary": "Return 1 x Ridge Tent (two persons, olive) and 2 x Wool Rug (grey) from order CH-7?"}
SWAP = {
    "operation": "exchange_items",
    "summary": "Exchange from order CH-7: 1 x Ridge Tent (colour olive) for 120.00 EUR to Ridge Tent (colour sand) for 130.00 EUR?",
}
JARS = {"operation": "return_items", "summary": "Return 1 x Water Jug (clay) and 1 x Water Bowl (steel) from order CH-7?"}
RUGS = {"operation": "return_items", "summary": "Return 1 x Wool Rug (grey) and 1 x Wool Rug (amber) from order CH-7?"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Yes, only the tent.", TENT),
        ("yes, just the tent please", TENT),
        ("Yes please, the tent.", SWAP),
        ("yes that is exactly the two things I wanted, go ahead please", BOTH),
        ("Yes, both the tent and the rugs", BOTH),
        ("Yes, only the tent and the rug.", BOTH),
        ("Yes please, do that. Getting a few euros back helps too.", TENT),
        ("Yes, please do. About time!", TENT),
        ("yes. I'm so glad this works out", SWAP),
        ("Yes please, that is the one I wanted.", TENT),
        ("Finally! Yes, do it!", TENT),
        ("Yes, perfect, please do that, you've saved my weekend!", TENT),
        ("Yes for heaven's sake, do it!", TENT),
        ("Oh come on! YES!!!", TENT),
        ("Yes, that's the one, thank you, that's such a relief, yes please.", TENT),
        ("Yes please, that's perfect!", SWAP),
        ("Yes, that's everything, both of them, go ahead please", BOTH),
        ("Yes, please exchange it for the sand one. Thank you.", SWAP),
        ("Yes, return the tent please.", TENT),
    ],
)
def test_more_words_that_change_nothing_leave_it_a_yes(text, shown):
    assert find_yes(text, Shown(shown)) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Yes, only the tent.", BOTH),
        ("yes, just the rugs", BOTH),
        ("yes, the lamp", TENT),
        ("yes, the sand one", TENT),
        ("yes, the olive one", SWAP),
        ("Yes, all three.", BOTH),
        ("yes, both", TENT),
        ("yes, but only the tent", TENT),
        ("Yes. Keep it.", TENT),
        ("Yes. The blue ones are nice.", SWAP),
        ("Yes. I'd be happy to keep it though.", TENT),
        ("Yes. Glad if it is free.", TENT),
        ("Yes, to my gift card please", TENT),
        ("yes, in a helpful colour", SWAP),
        ("yes, not the tent", TENT),
        ("yes, nothing", TENT),
        ("yes, the tent", BOTH),
        ("yes please, return the tent", BOTH),
        ("yes, only the water jug", JARS),
        ("yes, the water jug please", JARS),
        ("yes, the grey one", RUGS),
        ("yes, just the rug", RUGS),
        ("yes, just that one", RUGS),
        ("yes, great, I get my money back", SWAP),
        ("yes, everything", TENT),
        ("yes, return all of it", TENT),
        ("Yes, all items would be great", TENT),
        ("Yes, this too, great", TENT),
        ("yes, both would be great", TENT),
        ("yes, blue is great", SWAP),
        ("Yes. Lovely in blue.", SWAP),
        ("Yes, a lamp would be nice.", TENT),
        ("Yes, a gift card would be great.", TENT),
        ("Yes, please exchange it.", TENT),
        ("yes, cancel it", TENT),
        ("Yes, please exchange it for the olive one.", SWAP),
        ("Yes, that's everything, the three of them, go ahead", BOTH),
        ("fine, I suppose", TENT),
        ("perfect, thank you", TENT),
        ("great, thanks, bye", TENT),
        ("Yes, great. And the lamp.", TENT),
        ("Sure, a person would be great", TENT),
        ("yes, well, no", TENT),
        ("absolutely not, good grief", TENT),
        ("yes. I want my money now, for heaven's sake!", TENT),
        ("no, only the tent", TENT),
        ("the tent", TENT),
        ("", TENT),
        ("/affirm", TENT),
        ("yes, only the tent", {}),
        ("yes only the address", {"operation": "change_address", "summary": "Send order CH-7 to 8 Mill Road instead of 9 Mill Road?"}),
    ],
)
def test_a_word_that_may_change_something_makes_it_unclear(text, shown):
    assert find_yes(text, Shown(shown)) is None


LIGHT = {
    "operation": "return_items",
    "summary": "Return 1 x Ombra Glow (medium, solar) from order CH-7? You get back 37.00 EUR to your Mastercard ending in 1881.",
    "kinds": {"ombra glow": "night light"},
    "charges": [],
    "refunds": [{"amount_cents": 3700, "label": "Mastercard ending in 1881"}],
    "to_original": True,
}
TO_CARD = {**LIGHT, "refunds": [{"amount_cents": 3700, "label": "gift card ending in 4060"}], "to_original": False}
PAID = {
    "operation": "change_payment",
    "summary": "Pay order CH-7 (24.00 EUR) with your Visa ending in 7301 instead of your Mastercard ending in 1881?",
    "charges": [{"amount_cents": 2400, "label": "Visa ending in 7301"}],
    "refunds": [{"amount_cents": 2400, "label": "Mastercard ending in 1881"}],
}
CHEAPER = {**SWAP, "charges": [], "refunds": [{"amount_cents": 600, "label": "PayPal"}], "to_original": True}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("YES, do it. To the mastercard, at last.", LIGHT),
        ("Ugh fine, mastercard then. Yes, do it already", LIGHT),
        ("YES, do it. Original card, finally.", LIGHT),
        ("Wait... yes, yes, the night light, do it. As fast as possible please.", LIGHT),
        ("yes, 37 euros to my mastercard ending in 1881 is right, go ahead", LIGHT),
        ("Yes please, back to the original payment method.", LIGHT),
        ("yes, refund it to my credit card please", LIGHT),
        ("Yes, return the night light, money back to the mastercard", LIGHT),
        ("yes, to the gift card ending in 4060 please", TO_CARD),
        ("Ugh fine, paypal then. Yes, do it already", CHEAPER),
        ("yes, 6.00 back to paypal, go on", CHEAPER),
        ("yes, charge the visa", PAID),
    ],
)
def test_the_way_to_pay_and_the_amount_may_be_said_again(text, shown):
    assert find_yes(text, Shown(shown)) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("YES, do it. To the visa.", LIGHT),
        ("yes, gift card then, do it", LIGHT),
        ("yes, to my card", TO_CARD),
        ("yes, the original card", TO_CARD),
        ("yes, the mastercard", PAID),
        ("yes, 47 euros to the mastercard", LIGHT),
        ("yes, mastercard ending in 9999", LIGHT),
        ("yes, my other card", LIGHT),
        ("yes, the new mastercard", LIGHT),
        ("yes, my wife's mastercard", LIGHT),
        ("yes, from my mastercard", LIGHT),
        ("yes, half to the mastercard", LIGHT),
        ("yes, both mastercard and visa", LIGHT),
        ("yes, mastercard or paypal", LIGHT),
        ("yes, the mastercard is blocked", LIGHT),
        ("yes, 37 euros is too little", LIGHT),
        ("yes, take the 37 euros and keep the light", LIGHT),
        ("yes if it goes to the original mastercard", LIGHT),
        ("yes do it, but not to the mastercard", LIGHT),
        ("no, mastercard", LIGHT),
        ("mastercard then", LIGHT),
        ("yes, size 6", CHEAPER),
        ("yes, to someone else's paypal", CHEAPER),
        ("yes please mastercard, paypal", CHEAPER),
        ("yes, the olive tent, paypal", CHEAPER),
    ],
)
def test_another_way_or_amount_or_a_condition_makes_it_unclear(text, shown):
    assert find_yes(text, Shown(shown)) is None
