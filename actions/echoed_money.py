"""The way to pay and the amount of a proposal, as a customer says them again beside a yes: "yes, the mastercard then"."""

import re
from collections.abc import Mapping
from typing import Any

_CURRENCY = r"(?:euros?|eur|dollars?|usd|bucks|pounds?|gbp|quid)"
_SMALL = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_SPOKEN = re.compile(rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?=\w))?)?(?P<small>{'|'.join(_SMALL)})?\b(?= (?:{_CURRENCY}|cents?)\b)")
_CENTS = re.compile(r"(?<![\w.,-])(?:(?:the|just|only|about) )?(?P<cents>\d{1,2}) ?cents?\b(?: back)?")
_AMOUNT = re.compile(
    r"(?<![\w.,-])(?:the |my |those |these )?"
    rf"(?:(?P<sign>[€$£]) ?)?(?P<whole>\d[\d,]*)(?:\.(?P<cents>\d\d))?(?: ?(?P<unit>{_CURRENCY}\b|[€$£]))?(?: back)?(?![\w-]|[.,]\d)"
)
_BACK_TO = "back put refund send goes go that it is it's in via to on onto"
_PAID_BY = "charge pay paid use take put goes go that it is it's with from by via to on onto"
_DIRECTIONS = frozenset(f"{_BACK_TO} {_PAID_BY}".split())
_OTHERWISE = frozenset("gift other another new second different than of except besides without half both".split())  # noqa: SIM905
"""Words before a way to pay by which another is meant, or more than one."""
_FINE = r"(?:right|correct|fine|ok|okay|good|great|perfect|alright)"
_AFTER = rf"(?: (?:it is|is it|(?:(?:is|that's|it's|will be|sounds) )?{_FINE}))?(?: (?:too|then|as well|with me|by me|for me))*(?: please)?"
_SHORT = {"amex": "american express", "mc": "mastercard", "master card": "mastercard", "pay pal": "paypal", "pay-pal": "paypal"}


class EchoedMoney:
    """What a proposal says of money: one way to pay, and its amounts. Nothing else is taken for a repetition.

    Args:
        shown: The open proposal, with its charges and refunds.
    """

    def __init__(self, shown: Mapping[str, Any]) -> None:
        charges, refunds = list(shown.get("charges") or []), list(shown.get("refunds") or [])
        # Where money moves both ways, the one that is charged was chosen.
        labels = {str(one["label"]).lower() for one in (charges or refunds)}
        self._cents = {int(one["amount_cents"]) for one in (*charges, *refunds)}
        self._leading = frozenset((_PAID_BY if charges else _BACK_TO).split())
        self._money = "" if charges else r"(?:(?:the |my )?(?:money|refund) )?(?:(?:back|goes|go|sent) )*"
        self._names = _names(labels.pop(), original=bool(shown.get("to_original"))) if len(labels) == 1 else ()

    def left_out_of(self, text: str) -> str:
        """Words without what they say again of the money; a way or an amount that was not shown stays in them."""
        text = _CENTS.sub(self._unknown_cents, _SPOKEN.sub(_in_digits, text))
        text = _AMOUNT.sub(self._unknown_amount, text)
        for short, full in _SHORT.items():
            text = re.sub(rf"\b{short}\b", full, text)
        for name in self._names:
            way = rf"(?<![\w-]){self._money}(?P<to>(?:(?!original)[a-z']+ )?(?:my |the |your )?)(?P<name>{name}{_AFTER})(?![\w-])"
            text = re.sub(way, self._unknown_way, text)
        return text

    def _unknown_way(self, found: re.Match[str]) -> str:
        """Nothing for the way that was shown, as far as the word before it says nothing else: money goes to it, or comes from it."""
        before = found["to"].split()
        verb = next((word for word in before if word not in {"my", "the", "your"}), None)
        if verb in _OTHERWISE or (verb in _DIRECTIONS and verb not in self._leading):
            return found[0]
        return f" {verb if verb and verb not in self._leading else ''} , "

    def _unknown_cents(self, found: re.Match[str]) -> str:
        """Nothing for an amount below one unit that was shown."""
        return " , " if int(found["cents"]) in self._cents else found[0]

    def _unknown_amount(self, found: re.Match[str]) -> str:
        """Nothing for an amount that was shown. A bare number may as well be a size."""
        is_money = found["sign"] or found["cents"] or found["unit"]
        cents = int(found["whole"].replace(",", "")) * 100 + int(found["cents"] or 0)
        return " , " if is_money and cents in self._cents else found[0]


def _in_digits(found: re.Match[str]) -> str:
    """An amount in words as one in digits: "thirty-seven" is "37"."""
    tens, small = found["tens"], found["small"]
    number = ((_TENS.index(tens) + 2) * 10 if tens else 0) + (_SMALL.index(small) + 1 if small else 0)
    return str(number) if number else found[0]


def _names(label: str, *, original: bool) -> tuple[str, ...]:
    """What a way to pay may be called, the longest first: "original mastercard ending in 1881", "card"."""
    name, _, ending = label.partition(" ending in ")
    kind = name if name in {"gift card", "paypal"} else rf"(?:(?:credit|debit) )?(?:{re.escape(name)}|card)(?: card)?"
    number = rf"(?:,? (?:the one )?(?:ending (?:in|with|on) |with )?{re.escape(ending)})?" if ending else ""
    first = "(?:original )?" if original else ""
    called = rf"{first}{kind}(?: account)?{number}"
    return (called, "original (?:payment )?(?:method|one)", "(?:how|the way) i paid") if original else (called,)
