"""What articles and rules say, clause by clause: the words that tell what it is about, the figures, and whether it is denied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log

from knowledge_base.checks.findings import Place
from knowledge_base.checks.quantities import Quantity, find_quantities, without_quantities
from knowledge_base.ingestion.passages import sections
from knowledge_base.models import Document
from knowledge_base.text import sentences, stems
from knowledge_base.vocabulary import in_our_words

# Where one statement ends and the next begins: "…, and …", "…; …", but not the commas of a list.
_CLAUSE = re.compile(
    r"[;:]\s+|,\s+(?:and|but|while)\s+|\s+but\s+|\s+and\s+(?=no\s|nobody\s|nothing\s|never\s)"
    r"|,\s+(?=(?:it|they|we|you|items?|orders?)\s)"
)
_REASON = re.compile(r",?\s+(?=because\s|so that\s)")
_ABSENT = re.compile(r"\bwe (?:have|offer|keep|run) no\b|^no\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,)] )[A-Z][a-z]{3,}")
_NEGATION = re.compile(r"\b(?:not(?! only)|cannot|never|no(?! matter)|nor|neither|none|nobody|nothing)\b|n't\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"^(?:and |or |but )?(?:if|when|whenever|once|as soon as|as long as|while|where)\b|\b(?:until|unless)\b|:$", re.IGNORECASE
)
_HYPOTHESIS = re.compile(r"^(?:and |or |but )?(?:if|unless)\b|:$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(\w+ed)\s+(?:items?|orders?|goods|products?|things|parcels?|gift cards?)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\b(we|you|i)\b", re.IGNORECASE)
# Words that nearly everything in a shop is about, or that only carry a figure.
_GENERIC = """
item order product thing custom shop person team staff peopl everi all each one also alway usual onli still here too now take go come
make let give keep becaus after befor until within up least most more about day time year month week hour minut pleas can may must
might be been being same such them these our we you your time without not cannot never no nor neither there longer well
order parcel anoth other sever nobodi noth none again even than what whatev alreadi use need want would could should
"""
GENERIC = frozenset(_GENERIC.split())
# Ways to say that something can be had or done: what one of them denies, another may affirm.
_OFFERED = frozenset({"accept", "possibl", "avail", "allow", "permit", "support"})
_LEAST_TOTAL = 700


@dataclass(frozen=True)
class Statement:
    """A clause.

    Attributes:
        place: The whole sentence, where it stands.
        text: The clause, without its figures.
        said: The stems that it is about.
        around: The stems of the rest of its sentence and of the headings above: what it may be about without saying so.
        figures: In the clause.
        item: Whether it is an item of a list.
        denied: What it says is not so: the first telling stem behind "not", "no" or "never"; empty where it denies nothing.
        affirmed: The stems that it says something with; in "returned items are refunded" that is not "return".
        conditional: Whether it is only the condition of something else, holds under one, or announces a list.
        hypothetical: Whether it speaks of what may not come about: "If the parcel has not come after …".
        speaker: Who does it, `we` or `you`, where it says so.
        absent: Whether it says that we do not have the thing at all.
        names: Words with a capital letter, such as countries.
        rule: Whether it is one of the shop's rules.
    """

    place: Place
    text: str
    said: frozenset[str]
    around: frozenset[str]
    figures: tuple[Quantity, ...]
    affirmed: frozenset[str]
    item: bool = False
    denied: str = ""
    conditional: bool = False
    hypothetical: bool = False
    speaker: str = ""
    absent: bool = False
    names: frozenset[str] = frozenset()
    rule: bool = False


def read_articles(documents: Iterable[Document]) -> list[Statement]:
    """Read the statements of articles."""
    found: list[Statement] = []
    for document in documents:
        for section in sections(document):
            context = about(" ".join([document.title, *section.headings]))
            heading = section.headings[-1] if section.headings else ""
            lead = ""
            for block in section.blocks:
                item = block.startswith("- ")
                for sentence in sentences(block.removeprefix("- ")):
                    read = read_sentence(Place(document.slug, heading, sentence), context | about(lead if item else ""))
                    found.extend(_as_item(statement, lead) for statement in read) if item else found.extend(read)
                if not item:
                    lead = sentences(block)[-1] if block.endswith(":") else ""
    return found


def _as_item(statement: Statement, lead: str) -> Statement:
    """An item of a list says what the line that leads in says of it: under "These cannot be returned:" it is denied."""
    denied = _find_denied(lead)
    if not denied or statement.denied:
        return replace(statement, item=True)
    return replace(statement, item=True, denied=denied, said=statement.said | {denied}, conditional=False)


def read_rules(rules: dict[str, str]) -> list[Statement]:
    """Read the statements of the shop's rules."""
    found: list[Statement] = []
    for name, paragraph in rules.items():
        context = about(name.replace(".", " ").replace("_", " "))
        for sentence in sentences(paragraph):
            found.extend(read_sentence(Place(name, "", sentence), context, rule=True))
    return found


def read_sentence(place: Place, context: frozenset[str], *, rule: bool = False) -> Iterator[Statement]:
    """Read the clauses of a sentence."""
    whole = about(place.text)
    for clause in _clauses(place.text):
        figures = find_quantities(clause)
        text = without_quantities(clause, figures)
        said = about(text)
        speaker = _SPEAKER.search(clause)
        yield Statement(
            place=place,
            text=text,
            said=said,
            around=(whole | context) - said,
            figures=tuple(figures),
            affirmed=said - about(" ".join(_ATTRIBUTE.findall(clause))),
            denied=_find_denied(clause),
            conditional=bool(_CONDITION.search(clause)),
            hypothetical=bool(_HYPOTHESIS.search(clause)),
            speaker=speaker.group().lower() if speaker else "",
            absent=bool(_ABSENT.search(clause)),
            names=frozenset(_NAME.findall(clause)),
            rule=rule,
        )


def _clauses(text: str) -> Iterator[str]:
    for clause in _CLAUSE.split(text):
        yield from [clause] if find_quantities(clause) else _REASON.split(clause)


def _find_denied(clause: str) -> str:
    """Give what a clause denies; two denials in one clause are left alone."""
    cues = list(_NEGATION.finditer(clause))
    if len(cues) != 1:
        return ""
    behind = _telling(clause[cues[0].start() :])
    return behind[0] if behind else "…"


def about(text: str) -> frozenset[str]:
    """Give the stems that tell what a text is about, in the words of the help pages."""
    return frozenset(_telling(text))


def _telling(text: str) -> list[str]:
    text = re.sub(r"\be-mail", "email", in_our_words(text), flags=re.IGNORECASE)
    text = re.sub(r"\b(we|not|can|also) offer\b", r"\1 accept", text, flags=re.IGNORECASE)
    found = [stem for stem in stems(text) if stem not in GENERIC and not stem.isdigit() and len(stem) > 1]
    return ["possibl" if stem in _OFFERED else stem for stem in found]


class Rarity:
    """How much a word tells: the rarer, the more. In a small set of articles as much as in a large one."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Count in how many statements each word stands."""
        counted = Counter[str]()
        total = _LEAST_TOTAL
        for number, statement in enumerate(statements):
            counted.update(statement.said)
            total = max(total, number)
        self._weights = {stem: log(1 + total / (1 + count)) for stem, count in counted.items()}
        self._unseen = log(1 + total)

    def weigh(self, stems: Iterable[str]) -> float:
        """Add up what words tell."""
        return sum(self._weights.get(stem, self._unseen) for stem in stems)
