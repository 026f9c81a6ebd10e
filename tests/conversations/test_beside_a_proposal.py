"""What is said beside a proposal that is neither yes nor no: it is answered or heard, and the proposal stays open."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
RETURN = "return the night light from CH-60003 to my mastercard"
CANCEL = "cancel CH-60002, ordered by mistake"
DORA = "C-4"


@wordings(
    "said", ["how long will that take?", "hm, and when will I see the money", "5 to 7 days, can't that be faster?", "pff, that's slow"]
)
def test_when_the_money_comes_is_told_and_the_proposal_is_named_again_in_short(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).hears("37.00 EUR", "Mastercard ending in 1881", "within 5 to 7 business days")
    dora.hears("still open", "Return 1 x Ombra Glow", "Shall I do that?").never_hears("Please send the items", "I see no refund")
    dora.says("yes").hears("registered")


@wordings("said", ["which card is that?", "where does the money go to again?", "to which card exactly?", "is that the card I paid with?"])
def test_where_the_money_goes_is_told(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).hears("Mastercard ending in 1881").hears("Shall I do that?")
    dora.says("yes please").hears("registered")


@wordings("said", ["what's the total again?", "how much do I get back for it?", "and how much was that once more?"])
def test_how_much_it_is_is_told(dora: Chat, said: str) -> None:
    dora.says(CANCEL).hears("Cancel order CH-60002")
    dora.says(said).hears("79.00 EUR", "Visa ending in 7301").hears("Cancel order CH-60002", "Shall I do that?")
    dora.order_is("CH-60002", "pending", DORA)
    dora.says("yes").hears("CH-60002 is cancelled")


@wordings("said", ["what will the new total be?", "what does the order come to then?", "and the total of the order after that?"])
def test_what_an_order_then_comes_to_is_told(dora: Chat, said: str) -> None:
    dora.says("change the boots in CH-60001 to size 41").says("visa").hears("Change in order CH-60001")
    dora.says(said).hears("139.00 EUR").hears("Change in order CH-60001", "Shall I do that?")
    dora.says("yes").hears("are changed")


@wordings(
    "said",
    [
        "can I still change the address afterwards?",
        "will it still be possible to change the address later?",
        "could I change its address after this too?",
    ],
)
def test_what_could_be_done_afterwards_is_told_and_not_begun(dora: Chat, said: str) -> None:
    dora.says("change the boots in CH-60001 to size 41").says("visa").hears("Change in order CH-60001")
    dora.says(said).hears("address", "can still be changed").hears("Shall I do that?").never_hears(
        "Nothing was changed", "What should the address be"
    )
    dora.says("yes").hears("are changed")


@wordings(
    "said",
    [
        "and could I return the backpack later too?",
        "am I able to exchange the flask after that?",
        "will the return of the flask still be possible then?",
    ],
)
def test_what_has_to_be_said_at_once_is_told_before_the_yes(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).hears("once per order").hears("Return 1 x Ombra Glow", "Shall I do that?").never_hears("Nothing was changed")
    assert dora.receipts() == []


@wordings("said", ["can I change that again later?", "is a change back possible after that?", "could I still cancel it afterwards?"])
def test_who_wonders_drops_nothing(dora: Chat, said: str) -> None:
    dora.says("pay CH-60002 with my paypal").hears("Pay order CH-60002")
    dora.says(said).never_hears("Nothing was changed", "dropped").hears("Pay order CH-60002", "Shall I do that?")
    dora.says("yes").hears("is now paid with your PayPal")


@wordings("said", ["do you ship to Austria?", "and what are your opening hours?", "by the way, how do promo codes work?"])
def test_a_question_about_something_else_is_answered_and_the_proposal_stays(dora: Chat, said: str) -> None:
    dora.says(CANCEL).hears("Cancel order CH-60002")
    dora.says(said).hears("still open: Cancel order CH-60002", "Shall I do that?")
    dora.says("yes").hears("CH-60002 is cancelled")


@wordings("said", ["does it rain in Oslo today?", "who won the match last night?", "what is the meaning of all this?"])
def test_what_nobody_knows_offers_a_person_by_a_button_and_a_yes_is_for_the_proposal(dora: Chat, said: str) -> None:
    dora.says(CANCEL).hears("Cancel order CH-60002")
    dora.says(said).never_hears("Shall I get a person").hears("Cancel order CH-60002", "Shall I do that?")
    dora.says("yes").hears("CH-60002 is cancelled")
    assert dora.handover is None


@wordings(
    "said",
    [
        "5 to 7 days is too long",
        "I have been waiting for a week for this stuff",
        "this is ridiculous",
        "the last one you sent me was broken as well",
        "honestly, your delivery is always late",
        "you people always get the address wrong",
        "this shop is a joke",
    ],
)
def test_a_grumble_ends_no_return_and_begins_nothing(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("Nothing was changed", "passing you").hears("Return 1 x Ombra Glow", "Shall I do that?")
    dora.says("yes").hears("registered")


@wordings("said", ["why is everything so complicated with you?", "what a mess", "are you kidding me?"])
def test_a_grumble_changes_nothing_of_what_was_proposed(dora: Chat, said: str) -> None:
    dora.says("swap the flask in CH-60003 for a green one, gift card").hears("Exchange from order CH-60003")
    dora.says(said).never_hears("What shall the new", "Nothing was changed").hears("Exchange from order CH-60003", "Shall I do that?")
    dora.says("yes").hears("is registered", "Fjordline Steel")


@wordings("said", ["mastercard then", "the mastercard please", "well, to the mastercard"])
def test_the_way_that_was_proposed_already_is_told_to_be_so(dora: Chat, said: str) -> None:
    dora.says(RETURN).hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("didn't get that").hears("Mastercard ending in 1881")
    assert dora.receipts() == []
