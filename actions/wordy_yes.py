"""A yes in more words: it says again what was shown, or a kind word follows it. Any other word makes it unclear."""

import re
from collections.abc import Mapping
from typing import Any

from actions.turn import Request
from actions.yes_no import changes_its_mind, is_clear_yes

_YES = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|good|perfect|right|so|well|oh|ah)\W+)*(?:yes+|yep|yeah|yup|sure|absolutely|correct|confirmed)\b[\s,!:-]*"
)
_ITEM = re.compile(r"(\d+) x ([^(,?]+?)(?= \(| and \d| from | for |,|\?|$)")
_ONLY = re.compile(r"\b(?:only|just)\b")
_FILLER = re.compile(
    r"a|an|and|all|as|both|do|exactly|for|from|go|ahead|i|in|is|it|items?|it's|just|my|of|only|order|please|proceed|right|shown|so|such|"
    r"thanks?|that|that's|the|them|then|these|they|things?|this|those|to|want|wanted|asked|with|you|your"
)
_COUNTS = {"one": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_SENTENCE = re.compile(r"(?P<yes>[^.!?]+)[.!]+\s+(?P<rest>[^?]+)$", re.DOTALL)
_KIND = re.compile(
    r"\b(?:help(?:s|ed|ful)|appreciat\w+|glad|happy|relie(?:f|ved)|lovely|nice|wonderful|awesome|brilliant|finally|about time|"
    r"long enough|worry|kind(?:ly)?|grateful|delighted|pleased|fantastic|made my day|what a day|hard|luckily|phew|hooray)\b"
)
_WISHES = re.compile(
    r"\d|\b(?:want\w*|need\w*|would|could|can|please|also|add|plus|then|next|make|chang\w*|cancel\w*|return\w*|exchang\w*|swap\w*|refund\w*|"
    r"send|keep|leave|stop|hold|wait|doubt\w*|kidding|jok\w+|maybe|perhaps|other|wrong|different|address|card|order|one|ones)\b"
)


def is_wordy_yes(text: str, shown: Mapping[str, Any]) -> bool:
    """Whether a yes only repeats the proposal or is friendly besides: "yes, only the lamp" where the lamp is all that was shown.

    Args:
        text: All words of the message.
        shown: The open proposal; its `summary` names the items as "2 x Name (options)".
    """
    text = text.lower().replace("’", "'").strip()
    return bool(shown) and (_repeats(text, str(shown.get("summary", ""))) or _is_friendly(text, shown))


def _repeats(text: str, summary: str) -> bool:
    """Every word has to be a small one or name an item that was shown; "only" has to name them all."""
    found = _YES.match(text)
    if not found:
        return False
    names = [set(re.findall(r"\w+", name)) for _, name in _ITEM.findall(summary.lower())]
    words = re.findall(r"[\w']+", text[found.end() :])
    if not names or any(_COUNTS.get(word, len(names)) != len(names) for word in words):
        return False
    said = {word for word in words if not _FILLER.fullmatch(word)} - set(_COUNTS)
    known = set().union(*names)
    named = {_singular(word) for word in said}
    if not named <= {_singular(word) for word in known}:
        return False
    return not _ONLY.search(text) or all(named & {_singular(word) for word in name} for name in names)


def _is_friendly(text: str, shown: Mapping[str, Any]) -> bool:
    """A plain yes, and a sentence that is kind, wishes nothing, and names nothing that a shop has."""
    found = _SENTENCE.match(text)
    if not found or not is_clear_yes(Request("affirm", found["yes"]), shown.get("operation")):
        return False
    rest = found["rest"]
    return bool(_KIND.search(rest)) and not _WISHES.search(rest) and not changes_its_mind(rest)


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
