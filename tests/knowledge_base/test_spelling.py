"""Chat spelling is written out before anything is searched, and neat words stay as they are."""

import pytest

from knowledge_base.spelling import spell_out, vocabulary_of
from knowledge_base.vocabulary import in_our_words

VOCABULARY = vocabulary_of(
    iter(["Delivery to your address takes a sturdy parcel.", "The warranty, the refund, the return, payment, received"])
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wait whats ur opening hours", "what is your opening hours"),
        ("whats the return period btw", "what is the return period"),
        ("hw long warranty", "how long warranty"),
        ("ok n shipping to poland how much", "shipping to poland how much"),
        ("hw much is delivery to sweden", "how much is delivery to sweden"),
        ("whats ur adress btw", "what is your address"),
        ("wats the delivry time", "what is the delivery time"),
        ("do u ship 2 france pls", "do you ship 2 france please"),
        ("dont i get a refnd?", "do not i get a refund?"),
        ("thx, n when do i get it", "thanks, and when do i get it"),
        ("i didnt get ur msg", "i did not get your message"),
        ("cant i pay w paypal", "cannot i pay with paypal"),
        ("hey hi, is ur waranty long", "is your warranty long"),
        ("can i retrun it tho", "can i return it"),
        ("gimme ur adress, plz!", "give me your address, please!"),
        ("im waiting, wheres my parcle", "I am waiting, where is my parcel"),
    ],
)  # fmt: skip
def test_chat_spelling_is_written_out(written: str, meant: str):
    assert spell_out(written, VOCABULARY) == meant


@pytest.mark.parametrize(
    "neat",
    [
        "How long does delivery take?", "Are you open on Saturday?", "a lamp with 40 w", "USB-C, size R", "CH-10244", "", "  ", "ok", "btw",
        "wait times", "Do you deliver to the U.S.?", "a kettle of 1.5 l", "who is the president",
    ],
)  # fmt: skip
def test_what_is_neat_stays_as_it_is(neat: str):
    assert spell_out(neat, VOCABULARY).split() == neat.split()


def test_written_out_it_is_read_in_our_words():
    assert in_our_words(spell_out("u ship to poland?")) == "you deliver to poland?"
