"""A person is always reachable: the words alone are enough, whatever NLU makes of them."""

from types import SimpleNamespace

import pytest

from actions.handover import asks_for_person


def asks(text: str) -> bool:
    return asks_for_person(SimpleNamespace(request=SimpleNamespace(pressed=False), whole_text=text))


@pytest.mark.parametrize(
    "text",
    [
        "No. Human please.",
        "Just get me a human",
        "no, I want to speak to a real person now",
        "Can I talk to somebody real?",
        "put me through to your manager",
        "That's wrong again. Connect me with an agent!",
        "No, only to my Amex. If you can't, get me a human.",
        "agent",
        "ok, a person please",
    ],
)
def test_who_asks_for_a_person_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "are you a human?",
        "I don't want to talk to a person, just cancel it",
        "no person please, do it yourself",
        "the delivery person left it outside",
        "give the delivery person a note",
        "to my Visa, and if that isn't possible get me a human",
        "I'd like a lamp for two people",
    ],
)
def test_who_does_not_is_not_sent_to_one(text: str) -> None:
    assert not asks(text)
