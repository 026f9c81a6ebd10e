"""What a message says of several deeds, each with its own goods: "first return the bottle, and exchange the bed for the cheapest"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

RETURN, EXCHANGE, CANCEL = "return_item", "exchange_item", "cancel_order"

Names = Callable[[str], bool]
"""Whether words name goods of the customer's."""

_DEEDS = {
    RETURN: (
        r"return(?:s|ed|ing)?|refund(?:s|ed|ing)?|sen[dt](?:s|ing)? (?:(?!back\b)[\w'-]+ ){0,8}?back|go(?:es|ing)? back"
        r"|tak(?:e|en|ing) (?:(?!back\b)[\w'-]+ ){0,8}?back|giving (?:(?!back\b|me\b|us\b)[\w'-]+ ){0,6}?back"
    ),
    EXCHANGE: (
        r"exchang\w*|swap\w*|switch\w*|replac\w*|upgrad\w*|downgrad\w*"
        r"|chang(?:e|ed|es|ing)(?! (?:(?:my|the|our|your) )?(?:mind|minds|(?:\w+ )?address|payment))"
    ),
    CANCEL: r"cancel\w*|calling off",
}
_DEED = re.compile(rf"\b(?:{'|'.join(f'(?P<{task}>{words})' for task, words in _DEEDS.items())})\b")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\.{2,}\s*|\s*…\s*|\s+[–—-]+\s+|:\s+")
_JOINT = re.compile(
    r"\s*[,;]\s*(?:(?:and|or|but|then|also)\s+)*"
    r"|\s+(?:and|or|but|then|plus|vs\.?|versus|than|instead of|rather than|compared to|if|when)\s+"
)
_RULE = re.compile(
    r"(?:\b(?:i'?ll|i will|i|i'd|would|want|please|then|so|just|and|take|choose|go|going|for|with|do|pick|give me|of the two)\b[\s,]+)*"
    r"\b(?:which ?ever|what ?ever|the one (?:that|which))\b[^.!?,;]*?\b(?:sav\w+|more|most|better|best|bigger|biggest|higher|highest"
    r"|greater|greatest|largest|back)\b[^.!?,;]*(?:,\s*(?:please|do that|do (?:that|this) one|that one|i'?ll take(?: that)?))?"
)
_SUPPOSED = re.compile(
    r"\b(?:if|suppos\w+|say (?:i|we)|were to|assum\w+|would|could|how much|what(?:'s|s)?|how about|difference|costs?"
    r"|which|vs|versus|worth|more money)\b"
)
_WISHED = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll| will| do)?(?: (?:also|just|really|only|first|rather|now|actually|still|then))*"
    r" (?:want|like|need|wish|prefer|love|choose|decided?|intend)\b(?! (?:to )?(?:know|hear|see|ask))"
    r"|\b(?:i|we)(?:'d| would) rather\b|\bplease\b|\blet'?s\b|\bcan (?:you|i|we) (?:(?:please|also|just|only|then) )*$|\bgonna\b"
)
_IMPERATIVE = re.compile(
    r"^\W*(?:(?:and|or|but|then|also|first|firstly|second|secondly|no|yes|ok|okay|oh|wait|so|just|only|either|separately|instead|actually"
    r"|hi|hello|please|plus|afterwards|next|rather|now)\W+)*(?:return|refund|send|take|exchange|swap|switch|replace|change|upgrade|cancel)\b"
    r"(?! of\b)"
)
_NOT = re.compile(r"\b(?:no|not|without|but not|except(?: for)?|minus|leaving out)\b (?:the |my |any |an? |new )*(?P<what>[^,.;:!?]+)")
_ASIDE = re.compile(r",? (?:what|how much|which)(?:'s)? (?:do|does|would|will|is|are|was|money|could|can|the|that|i|it|each|one)\b[^,]*$")
_NUMBER = re.compile(r"\d{4}")
_POINTS = re.compile(
    r"\b(?:it|them|that(?: one)?|those|these|this(?: one)?|both|(?:the )?(?:whole|entire) order|everything"
    r"|all (?:of (?:it|them)|(?:the |my )?items))\b"
)


@dataclass(frozen=True)
class Clause:
    """One deed, and the words that are said of it.

    Attributes:
        task: The intent of the deed.
        words: What is said of it, in small letters.
        supposed: Whether it is only supposed ("if I returned it") and not wished for.
    """

    task: str
    words: str
    supposed: bool = False


def read_clauses(text: str, names: Names) -> list[Clause]:
    """The deeds that a message speaks of, in its order; each has goods of its own, or points at those in hand.

    What follows a deed in sentences without one is said of it; a deed that is named again with nothing of its own adds to the first.

    Args:
        text: The message.
        names: Says whether words name goods of the customer's.
    """
    found: list[Clause] = []
    waiting = ""
    for sentence in _SENTENCE.split(_plain(text, names)):
        parts = _parted(sentence, names)
        if not parts and found and re.search(r"\w", sentence) and not (_SUPPOSED.search(sentence) and not names(sentence)):
            found[-1] = replace(found[-1], words=f"{found[-1].words}, {sentence.strip(' .!?')}")
        elif not parts:
            # Goods before the first deed belong to it: "the boots, in size 41: what would changing them cost?".
            waiting = f"{waiting} {sentence}".strip() if names(sentence) else waiting
        for task, words in parts:
            lead, waiting = waiting, ""
            goes_on = bool(found) and found[-1].supposed and found[-1].words in sentence
            supposed = bool(_SUPPOSED.search(sentence) or text.rstrip().endswith("?")) and (goes_on or not _is_wished(words))
            found.append(Clause(task, f"{lead} {_without_question(words)}".strip(), supposed))
    return _joined(found, names)


def decides_by_sum(text: str) -> bool:
    """Whether the customer leaves it to the sums: "whichever saves more"."""
    return bool(_RULE.search(_small(text)))


def names_deed(text: str) -> str | None:
    """The one deed that words name; None where they name none, or several."""
    tasks = {str(found.lastgroup) for found in _DEED.finditer(_small(text))}
    return tasks.pop() if len(tasks) == 1 else None


def points_at(words: str) -> bool:
    """Whether words point at goods that were spoken of before: "swapping it instead"."""
    return bool(_POINTS.search(words))


def _plain(text: str, names: Names) -> str:
    """The words without the rule by which the customer decides, and without goods that are named to be left out."""
    left = _RULE.sub(" ", _small(text))
    return _NOT.sub(lambda found: " " if names(found["what"]) and not _DEED.search(found["what"]) else found[0], left)


def _small(text: str) -> str:
    return text.lower().replace("’", "'")


def _parted(sentence: str, names: Names) -> list[tuple[str, str]]:
    """A sentence cut before each further deed."""
    deeds = list(_DEED.finditer(sentence))
    start, parts = 0, []
    first = next(iter(deeds), None)
    for deed, following in zip_longest(deeds, deeds[1:]):
        cut = _cut(sentence, start, deed, following, names) if following else (len(sentence), len(sentence))
        if first is None or cut is None:
            continue
        parts.append((str(first.lastgroup), sentence[start : cut[0]].strip(" ,.!?")))
        start, first = cut[1], following
    return parts


def _cut(sentence: str, start: int, deed: re.Match[str], following: re.Match[str], names: Names) -> tuple[int, int] | None:
    """Where what is said of a deed ends and what is said of the next begins; None where nothing parts the two."""
    joints = list(_JOINT.finditer(sentence, deed.end(), following.start()))
    if not joints or (deed.lastgroup == following.lastgroup and not names(sentence[start : joints[-1].start()])):
        return None
    leads = names(sentence[joints[-1].end() : following.start()]) and names(sentence[start : deed.start()])
    joint = joints[0] if leads else joints[-1]
    return joint.start(), joint.end()


def _without_question(words: str) -> str:
    """The words of a deed without the question behind it, which wishes for nothing."""
    deed = _DEED.search(words)
    aside = _ASIDE.search(words, deed.end()) if deed else None
    return words[: aside.start()] if aside else words


def _is_wished(words: str) -> bool:
    deed = _DEED.search(words)
    before = words[: deed.start()] if deed else words
    return bool(_IMPERATIVE.match(words) or _WISHED.search(before))


def _joined(found: Sequence[Clause], names: Names) -> list[Clause]:
    """Clauses with goods; of those without any, the words go to the deed of the same kind that is named with some."""
    kept: list[Clause] = []
    for one in found:
        same = next((at for at, other in enumerate(kept) if other.task == one.task and (not one.supposed or not names(one.words))), None)
        if same is not None:
            kept[same] = replace(kept[same], words=f"{kept[same].words}, {one.words}")
        else:
            kept.append(one)
    meant = [one for one in kept if names(one.words) or points_at(one.words) or (one.task == CANCEL and _NUMBER.search(one.words))]
    return meant or [one for one in kept if one.task == CANCEL]
