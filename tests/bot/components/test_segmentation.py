import pytest

from bot.components.segmentation import split

TWO_MATTERS = [
    ("track my order and also cancel the lamp", ["track my order", "cancel the lamp"]),
    ("where is my order? what is your return policy?", ["where is my order?", "what is your return policy?"]),
    ("cancel CH-10023; send me the invoice", ["cancel CH-10023", "send me the invoice"]),
    ("cancel the lamp and tell me your opening hours", ["cancel the lamp", "tell me your opening hours"]),
    ("where's my refund? also my lamp arrived broken", ["where's my refund?", "my lamp arrived broken"]),
    ("change my address then send me the invoice", ["change my address", "send me the invoice"]),
    ("where is CH-10023\nhow do I return a jacket", ["where is CH-10023", "how do I return a jacket"]),
    ("can I use paypal, by the way what about promo codes", ["can I use paypal", "what about promo codes"]),
    ("send smth back from CH-10023 n cancel CH-10024 too", ["send smth back from CH-10023", "cancel CH-10024 too"]),
    ("cancel order CH-10023 and order CH-10024", ["cancel order CH-10023", "cancel order CH-10024"]),
    ("please cancel CH-10023, CH-10024 and CH-10025", ["please cancel CH-10023", "please cancel CH-10024", "please cancel CH-10025"]),
    (
        "cancel the tent, return the lamp, and when do you open?",
        ["cancel the tent", "return the lamp", "when do you open?"],
    ),
    ("If you can't exchange the lamp, return it and cancel CH-10024", ["If you can't exchange the lamp, return it", "cancel CH-10024"]),
]

ONE_MATTER = [
    "I want to return the shoes and get a refund",
    "where is my order and when will it come",
    "I need a jacket and trousers for hiking",
    "It arrived broken. I was so happy about it before.",
    "the lamp for 9.99 please, my mail is anna.berg@mail.test",
    "when my parcel arrives, can I return it?",
    "I also want the next size",
    "do you sell plus size dresses",
    "I got the wrong lamp? What should I do?",
    "hmm. is the second one in stock?",
    "ok, second one please",
    "cancel it if it hasn't shipped, otherwise change the address",
    "Cancel CH-10023 if it hasn't shipped. Otherwise change the address.",
    "if CH-10023 hasn't shipped, cancel the order, otherwise change its address to the new one",
    "exchange the lamp for a brass one. If there is none, return it.",
    "exchange the lamp for a brass one, and if that isn't available cancel the order",
    "where is my parcel? Can you help me please?",
    "What's the U.S. Delivery time?",
    "order CH-10023 hasn't shipped, can you make the lamp brass",
    "exchange the lamp for a brass one, refund to my gift card",
    "where will CH-10023 be sent, which address",
    "I'd like to return items 77301482 and 77301490",
    "send back the articles 7730148200 and 7730149000",
]


@pytest.mark.parametrize(("text", "parts"), TWO_MATTERS)
def test_two_matters_are_two_parts_that_stand_alone(text, parts):
    assert [part.text for part in split(text) if part.stands_alone] == parts


@pytest.mark.parametrize("text", ONE_MATTER)
def test_one_matter_has_at_most_one_part_that_stands_alone(text):
    assert sum(part.stands_alone for part in split(text)) <= 1


@pytest.mark.parametrize("text", ["hi, where's my order?", "Good morning! where's my order?", "thanks where's my order?"])
def test_a_greeting_is_a_part_of_its_own(text):
    assert [part.text for part in split(text)][1:] == ["where's my order?"]


def test_parts_know_where_they_stand():
    text = "hello, cancel the lamp and also track my order"
    assert all(text[part.start :].startswith(part.text) for part in split(text))


@pytest.mark.parametrize("text", ["", "   ", "?!", "...", "\n\n"])
def test_without_words_there_is_no_part(text):
    assert split(text) == []


def test_a_long_text_without_end_is_cut_quickly():
    assert len(split("and also " * 5000)) >= 1


def test_a_condition_stays_with_what_it_holds_for():
    text = "cancel the tent if it hasn't shipped, otherwise change the address. What are your opening hours?"
    assert [part.text for part in split(text) if part.stands_alone] == [
        "cancel the tent if it hasn't shipped, otherwise change the address.",
        "What are your opening hours?",
    ]


def test_a_listed_order_number_stands_where_it_is_in_the_message():
    text = "hello, cancel order CH-10023 and CH-10024"
    first, second = [part for part in split(text) if part.stands_alone]
    for part, number in ((first, "CH-10023"), (second, "CH-10024")):
        assert part.start + part.text.index(number) == text.index(number)
