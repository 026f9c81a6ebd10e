import pytest

from actions.turn import Request
from actions.yes_no import is_all_said, is_clear_no, is_clear_yes, is_noise, is_stop, split_yes


@pytest.mark.parametrize("text", ["yes", "Yes please", "ok", "sure, go ahead", "yep!", "confirm", "do it"])
def test_a_plain_yes_is_one(text: str) -> None:
    assert is_clear_yes(Request("affirm", text))


@pytest.mark.parametrize(
    "text",
    [
        "yes but to my gift card",
        "ok wait",
        "yes if it is free",
        "yes?",
        "ok, how long does it take",
        "not yes",
        "yes no",
        "sure, actually only one",
        "Yes, keep it",
        "yes keep the order",
        "yes, undo",
        "yes, reject",
        "yeah right",
        "ok whatever",
        "go ahead and try",
        "yes\u202eon",
        "yes\u200bno",
        "confirm{false}",
        '/confirm{"confirmed":false}',
        "yes, return it",
    ],
)
def test_a_yes_with_a_condition_is_none(text: str) -> None:
    assert not is_clear_yes(Request("affirm", text), "cancel_order")


def test_a_yes_may_repeat_what_was_asked() -> None:
    assert is_clear_yes(Request("affirm", "yes please, cancel my order"), "cancel_order")
    assert is_clear_yes(Request("affirm", "Yes, send them back."), "return_items")


def test_a_long_message_is_never_a_yes() -> None:
    assert not is_clear_yes(Request("affirm", "yes " * 30))


def test_a_pressed_yes_counts_and_another_button_does_not() -> None:
    assert is_clear_yes(Request("affirm", "", pressed=True))
    assert not is_clear_yes(Request("inform", "", pressed=True))


@pytest.mark.parametrize("text", ["no", "nope", "no thanks", "no, I don't want that"])
def test_a_plain_no_is_one(text: str) -> None:
    assert is_clear_no(Request("deny", text))


@pytest.mark.parametrize("text", ["no, the other one", "no, only the shirt", "no CH-20002", "no I meant the lamp order"])
def test_a_no_with_something_new_is_a_correction(text: str) -> None:
    assert not is_clear_no(Request("deny", text))


def test_not_needed_any_more_is_a_reason_where_a_reason_was_asked() -> None:
    request = Request("change_mind", "I don't need it any longer")
    assert not is_stop(request, "reason_choice")
    assert is_stop(request, "order_choice")
    assert is_stop(Request("change_mind", "never mind, keep the order"), "reason_choice")


@pytest.mark.parametrize("text", ["that's all", "no, that is everything", "nothing else, thanks"])
def test_that_is_all_drops_nothing_and_confirms_nothing(text: str) -> None:
    said = Request("deny", text)
    assert is_all_said(said)
    assert not is_stop(said, "confirmation")
    assert not is_clear_yes(said, "exchange_items")


@pytest.mark.parametrize("text", ["\U0001f44d", "???", "aaaaaa", "\U0001f600\U0001f600", "..."])
def test_a_message_without_a_word_is_noise(text: str) -> None:
    assert is_noise(Request("say_goodbye", text))


@pytest.mark.parametrize("text", ["ok", "no", "aah", "42", "yes \U0001f44d"])
def test_a_word_is_no_noise(text: str) -> None:
    assert not is_noise(Request("affirm", text))


@pytest.mark.parametrize("text", ["no, not the lamp", "no, to my paypal", "no, make it white", "no, in black", "no, without the shirt"])
def test_a_no_that_names_another_item_or_method_is_a_correction(text: str) -> None:
    assert not is_clear_no(Request("deny", text))


@pytest.mark.parametrize(
    "text", ["Yes, finally.", "OK, then yes, do it.", "Good. Yes", "Wait... ok yes", "Yes, go.", "Yes, only that", "Yes, thank you."]
)
def test_a_yes_with_a_word_of_mood_is_a_yes(text: str) -> None:
    assert is_clear_yes(Request("affirm", text))


@pytest.mark.parametrize(
    "text", ["wait", "fine by me but not the lamp", "ok only the lamp", "then no", "yes, then the other one", "good question"]
)
def test_words_of_mood_alone_are_no_yes(text: str) -> None:
    assert not is_clear_yes(Request("affirm", text))


def test_a_yes_and_a_question_about_something_else_are_told_apart() -> None:
    said = Request("search_product", "Yes please do. And how many t-shirts are there?")
    assert split_yes(said, "exchange_items") == ("Yes please do", "how many t-shirts are there?")


@pytest.mark.parametrize(
    "text",
    [
        "Yes. Is it free?",
        "Yes please. Can I have the black one instead?",
        "Yes. How long does the refund take?",
        "Yes! Wait, what does the shop sell?",
        "Yes if possible. What do you sell?",
        "Yes, what do you sell?",
        "Yes. Thanks a lot.",
    ],
)
def test_a_question_that_may_be_about_the_deed_keeps_a_yes_from_being_plain(text: str) -> None:
    assert split_yes(Request("affirm", text), "exchange_items") is None
