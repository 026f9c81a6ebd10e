"""What customers say beside a yes, and what they answer to "is that everything?"."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
DORA = "C-4"


@wordings(
    "said",
    [
        "yes, and also return the night light from CH-60003",
        "yes please. And I'd like to return the night light from CH-60003",
        "go ahead. Then return the night light of CH-60003 please",
    ],
)
def test_a_yes_with_another_wish_does_both(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002, ordered by mistake").hears("Cancel order CH-60002")
    dora.says(said).hears("CH-60002 is cancelled").hears("Where should the refund go")


@wordings(
    "said",
    [
        "yes go ahead and could you also tell me my gift card balance",
        "yes. What's my gift card balance?",
        "yes please, and what is left on my gift card?",
    ],
)
def test_a_yes_with_a_question_does_it_and_answers(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered").hears("60.00 EUR")


@wordings(
    "said",
    [
        "yes please, how long does that take?",
        "yes. when will I get the money back?",
        "ok do it, and when do I get my refund?",
    ],
)
def test_a_yes_with_a_question_that_the_receipt_answers_is_a_yes(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered", "within 5 to 7 business days")


@wordings("said", ["how long does the refund take?", "when will the money be on my card?", "how long until I get my refund"])
def test_when_the_money_comes_is_told_by_the_proposal(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("within 5 to 7 business days").never_hears("I see no refund")
    assert dora.receipts() == []


@wordings("said", ["yes but to my PayPal", "yes, but put it on my paypal", "ok but refund it to paypal instead"])
def test_a_yes_but_to_another_method_hears_the_rule(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003").says("to the mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("what you paid with or to a gift card").never_hears("registered")
    assert dora.receipts() == []


@wordings("said", ["yes but to my gift card", "yes, but put it on the gift card", "ok but on my gift card instead"])
def test_a_yes_but_to_a_method_that_is_allowed_is_proposed_anew(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003").says("to the mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("gift card ending in 4060").never_hears("registered")
    dora.says("yes").hears("registered", "gift card")


@wordings(
    "said",
    [
        "yes, but cancel CH-60001 instead",
        "ok, actually cancel CH-60001 and not that one",
        "yes wait, not that one, cancel CH-60001",
    ],
)
def test_a_yes_that_turns_into_something_else_is_none(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002, ordered by mistake").hears("Cancel order CH-60002")
    dora.says(said)
    dora.order_is("CH-60002", "pending", DORA)


@wordings("said", ["that's all, go ahead", "no, that's everything, yes please", "nothing else, please proceed", "just that, go ahead"])
def test_that_is_all_with_a_yes_is_a_yes(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("If that is everything")
    dora.says(said).hears("registered")


@wordings("said", ["just that", "that's all", "no, only that one", "nothing else"])
def test_that_is_all_is_understood_and_asked_once_more_in_short(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("If that is everything")
    dora.says(said).hears("Shall I do that now").never_hears("business days", "If that is everything")
    dora.says("yes").hears("registered")


@wordings("said", ["no, also the backpack", "wait, add the backpack too", "the backpack as well please"])
def test_one_more_is_added_and_it_is_not_asked_again_whether_that_is_all(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("If that is everything")
    dora.says(said).hears("Ombra Glow", "Havre Pack", "116.00 EUR").never_hears("If that is everything")
    dora.says("yes").hears("registered", "116.00 EUR")


@wordings(
    "said",
    ["actually just change the address of it", "no, rather change its address", "hmm no, I'd rather change the address"],
)
def test_a_conditional_wish_can_be_turned_after_the_proposal(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002 if it hasn't shipped, otherwise change the address").says("no longer needed").hears("Cancel order CH-60002")
    dora.says(said).hears("At present it is Kanalweg 4")
    dora.order_is("CH-60002", "pending", DORA)


@wordings(
    "said",
    [
        "Yes, only the Ombra Glow.",
        "yes please, do that. Getting a few euros back helps too.",
        "YES. About time!",
        "Finally! Yes, do it!",
        "Yes, perfect, please do that, you've saved my weekend!",
        "yes that's exactly the one thing I wanted, go ahead please",
    ],
)
def test_a_yes_that_says_the_same_again_or_is_friendly_is_one(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered").never_hears("other request")


@wordings("said", ["yes, only the lantern", "Yes. The amber ones are lovely.", "yes, both please"])
def test_a_yes_to_something_else_is_asked_again(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("registered")
    assert dora.receipts() == []


@wordings("said", ["hmm, that is long", "oh, I thought it would be quicker"])
def test_a_yes_after_words_that_changed_nothing_is_to_what_was_shown(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("registered")
    dora.says("yes").hears("registered")


@wordings(
    "said",
    [
        "YES, do it. To the mastercard, at last.",
        "Ugh fine, mastercard then. Yes, do it already",
        "Wait... yes, yes, the night light, do it. As fast as possible please.",
        "yes, 37 euros to my mastercard ending in 1881 is right, go ahead",
        "Yes please, back to the original card.",
    ],
)
def test_a_yes_that_names_what_was_shown_is_one(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered", "Mastercard ending in 1881")


@wordings(
    "said",
    [
        "Ugh fine, paypal then. Yes, do it already",
        "YES, do it. To the visa.",
        "yes, 47 euros to the mastercard",
        "Yes, gift card then, do it.",
    ],
)
def test_a_yes_that_names_something_else_changes_nothing_yet(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("registered").hears("hall I do that")
    assert dora.receipts() == []


@wordings("said", ["Nothing else. Bye.", "that's all, goodbye", "bye", "No more from me, see you. Bye!"])
def test_who_leaves_with_a_proposal_open_is_told_that_nothing_is_done(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("nothing is done yet")
    dora.says("bye").hears("Nothing was changed")
    assert dora.receipts() == []


@wordings("said", ["to the mastercard then", "mastercard ending in 1881", "on my mastercard I said"])
def test_a_proposal_that_stays_the_same_is_not_read_out_again(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("one return per order")
    dora.says(said).never_hears("registered", "one return per order").hears("Shall I do that?")
    dora.says("yes").hears("registered")


@wordings(
    "said",
    [
        "Yes please, that's exactly the one, and thank you so much for bearing with me.",
        "Bloody hell. Yes, return it.",
        "Well then yes, please go ahead with the return, and as fast as you possibly can.",
        "YES. I already said it.",
        "Ah, there we go, 37.00 euros back on my mastercard, that's every bit what I was hoping for, so yes, please do go ahead.",
        "Oh well, the credit card is fine too then. Yes, go ahead please.",
        "Yes, it flickers, I no longer use it.",
    ],
)
def test_a_yes_among_words_that_ask_for_nothing_does_it(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered").never_hears("other request")


@wordings(
    "said",
    [
        "Yes, go ahead, I no longer need it.",
        "Yes please, cancel it, we don't need it any more.",
        "Yes, do it, he already bought one elsewhere.",
    ],
)
def test_a_yes_with_its_reason_cancels(dora: Chat, said: str) -> None:
    dora.says("cancel CH-60002, no longer needed").hears("Cancel order CH-60002")
    dora.says(said).hears("CH-60002 is cancelled").never_hears("other request")


@wordings(
    "said",
    [
        "Yes, I know that, but it was a gift",
        "I'd say yes if it came sooner",
        "yeah right",
        "Yes, I've decided against it.",
        "Yes, it is the flask.",
        "Yes, I think.",
    ],
)
def test_a_yes_that_holds_something_back_does_nothing(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).never_hears("registered")
    assert dora.receipts() == []


@wordings(
    "said",
    [
        "Yes, I no longer need it. And cancel CH-60002 please, ordered by mistake",
        "Yes to the first. And also cancel order CH-60002, ordered by mistake",
        "Bloody hell, yes, do it. Then cancel CH-60002, ordered by mistake",
    ],
)
def test_a_wordy_yes_with_another_order_does_both(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered").hears("Cancel order CH-60002")


@wordings(
    "said",
    [
        "No. Cancel order CH-60002 instead, ordered by mistake.",
        "No. I want to cancel CH-60002, ordered by mistake.",
        "Nope, cancel CH-60002 please, ordered by mistake",
    ],
)
def test_a_no_with_another_wish_drops_what_was_shown(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("Cancel order CH-60002").never_hears("Return 1 x")
    assert dora.receipts() == []


@wordings("said", ["No. I want to send the backpack back.", "No! The backpack, not the light.", "No, return the backpack instead."])
def test_a_no_with_another_item_corrects_what_was_shown(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("Havre Pack").never_hears("Ombra Glow")
    assert dora.receipts() == []


@wordings("scrap", ["Plain enough for you?", "Oh for heaven's sake, come on!", "Is that so hard to get?"])
def test_a_scrap_beside_a_request_never_comes_back(dora: Chat, scrap: str) -> None:
    dora.says(f"return the night light from CH-60003 to my mastercard. {scrap}").hears("Return 1 x Ombra Glow")
    dora.says("yes").hears("registered").never_hears("other request")


@wordings(
    "said",
    [
        "Well, that does sound sensible, my old aunt had one just so. Yes, please do that, with the money on the mastercard. "
        "And how much do I get back in total, then?",
        "Yes, as I was saying, yes, do that. 37.00 on my mastercard suits me nicely.",
        "That isn't what I asked. Never mind, by your prices the night light saves more. Yes, return the night light.",
    ],
)
def test_a_sentence_that_decides_is_a_yes_among_small_talk(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said).hears("registered", "37.00 EUR").never_hears("By what I proposed")


def test_a_hum_before_a_yes_is_none_of_it(dora: Chat) -> None:
    dora.says("update my account address: Seestrasse 21, 78464 Konstanz").hears("Change the address of your account")
    dora.says("Hmm, mine... yes, do that please.").hears("The address of your account is now")


@wordings(
    "said",
    [
        "Yes, do that. Actually no, leave it.",
        "Yes, but how much do I get back first?",
        "The money should go on my gift card. Yes, do that.",
        "Bye!",
    ],
)
def test_a_sentence_that_holds_back_makes_it_no_yes(dora: Chat, said: str) -> None:
    dora.says("return the night light from CH-60003 to my mastercard").hears("Return 1 x Ombra Glow")
    dora.says(said)
    assert dora.receipts() == []
