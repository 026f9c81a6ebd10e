"""A yes in more words: one of its clauses is a plain yes, and none of the others takes anything back or asks for anything.

A clause may say again what was shown (its items, its address, and the way to pay and the amount that it names), be a mood, or tell
something besides (`actions/remarks.py`). Any other makes the yes unclear.
"""

import re

from actions.remarks import is_mood, is_remark
from actions.shown import ONLY, Shown
from actions.turn import Request
from actions.yes_no import DECISION, changes_its_mind, is_clear_yes, is_question

_CLAUSE = re.compile(
    r"[.,!;:…()\n]+|\s[-–—]+\s|\s+(?:and|but|so) (?=(?:thank|you|that'?s|that is|please|i|we|he|she|they|it'?s|as)\b)"
    r"|\s+(?=(?:because|since)\b)|(?<=\byes) (?=(?:i|we|he|she|they|it(?:'s)?|this|that(?:'s)?)\b)"
)
_YES = re.compile(rf"\b(?:{DECISION}|proceed)\b")
_SMALL = re.compile(r"(?:(?:and|so|then|now|please|pls|thanks|thank you|with|of|with the difference)\s*)+")
_I_SAID = re.compile(r"^(?:(?:and|but|oh|well)\s+)*(?:i|we)(?:'ve| have)?(?: just)? (?:said|told you)\s+(?=\w)")
_BACK = re.compile(r"\b(?:money|back|refund)\b")
_LONGEST = 300
_IN_MINE = re.compile(r"\bin my (?!orders?\b|account\b|name\b|last\b)\w")
"""Whether what was shown is in their size, their colour, is for them to say."""
_PLEASE = re.compile(r"\b(?:please|pls)\b")
_ANSWERS = re.compile(
    r"(?:it|they|i|we)(?:'ve)?\s+(?:was|were|did|had|have|has|got|bought|made|lost|saw|\w{2,}ed)\b|(?:that|this|it)(?:'s"
    r"| is) the (?!(?:very )?ones?\b)"
)
"""What a bare yes before it may as well answer: whether it was faulty, whether it came, whether that is the one."""
_SARCASM = re.compile(r"\b(?:yeah|sure|oh)\W+right\b|\bas if\b|\bin your dreams\b|\bdream on\b")


def is_wordy_yes(text: str, proposal: Shown) -> bool:
    """Whether a yes only repeats the proposal or is friendly besides: "yes, only the lamp" where the lamp is all that was shown."""
    text = proposal.plain(text)
    if "?" in text or len(text) > _LONGEST or _SARCASM.search(text) or changes_its_mind(ONLY.sub("", text)):
        return False
    rest = proposal.without_money(text)
    clauses = [" ".join(clause.strip(" -–—'\"").split()) for clause in _CLAUSE.split(rest) if re.search(r"\w", clause)]
    plain_ones = [one for one in clauses if _is_assent(one, proposal)]
    if not (proposal.tells_the_deed(text) or _PLEASE.search(text)) and any(_ANSWERS.match(one) for one in clauses):
        return False
    return (
        any(_YES.search(one) or (proposal.is_only_the_deed(one) and proposal.operation != "cancel_order") for one in plain_ones)
        and all(one in plain_ones or _SMALL.fullmatch(one) or (not _asks(one) and is_remark(one, proposal.others)) for one in clauses)
        and proposal.are_all_named_in(text)
        and not _IN_MINE.search(rest)
        and (proposal.pays_back or not _BACK.search(rest))
    )


def _is_assent(clause: str, proposal: Shown) -> bool:
    if is_mood(clause) or (proposal.are_repeated_by(clause) and not _asks(clause)):
        return True
    return is_clear_yes(Request("affirm", _I_SAID.sub("", clause)), proposal.operation)


def _asks(clause: str) -> bool:
    return is_question(Request("affirm", clause))
