"""Finds statements that cannot both be true.

Two clauses are about one matter when what one of them says stands nearly whole in the other, words weighted by rarity. They
contradict each other when a figure differs and everything else agrees, or when one denies what the other affirms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from knowledge_base.checks.findings import Finding, FindingKind
from knowledge_base.checks.quantities import TYPED, Quantity
from knowledge_base.checks.statements import Rarity, Statement, read_articles, read_rules
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Document, FloatArray
from knowledge_base.vocabulary import in_our_words

_HELD = 0.8
"""So much of the one has to stand in the other."""
_NEARLY = 0.6
"""So much of an affirmation has to stand in a denial that is narrower than it."""
_TOLD = 6.8
"""So much what both say has to tell."""
_TOLD_RULE = 5.5
"""A rule says what it says in few words, and all of them matter."""
_TOLD_DENIED = 7.0
_WHOLE = 0.95
_TOLD_WHOLE = 5.0
_TOLD_PLACED = 9.0
_PLACED = 0.9
_LISTED = 3
"""A denial of so many names in a row speaks of each of them."""
_NEAR = 0.68
_TOLD_MEANT = 4.2
_COUNTED = 3.0
"""What is told by counting the same kind of thing, such as characters."""
"""Two clauses are about one matter when their meaning without the figures is as near as this, and nothing with such a figure is nearer."""


def find_contradictions(documents: Sequence[Document], rules: dict[str, str], embedder: Embedder | None = None) -> list[Finding]:
    """Compare all statements of articles with each other and with the shop's rules.

    Args:
        documents: What customers are told.
        rules: The shop's rules.
        embedder: Compares meanings as well as words; without it, other words for the same matter are not seen.
    """
    statements = [*read_articles(documents), *read_rules(rules)]
    rarity = Rarity(statements)
    found: dict[frozenset[tuple[str, str]], Finding] = {}
    told = ((one, other, _differ(one, other, rarity)) for one, other in _pairs(statements))
    meant = _find_by_meaning(statements, rarity, embedder) if embedder is not None else ()
    for one, other, message in (*told, *meant):
        if message:
            key = frozenset({(one.place.slug, one.place.text), (other.place.slug, other.place.text)})
            kind = FindingKind.POLICY if other.rule else FindingKind.CONTRADICTION
            found.setdefault(key, Finding(kind, message, (one.place, other.place)))
    return list(found.values())


def _pairs(statements: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Give pairs that share a word; a rule comes second, and rules are not compared with each other."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        near: set[int] = set()
        for word in statement.said:
            near.update(by_word[word])
            by_word[word].append(number)
        for other in sorted(near):
            one = statements[other]
            comparable = bool(one.denied) != bool(statement.denied) or _share_kind(one, statement)
            if comparable and not one.rule and one.place != statement.place:
                yield one, statement


def _share_kind(one: Statement, other: Statement) -> bool:
    return any(figure.kind == another.kind for figure in one.figures for another in other.figures)


def _find_by_meaning(statements: Sequence[Statement], rarity: Rarity, embedder: Embedder) -> Iterator[tuple[Statement, Statement, str]]:
    """Give pairs of clauses that mean nearly the same but for a figure."""
    told = [one for one in statements if one.figures and one.said and not one.hypothetical and not one.item]
    if len(told) < 2:
        return
    vectors = embedder.embed([in_our_words(" ".join(one.text.split())) for one in told])
    likeness = vectors @ vectors.T
    for number, one in enumerate(told):
        nearest = _find_nearest(number, told, likeness)
        if nearest is None or one.rule or told[nearest].place.slug == one.place.slug or likeness[number, nearest] < _NEAR:
            continue
        figures = _differing_figures(one.figures, told[nearest].figures, most=2)
        shared = rarity.weigh(one.said & told[nearest].said) + _COUNTED * len(set(figures) - TYPED)
        if figures and shared >= _TOLD_MEANT:
            yield one, told[nearest], f"The figures differ ({', '.join(figures)})."


def _find_nearest(number: int, told: Sequence[Statement], likeness: FloatArray) -> int | None:
    """The nearest other clause with a figure of a kind that this one has."""
    one = told[number]
    for other in np.argsort(-likeness[number]):
        if told[other].place != one.place and _share_kind(one, told[other]):
            return int(other)
    return None


def _differ(one: Statement, other: Statement, rarity: Rarity) -> str:
    """Say how two statements contradict each other; empty where they do not."""
    figures = _differing_figures(one.figures, other.figures)
    if figures and _have_one_matter(one, other, rarity):
        return f"The figures differ ({figures[0]})."
    if not (_counts(one) or _counts(other)) and (_denies(one, other, rarity) or _denies(other, one, rarity)):
        return "One says that it is so, the other that it is not."
    return ""


def _counts(statement: Statement) -> bool:
    """Whether a figure is told; "one order" tells none."""
    return any(figure.high != 1.0 or figure.kind in TYPED for figure in statement.figures)


def _have_one_matter(one: Statement, other: Statement, rarity: Rarity) -> bool:
    """Whether all that one says stands in what the other says, and that is enough to tell it by."""
    shared = (one.said & (other.said | other.around)) | (other.said & (one.said | one.around))
    return rarity.weigh(shared) >= (_TOLD_RULE if other.rule else _TOLD) and max(_shares(one, other, rarity)) >= _HELD


def _denies(no: Statement, yes: Statement, rarity: Rarity) -> bool:
    """Whether `no` denies what `yes` affirms: the same thing, or a thing among others."""
    if not no.denied or yes.denied or no.denied not in yes.affirmed:
        return False
    if no.absent and no.said <= yes.said and rarity.weigh(no.said) >= _TOLD_DENIED:
        return True
    if no.conditional or yes.conditional:
        return False
    if len(no.names) >= _LISTED and no.names & yes.names:
        return True
    if no.speaker and yes.speaker and no.speaker != yes.speaker:
        return False
    of_no, of_yes = _shares(no, yes, rarity)
    told = rarity.weigh(no.said & yes.said)
    if min(of_no, of_yes) >= _WHOLE and told >= _TOLD_WHOLE:
        return True
    if told >= _TOLD_DENIED and (of_yes >= _HELD or (of_no >= _HELD and of_yes >= _NEARLY)):
        return True
    return _denies_in_place(no, yes, rarity)


def _denies_in_place(no: Statement, yes: Statement, rarity: Rarity) -> bool:
    """Whether a short denial, read with the headings that it stands under, denies nearly all that is affirmed elsewhere."""
    if (no.place.slug, no.place.heading) == (yes.place.slug, yes.place.heading):
        return False
    placed = yes.said & (no.said | no.around)
    of_yes = rarity.weigh(placed) / (rarity.weigh(yes.said) or 1.0)
    of_no = rarity.weigh(no.said & (yes.said | yes.around)) / (rarity.weigh(no.said) or 1.0)
    return rarity.weigh(placed) >= _TOLD_PLACED and of_yes >= _PLACED and of_no >= _NEARLY


def _shares(one: Statement, other: Statement, rarity: Rarity) -> tuple[float, float]:
    """Give how much of what each of them says the other says too."""
    both = rarity.weigh(one.said & other.said)
    return both / (rarity.weigh(one.said) or 1.0), both / (rarity.weigh(other.said) or 1.0)


def _differing_figures(some: Sequence[Quantity], others: Sequence[Quantity], most: int = 1) -> list[str]:
    """Name the kinds of figure that differ while all other kinds agree; empty where there is none, or there are more than `most`.

    Counts of things say little where one side tells another kind of figure too ("50 points for 50 EUR" is "1 point for every euro"),
    and nothing where two figures grow together ("100 points are worth 5 EUR", "200 points are worth 10 EUR").
    """
    of_one, of_other = {figure.kind for figure in some}, {figure.kind for figure in others}
    kinds = of_one & of_other
    differing = sorted(kind for kind in kinds if not _agree(_of(kind, some), _of(kind, others)))
    if not 1 <= len(differing) <= most or len(kinds) < min(len(of_one), len(of_other)):
        return []
    ratios = {round(_of(kind, some)[0].low / (_of(kind, others)[0].low or 1.0), 3) for kind in differing}
    is_rate = len(differing) > 1 and len(ratios) == 1
    return [] if is_rate or not (of_one == of_other or TYPED & set(differing)) else differing


def _of(kind: str, figures: Sequence[Quantity]) -> list[Quantity]:
    return [figure for figure in figures if figure.kind == kind]


def _agree(some: list[Quantity], others: list[Quantity]) -> bool:
    return any(one.agrees_with(other) for one in some for other in others)
