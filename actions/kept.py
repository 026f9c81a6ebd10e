"""An order that is kept after all: the words that say so, and what is wished for besides."""

import re
from dataclasses import replace
from itertools import pairwise

from actions.conditions import task_named
from actions.intents import QUESTIONS, TASKS
from actions.plain_words import plain_intent
from actions.turn import Request, Turn
from actions.yes_no import is_question, plain

KEEPS = re.compile(
    r"\b(?:leave|keep)\b(?!.*\b(?:except|but|only)\b)[^,.;!?]*?\b(?:order|it|that|everything|alone|as is)\b"
    r"|\b(?:do not|don'?t|not to) cancel\b(?! (?:just|only|all)\b)"
    r"|^\W*(?:then|so|well|no|please|ok|okay|in that case|[,. ])*don'?t\b\W*(?:$|[.!,])"
)
"""What leaves the order as it is: "then don't, leave that order alone"."""
_CLAUSE = re.compile(r"[.,;:!?…–—\n]+\s*|\s-\s")
_BECOMES = re.compile(
    r"\b(?:rather have|should (?:rather )?(?:be|become|come)|make (?:it|them|the \w+)|want (?:it|them|the \w+) (?:in|as|to be))\b"
)
_SHORTEST = 3


def wished_besides(turn: Turn) -> Request | None:
    """What a message asks for beside "keep it" and "don't cancel anything"; None where it asks for nothing else."""
    if turn.request.pressed:
        return None
    rest = _without_keeping(turn.text)
    if len(rest.split()) < _SHORTEST:
        return None
    task = task_named(rest) or plain_intent(rest) or ("exchange_item" if _BECOMES.search(plain(rest)) else None)
    if task in TASKS - {"cancel_order"}:
        return replace(turn.request, intent=str(task), text=rest)
    if not is_question(Request("", rest)):
        return None
    return replace(turn.request, intent=turn.intent if turn.intent in QUESTIONS else "ask_order_details", text=rest)


def _without_keeping(text: str) -> str:
    """The sentences that do not say that the order is kept, each as it was written."""
    straight = text.replace("’", "'")
    places = [0, *(found.end() for found in _CLAUSE.finditer(straight)), len(straight)]
    clauses = [straight[start:end] for start, end in pairwise(places)]
    return "".join(one for one in clauses if not KEEPS.search(plain(one))).strip()
