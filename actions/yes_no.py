"""Yes, no, and stop. A yes that moves money has to be a plain one."""

import re

from actions.turn import Request

_HEDGE = re.compile(
    r"\?|\b(?:no|not|don'?t|never|wait|but|unless|however|actually|except|instead|first|"
    r"if|maybe|stop|hold on|later|why|what|how|when|which)\b"
)
_NO = re.compile(r"^\W*(?:no|nope|nah|no thanks?|no thank you|don'?t|rather not|better not)\b(?P<rest>.*)$", re.DOTALL)
_YES = re.compile(r"^\W*(?:yes|yep|yeah|y|ok|okay|sure|confirm(?:ed)?|do it|go ahead|please do)\b[\w\s,]{0,20}[.!]*\W*$")
_NEW = re.compile(r"\d|\b(?:one|other|order|instead|rather|just|only|but|also|wrong|meant)\b")
_OPEN = frozenset({"problem_details", "reason_choice"})
"""Questions to which a no is an answer like any other."""
_LIKING = re.compile(r"\b(?:don'?t|do not|didn'?t) (?:like|fit|suit|work)\b")
"""A reason for sending back, which is no "no"."""
_STOP = re.compile(
    r"^\W*(?:(?:lol|wait|please|i said)\W+)*(?:no|nope|don'?t)(?:\W+(?:wait|please|don'?t|do not|stop|i said|lol|no))*\W*$|"
    r"\b(?:never ?mind|forget (?:it|about it|that)|leave it|stop(?: it| that)?$|abort|don'?t bother|not any ?more|drop it|"
    r"scrap that|no longer want to|keep (?:it|the order|my order|them)|let'?s not)\b"
)


def is_clear_yes(request: Request) -> bool:
    """Whether a request is a yes without ifs and buts. Anything else has to be asked again."""
    if request.pressed:
        return request.intent == "affirm"
    text = _plain(request.text)
    return (request.intent == "affirm" or bool(_YES.match(text))) and not _HEDGE.search(text) and len(text) <= 60


def is_clear_no(request: Request) -> bool:
    """Whether a request is a plain no, with nothing new after it: "no, the other one" is a correction."""
    if request.pressed:
        return request.intent == "deny"
    text = _plain(request.text)
    found = _NO.match(text)
    plain = bool(found and len(found["rest"].split()) <= 5) or (request.intent == "deny" and not found)
    return plain and not _NEW.search(text)


def is_stop(request: Request, asked: str | None) -> bool:
    """Whether the customer drops what is going on."""
    if request.intent == "change_mind":
        # "I don't need it any more" is a reason to cancel where a reason was asked for.
        return request.pressed or asked != "reason_choice" or bool(_STOP.search(_plain(request.text)))
    if asked == "reason_choice":
        return bool(_STOP.search(_plain(request.text))) and not request.pressed
    return asked not in _OPEN and not _LIKING.search(_plain(request.text)) and is_clear_no(request)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").strip()
