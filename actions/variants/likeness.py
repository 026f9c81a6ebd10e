"""Words that take another piece of the customer's own for a model: "the same as in my other order", "like the one I got in CH-1"."""

import re

_NUMBER = r"(?:#\s?[a-z]{0,3}-?\d{3,9}|[a-z]{1,3}\s?-?\s?\d{4,9}|\d{5,9})"
_KIND = r"(?:other|others|pending|open|delivered|second|first|previous|last|earlier|older|latest|recent)"
_GOT = (
    r"(?:(?:that |which )?(?:i|we)(?:'ve| have| had)?(?: already| also)? (?:got|have|had|bought|ordered|own|received|chose"
    r"|picked|took|get|purchased)\b)"
)
_WHERE = (
    r"(?:(?:in|from|of|on|with|under|that came (?:in|with)) (?:(?:my|the|that) (?:[\w-]+ ){0,2}?(?:order|purchase|parcel)"
    rf"(?: (?:number )?{_NUMBER})?|order (?:number )?{_NUMBER}|{_NUMBER}))"
)
_ALIKE = (
    r"(?:as(?= (?:in|on|with|from)\b)|same\b|match(?:es|ing)?\b|identical\b|equal\b"
    r"|(?<!d )(?<!would )(?<!i )(?<!we )(?<!you )like\b(?! to\b))"
    r"(?! (?:item |one |piece |thing )?(?:again\b|once more))"
)
_OTHERS = rf"(?:(?:my|the) (?:\w+ ){{0,2}}?{_KIND} (?:one|order|[\w-]+)\b)"
_LIKE = re.compile(
    rf"\b{_ALIKE}[^,.;!?]{{0,60}}?(?:\b{_OTHERS}|\b{_GOT}|\bone from my\b|\b{_WHERE})(?:\s+{_GOT})?(?:\s+{_WHERE})?",
    re.IGNORECASE,
)
_AS_OWN = re.compile(
    r"\b(?:same|identical|equal|matching)\s+(?:[\w-]+\s+){0,3}?(?:as|to|with|like)\s+(?:on |of |for )?(?:my|the)\s+[^,.;!?]+", re.I
)
_TYPE_IN = re.compile(
    r"\b(?:for|to|into|with|against|like|of|in|be|have|want|take)\s+(?:exactly |just )?(?:the|that)\s+(?:very |exact )?(?:same )?"
    r"(?:type|kind|sort|model|version|variant|style|one|thing)(?:'s)?\s+(?:[\w'-]+ ){0,4}?(?:in|from|of|on) (?:my|the|that) "
    rf"{_KIND} (?:order|purchase|parcel)\b",
    re.IGNORECASE,
)
"""What names another order beside the customer's own piece: "for the type in my pending order"."""
_LOOK_THERE = re.compile(rf"\blook\w* (?:it up )?(?:in|at|into|up) (?:my|the|that) {_KIND} (?:order|purchase|parcel)\b", re.IGNORECASE)
_HAVE_THERE = re.compile(
    rf"\b(?:have|got|is|there's) (?:an?|my|another) {_KIND} (?:order|purchase|parcel)\b[^!?]*\b(?:same|that one|like that|one like)\b"
    rf"|\b(?:same|that one|like that) [^.,;!?]{{0,30}}[.,;]? (?:it(?:'s| is) )?in (?:my|the) {_KIND} (?:order|purchase|parcel)\b",
    re.IGNORECASE,
)
"""A model that is told of first: "I have a pending order with a mug in it. I want that same one"."""
_RANKED = r"(?:cheap(?:er|est)|dear(?:er|est)|pric(?:ier|iest)|least expensive|(?:more|most) expensive)"
_OF_OTHERS = re.compile(
    r"\b(?:cheap(?:er|est)|dear(?:er|est)|pric(?:ier|iest)|least expensive|(?:more|most) expensive|same|like) (?:one )?"
    r"(?:as |of |from |among |out of |between )+(?:the |my |those )?(?:other )?(?:two |three |2 |3 )?(?:other )?(?:[\w-]+ ){0,3}?"
    r"(?:(?:I (?:have|got|bought|ordered) )?in|from|of) (?:that|the same|this|the rest of (?:that|the|my|this)) order\b"
    rf"|\b{_RANKED} (?:one )?of (?:the|my) other (?:two|three|2|3)\b"
    rf"|\b{_RANKED} (?:[\w-]+ ){{0,3}}?(?:from|of|in|among|out of) the rest of (?:that|the|my|this) order\b"
    rf"|\b(?:same|like|identical)(?: one)? (?:as |to )?(?:the )?{_RANKED} (?:one )?(?:of|among) (?:those|these|them|the|my)"
    r"(?: other)?(?: two| three| 2| 3| ones)?\b",
    re.IGNORECASE,
)
"""Other pieces of the same order: "the cheaper of the other two mugs in that order"."""
_MOST_MODELS = 3
_FOR = re.compile(
    r"\b(?:for|to|into|with|against|as)\s+(?:the (?:same )?|that (?:same )?|what |my )(?:[\w'-]+ ){0,3}?"
    rf"(?:(?P<had>{_GOT}\s*(?:{_WHERE}|$))|(?P<where>{_WHERE}))",
    re.IGNORECASE,
)


def likeness_in(text: str) -> str | None:
    """The part of a text that names a model of the customer's own; None where it names none."""
    found = _found(text)
    return found[0] if found else None


def without_likeness(text: str) -> str:
    """The text without the models that it names, for what is to be changed."""
    for _ in range(_MOST_MODELS):
        found = _found(text)
        if not found:
            break
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def ranks_others(likeness: str) -> bool:
    """Whether a model is one of the customer's other pieces of the same order, told by its price."""
    return bool(re.search(_RANKED, likeness, re.IGNORECASE)) and bool(_OF_OTHERS.fullmatch(likeness))


def _found(text: str) -> re.Match[str] | None:
    plain = text.replace("’", "'")
    found = _OF_OTHERS.search(plain) or _TYPE_IN.search(plain) or _LIKE.search(plain) or _AS_OWN.search(plain) or _HAVE_THERE.search(plain)
    if found:
        return found
    found = _LOOK_THERE.search(plain)
    if found:
        return found
    # "Exchange the flask for the one in CH-1" names a model only where the flask's own order is named too.
    loose = _FOR.search(plain)
    rest = plain[: loose.start()] + plain[loose.end() :] if loose else ""
    return loose if loose and (loose["had"] or re.search(rf"\b{_NUMBER}\b|\border\b", rest)) else None
