"""A yes in more words: one of its clauses is a plain yes, and none of the others takes anything back or asks for anything.

A clause may say again what was shown (its items, and the way to pay and the amount that it names), be a mood, or tell something besides
(`actions/remarks.py`). Any other makes the yes unclear.
"""

import re
from collections.abc import Mapping
from typing import Any

from actions.echoed_money import EchoedMoney
from actions.remarks import GIVEN_UP, HARMLESS, HASTE, is_mood, is_remark
from actions.turn import Request
from actions.yes_no import ALL, DECISION, DEEDS, changes_its_mind, is_clear_yes, is_question, plain

_CLAUSE = re.compile(
    r"[.,!;:…()\n]+|\s[-–—]+\s|\s+(?:and|but|so) (?=(?:thank|you|that'?s|that is|please|i|we|he|she|they|it'?s|as)\b)"
    r"|\s+(?=(?:because|since)\b)|(?<=\byes) (?=(?:i|we|he|she|they|it(?:'s)?|this|that(?:'s)?)\b)"
)
_SIGNS = re.compile(r"[^\w\s'.,!?;:…€$£()–—-]+")
_YES = re.compile(rf"\b(?:{DECISION}|proceed)\b")
_ITEM = re.compile(r"(\d+) x ([^(,?]+?)(?: \(([^)]*)\))?(?= and \d|, \d| from | for |\?|$)")
_TARGET = re.compile(r" to [^(?]*\(([^)]*)\)")
_ONLY = re.compile(r"\b(?:only|just)\b(?! (?:do|go|get|please|proceed|confirm|make it|return (?:it|them)|cancel it|swap it|exchange it)\b)")
_FILLER = re.compile(
    r"yes|yep|yeah|yup|sure|absolutely|correct|a|an|and|as|do|exactly|for|from|go|ahead|i|in|is|it|items?|it's|just|my|of|only|order|make|"
    r"pair|please|proceed|right|shown|so|such|thanks?|that|that's|the|them|then|these|they|things?|this|those|to|want|wanted|asked|"
    r"with|you|your|ones|both|very|precisely"
)
_THAT_IS_ALL = re.compile(rf"\b{ALL}\b|\ball(?= (?:two|three|four|five|six)\b)")
_SMALL = re.compile(r"(?:(?:and|so|then|now|please|pls|thanks|thank you)\s*)+")
_I_SAID = re.compile(r"^(?:(?:and|but|oh|well)\s+)*(?:i|we)(?:'ve| have)?(?: just)? (?:said|told you)\s+(?=\w)")
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_BACK = re.compile(r"\b(?:money|back|refund)\b")
_PAYS_BACK = frozenset({"cancel_order", "return_items"})
_LONGEST = 300
_IN_MINE = re.compile(r"\bin my (?!orders?\b|account\b|name\b|last\b)\w")
"""Whether what was shown is in their size, their colour, is for them to say."""
_SARCASM = re.compile(r"\b(?:yeah|sure|oh)\W+right\b|\bas if\b|\bin your dreams\b|\bdream on\b")


def is_wordy_yes(text: str, shown: Mapping[str, Any]) -> bool:
    """Whether a yes only repeats the proposal or is friendly besides: "yes, only the lamp" where the lamp is all that was shown.

    Args:
        text: All words of the message.
        shown: The open proposal; its `summary` names the items as "2 x Name (options)", its `kinds` say what they are.
    """
    operation = str(shown.get("operation") or "")
    text = HASTE.sub(" ", _THAT_IS_ALL.sub(" ", _without_idioms(text, operation)))
    if not shown or "?" in text or len(text) > _LONGEST or _SARCASM.search(text) or changes_its_mind(_ONLY.sub("", text)):
        return False
    goods = _Goods(shown, DEEDS.get(operation, ""))
    rest = EchoedMoney(shown).left_out_of(text)
    clauses = [" ".join(clause.strip(" -–—'\"").split()) for clause in _CLAUSE.split(rest) if re.search(r"\w", clause)]
    plain_ones = [one for one in clauses if _is_assent(one, operation) or is_mood(one) or (goods.are_repeated_by(one) and not _asks(one))]
    others = goods.not_meant | set(shown.get("others") or ())
    return (
        any(_YES.search(clause) for clause in plain_ones)
        and all(one in plain_ones or _SMALL.fullmatch(one) or _is_aside(one, others) for one in clauses)
        and goods.are_all_named_in(text)
        and not _IN_MINE.search(rest)
        and (operation in _PAYS_BACK or not _BACK.search(rest))
    )


def _without_idioms(text: str, operation: str) -> str:
    """Words without signs, and without the negations and wishes that hold nothing back."""
    text = HARMLESS.sub(" , ", _SIGNS.sub(" ", plain(text)))
    return GIVEN_UP.sub(" , ", text) if operation in _PAYS_BACK else text


def _is_aside(clause: str, others: set[str]) -> bool:
    return not _asks(clause) and is_remark(clause, others)


def _asks(clause: str) -> bool:
    return is_question(Request("affirm", clause))


def _is_assent(clause: str, operation: str) -> bool:
    return is_clear_yes(Request("affirm", _I_SAID.sub("", clause)), operation)


class _Goods:
    """The items of a proposal, by the words a customer may use again.

    What comes instead may be told by its options. What it is now may not: to say that is to correct.
    """

    def __init__(self, shown: Mapping[str, Any], deed: str) -> None:
        summary, kinds = str(shown.get("summary") or "").lower(), shown.get("kinds") or {}
        found = _ITEM.findall(summary)
        told = _TARGET.findall(summary) if summary.startswith(("exchange", "change")) else [options for _, _, options in found]
        self._names = [_words(f"{name} {kinds.get(name, '')}") for _, name, _ in found]
        # Of several items, an option may tell one from the others, and so leave those out.
        options = [_words(each) for each in told] if len(found) == 1 else []
        self._known = set().union(*self._names, *options) - {"no", "none", "not"}
        # What it is now is not what is agreed to, and so neither a repetition nor a remark.
        self.not_meant = set().union(*(_words(options) for _, _, options in found)) - self._known
        self._asked = re.compile(rf"(?:(?:and|so|then|just|please) )*(?:{deed})(?: (?:now|then|please))*") if deed else None
        self._deed = set(re.findall(r"[a-z]{2,}", deed))

    def are_repeated_by(self, clause: str) -> bool:
        """Whether a clause is the deed asked about, or each word is a small one, of that deed, a right count, or of the items."""
        if self._asked and self._asked.fullmatch(clause):
            return True
        return bool(self._names) and all(self._is_known(word) for word in re.findall(r"[\w']+", clause))

    def are_all_named_in(self, text: str) -> bool:
        """Whether a text names all items or none; a word that two of them share names neither."""
        said = _words(text)
        shared = {word for index, name in enumerate(self._names) for other in self._names[index + 1 :] for word in name & other}
        named = [bool(said & (name - shared)) for name in self._names]
        return all(named) or not (any(named) or said & shared or _ONLY.search(text))

    def _is_known(self, word: str) -> bool:
        if word in _COUNTS:
            return _COUNTS[word] == len(self._names)
        return bool(
            word in self._deed or _FILLER.fullmatch(word) or (word == "one" and len(self._names) == 1) or _singular(word) in self._known
        )


def _words(text: str) -> set[str]:
    return {_singular(word) for word in re.findall(r"[\w']+", text)}


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
