"""A true sentence whose antecedent was not sent says something else; it is dropped or mended."""

import pytest

from answers.sense import Sense


def after(*kept: bool) -> Sense:
    sense = Sense()
    for one in kept:
        sense.note(one)
    return sense


@pytest.mark.parametrize(
    "sentence",
    [
        "It also covers the battery.",
        "This applies to all orders.",
        "They are valid for 3 years.",
        "You can return it within 30 days.",
        "However, gift cards cannot be returned.",
        "Otherwise the parcel comes back to us.",
        "Delivery to islands is covered too.",
        "The former takes 3 days.",
        "For example, socks cannot be returned.",
        "You choose a gift card instead.",
    ],
)
def test_what_points_at_a_dropped_sentence_is_dropped_too(sentence):
    sense = after(True, False)
    assert sense.find_dangling(sense.mend(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Standard delivery costs 4.90 EUR.",
        "If the item is damaged, we replace it.",
        "A parcel waits for 7 days, and it then comes back to us.",
        "Gift cards are valid for 3 years, and they cannot be extended.",
        "You have 30 days from delivery to request a return.",
        "No other country is served.",
    ],
)
def test_what_stands_on_its_own_stays_after_a_dropped_sentence(sentence):
    sense = after(True, False)
    assert sense.mend(sentence) == sentence
    assert sense.find_dangling(sentence) == ""


@pytest.mark.parametrize(
    "sentence", ["It takes 3 to 5 business days.", "However, gift cards cannot be returned.", "You can also pay with PayPal."]
)
def test_after_a_sentence_that_was_sent_everything_may_point_back(sentence):
    sense = after(False, True)
    assert sense.mend(sentence) == sentence
    assert sense.find_dangling(sentence) == ""


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Also, delivery is free from 60 EUR.", "Delivery is free from 60 EUR."),
        ("In addition, the label is free.", "The label is free."),
        ("You can also pay with PayPal.", "You can pay with PayPal."),
        ("Not only cards but also PayPal is taken.", "Not only cards but also PayPal is taken."),
    ],
)
@pytest.mark.parametrize("before", [(), (False,), (True, False)])
def test_an_also_without_anything_before_it_is_taken_off(written, mended, before):
    assert after(*before).mend(written) == mended


@pytest.mark.parametrize("sentence", ["But the label is free.", "Therefore no refund is possible."])
def test_the_first_sentence_leans_on_nothing(sentence):
    assert Sense().find_dangling(sentence)


@pytest.mark.parametrize("sentence", ["You can pay as follows:", "We take the following cards."])
def test_nothing_is_announced_that_does_not_come(sentence):
    assert "announces" in after(True).find_dangling(sentence)
