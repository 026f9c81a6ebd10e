"""A wish and what to do where it cannot be met: "clicky, and if there is none, leave it"."""

import re
from dataclasses import dataclass

from actions.conditions import CANNOT
from actions.variants.model import Fallback, FallbackKind

_GONE = (
    r"(?:(?:isn'?t|aren'?t|is not|are not|not|no longer|is no longer) (?:\w+ )?(?:available|possible"
    r"|there|in stock|on stock|an option|doable|sold|offered|existing|around)"
    r"|unavailable|sold out|out of stock|(?:doesn'?t|does not|don'?t|do not) (?:exist"
    r"|work|have (?:it|that|one|any|this|those|them)|sell (?:it|that))"
    r"|can'?t (?:be done|do (?:it|that|this)|have (?:it|that)|get (?:it|that|one)|find (?:it"
    r"|that|one|any)|exchange|swap|change|make)(?: (?:it|that|them))?"
    r"|cannot (?:be done|do (?:it|that|this)|exchange|swap|change)(?: (?:it|that|them))?"
    r"|impossible|gone|all gone|not work(?:ing)?)(?: either| too| as well)?"
)
_SECOND = r"(?:(?:i'd|i'll|just|then|take|give me|go for) )*(?:the|your) (?:\w+ )?(?:\w+est|one|next|other|most|least|lowest|highest)\b"
_THEN = r"(?:then|i'd|i'll|i would|i will|i want|just|take|give|go|please|only|leave|return|cancel|keep|exchange|swap|forget|send|get)"
_CONDITION = re.compile(
    rf"\b(?:(?:but |and |or )?(?:if|in case|when|should)\s+(?P<what>(?:(?!\b(?:if|then)\b)[^,.;:!?]){{0,60}}?)\s*{_GONE}"
    rf"|(?:but |and )?if (?:there (?:is|are|'s) (?:no(?:ne|t any|thing)?|not one)|there(?:'s| isn'?t"
    rf"| aren'?t)(?: (?:a|an|any|no|such))?|you (?:have|got|'ve got) no(?:ne)?"
    rf"|(?:none|neither|nothing|no such \w+|not one|no \w+)(?: of (?:them|those|these))?(?: is| are|'s)?)\b"
    rf"(?P<none>[^,.;:!?]{{0,60}}?)(?=[,.;:!?]|$|\b{_THEN}\b|\b{_SECOND})"
    r"|(?:but |and )?if (?:not|that fails|that's a no|no|so not)\b|(?:or )?otherwise\b|or else\b"
    r"|failing (?:that|which|both|those)\b|if nothing (?:fits|works|matches)\b|(?<=[,;.] )else\b|(?<=[,;.] then )else\b"
    r"|(?<!what )(?<!thing )(?<!one )(?<!who )\belse (?=(?:in|the|a|an|leave|keep|cancel|return|take|forget|just|get)\b)"
    r"|(?:and |or |but )?then(?= (?:just )?(?:leave|keep|cancel|return|forget)\b))"
    r"\s*(?:then|,|:|-)*\s*",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:leave (?:it|that|them|this|everything|things|the)|keep (?:it|that|them|mine|this|what"
    r"|the one|the (?:old|present|current|original))|forget (?:it|about|that)|"
    r"skip (?:it|that)|never ?mind|do(?:n'?t| not) (?:bother|change|do|touch|exchange|swap)|no change|nothing"
    r"|drop it|as (?:it is|is)|only (?:exchange|change|do|swap|return)|just (?:exchange|change|do|leave|keep)|not at all)\b"
)
_RETURN = re.compile(r"\b(?:return|send (?:it|that|them) back|refund|money back|give (?:it|them) back)\b")
_CANCEL = re.compile(r"\bcancel\b")
_HUMAN = re.compile(r"\b(?:human|person|agent|someone|somebody|representative|colleague|manager)\b")
_TRAILING = re.compile(r"[\s,;.-]*\b(?:or|and|but)[\s,;]*$", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*(?:[,.;:!?]\s*(?:and |or |but |then |else )?|\b(?:and|or|but)\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Conditional:
    """A text taken apart at "if that isn't available".

    Attributes:
        text: The wish.
        fallback: What to do where it cannot be met; None where nothing was said.
    """

    text: str
    fallback: Fallback | None = None


def split_fallback(text: str) -> Conditional:
    """Take the first condition of a text apart. What the condition itself names ("if there is no red") counts as wished for."""
    cannot = CANNOT.match(text)
    if cannot:  # "if you can't exchange the shoes, cancel it"
        return Conditional(cannot["first"].strip(), Fallback(_kind(cannot["second"]), cannot["second"].strip(" ,;.")))
    found = next((one for one in _CONDITION.finditer(text) if one[0].strip()), None)
    if found is None:
        return Conditional(text)
    before, after = _TRAILING.sub("", text[: found.start()]).strip(" ,;.-"), text[found.end() :].strip(" ,;.")
    if after and _kind(before) is not FallbackKind.WISH and _kind(after) is FallbackKind.WISH:
        return Conditional(after, Fallback(_kind(before), before))  # "leave it if you don't have it in clicky"
    named = (found.group("what") or found.group("none") or "").strip()
    if not re.search(r"\w", after):
        before, after = _last_clause(before)
    if not re.search(r"\w", after):
        return Conditional(text)
    wish = before if _says_something(before) else f"{before} {named}".strip()
    return Conditional(wish, Fallback(_kind(after), after))


def _kind(after: str) -> FallbackKind:
    text = after.lower()
    first = _CLAUSE.split(text)[0] if _CLAUSE.split(text)[0] else text
    for pattern, kind in (
        (_LEAVE, FallbackKind.LEAVE),
        (_RETURN, FallbackKind.RETURN),
        (_CANCEL, FallbackKind.CANCEL),
        (_HUMAN, FallbackKind.HUMAN),
    ):
        if pattern.search(first):
            return kind
    return FallbackKind.WISH


def _says_something(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= 1


def _last_clause(text: str) -> tuple[str, str]:
    """The text without its last clause, and that clause: "red, or the black one if …"."""
    joints = list(_CLAUSE.finditer(text))
    if not joints:
        return text, ""
    return text[: joints[-1].start()].strip(), text[joints[-1].end() :].strip()
