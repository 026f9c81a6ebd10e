"""Fits the figures of `answers/confidence.py` on our own questions about articles, and prints what each threshold would yield.

With the shop's ways of asking known, it is fitted on `dev.yml` beside this file, the lists of `tests/answers/questions.yml`, those
ways of asking, and the questions that help pages seldom answer; for shops that know few of them, on the first two alone and without
the leaning. A question that stands among the known ones is left out of them while it is judged. `own.yml` and `held_out.yml` are the
test and are not read. Some minutes of CPU.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

import knowledge_base
from answers.evidence import Evidence, gather
from answers.familiar import FamiliarQuestions, load, read_elsewhere, read_sections
from answers.settings import SHIPPED_QUESTIONS, AnswerSettings
from answers.units import Kind
from benchmarks.idk import gate
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import FloatArray
from knowledge_base.settings import KnowledgeBaseSettings

_DEV = Path(__file__).with_name("dev.yml")
_LISTS = Path("tests/answers/questions.yml")
_ARTICLES = Path("knowledge_base/articles")
_FIGURES = ("cosine", "coverage", "asked", "elsewhere", "leaning")
_RIDGE = 1.0
_STEPS = 50


@dataclass(frozen=True)
class Row:
    """One question, whether an article answers it, and what is known of it: shape (5,), in the order of `_FIGURES`."""

    question: str
    answerable: bool
    figures: FloatArray


def fit(figures: FloatArray, answerable: FloatArray) -> tuple[FloatArray, float]:
    """Fit a logistic model by Newton's method, with a ridge on the standardised weights.

    Args:
        figures: Shape (n, k).
        answerable: Shape (n,), 0 or 1.

    Returns:
        Weights, shape (k,), and the bias, both for figures as they are.
    """
    mean, spread = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    design = np.column_stack([(figures - mean) / spread, np.ones(len(figures))])
    ridge = np.diag([*np.full(figures.shape[1], _RIDGE), 0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (answerable - sure) - ridge @ weights
        weights += np.linalg.solve(design.T @ (design * (sure * (1 - sure))[:, None]) + ridge, slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ mean)


def _questions() -> list[tuple[str, bool]]:
    rows = yaml.safe_load(_DEV.read_text("utf8"))
    found = [(str(row["question"]), bool(row["answerable"])) for row in rows if "about" not in row]
    for part, items in yaml.safe_load(_LISTS.read_text("utf8")).items():
        found += [(item["q"] if isinstance(item, dict) else item, part.startswith("answerable")) for item in items]
    return found


def _listed() -> list[tuple[str, bool]]:
    """The questions that the shop knows, and those that help pages seldom answer."""
    asked = [(question, True) for section in read_sections(SHIPPED_QUESTIONS) for question in section.questions]
    return [*asked, *((question, False) for question in read_elsewhere())]


async def _rows(
    questions: Sequence[tuple[str, bool]], familiar: FamiliarQuestions, knowledge: KnowledgeBase, embedder: Embedder
) -> list[Row]:
    settings, rows = AnswerSettings(), []
    for text, answerable in questions:
        question = await knowledge.spell_out(text)
        nearness = familiar.near(question, leave_out=text)
        found = await knowledge.search(question, settings.passages, also=nearness.sections)
        nearness = nearness.within([candidate.passage.passage_id for candidate in found])
        rows.append(Row(text, answerable, _figures(gather(question, found, (), (), None, embedder, nearness))))
    return rows


def _figures(evidence: Evidence) -> FloatArray:
    best = evidence.best(Kind.PASSAGE)
    if best is None:
        return np.zeros(len(_FIGURES), dtype=np.float32)
    asked = max(evidence.nearness.nearest or 0.0, best.cosine)
    return np.array([best.cosine, best.coverage, asked, evidence.nearness.elsewhere, evidence.nearness.leaning or 0.0], dtype=np.float32)


async def _collect() -> list[list[Row]]:
    with tempfile.TemporaryDirectory(prefix="fit-idk-") as folder:
        settings = KnowledgeBaseSettings(index_dir=Path(folder), store="memory")
        knowledge = knowledge_base.create(settings)
        await knowledge.ingest([_ARTICLES])
        embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
        cache = AnswerSettings().familiar_vectors
        known, unknown = load(SHIPPED_QUESTIONS, embedder, cache), load(None, embedder, cache)
        return [
            await _rows([*_questions(), *_listed()], known, knowledge, embedder),
            await _rows(_questions(), unknown, knowledge, embedder),
        ]


def _print(name: str, rows: Sequence[Row], judged: int, figures: int) -> None:
    """Fit on all rows and the first figures, and judge the first rows."""
    used = np.stack([row.figures[:figures] for row in rows])
    weights, bias = fit(used, np.array([row.answerable for row in rows], dtype=np.float64))
    print(name, " ".join(f"{one} {weight:.1f}" for one, weight in zip(_FIGURES, weights, strict=False)), f"bias {bias:.1f}")
    sure = 1 / (1 + np.exp(-(used @ weights + bias)))[:judged]
    for threshold in np.arange(0.3, 0.9, 0.05):
        figure = gate.judge([bool(one < threshold) for one in sure], [row.answerable for row in rows[:judged]])
        print(f"{threshold:8.2f}  rightly {figure['said_rightly']:.3f}  wrongly {figure['said_wrongly']:.3f}")


def main() -> None:
    """Print the figures, and said rightly / wrongly at several thresholds."""
    known, unknown = asyncio.run(_collect())
    _print("ways of asking known:", known, len(unknown), len(_FIGURES))
    few = [*known[: len(unknown)], *unknown]
    _print("few known, or none:", few, len(few), len(_FIGURES) - 1)


if __name__ == "__main__":
    main()
