import pytest

from actions.wordy_yes import is_wordy_yes

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
    assert is_wordy_yes(text, shown)


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
    assert not is_wordy_yes(text, shown)
