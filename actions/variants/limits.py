"""Price limits in words: "if it's under 50", "no more than I paid", "up to 10 more", "without paying extra"."""

import re
from dataclasses import dataclass

_CENTS = r"(\d{1,6})(?:[.,](\d{1,2}))?(?![\d.,]*\d)"
_SIGN = r"(?:€|\$|£|eur(?:os?)?|usd)"
_AFTER = r"(?:€|\$|£|euros?\b|eur\b|usd\b|dollars?\b|bucks\b|pounds?\b)"
_SURE = rf"(?:{_SIGN}\s?{_CENTS}(?:\s?{_AFTER})?|{_CENTS}\s?{_AFTER})"
_MOST = (
    r"(?:under|below|less than|cheaper than|lower than|up to|max(?:imum)?(?: of)?|at most|no(?:t)? (?:more|higher) than|not over|within|"
    r"not (?:more expensive|cost more|exceed(?:ing)?)(?: than)?|does not exceed)"
)
_LEAST = r"(?:over|above|more than|at least|min(?:imum)?(?: of)?)"
_ABOUT = r"\s+(?:about |around |the )?"
_EXTRA_AFTER = r"\s*(?:more|extra|on top|difference|additional(?:ly)?)\b"
_BACK_AFTER = r"\s*(?:back|less|cheaper|refund(?:ed)?|off)\b"
_EXTRA = (
    re.compile(rf"\b{_MOST}{_ABOUT}{_SURE}{_EXTRA_AFTER}"),
    re.compile(rf"\b(?:difference|extra|surcharge)\s+(?:is |of |stays |costs |not |no more than )*(?:{_MOST})?\s*{_SURE}"),
    re.compile(rf"\bpay(?:ing)?\s+(?:\w+\s+){{0,3}}?{_SURE}{_EXTRA_AFTER}"),
)
_BACK = re.compile(
    rf"\b(?:{_LEAST}{_ABOUT}{_SURE}{_BACK_AFTER}|(?:get|save|saves|saving)\s+(?:me )?(?:{_LEAST}\s+)?{_SURE}(?:{_BACK_AFTER})?)"
)
_MAX = re.compile(rf"\b{_MOST}{_ABOUT}{_SURE}")
_MAX_BARE = re.compile(
    rf"\b(?:cost\w*|price\w*|it'?s|it is|they'?re|that'?s|that is|budget|pay|spend)\s+(?:\w+\s+){{0,3}}?{_MOST}{_ABOUT}{_CENTS}"
)
_MAX_AFTER = re.compile(rf"{_SURE}\s*(?:max(?:imum)?|tops|at most|or less|or under|or below|or cheaper)\b")
_MIN = re.compile(rf"\b{_LEAST}{_ABOUT}{_SURE}")
_NOT_ABOVE_PAID = re.compile(
    r"\b(?:(?:no|not) more than (?:what )?i(?:'ve| have)? (?:already )?paid|(?:no"
    r"|not) (?:any )?more expensive|not cost(?:ing)? (?:me )?(?:any )?more"
    r"|without (?:paying|costing|spending)(?: me)? (?:anything )?(?:more|extra)|(?:no"
    r"|without(?: an?y?)?) (?:extra|additional) (?:cost|charge|fee)s?|no surcharge"
    r"|(?:for )?the same (?:price|money|cost)(?: or (?:less|cheaper|lower|below))?|same price(?: or (?:less|cheaper|lower|below))?"
    r"|(?:cheaper|less) or the same(?: price)?|not pay(?:ing)? (?:anything )?(?:more"
    r"|extra)|equal(?:ly)? (?:priced )?or cheaper|unless it costs more"
    r"|costs? the same(?: or less)?|unless (?:it's|it is|that's|they are) more expensive)\b"
)
_BELOW_PAID = re.compile(
    r"\b(?:(?:if|when|provided|as long as) (?:it|that|this|they|there)(?:'s| is| are"
    r"|'re)? (?:a )?(?:cheaper|less expensive)(?: than (?:what )?i paid)?"
    r"|(?:if|when) (?:it|that) costs less|cheaper than (?:what )?i(?:'ve| have)? paid|less than (?:what )?i(?:'ve| have)? paid)\b"
)


@dataclass(frozen=True)
class Limits:
    """The price limits of a text, in cents, and the text without them. None where there is no limit."""

    max_cents: int | None
    min_cents: int | None
    rest: str


def read_limits(text: str, paid_cents: int | None, *, numbers_are_options: bool) -> Limits:
    """Read the limits of a normalised text.

    Args:
        text: As `values.normal` makes it.
        paid_cents: What the customer paid for the piece, for "no more than I paid"; None where nothing was bought.
        numbers_are_options: Whether a bare number may be an option's value, so that "under 42" is no price.
    """
    most: list[int] = []
    least: int | None = None
    if paid_cents is not None:
        most, text = _relative(text, paid_cents)
    for pattern in (_MAX, _MAX_AFTER, *(() if numbers_are_options else (_MAX_BARE,))):
        found = pattern.search(text)
        if found:
            most.append(_cents(found))
            text = _cut(text, found)
    found = _MIN.search(text)
    if found:
        least, text = _cents(found), _cut(text, found)
    return Limits(min(most) if most else None, least, text)


def _relative(text: str, paid: int) -> tuple[list[int], str]:
    most: list[int] = []
    for pattern, sign in (*((one, 1) for one in _EXTRA), (_BACK, -1)):
        found = pattern.search(text)
        if found:
            most.append(paid + sign * _cents(found))
            text = _cut(text, found)
    for pattern, limit in ((_NOT_ABOVE_PAID, paid), (_BELOW_PAID, paid - 1)):
        found = pattern.search(text)
        if found:
            most.append(limit)
            text = _cut(text, found)
    return most, text


def _cents(found: re.Match[str]) -> int:
    groups = found.groups()
    at = next(index for index, group in enumerate(groups) if group and index % 2 == 0)
    return int(groups[at]) * 100 + int((groups[at + 1] or "0").ljust(2, "0"))


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} , {text[found.end() :]}"
