"""Task words that are misspelt: read as they were meant where nothing else in a message was understood."""

import re

from rapidfuzz.distance import OSA

from actions.conditions import task_named
from actions.intents import TASKS, words_ask_for
from actions.plain_words import plain_intent
from actions.turn import Request

_WORDS = frozenset(
    """cancel cancelled cancellation return returned returning exchange exchanged exchanging refund refunded replace replaced replacement
    order orders change changed address delivery payment damaged broken defective money back instead want would like
    bigger biggest smaller smallest brighter brightest cheaper cheapest lighter longer shorter larger colour""".split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[A-Za-z]{3,}")
_SHORTEST_GOODS = 4
_LONG = 7
"""Words from this length on may have two slips."""
_ASKS_ONLY = re.compile(
    r"\b(?:where|when|who|why|how|what|which|status|policy|allowed)\b|\b(?:do|does|is|are|did) (?:you|it|that|i|my|the)\b"
)


def mend(text: str, goods: frozenset[str] = frozenset()) -> str:
    """The words with misspelt ones of the business put right: "cancle my oder" is "cancel my order".

    Args:
        text: A customer's words.
        goods: Kinds of goods, in small letters, whose words may be misspelt too.
    """
    known = _WORDS | {word for kind in goods for word in kind.split() if len(word) >= _SHORTEST_GOODS}
    return _TOKEN.sub(lambda found: _mended(found[0], known), text)


def task_meant(text: str, heard: str, goods: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """The task that the words ask for, and the words put right; None where they may as well ask something.

    Args:
        text: What was not understood.
        heard: The intent that NLU thought likeliest.
        goods: Kinds of goods that may be named.
    """
    mended = mend(text, goods)
    if _ASKS_ONLY.search(mended.lower()):
        return None
    task = plain_intent(mended) or task_named(mended)
    if task not in TASKS or not words_ask_for(Request(task, mended)):
        return None
    return (task, mended) if task == heard or mended != text else None


def _mended(token: str, words: frozenset[str]) -> str:
    word = token.lower()
    if word in words:
        return token
    near = sorted((distance, known) for known in words if known[0] == word[0] and (distance := _slips(word, known)))
    return near[0][1] if near else token


def _slips(word: str, known: str) -> int:
    """How many slips of the pen lie between two words; 0 where they are too many, or make another good word."""
    distance = OSA.distance(word, known, score_cutoff=2)
    # One letter for another makes too many good words of other good words ("older", "order").
    swapped = len(word) == len(known) and sorted(word) != sorted(known)
    most = 2 if len(known) >= _LONG and len(word) >= _LONG - 1 else 1
    return 0 if swapped or distance > most or known.startswith(word) or word.startswith(known) else distance
