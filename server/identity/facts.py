"""Reads out of a customer's words what a weak proof rests on: an e-mail address, or a name and a postal code.

Nothing here knows an account. What is read are candidates, each with its place in the text; the records decide which of them is true,
so that any way of putting it will do ("Byron, Ada - zip 10115", "it's ada byron in 10115"), and nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

MOST_POSTAL_CODES: Final = 3
MOST_NAMES: Final = 24
_BEFORE, _AFTER = 6, 5
"""How many words around a postal code may be the name."""
_NEXT = 3
"""How many of them stand right beside it: the likeliest, so that a long story before them does not use up the tries."""
_SHORT = 3
"""A message of so few words may be nothing but a name."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTAL_CODE = re.compile(
    r"(?<![\w#@.-])(?:\d{5}(?:-\d{4})?|\d{3}\s\d{2}|\d{4}(?:\s?[A-Z]{2})?|"
    r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)(?![\w@-]|\.\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*")
_TELLS_NAME = re.compile(r"\b(?:(?:my|full|first|last) names?(?:['’]s| is)?|names?(?:['’]s| is)|names?(?=\s*[:=]))[\s:=]*", re.IGNORECASE)
_TELLS_SELF = re.compile(r"\b(?:i['’]?m|i am|this is|it['’]?s)\b[\s:]*", re.IGNORECASE)
_SELF_NAMED = re.compile(r"\b(?:[Ii]['’]?m|[Ii] am|[Tt]his is),?\s+[A-Z][\w'’-]+\s+[A-Z]")
_LABELS: Final = frozenset(
    """my our the is its it's it’s and i'm i’m im i am this that's full first last given family middle second sur surname forename name
    names name's name’s zip zipcode zip-code code postal postcode post plz e-mail email mail address hi hello hey there yes sure ok
    okay of course here are you go thanks thank please no problem well so a in from with at under called on account customer was be
    would get""".split()  # noqa: SIM905
)
"""Words said around such facts that belong to them, or to courtesy."""
_COURTESIES: Final = frozenset(
    """i me don't don’t dont do not remember recall know have forgot lost can't can’t cannot but live lives living only just think any other
    hope helps that works need you're welcome no it""".split()  # noqa: SIM905
)
"""Words that ask for nothing."""
_ANY_WORD = re.compile(r"[\w'’-]+")
_LAST_WORD = re.compile(r"[\w'’-]+$")
_CLOSING = re.compile(r"^\s*[)\]'\"’]+")
_GAP = "\0"


@dataclass(frozen=True)
class Found:
    """A piece of a text and where it stands."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The whole of a match."""
        return cls(match[0], match.start(), match.end())


@dataclass(frozen=True)
class Name:
    """Two words that may be a first and a last name."""

    first: str
    last: str
    words: tuple[Found, ...]


@dataclass(frozen=True)
class Facts:
    """What a text holds that a proof may rest on.

    Attributes:
        claimed: Whether the text plainly says who somebody is; words near a postal code may as well be a street.
        names_alone: Whether a name is plainly given, without a postal code.
    """

    emails: tuple[Found, ...] = ()
    names: tuple[Name, ...] = ()
    postal_codes: tuple[Found, ...] = ()
    claimed: bool = False
    names_alone: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to check."""
        return not (self.emails or self.names or self.postal_codes)


def read_facts(text: str) -> Facts:
    """Find every candidate in a customer's words, the likelier names first."""
    emails = tuple(Found.of(match) for match in _EMAIL.finditer(text))
    codes = tuple(Found.of(match) for match in _POSTAL_CODE.finditer(text))[:MOST_POSTAL_CODES]
    words = _name_words(text, emails)
    told = list(_following(words, text, _TELLS_NAME))
    beside = [run for code in codes for run in _around(words, code, _NEXT, _NEXT)]
    runs = [*told, *beside, *_following(words, text, _TELLS_SELF), *(run for code in codes for run in _around(words, code))]
    names = _pairs([*runs, *([words] if _may_be_a_name(words) else [])])[:MOST_NAMES]
    return Facts(
        emails,
        names,
        codes,
        claimed=bool(emails) or bool(names and codes and (told or _SELF_NAMED.search(text))),
        names_alone=bool(told and names and not codes and not emails),
    )


def text_without(text: str, pieces: Sequence[Found]) -> str:
    """The text without these pieces and the words that introduce them; empty where only courtesy is left."""
    cut = _cut(text, pieces)
    return cut if any(word.lower() not in _LABELS | _COURTESIES for word in _ANY_WORD.findall(cut)) else ""


def _name_words(text: str, emails: Sequence[Found]) -> list[Found]:
    """The words that can be part of a name: those of e-mail addresses, labels and courtesies are none."""
    found = [Found.of(match) for match in _WORD.finditer(text)]
    return [w for w in found if w.text.lower() not in _LABELS and not any(mail.start <= w.start < mail.end for mail in emails)]


def _may_be_a_name(words: Sequence[Found]) -> bool:
    return len(words) <= _SHORT and not any(word.text.lower() in _COURTESIES for word in words)


def _following(words: Sequence[Found], text: str, introduction: re.Pattern[str]) -> Iterator[list[Found]]:
    for match in introduction.finditer(text):
        yield [word for word in words if word.start >= match.end()][:4]


def _around(words: Sequence[Found], code: Found, before: int = _BEFORE, after: int = _AFTER) -> Iterator[list[Found]]:
    yield [word for word in words if word.end <= code.start][-before:]
    yield [word for word in words if word.start >= code.end][:after]


def _pairs(runs: Sequence[Sequence[Found]]) -> tuple[Name, ...]:
    """Neighbours as first and last name, both ways round, and names of three words."""
    found: dict[tuple[int, ...], Name] = {}
    for run in runs:
        for at in range(len(run) - 1):
            one, two, three = run[at], run[at + 1], run[at + 2] if at + 2 < len(run) else None
            found[one.start, two.start] = Name(one.text, two.text, (one, two))
            found[two.start, one.start] = Name(two.text, one.text, (one, two))
            if three:
                found[one.start, two.start, three.start] = Name(f"{one.text} {two.text}", three.text, (one, two, three))
                found[one.start, three.start, two.start] = Name(one.text, f"{two.text} {three.text}", (one, two, three))
    return tuple(found.values())


def _cut(text: str, pieces: Sequence[Found]) -> str:
    for piece in sorted(pieces, key=lambda found: found.start, reverse=True):
        text = f"{text[: piece.start]} {_GAP} {text[piece.end :]}"
    *introducing, last = text.split(_GAP)
    return _tidy([_CLOSING.sub("", part) for part in [*(_without_tail(part) for part in introducing), last]])


def _without_tail(part: str) -> str:
    """A part without the labels at its end, which introduce what was cut out after it."""
    while True:
        trimmed = part.rstrip(" \t\n,;:=()[]'\"’*/&-")
        word = _LAST_WORD.search(trimmed)
        if not word or word[0].lower() not in _LABELS:
            return trimmed
        part = trimmed[: word.start()]


def _tidy(parts: Sequence[str]) -> str:
    joined = " ".join(part.strip() for part in parts if part.strip(" .,;:!-"))
    joined = re.sub(r"\s+([.,;:!?])", r"\1", joined)
    joined = re.sub(r"([.!?])[\s.,;:]*([.,;:])", r"\1", joined)
    return re.sub(r"^(?:[\s.,;:!?)-]+|(?:and|but|so)\b)+|[\s,;:(-]+$", "", joined).lstrip()
