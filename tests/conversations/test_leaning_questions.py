"""Second questions that lean on what was said before are searched with it, whatever NLU hears in the few words."""

import pytest

from tests.conversations.chat import Chat


@pytest.mark.parametrize("again", ["and how long does that take?"])
def test_a_refund_that_was_asked_about_is_what_takes_long(guest: Chat, again: str) -> None:
    guest.says("can i get a refund to paypal?")
    guest.says(again).hears("5 to 7 business days")


@pytest.mark.parametrize("again", ["how long are they valid?", "do they run out?"])
def test_gift_cards_stay_the_matter(guest: Chat, again: str) -> None:
    guest.says("do you sell gift cards?")
    guest.says(again).hears("3 years")


@pytest.mark.parametrize("again", ["what about gift cards?", "and gift cards?", "does that go for gift cards too?"])
def test_another_thing_is_asked_the_same_question(guest: Chat, again: str) -> None:
    guest.says("can i return earphones that i opened?").hears("returned")
    guest.says(again).hears("cannot be returned")


@pytest.mark.parametrize("again", ["does that also go for sale items?", "what about sale items?"])
def test_sale_items_have_the_same_window(guest: Chat, again: str) -> None:
    guest.says("how long do i have to return something?").hears("30 days")
    guest.says(again).hears("Sale items have the same return window")


@pytest.mark.parametrize("again", ["and to switzerland?", "what about switzerland?"])
def test_another_country_is_asked_about_with_a_word(guest: Chat, again: str) -> None:
    guest.says("do you deliver to france?").hears("France")
    guest.says(again).hears("Switzerland")


@pytest.mark.parametrize("again", ["how much is that?", "what does it cost?"])
def test_a_service_of_an_article_has_its_price_and_no_product_is_asked_for(guest: Chat, again: str) -> None:
    guest.says("can you gift wrap a present?").hears("rap")
    guest.says(again).hears("3.50 EUR").never_hears("which product")


@pytest.mark.parametrize("again", ["is it waterproof?", "and how waterproof is it?", "can it get wet?"])
def test_a_product_that_was_shown_is_it(guest: Chat, again: str) -> None:
    guest.says("how much is the calder tide 42?").hears("199.00 EUR")
    guest.says(again).hears("200 m")


@pytest.mark.parametrize("again", ["what if i'm not at home?", "and if nobody is at home?"])
def test_an_order_on_its_way_is_what_comes(ada: Chat, again: str) -> None:
    ada.says("where is order CH-20002?").hears("on its way")
    ada.says(again).hears("at home")


def test_a_third_question_leans_on_the_first(guest: Chat) -> None:
    guest.says("is there express delivery?").hears("xpress")
    guest.says("what does it cost?").hears("9.90 EUR")
    guest.says("and how long does it take?").hears("1 to 2 business days")


def test_thanks_between_the_questions_change_nothing(guest: Chat) -> None:
    guest.says("how do pine points work?")
    guest.says("thanks")
    guest.says("do they expire?").hears("2 years")


def test_a_question_that_stands_by_itself_is_answered_by_itself(guest: Chat) -> None:
    guest.says("do you sell gift cards?")
    guest.says("how long does standard delivery take?").hears("3 to 5 business days").never_hears("gift card")
    guest.says("where is my order?").hears("order number")
