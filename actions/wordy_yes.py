"""A yes in more words: it says again what was shown, or is friendly or impatient besides. Any other word makes it unclear.

What is said again has to be what the proposal says: its items, and the way to pay and the amount that it names.
"""

import re
from collections.abc import Mapping
from typing import Any

from actions.echoed_money import EchoedMoney
from actions.turn import Request
from actions.yes_no import ALL, DECISION, DEEDS, changes_its_mind, is_clear_yes, plain

_CLAUSE = re.compile(r"[.,!;…\n]+|\s[-–—]+\s|\s+(?:and|but|so) (?=(?:thank|you|that'?s|that is|please)\b)")
_YES = re.compile(rf"\b(?:{DECISION})\b")
_ITEM = re.compile(r"(\d+) x ([^(,?]+?)(?: \(([^)]*)\))?(?= and \d|, \d| from | for |\?|$)")
_TARGET = re.compile(r" to [^(?]*\(([^)]*)\)")
_ONLY = re.compile(r"\b(?:only|just)\b")
_FILLER = re.compile(
    r"yes|yep|yeah|yup|sure|absolutely|correct|a|an|and|as|do|exactly|for|from|go|ahead|i|in|is|it|items?|it's|just|my|of|only|order|"
    r"pair|please|proceed|right|shown|so|such|thanks?|that|that's|the|them|then|these|they|things?|this|those|to|want|wanted|asked|"
    r"with|you|your|ones|size|colou?r|both"
)
_THAT_IS_ALL = re.compile(rf"\b{ALL}\b|\ball(?= (?:two|three|four|five|six)\b)")
_HASTE = re.compile(
    r"^\W*(?:(?:oh|ugh|hm+|um+|well|ok|okay)\W+)*wait\b(?=\W+(?:ok|okay|oh|yes+|yep|yeah|sure)\b)|"
    r"\bas (?:fast|quick(?:ly)?|soon) as (?:you can|possible)\b|\basap\b|\b(?:right|straight) away\b|\bat (?:once|last)\b|"
    r"\b(?:already|finally|immediately|quickly|hurry(?: up)?|get on with it)\b"
)
"""Impatience, which asks for nothing else than what was shown."""
_SMALL = re.compile(r"(?:(?:and|so|then|now|please|pls|thanks|thank you)\s*)+")
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_KIND = re.compile(
    r"\b(?:helps too|works out|help(?:s|ed|ful)|appreciat\w+|glad|happy|relief|relieved|lovely|nice|wonderful|awesome|brilliant|"
    r"finally|at last|about time|long enough|took you|worry|kind(?:ly)?|grateful|delighted|pleased|fantastic|made my day|what a day|"
    r"hard|luckily|phew|hooray|perfect|great|good|excellent|amazing|saved my|life ?saver|god'?s sake|heaven'?s sake|come on|"
    r"for real|this time|jeez|crap|damn|oh my|there it is|well|ok(?:ay)?|alright|all right|fine|so be it|thank\w*|cheers|super|cool)\b"
)
_BESIDE = re.compile(
    r"you(?:'ve|'re| have)?|i(?:'m| am)?|we|me|us|am|are|was|be|been|would|has|have|'s|really|very|much|so|such|what|how|a|an|"
    r"few|bit|lot|bunch|million|my|day|week|weekend|evening|night|life|time|times|getting|get|got|euros?|dollars?|bucks|money|back|helps?|"
    r"for|oh|at|of|to|hear|know|see|long|enough|now|again|everyone|man|mate|friend|dear|absolutely|totally|sounds|does|"
    r"took|ages|forever|works?|good|job|work|service|star|angel|legend|genius|best|better|big|huge|real|this|that|"
    r"mean|said|say|already|told|love|it|is|it's|that's|the|and|yes+|yep|yeah|please|goodness|god|heavens?|lord|gosh|wow|yay|hurrah|oof|ugh|phew"
)
"""What may stand beside a kind or an impatient word. A word that no mood needs, such as a colour, makes the yes unclear."""
_BACK = re.compile(r"\b(?:money|back|refund)\b")
_PAYS_BACK = frozenset({"cancel_order", "return_items"})
_LONGEST = 160


def is_wordy_yes(text: str, shown: Mapping[str, Any]) -> bool:
    """Whether a yes only repeats the proposal or is friendly besides: "yes, only the lamp" where the lamp is all that was shown.

    Args:
        text: All words of the message.
        shown: The open proposal; its `summary` names the items as "2 x Name (options)", its `kinds` say what they are.
    """
    text = _HASTE.sub(" ", _THAT_IS_ALL.sub(" ", plain(text)))
    if not shown or "?" in text or len(text) > _LONGEST or changes_its_mind(_ONLY.sub("", text)):
        return False
    operation = str(shown.get("operation") or "")
    goods = _Goods(shown, DEEDS.get(operation, ""))
    rest = EchoedMoney(shown).left_out_of(text)
    clauses = [found for clause in _CLAUSE.split(rest) if (found := clause.strip(" -–—'\"")) and re.search(r"\w", found)]
    return (
        any(_YES.search(clause) for clause in clauses)
        and all(
            _SMALL.fullmatch(clause) or _is_assent(clause, operation) or goods.are_repeated_by(clause) or _is_mood(clause)
            for clause in clauses
        )
        and goods.are_all_named_in(text)
        and (operation in _PAYS_BACK or not _BACK.search(rest))
    )


def _is_assent(clause: str, operation: str) -> bool:
    return is_clear_yes(Request("affirm", clause), operation)


def _is_mood(clause: str) -> bool:
    """Kind or impatient words that wish nothing; a clause of a yes and such words counts as well."""
    rest = _KIND.sub(" ", clause)
    return rest != clause and all(_BESIDE.fullmatch(word) for word in re.findall(r"[\w']+", rest))


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
        self._deed = set(re.findall(r"[a-z]{2,}", deed))

    def are_repeated_by(self, clause: str) -> bool:
        """Whether each word of a clause is a small one, the deed asked about, a right count, or a word of the items."""
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
