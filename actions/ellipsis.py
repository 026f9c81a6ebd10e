"""Questions that lean on what was said before: "how long does that take?", "and to Denmark?", "what about gift cards?".

Whether a question leans is told by its own words: a pronoun that nothing in it explains, a beginning that goes on with
something, or no verb of its own. What it leans on is told by the conversation (`actions/matter.py`).
"""

import re

from knowledge_base.text import STOP_WORDS, words

_OPENING = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?(?: you)?|thx|great|cool|nice|good|fine|hmm*|ah|oh|well|alright|got it|i see|right)\b\W*)+"
)
_GOES_ON = re.compile(
    r"^(?:(?:and|but|so|or)\s+)?"
    r"(?:what about|how about|what if|what when|what happens (?:if|when)|even if|even when|even|also|same (?:for|with|goes)|including"
    r"|only)\b"
    r"|^(?:and|but|or)\s+(?:if|when|once|after|before|for|to|in|with|from|by|on|at|without|until|just|how (?:long|much|many|often|fast))\b"
)
_ADDED = re.compile(r"\b(?:too|as well|also|either)\W*$")
_JOINED = re.compile(r"^(?:and|but|or|so|then|plus)\b\s*")
_END = r"(?=\s*(?:$|[?.!,]))"
_FOLLOWS = (
    r"(?=\s+(?:is|are|was|were|does|do|did|also|too|takes?|costs?|works?|means?|goes|go|appl(?:y|ies)|holds?|counts?|includes?|be(?:en)?|comes?"
    r"|happens?|still|even|for|to|in|on|with|by|then|free|possible|online|again|if|when|as)\b)"
)
_PRONOUN = re.compile(
    rf"\b(?:it|they|them|theirs|those|these|ones|instead)\b|\b(?P<owner>its|their)\b|\b(?:that|this)(?:{_END}|{_FOLLOWS})"
    rf"|\bone(?:{_END}|(?=\s+(?:to|for|as|too|with|in|by)\b))|\bthere(?:{_END}|(?=\s+(?:too|as|instead|for|long)\b))|\b(?:then|so){_END}"
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would|does|will|can) it (?:be )?(?:take|possible|allowed|ok(?:ay)?|safe|cost|necessary|matter)\s+(?:me |us )?"
    r"(?:to|if|for me to)\b|\bit (?:takes?|costs?) (?:me )?to\b|\b(?:is|are|was|were|will) there\b|\bthere (?:is|are|was|were)\b"
    r"|\bit(?:'s| is) (?:\w+ )?(?:possible|ok)\b|\bit says\b|\bit(?:'?s| has) been\b"
)
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|do|does|did|have|has|had|can|could|may|might|must|shall|should|will|would|get|need|want|"
    r"isn't|aren't|don't|doesn't|can't|won't)\b"
)
_FRAGMENTARY = re.compile(
    r"(?:to|for|from|in|with|by|on|at|until|since|without)\b|(?:how (?:long|much|often|many|fast)|which|why|when|where)(?:\s+\w+){0,2}\W*$"
)
_BORDER = re.compile(r"[,;.!?]|\b(?:and|but|or|if|when|because|before|after|while|since|once)\b")
_LIGHT = frozenset(
    """long longer take takes taking cost costs much many often need have do get does work works happen happens pay paid go goes come
    comes free price prices fee fees charge charged expensive cheap possible allowed way ways day days fast quick quickly soon
    later again still also extra more less anything something everything really exactly mean means use used using too then there
    instead include included old new ok okay yes no not without within after before until when while once if even only both each
    same other others another thing things first last next one ones now already ever always never may might must shall would why
    whose whom kind sort lot bit else case make makes made let lets put give given start begin end don't doesn't count counts
    apply applies hold holds stay say says explain part""".split()  # noqa: SIM905
)
_FEW_WORDS = 14
_FRAGMENT = 6


def telling_words(question: str) -> list[str]:
    """The words of a question, in order, without the little ones."""
    said = _OPENING.sub("", question.lower())
    return [word for word in dict.fromkeys(words(said)) if word not in STOP_WORDS and not word.isdigit()]


def own_words(question: str) -> list[str]:
    """The words of a question that name a matter, in order; those that fit any matter ("how long does … take") are left out."""
    return [word for word in telling_words(question) if word not in _LIGHT]


def leans(question: str) -> bool:
    """Whether a question needs what was said before it to be understood.

    Args:
        question: The customer's words.
    """
    said = _OPENING.sub("", question.lower().replace("’", "'")).strip()
    if not said or len(words(said)) > _FEW_WORDS:
        return False
    if _GOES_ON.search(said) or _has_loose_pronoun(_EXPLETIVE.sub(" ", said)):
        return True
    rest = _JOINED.sub("", said)
    is_marked = rest != said or bool(_FRAGMENTARY.match(rest) or _ADDED.search(rest))
    is_fragment = is_marked and not _VERB.search(rest) and len(words(rest)) <= _FRAGMENT
    return is_fragment or not own_words(rest)


def _has_loose_pronoun(said: str) -> bool:
    """Whether a pronoun stands where nothing before it in the question says what it means."""
    found = _PRONOUN.search(said)
    if not found:
        return False
    before = said[: found.start()]
    if found["owner"]:
        return not own_words(before)
    borders = list(_BORDER.finditer(before))
    explained = own_words(before[: borders[-1].start()]) if borders else []
    return len(explained) < 2
