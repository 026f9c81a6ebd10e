"""How often "I don't know" is said rightly, and how often wrongly.

Public sets of questions about one product: the shipped ranker's confidence against the shipped threshold, the same with a
threshold chosen by cross-validation, and searches for products of which none is relevant. Our own questions about the demo
shop go through the answering path as it ships; they need no data. Two sets of them: `own.yml`, whose sums were looked at often, and
`held_out.yml`, written later in looser words, by which nothing was chosen.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.idk import gate
from benchmarks.idk.gate import Figures
from benchmarks.idk.own import HELD_OUT, OWN, Asked, ask_all
from benchmarks.product_qa import sets
from benchmarks.product_qa.__main__ import open_embedder
from benchmarks.search import sets as searches
from knowledge_base import registry
from knowledge_base.catalogue import CatalogueIndex
from knowledge_base.retrievers.product_evidence import MIN_CONFIDENCE, EvidenceRanker
from knowledge_base.settings import KnowledgeBaseSettings

_WRONGLY = 0.09
"""A point below what is allowed, because a threshold looks best where it was chosen."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.idk", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder that holds product_qa/ and product_search/")
    parser.add_argument("--cache", type=Path, default=Path("var/cache/benchmarks"), help="keeps vectors between runs; safe to delete")
    parser.add_argument("--only-own", action="store_true", help="our own questions alone; needs no data")
    parser.add_argument("--show", action="store_true", help="print our own questions that were judged wrongly")
    return parser.parse_args()


def _print(name: str, how: str, count: Sequence[bool], figures: Figures) -> None:
    known = sum(count)
    print(f"{name:24}{how:22}{len(count) - known:6}{known:6}{figures['said_rightly']:10.3f}{figures['said_wrongly']:10.3f}")


def _product_questions(folder: Path, cache: Path) -> Figures:
    """Print all sets; gives the shipped figures of semiPQA."""
    ranker, shipped = EvidenceRanker(open_embedder(cache)), {}
    for name in sets.PATTERNS:
        questions = [question for part in sets.load(folder, name).values() for question in part]
        if not questions:
            continue
        known = [question.is_answerable for question in questions]
        confidences = [ranker.rank(question.text, question.lines).confidence for question in questions]
        shipped[name] = gate.judge([one < MIN_CONFIDENCE for one in confidences], known)
        _print(name, f"shipped, {MIN_CONFIDENCE}", known, shipped[name])
        chosen = gate.at_wrongly(confidences, known, _WRONGLY)
        _print(name, f"cross-validated, {chosen:.3f}", known, gate.cross_validated(confidences, known, _WRONGLY))
    return shipped["semipqa"]


def _empty_searches(folder: Path, cache: Path) -> None:
    settings = KnowledgeBaseSettings(cached_questions=0)
    index = CatalogueIndex(registry.build("knowledge_base.embedders", settings.embedder, settings), cache / "products.vectors")
    asyncio.run(index.rebuild(searches.products(folder)))
    judgements = [pair for part in searches.judgements(folder).values() for pair in part.items()]
    known = [any(ratings.values()) for _, ratings in judgements]
    found = [asyncio.run(index.search(query, 1)) for query, _ in judgements]
    _print("product searches", "nothing shown", known, gate.judge([not one for one in found], known))
    scores = [one[0].score if one else -1.0 for one in found]
    _print("product searches", "by the best score", known, gate.cross_validated(scores, known, _WRONGLY))


def _own(name: str, path: Path, show: bool) -> Figures:
    asked = ask_all(path)
    for part, kept in (("articles", [one for one in asked if not one.about]), ("one product", [one for one in asked if one.about])):
        _print(f"{name}: {part}", "shipped", [one.answerable for one in kept], _judge(kept))
    _print(name, "shipped", [one.answerable for one in asked], _judge(asked))
    if show:
        for one in asked:
            if one.refused == one.answerable:
                print(f"  {'refused ' if one.refused else 'answered'} {one.question!r} ({one.about or 'articles'}): {one.answer!r}")
    return _judge(asked)


def _judge(asked: Sequence[Asked]) -> Figures:
    return gate.judge([one.refused for one in asked], [one.answerable for one in asked])


def main() -> None:
    """Run, print the table, and one JSON object as the last line."""
    given = _arguments()
    print(f"{'questions':24}{'threshold':22}{'none':>6}{'some':>6}{'rightly':>10}{'wrongly':>10}")
    summary: dict[str, Figures | None] = {"semipqa": None}
    if not given.only_own:
        summary["semipqa"] = _product_questions(sets.find(given.data, "bench-idk"), given.cache)
        _empty_searches(searches.find(given.data), given.cache)
    summary["own"] = _own("own", OWN, given.show)
    summary["held_out"] = _own("held out", HELD_OUT, given.show)
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
