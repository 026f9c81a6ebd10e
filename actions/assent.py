"""The reading of a yes in an open form: what of a message is the yes, and what stands beside it and waits until it is done."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.closing import is_closing
from actions.intents import QUESTIONS, TASKS
from actions.plain_words import plain_intent
from actions.remarks import GIVEN_UP
from actions.shown import Shown
from actions.spoken import find_order_ids
from actions.turn import Request, Turn
from actions.wordy_yes import is_wordy_yes
from actions.yes_no import changes_its_mind, is_about_the_deed, is_all_said, is_clear_yes, is_stop, plain, split_yes
from actions.yes_sentences import find_yes, may_wait

_LINK = re.compile(r"(?:[\s,;.-]+(?:and|then|also|so))+\s*$", re.IGNORECASE)
_TO_THE_FIRST = re.compile(r"\bto (?:the first(?: (?:one|question|thing|part))?|that(?: one)?|this|it)\b", re.IGNORECASE)
"""What a yes may say that it is to; of several items "the first" would be one alone."""
_THE_ORDER = re.compile(r"\bcancel (?:it|that|this|the order|this order|that order|my order)\b")
"""Words that drop the very order that the yes is about."""
_ITEMS = re.compile(r"\b\d+ x ")


@dataclass(frozen=True)
class Assent:
    """A yes to the open proposal.

    Attributes:
        said: The words that are the yes.
        waiting: All that waits once it is done, what stands beside the yes first.
    """

    said: Request
    waiting: tuple[Request, ...]


def find_assent(turn: Turn, own_intents: frozenset[str]) -> Assent | None:
    """Read a yes to the proposal that was shown; None where it is none, or where what stands beside it may take it back.

    Args:
        turn: The customer's words; the proposal is in its slot.
        own_intents: The intents of the open form: what they ask for may change what the yes is to.
    """
    shown = turn.slot("proposal") or {}
    if turn.request.pressed or not shown:
        return None
    deed = str(shown.get("operation"))
    questions = find_yes(turn.whole_text, Shown(shown))
    if questions is not None:
        return Assent(Request("affirm", "yes"), (*(_asked(one, turn) for one in questions), *_before(turn)))
    at_the_front = _at_the_front(turn, deed, own_intents) or _before_a_request(turn, shown, own_intents)
    return at_the_front or _whole(turn) or _before_a_question(turn, Shown(shown))


def _at_the_front(turn: Turn, deed: str, own_intents: frozenset[str]) -> Assent | None:
    """A yes that NLU has cut off from the rest: all of the message is the yes, or the rest is another matter and waits."""
    if not turn.assent:
        return None
    whole = replace(turn.request, text=turn.whole_text, intent="affirm", entities=())
    if is_clear_yes(whole, deed):
        return Assent(whole, _before(turn))
    front = replace(whole, text=turn.assent)
    if not is_clear_yes(front, deed) or any(_may_take_back(one, turn, own_intents) for one in _beside(turn)):
        return None
    return Assent(front, (turn.request, *turn.waiting))


def _before_a_request(turn: Turn, shown: Mapping[str, Any], own_intents: frozenset[str]) -> Assent | None:
    """A yes in more words before another matter that NLU has cut off: that waits until what the yes is to is done."""
    front, cut, _ = turn.whole_text.partition(turn.text)
    if not cut or not front.strip() or not turn.tracker.latest_message.get("requests"):
        return None
    front = _LINK.sub("", front.strip())
    if len(_ITEMS.findall(str(shown.get("summary")))) == 1:
        front = _TO_THE_FIRST.sub("", front)
    if not is_wordy_yes(front, Shown(shown)) or any(_may_take_back(one, turn, own_intents) for one in _beside(turn)):
        return None
    return Assent(Request("affirm", "yes"), (turn.request, *turn.waiting))


def _whole(turn: Turn) -> Assent | None:
    """A plain yes whatever NLU heard: "yes, thank you" is no thanks in passing."""
    all_said = is_all_said(turn.request) and not is_stop(turn.request, "confirmation")
    # "Ok thanks, have a nice day" is a goodbye, and no yes.
    plain_yes = is_clear_yes(turn.request) and not is_closing(turn.text)
    return Assent(turn.request, turn.waiting) if all_said or plain_yes else None


def _before_a_question(turn: Turn, shown: Shown) -> Assent | None:
    """A plain yes, and a question about something else in a sentence of its own."""
    parts = split_yes(turn.request, shown.operation)
    if parts is None or not may_wait(shown.plain(parts[1]), shown):
        return None
    return Assent(replace(turn.request, intent="affirm", text=parts[0], entities=()), (_asked(parts[1], turn), *turn.waiting))


def _asked(question: str, turn: Turn) -> Request:
    """A question beside a yes, as NLU has understood it where it is one of the message's requests."""
    cut = next((one for one in _beside(turn) if one.intent in QUESTIONS and one.text.lower() in question.lower()), None)
    intent = turn.intent if turn.intent in QUESTIONS else plain_intent(question) or "search_product"
    return cut or replace(turn.request, intent=intent, text=question)


def _may_take_back(beside: Request, turn: Turn, own_intents: frozenset[str]) -> bool:
    """Whether what is said beside a yes may change what the yes is to."""
    # "I no longer need it" is why, and "yes to the first" is judged as a yes: neither takes anything back.
    if changes_its_mind(_TO_THE_FIRST.sub(" ", GIVEN_UP.sub(" ", plain(turn.whole_text)))):
        return True
    if beside.intent in QUESTIONS:
        return is_about_the_deed(beside)
    present = str(((turn.slot("proposal") or {}).get("arguments") or {}).get("order_id"))
    elsewhere = any(_digits(number) != _digits(present) for number in find_order_ids(beside))
    if beside.intent == "cancel_order" and _THE_ORDER.search(plain(beside.text)) and not elsewhere:
        return True
    return beside.intent not in TASKS or (beside.intent in own_intents and not elsewhere)


def _beside(turn: Turn) -> tuple[Request, ...]:
    """What a message asks for beside the yes that it begins with, and not what waited before it."""
    return (turn.request, *turn.waiting[: _new(turn)])


def _before(turn: Turn) -> tuple[Request, ...]:
    """What waited before this message."""
    return turn.waiting[_new(turn) :]


def _new(turn: Turn) -> int:
    """How many of the waiting requests this message has brought."""
    return max(len(turn.tracker.latest_message.get("requests") or []) - 1, 0) if turn.queue_events_due else 0


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
