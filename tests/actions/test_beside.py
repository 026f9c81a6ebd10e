"""What is said beside a proposal: questions about it, tasks, hopes and grumbles, told apart by their own words."""

import pytest

from actions.beside import figures, is_about
from actions.intents import only_wonders, words_ask_for
from actions.turn import Request

SHOWN = {
    "operation": "return_items",
    "summary": "Return 1 x Ombra Glow (medium, solar) from order CH-60003? You get back 37.00 EUR to your mastercard ending in 1881.",
    "currency": "EUR",
    "charges": [],
    "refunds": [{"amount_cents": 3700, "label": "mastercard ending in 1881", "settles": "within 5 to 7 business days"}],
}


@pytest.mark.parametrize(
    "text",
    [
        "how long will the refund take?",
        "which card is that?",
        "what's the total again?",
        "when do I see the money",
        "and where does it go to exactly?",
        "how much do I get back for the Ombra Glow?",
        "5 to 7 days is too long. Can I have the money within 3 days?",
        "hm, can't that be faster?",
        "which item is that again?",
        "wait, what exactly will you do?",
    ],
)
def test_questions_for_the_figures_and_the_goods_of_a_proposal_are_about_it(text: str) -> None:
    assert is_about(Request("nlu_fallback", text), SHOWN)


@pytest.mark.parametrize(
    "text",
    [
        "how long does delivery to Austria take?",
        "how much is the olive backpack?",
        "what's my loyalty balance?",
        "which desk lamps do you have?",
        "to my PayPal please",
        "yes",
        "when is my birthday discount sent?",
    ],
)
def test_questions_about_other_things_are_not(text: str) -> None:
    assert not is_about(Request("nlu_fallback", text), SHOWN)


def test_the_figures_are_those_of_the_proposal() -> None:
    assert figures(SHOWN) == "You get back 37.00 EUR to your mastercard ending in 1881 within 5 to 7 business days."
    assert "costs you nothing" in figures({**SHOWN, "refunds": []})


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("5 to 7 days is too long", "report_late_order"),
        ("your deliveries are always late", "report_late_order"),
        ("the last one you sent me was broken as well", "report_damaged_item"),
        ("I never got a reply from you", "report_missing_delivery"),
        ("what a circus", "cancel_order"),
        ("so much fuss for a small thing", "change_payment"),
    ],
)
def test_a_grumble_asks_for_no_task(text: str, intent: str) -> None:
    assert not words_ask_for(Request(intent, text))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cancel my other order", "cancel_order"),
        ("my parcel never arrived", "report_missing_delivery"),
        ("order CH-20002 is late", "report_late_order"),
        ("the lamp came broken", "report_damaged_item"),
        ("send it to my mother's address instead", "change_address"),
        ("let me pay that with PayPal", "change_payment"),
        ("I'd rather have my money back", "return_item"),
    ],
)
def test_a_clear_request_asks_for_its_task(text: str, intent: str) -> None:
    assert words_ask_for(Request(intent, text))


@pytest.mark.parametrize(
    "text",
    [
        "can I still change the address afterwards?",
        "could I return the other one later?",
        "will the swap still be possible if I do this?",
        "is it possible to cancel after that?",
        "can both be done?",
    ],
)
def test_who_wonders_asks_whether_something_could_be_done(text: str) -> None:
    assert only_wonders(Request("change_address", text))


@pytest.mark.parametrize("text", ["could you also cancel CH-60002?", "change the address please", "can I change the address instead?"])
def test_who_asks_to_do_it_does_not_wonder(text: str) -> None:
    assert not only_wonders(Request("change_address", text))
