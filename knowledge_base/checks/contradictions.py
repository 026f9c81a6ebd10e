"""Finds statements that cannot both be true.

Two clauses are about one matter when what one of them says stands nearly whole in the other, words weighted by rarity. They
contradict each other when a figure differs and everything else agrees, or when one denies what the other affirms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from knowledge_base.checks.findings import Finding, FindingKind
from knowledge_base.checks.quantities import Quantity
from knowledge_base.checks.statements import Rarity, Statement, read_articles, read_rules
from knowledge_base.models import Document

_HELD = 0.8
"""So much of the one has to stand in the other."""
_NEARLY = 0.6
"""So much of an affirmation has to stand in a denial that is narrower than it."""
_TOLD = 7.0
"""So much what both say has to tell."""
_TOLD_DENIED = 7.0


def find_contradictions(documents: Sequence[Document], rules: dict[str, str]) -> list[Finding]:
    """Compare all statements of articles with each other and with the shop's rules."""
    statements = [*read_articles(documents), *read_rules(rules)]
    rarity = Rarity(statements)
    found: dict[frozenset[tuple[str, str]], Finding] = {}
    for one, other in _pairs(statements):
        message = _differ(one, other, rarity)
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


def _differ(one: Statement, other: Statement, rarity: Rarity) -> str:
    """Say how two statements contradict each other; empty where they do not."""
    figure = _differing_figure(one.figures, other.figures)
    if figure and _have_one_matter(one, other, rarity):
        return f"The figures differ ({figure})."
    if not (one.figures or other.figures) and (_denies(one, other, rarity) or _denies(other, one, rarity)):
        return "One says that it is so, the other that it is not."
    return ""


def _have_one_matter(one: Statement, other: Statement, rarity: Rarity) -> bool:
    """Whether all that one says stands in what the other says, and that is enough to tell it by."""
    shared = (one.said & (other.said | other.around)) | (other.said & (one.said | one.around))
    return rarity.weigh(shared) >= _TOLD and max(_shares(one, other, rarity)) >= _HELD


def _denies(no: Statement, yes: Statement, rarity: Rarity) -> bool:
    """Whether `no` denies what `yes` affirms: the same thing, or a thing among others."""
    if not no.denied or yes.denied or no.denied not in yes.affirmed or no.conditional or yes.conditional:
        return False
    if no.speaker and yes.speaker and no.speaker != yes.speaker:
        return False
    of_no, of_yes = _shares(no, yes, rarity)
    return rarity.weigh(no.said & yes.said) >= _TOLD_DENIED and (of_yes >= _HELD or (of_no >= _HELD and of_yes >= _NEARLY))


def _shares(one: Statement, other: Statement, rarity: Rarity) -> tuple[float, float]:
    """Give how much of what each of them says the other says too."""
    both = rarity.weigh(one.said & other.said)
    return both / (rarity.weigh(one.said) or 1.0), both / (rarity.weigh(other.said) or 1.0)


def _differing_figure(some: Sequence[Quantity], others: Sequence[Quantity]) -> str:
    """Name the one kind of figure that differs while all other kinds agree; empty where there is none, or there are several."""
    kinds = {figure.kind for figure in some} & {figure.kind for figure in others}
    differing = [kind for kind in kinds if not _agree(_of(kind, some), _of(kind, others))]
    if len(differing) != 1 or len(kinds) < min(len({f.kind for f in some}), len({f.kind for f in others})):
        return ""
    return differing[0]


def _of(kind: str, figures: Sequence[Quantity]) -> list[Quantity]:
    return [figure for figure in figures if figure.kind == kind]


def _agree(some: list[Quantity], others: list[Quantity]) -> bool:
    return any(one.agrees_with(other) for one in some for other in others)
