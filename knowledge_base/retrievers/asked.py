"""What a question asks of a product, and which lines of the product's record tell it.

A record that says how wide a bag is says nothing of how wide its straps are, though both sentences are near to each other in meaning. So
a question is read for its matter ("width", "where it is made") and for the part that it is about ("straps"); a line tells it where it
speaks of both. What is known of matters and parts stands in `asked.yml`; a question that it does not know stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.text import stemmer, words

_FILE = Path(__file__).with_name("asked.yml")
_MOST_WORDS = 3
_NOT_THINGS = frozenset(
    """it they them this that these those one ones thing item product set whole all other same way time day night year years kind sort
    bag place room space option chance problem plan difference idea reason case piece pieces
    price size weight colour color material width height length depth thickness diameter temperature warranty guarantee brand name
    model version box""".split()  # noqa: SIM905
)
_ENDS = frozenset(
    """is are was were be been being do does did has have had can could may might must will would shall should i you he she we me my your
    a an the its their it they this that of in on at to for from with without by into onto out off up down over under as than when while if
    and or but not so too also still already ever really made make get gets go goes come comes take takes fit fits cover covers work
    works turn turns need needs last lasts keep keeps hold holds carry stay stays withstand withstands included outside there
    here how what which who where why hot warm cold dry wet again only per through any some much many more most
    happens happen let lets after before now next either else moment back inside sleep sleeps sit sits stand stands
    best right first new old small big large long short wide high little""".split()  # noqa: SIM905
)
_OF_IT = re.compile(r"(?<!\bon )(?<!\bin )(?<!\bto )(?<!\binto )(?<!\bonto )(?<!\bnear )(?<!\bfrom )(?<!\bby )\b(?:the|its|their)\s+")
"""Not where something is ("on the floor"): that is seldom a part."""
_HAS = re.compile(
    r"\b(?:(?:does|do|did) (?:it|they|this|these|the [\w-]+) (?:\w+ly |also |even )?(?:have|include|contain|come with|feature)|"
    r"(?:has|have) (?:it|they|this|these|the [\w-]+)(?: got)?|(?:it|they) (?:has|have)|is there|are there|do i get|come with) "
    r"(?:an?\b|any\b|some\b|the\b)?\s*"
)
_INCLUDED = re.compile(
    r"\b(?:is|are|does|do) (?:an?|any|the|some)?\s*(?P<phrase>[\w' -]{3,30}?) "
    r"(?:included|comes? with|come along|supplied|part of it|in the box|in the bundle)"
)
_WHICH = re.compile(r"\b(?:which|what)(?: (?:kind|type|sort)s? of)?\s+")
_DOES = re.compile(
    r"\b(?:measures?|shows?|tracks?|displays?|records?|makes?|supports?|contains?|attach|mounts?|program|plug in|play|"
    r"(?:connect|pair|fit|work)s? (?:it |them )?(?:to|with|in|into|on)|fits?)\s+(?:an?\b|any\b|some\b|the\b|my\b)?\s*"
)
_COUNT = re.compile(r"[\w -]+:\s*\d+$")
"""A line that says no more than how many there are: "pages: 192"."""
_HOW_MANY = re.compile(r"\bhow many\s+")
_SHORTENED = re.compile(r"\b(how \w+|what|where|who|which)'s\b")


@dataclass(frozen=True)
class _Matter:
    asked: re.Pattern[str]
    told: re.Pattern[str]
    unless: re.Pattern[str] | None
    names: bool

    def is_asked(self, question: str) -> bool:
        return bool(self.asked.search(question)) and not (self.unless and self.unless.search(question))


@dataclass(frozen=True)
class Asked:
    """What a question asks.

    Attributes:
        matter: The kind of thing, such as "width"; None where it is none that is known.
        things: The parts that it is about, each with the words that it goes by; empty where it is about the product as a whole.
    """

    matter: str | None = None
    things: tuple[frozenset[str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing was read that a line could be held against."""
        return self.matter is None and not self.things

    def told_by(self, line: str) -> bool:
        """Whether a line speaks of the matter and of every part."""
        text = line.casefold().replace("_", " ")
        if self.things and self.matter is None and _COUNT.match(text):
            return False
        if self.matter is not None and not _matters()[self.matter].told.search(text):
            return False
        said = words(text)
        return all(any(one in text if " " in one else any(_alike(one, word) for word in said) for one in thing) for thing in self.things)


def read(question: str, about: str = "") -> Asked:
    """Read what a question asks.

    Args:
        question: A buyer's words.
        about: The name and kind of the product; its words are no part of it.
    """
    text = _SHORTENED.sub(r"\1 is", question.casefold().replace("’", "'"))
    matter = next((name for name, one in _matters().items() if one.is_asked(text)), None)
    own = {*_NOT_THINGS, *words(about)}
    return Asked(matter, tuple(dict.fromkeys(_named(thing) for thing in _things(text, matter, own))))


def told(question: str, lines: Sequence[str], about: str = "") -> list[bool] | None:
    """Say of each line whether it tells what is asked; None where that is open."""
    asked = read(question, about)
    return None if asked.is_open else [asked.told_by(line) for line in lines]


def _things(text: str, matter: str | None, own: set[str]) -> Iterator[str]:
    """The parts that a question names: known ones after "the", and whatever a product may have, do or be many of."""
    for found in _OF_IT.finditer(text):
        yield from (word for word in _foreign(_phrase(text[found.end() :]), own) if word in _groups())
    patterns = [_HAS, _WHICH, _DOES] if matter is None else [_HOW_MANY] if _matters()[matter].names else []
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield from _foreign(_phrase(text[found.end() :]), own)[-1:]
    for found in _INCLUDED.finditer(text):
        yield from _foreign(_phrase(found["phrase"]), own)[-1:]


def _foreign(phrase: list[str], own: set[str]) -> list[str]:
    """A phrase, or nothing where it names the product itself."""
    return [] if any(word in own or word.removesuffix("s") in own for word in phrase) else phrase


def _phrase(text: str) -> list[str]:
    """The words of a name, up to the first that cannot belong to it."""
    phrase: list[str] = []
    for word in re.findall(r"[\w'-]+|[?.,;!]", text):
        if len(phrase) == _MOST_WORDS or word in _ENDS or not word[0].isalpha():
            break
        phrase.append(word)
    return phrase


def _named(word: str) -> frozenset[str]:
    return _groups().get(word, frozenset({word}))


def _alike(one: str, other: str) -> bool:
    stem = stemmer()
    return stem(one) == stem(other)


@cache
def _read() -> tuple[dict[str, _Matter], dict[str, frozenset[str]]]:
    data = yaml.safe_load(_FILE.read_text("utf8"))
    matters = {name: _matter(one) for name, one in data["matters"].items()}
    groups: dict[str, frozenset[str]] = {}
    for group in data["same"]:
        for word in group:
            groups[word] = groups.get(word, frozenset()) | {str(one) for one in group}
    return matters, groups


def _matter(entry: dict[str, str]) -> _Matter:
    unless = _compiled(entry["unless"]) if "unless" in entry else None
    return _Matter(_compiled(entry["asked"]), _compiled(entry["told"]), unless, "names" in entry)


def _compiled(pattern: str) -> re.Pattern[str]:
    """From word to word; a unit may stand close to its number ("560lm"), so a digit is no part of the word after it."""
    return re.compile(rf"(?<![^\W\d])(?<!-)(?:{pattern})(?!\w)")


def _matters() -> dict[str, _Matter]:
    return _read()[0]


def _groups() -> dict[str, frozenset[str]]:
    return _read()[1]
