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
