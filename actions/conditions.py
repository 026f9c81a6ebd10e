"""One thing, and another where it cannot be done: "cancel it if it hasn't shipped, otherwise change the address".

The first is tried, and the rules of the shop say whether it can be done; so what a condition says of the order's state
("if it hasn't shipped") needs no reading of its own. What a change of items falls back on is read in `actions/variants`.
"""

import re
from dataclasses import dataclass

from actions.turn import Request

_OTHERWISE = re.compile(
    r"\s*[,.;]?\s*(?:\b(?:and |but |or )?(?:otherwise|else|or else|if not|failing that|if (?:it|that|this|you)(?:'s| is| are)? ?"
    r"(?:not|n'?t|isn'?t|can'?t|cannot|doesn'?t|won'?t|already|impossible|too late|has(?: already)?(?: been)? "
    r"(?:shipped|gone|left|sent))\b[^,;.]*?)"
    r"(?:,|\s+then\b|\s+(?=(?:please |just )?(?:cancel|return|send|leave|keep|exchange|swap|change|forget|pay|deliver|do|get|give"
    r"|i\b))))"
    r"\s*(?:then|please|just|,)*\s*",
    re.IGNORECASE,
)
CANNOT = re.compile(
    r"^\W*(?:so |and |but )?if (?:you|i|we|it|that|this) (?:can'?t|cannot|can not|aren'?t able to|are not able to)(?: be)? "
    r"(?P<first>[^,;.]+?)"
    r"(?:[,;]|\s+then\b)\s*(?:then|please|just)?\s*(?P<second>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ARRIVED = re.compile(r"^\W*if\b(?P<condition>[^,;]+?)(?:,|\bthen\b)\s*(?P<first>.+)$", re.IGNORECASE | re.DOTALL)
_TASKS = (
    ("request_human", re.compile(r"\b(?:person|human|agent|representative|somebody|someone|colleague)\b")),
    ("change_address", re.compile(r"\baddress\b|\b(?:deliver|send|ship) (?:it|them|that) to\b")),
    ("change_payment", re.compile(r"\bpay(?:ment)?\b(?! back)|\bcharge\b")),
    ("cancel_order", re.compile(r"\bcancel\w*")),
    (
        "return_item",
        re.compile(
            r"\breturn\w*|\bsend\w* (?:\w+ ){0,3}back\b|\brefund\w*|\bmoney back\b|\bgive (?:\w+ )?back\b|\btake (?:\w+ ){0,5}?back\b"
        ),
    ),
    (
        "exchange_item",
        re.compile(
            r"\bexchang\w*|\bswap\w*|\breplac\w*|\bswitch\w*|\bmodify\b"
            r"|\bchange (?:it|them|the|that|my)\b(?! (?:\w+ ){0,2}(?:address|payment))"
        ),
    ),
)
_LEAVE = re.compile(r"\b(?:leave|keep|forget|nothing|never ?mind|don'?t (?:do|bother|change|touch)|as it is|skip)\b")
_NOTHING = re.compile(
    r"\b(?:cancel|return|exchange|change|do|touch|send) (?:nothing|none|neither)\b|\b(?:don'?t|do not|not|never) (?:cancel|return"
    r"|exchange|change|do|touch)\b"
)
"""What leaves everything as it is although it names a task: "then cancel nothing"."""


DENIED = re.compile(
    r"\b(?:no|never|forget(?: about)?|drop|skip|leave|scrap|stop|cancel|without|do(?:n'?t| not) (?:want|need)(?: to)?)"
    r" (?:(?:the|an?|any|this|that|my) )?(?:exchang\w*|swap\w*|return\w*|cancel\w*|replac\w*|change)\b"
    r"|\b(?:not|instead of|rather than|don'?t(?: want to)?) \w+"
)
"""A task that is named to be refused: "no exchange at all", "forget the return", "not return it"."""


@dataclass(frozen=True)
class Condition:
    """What is asked for first, and what where that cannot be done.

    Attributes:
        first: The words of the first wish.
        first_intent: What they ask for, where their own words say it.
        second: The words of the other.
        second_intent: What they ask for; None where everything shall stay as it is.
    """

    first: str
    first_intent: str | None
    second: str
    second_intent: str | None


def read_condition(request: Request) -> Condition | None:
    """Take a message with a condition apart; None where there is none, or where it names no other task."""
    if request.pressed:
        return None
    text = request.text.replace("’", "'")
    found = CANNOT.match(text)
    first, second = (found["first"], found["second"]) if found else _split(text)
    if not second:
        return None
    leading = _ARRIVED.match(first)
    first = leading["first"] if leading else first
    task = None if _NOTHING.search(second.lower()) else _task_in(second)
    if task is None and not _NOTHING.search(second.lower()) and not _LEAVE.search(second.lower()):
        return None
    return Condition(first.strip(), _task_in(first), second.strip(" .!"), task)


def task_named(text: str) -> str | None:
    """The task that a correction names: "I want to exchange it, not return it", "no, cancel the whole order instead"; or None."""
    return _task_in(DENIED.sub(" ", text.lower().replace("’", "'")))


def without_task(text: str, task: str) -> str:
    """Words without those that name a task: "I'd like to return the lamp" is "I'd like to the lamp"."""
    return re.sub(dict(_TASKS)[task], " ", text.lower()) if task in dict(_TASKS) else text


def _split(text: str) -> tuple[str, str]:
    for found in _OTHERWISE.finditer(text):
        first, second = text[: found.start()], text[found.end() :]
        if re.search(r"\w", first) and re.search(r"\w", second):
            return first, second
    return text, ""


def _task_in(text: str) -> str | None:
    plain = text.lower()
    found = [(match.start(), name) for name, pattern in _TASKS if (match := pattern.search(plain))]
    # "Change the address" is an address before it is a change; of two tasks the one named first is meant.
    return min(found, default=(0, None), key=lambda one: one[0] - 14 * (one[1] in {"change_address", "change_payment"}))[1]
