"""How well the shipped ranker finds the answer among what is known of a product, on public sets of shoppers' questions.

One set of parameters for all sets. Beside it: keywords alone (BM25) and cosine alone, in the same run.
"""

import argparse
import json
from pathlib import Path

from benchmarks.product_qa import measure, sets
from benchmarks.product_qa.sets import Question
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.lexical import LexicalIndex
from knowledge_base.models import FloatArray
from knowledge_base.retrievers.product_evidence import EvidenceRanker
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.vector_cache import VectorCache


def arguments(name: str, description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=description)
    parser.add_argument("--data", type=Path, help="folder that holds product_qa/")
    parser.add_argument("--cache", type=Path, default=Path("var/cache/benchmarks"), help="keeps vectors between runs; safe to delete")
    return parser.parse_args()


def open_embedder(cache: Path) -> Embedder:
    """The shipped embedder, with a memory on disk: the texts of a set are embedded once."""
    settings = KnowledgeBaseSettings(cached_questions=0)
    return VectorCache(registry.build("knowledge_base.embedders", settings.embedder, settings), cache / "product_qa.vectors")


def by_words(questions: list[Question]) -> list[FloatArray]:
    """BM25 over the set's own lines, the customary floor."""
    lines = [f"{line.text} {line.question}" for question in questions for line in question.lines]
    index, scores, start = LexicalIndex(lines, 1.5, 0.75, keep_stop_words=True), [], 0
    for question in questions:
        scores.append(index.score(question.text)[start : start + len(question.lines)])
        start += len(question.lines)
    return scores


def measure_part(questions: list[Question], ranker: EvidenceRanker) -> dict[str, dict[str, float]]:
    """Score one file by the shipped ranker and by the two plain ones."""
    rankings = [ranker.rank(question.text, question.lines) for question in questions]
    return {
        "BM25": measure.score(questions, by_words(questions)),
        "cosine": measure.score(questions, [ranking.cosines for ranking in rankings]),
        "shipped": measure.score(questions, [ranking.scores for ranking in rankings]),
    }


def overall(parts: list[dict[str, dict[str, float]]]) -> float:
    """The shipped ranker's MAP over all questions of a set's parts."""
    shipped = [part["shipped"] for part in parts]
    return sum(one["map"] * one["questions"] for one in shipped) / sum(one["questions"] for one in shipped)


def main() -> None:
    """Run, print the table, and one JSON object as the last line."""
    given = arguments("product_qa", __doc__)
    folder = sets.find(given.data, "bench-product-qa")
    ranker = EvidenceRanker(open_embedder(given.cache))
    summary = {}
    print(f"{'set':36}{'ranker':10}{'questions':>10}{'MAP':>9}{'P@1':>9}{'95 % of MAP':>18}")
    for name in sets.PATTERNS:
        parts = {part: measure_part(questions, ranker) for part, questions in sets.load(folder, name).items()}
        for part, rows in parts.items():
            for kind, row in rows.items():
                interval = f"{row['low']:.3f}-{row['high']:.3f}"
                print(f"{part:36}{kind:10}{row['questions']:10}{row['map']:9.4f}{row['p_at_1']:9.4f}{interval:>18}")
        summary[f"{name}_map"] = round(overall(list(parts.values())), 4) if parts else None
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
