"""An open proposal in the words that a customer may use again: its deed, its goods, its address, its money."""

import re
from collections.abc import Mapping
from typing import Any

from actions.closing import without_closing
from actions.echoed_money import EchoedMoney
from actions.remarks import GIVEN_UP, HARMLESS, HASTE, is_mood
from actions.turn import Request
from actions.yes_no import ALL, DEEDS, DONE, is_clear_yes, plain
from shop.filtering import singular

_SIGNS = re.compile(r"[^\w\s'.,!?;:…€$£()–—-]+")
_ITEM = re.compile(r"(\d+) x ([^(,?]+?)(?: \(([^)]*)\))?(?= and \d|, \d| from | for |\)|\?|$)")
_TARGET = re.compile(r" to [^(?]*\(([^)]*)\)")
_MOVE = re.compile(r"(?: to | with )(?P<to>[^?]*?) instead of (?P<of>[^?]*)\?")
"""Where an order goes or how it is paid, and where or how it was."""
_DAY = re.compile(r"\bby (\d+ \w+)")
ONLY = re.compile(r"\b(?:only|just)\b(?! (?:do|go|get|please|proceed|confirm|make it|return (?:it|them)|cancel it|swap it|exchange it)\b)")
_FILLER = re.compile(
    r"yes+|yep|yeah|yup|sure|absolutely|correct|a|an|and|as|do|exactly|for|from|go|ahead|i|in|is|it|items?|it's|just|my|of|only|order|make|"
    r"pair|please|pls|proceed|right|shown|so|such|thanks?|that|that's|the|them|then|these|they|things?|this|those|to|want|wanted|asked|"
    r"with|you|your|ones|both|very|precisely|on|at|into|difference"
)
_THAT_IS_ALL = re.compile(rf"\b{ALL}\b|\ball(?= (?:two|three|four|five|six)\b)")
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SMALL = frozenset("your my the a an of to in and order ending with power colour size".split())  # noqa: SIM905
_NEW_PLACE = re.compile(r"\b(?:to )?(?:my|our|the) new (?:flat|home|house|place|address|apartment)\b")
_PAYS_BACK = frozenset({"cancel_order", "return_items"})
_VERBS = frozenset("cancel return exchange swap change refund switch update modify".split())  # noqa: SIM905
_TO_A_PLACE = re.compile(r"\b(?:to|in|at|into|near) (?!it\b)\w")
_ORDERS = re.compile(r"(?:(?:yes|please|just|and|do) )*(?P<verb>order|send me)\b(?!.*\bback\b)")
_DECIMALS = re.compile(r"(\d)[.,](\d\d)(?!\d)")
_SPOKEN_SUM = re.compile(r"(?<![\w.,])(\d+)(?= (?:back )?(?:on|onto|to|back) (?:my|the|your)\b)")


class Shown:
    """A proposal as it was shown.

    What comes instead may be told by its options. What it is now may not be said alone: to say that is to correct.

    Args:
        shown: The open proposal; its `summary` names the items as "2 x Name (options)", its `kinds` say what they are.
    """

    def __init__(self, shown: Mapping[str, Any]) -> None:
        summary, kinds = str(shown.get("summary") or "").lower(), shown.get("kinds") or {}
        self.operation = str(shown.get("operation") or "")
        self.pays_back = self.operation in _PAYS_BACK or bool(shown.get("refunds"))
        self.moves_money = bool(shown.get("charges") or shown.get("refunds"))
        self._is_swap = summary.startswith(("exchange", "change in"))
        self._money = EchoedMoney(shown)
        self._order = _order_pattern(str((shown.get("arguments") or {}).get("order_id") or ""))
        self._day = next(iter(_DAY.findall(summary)), None)
        found = _ITEM.findall(summary)
        told = _TARGET.findall(summary) if summary.startswith(("exchange", "change")) else [options for _, _, options in found]
        self._names = [_words(f"{name} {kinds.get(name, '')}") for _, name, _ in found]
        # Of several items, an option may tell one from the others, and so leave those out.
        options = [_words(each) for each in told] if len(found) == 1 else []
        move = None if found else _MOVE.search(summary)
        place = _words(move["to"]) - _SMALL if move else set()
        self._known = set().union(place, *self._names, *options) - {"no", "none", "not"}
        # What it is now is not what is agreed to, and so neither a repetition nor a remark.
        was = [options for _, _, options in found] + ([move["of"]] if move else [])
        self.not_meant = set().union(*(_words(one) for one in was)) - self._known
        self.others = self.not_meant | set(shown.get("others") or ())
        deed = DEEDS.get(self.operation, "")
        before = r"(?:(?:and|so|then|just|please|do|now|ok|okay|well) )*"
        self._asked = re.compile(rf"{before}(?:{deed})(?: (?:now|then|please))*") if deed else None
        self._deed = set(re.findall(r"[a-z]{2,}", deed)) | ({"take", "charge", "pay"} if shown.get("charges") else {"put"})
        self._deed |= {"send", "me"} if self._is_swap or place else set()
        self._place = place
        self._corrects = self._correction(set().union(*options))
        self._swapped = self._swap_pattern()

    def plain(self, text: str) -> str:
        """Words in small letters, without signs, the proposal's own order and last day, and what holds nothing back by its sound."""
        text = _DECIMALS.sub(r"\1.\2", _SIGNS.sub(" ", plain(without_closing(text)))).replace("giftcard", "gift card")
        text = HARMLESS.sub(" , ", self._order.sub(" ", text) if self._order else text)
        text = GIVEN_UP.sub(" , ", text) if self.operation in _PAYS_BACK else text
        text = re.sub(r"\bfor me\b", " ", text)
        text = text.replace(self._day, " it ") if self._day else text
        return HASTE.sub(" ", _THAT_IS_ALL.sub(" ", _NEW_PLACE.sub(" , ", self._swapped.sub(" for ", text) if self._swapped else text)))

    def without_money(self, text: str) -> str:
        """Words without what they say again of the money."""
        return self._money.left_out_of(_SPOKEN_SUM.sub(r"\1 euros", text))

    def without_echoes(self, text: str, *, source: bool) -> str:
        """Words in which what was shown is only "it"; what it is now stays, unless `source`."""
        known = self._known | (self.not_meant if source else set())
        return re.sub(r"[\w']+", lambda found: "it" if _singular(found[0]) in known else found[0], self.without_money(text))

    def is_assent(self, clause: str) -> bool:
        """Whether a clause is a yes, a friendly word, or says again what was shown."""
        return is_clear_yes(Request("affirm", clause), self.operation) or is_mood(clause) or self.are_repeated_by(clause)

    def is_the_deed(self, clause: str) -> bool:
        """Whether a clause tells to do just what was asked about: "return it please", "return the lamp"."""
        if self.is_only_the_deed(clause):
            return True
        words = re.sub(r"^(?:(?:and|so|then|just|please|now|ok|okay|well|i'd like to|i would like to) )*", "", clause).split()
        return bool(words) and words[0] in self._deed & _VERBS and bool(_words(clause) & self._known) and self._is_echo(clause)

    def is_only_the_deed(self, clause: str) -> bool:
        """Whether a clause points at what was asked about and tells to do it; a wish that is said again in full is no answer."""
        return bool(self._asked and self._asked.fullmatch(clause))

    def says_what_to_do(self, text: str) -> bool:
        """Whether a yes is more than a "yes": it says to go on, the deed, or all that was shown."""
        said = _words(text)
        named = self._names and all(said & name for name in self._names) and self.are_all_named_in(text)
        return bool(self.tells_the_deed(text) or said & self._place or named)

    def tells_the_deed(self, text: str) -> bool:
        """Whether a yes says to go on, or what was asked about."""
        return bool(DONE.search(text) or (self._asked and self._asked.search(text)) or _words(text) & self._deed & _VERBS)

    def are_repeated_by(self, clause: str) -> bool:
        """Whether a clause is the deed asked about, or each word is a small one, of that deed, a right count, or of what was shown."""
        return self.is_the_deed(clause) or self._is_echo(clause)

    def are_all_named_in(self, text: str) -> bool:
        """Whether a text names all items or none; a word that two of them share names neither."""
        if not self._names:
            return not ONLY.search(text)
        said = _words(text)
        shared = {word for index, name in enumerate(self._names) for other in self._names[index + 1 :] for word in name & other}
        named = [bool(said & (name - shared)) for name in self._names]
        return all(named) or not (any(named) or said & shared or ONLY.search(text))

    def names_others(self, text: str) -> bool:
        """Whether a text speaks of other goods of the customer's, of some alone that were shown, or of a place."""
        if self._place and _TO_A_PLACE.search(text):
            return True
        return any({word, singular(word)} & self.others for word in re.findall(r"[\w']+", text))

    def _is_echo(self, clause: str) -> bool:
        clause = re.sub(r"^(?:i|we)(?:'d| would) like to ", "", clause)
        ordered = _ORDERS.match(clause)
        if ordered and not (self._is_swap and ordered["verb"] == "send me"):
            return False
        if not self._known or (self._corrects and self._corrects.search(clause)):
            return False
        return all(self._is_known(word) for word in re.findall(r"[\w']+", clause))

    def _correction(self, options: set[str]) -> re.Pattern[str] | None:
        """What comes instead, said as what is there: "swap the white one", where white is what was offered."""
        new = "|".join(map(re.escape, sorted(options - set().union(*self._names)))) if self._is_swap else ""
        return re.compile(rf"\b(?:{'|'.join(_VERBS)}) (?:(?!for\b|to\b|into\b|with\b)\w+ )*?(?:{new})\b") if new else None

    def _is_known(self, word: str) -> bool:
        if word in _COUNTS:
            return _COUNTS[word] == len(self._names)
        return bool(
            word in self._deed or _FILLER.fullmatch(word) or (word == "one" and len(self._names) == 1) or _singular(word) in self._known
        )

    def _swap_pattern(self) -> re.Pattern[str] | None:
        """What it is now, said with what comes instead: "the black one for [the white one]", "instead of the black one"."""
        was, new = (rf"(?:{'|'.join(map(re.escape, sorted(words - _SMALL)))})s?" for words in (self.not_meant, self._known))
        if not self.not_meant - _SMALL or not self._known:
            return None
        goods = "|".join(map(re.escape, sorted(set().union(*self._names)))) or "one"
        now = rf"(?:the |my )?{was}(?:,? {was})*(?: (?:one|{goods})s?)?"
        return re.compile(rf"\b(?:from )?{now} (?:for|to|into|against)(?= (?:(?:the|a|my) )?{new}\b)|\binstead of {now}(?=\W|$)")


def _order_pattern(order_id: str) -> re.Pattern[str] | None:
    digits = re.sub(r"\D", "", order_id)
    return re.compile(rf"(?<![\w-])(?:order )?(?:{re.escape(order_id.lower())}|#{digits})(?![\w-])") if digits else None


def _words(text: str) -> set[str]:
    return {_singular(word) for word in re.findall(r"[\w']+", text)}


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
