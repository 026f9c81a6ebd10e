"""Lines about oneself, a moment to think, and what somebody does meanwhile."""

import pytest

from actions.in_passing import asks_for_a_moment, is_in_passing, without_meanwhile


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I can't remember my e-mail. I'm Nora Feld, in Graz. Thank you!",
        "I don't have an email… quickly please",
        "I've lost my email, but I'm Nora Feld, I live in Graz",
        "my name is Nora, zip 80100",
        "I'm all over the place, sorry for going on",
        "I'm so flustered today. Sorry about the mess!",
    ],
)
def test_who_somebody_is_and_how_they_feel_asks_for_nothing(text: str) -> None:
    assert is_in_passing(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm missing the lamp",
        "I never got an email",
        "I can't find the email with the label",
        "I'm not happy with the boots",
        "it's the blue one",
        "Havre Pack",
        "thanks",
        "I'm Nora Feld, where is my parcel?",
        "I'm locked out",
        "I don't have my email, and I want to cancel it all",
    ],
)
def test_what_may_be_a_matter_is_not_passed_over(text: str) -> None:
    assert not is_in_passing(text)


@pytest.mark.parametrize(
    "text",
    ["Hang on a minute, let me think it over", "just a sec please, I have to reconsider", "let me ask my husband first", "one moment"],
)
def test_time_to_think_is_asked_for(text: str) -> None:
    assert asks_for_a_moment(text)


@pytest.mark.parametrize(
    "text", ["wait, no", "hold on, not the lamp", "wait, is that my old card?", "let me have the red one", "no, think again"]
)
def test_a_moment_with_a_wish_in_it_is_no_pause(text: str) -> None:
    assert not asks_for_a_moment(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Before I fill the flask: what did the tent cost?", "what did the tent cost?"),
        ("what did I pay for the tent before I put the dinner on?", "what did I pay for the tent ?"),
        ("before I return it, what do I get back?", "before I return it, what do I get back?"),
        ("what did the tent cost?", "what did the tent cost?"),
    ],
)
def test_what_somebody_does_meanwhile_names_no_goods(text: str, rest: str) -> None:
    assert without_meanwhile(text) == rest
