"""Learns from our own examples what does not belong into a shop's page; `python -m knowledge_base.screening.learning` writes the result.

A logistic regression over sentence vectors. The shipped weights are those of the default embedder; for any other they are learnt when
first needed, which takes a few seconds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from knowledge_base.embedders.base import Embedder
from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import split
from knowledge_base.models import FloatArray
from knowledge_base.text import sentences

_FOLDER = Path(__file__).parent
_EXAMPLES, _WEIGHTS, _ARTICLES = _FOLDER / "examples.yml", _FOLDER / "weights.json", _FOLDER.parent / "articles"
_LETTER = re.compile(r"[^\W\d_]")
_LONG = 20
_UNMARKED_END = re.compile(r"(?<=[a-z]) (?=(?:A|An|The|You|Your|We|Our|If|This|It|They|When|Please) [a-z])")
"""What was put before a page's sentence often ends without a mark."""
_PENALTY = 1.0
"""Of the squared weights. Chosen by leaving groups of our own examples out (docs/answers.md)."""
_STEPS = 12
"""Newton's method is done long before."""


@dataclass(frozen=True)
class Weights:
    """What was learnt with one embedder.

    Attributes:
        direction: Shape (dimensions,).
    """

    direction: FloatArray
    bias: float

    def score(self, vectors: FloatArray) -> FloatArray:
        """Give the log odds of each row, shape (n,), that it does not belong."""
        return np.asarray(vectors @ self.direction + self.bias, dtype=np.float32)


def read_examples() -> dict[str, dict[str, list[str]]]:
    """Read the examples: `foreign` and `fitting`, by group."""
    examples: dict[str, dict[str, list[str]]] = yaml.safe_load(_EXAMPLES.read_text(encoding="utf8"))
    return examples


def learn(embedder: Embedder) -> Weights:
    """Learn from all examples and from the demo shop's articles, which are fitting by definition. Blocking."""
    texts = {kind: [text for group in groups.values() for text in group] for kind, groups in read_examples().items()}
    return fit(embedder.embed(texts["foreign"]), embedder.embed([*texts["fitting"], *_own_sentences()]))


def pieces(text: str) -> list[str]:
    """Give the sentences and list items of a text that have something to judge by: letters, or a long row of other signs."""
    lines = [part for line in text.splitlines() for part in _UNMARKED_END.split(line.removeprefix("- "))]
    found = [sentence for line in lines for sentence in sentences(line)]
    return [sentence for sentence in found if _LETTER.search(sentence) or len(sentence) > _LONG]


def _own_sentences() -> list[str]:
    documents = [document for path in sorted(_ARTICLES.glob("*.md")) for document in files.read(path, "")]
    return [piece for document in documents for passage in split(document) for piece in pieces(passage.text)]


def fit(foreign: FloatArray, fitting: FloatArray) -> Weights:
    """Fit the regression by Newton's method; both kinds weigh the same.

    Args:
        foreign: Shape (n, dimensions).
        fitting: Shape (m, dimensions).
    """
    rows = np.hstack([np.vstack([foreign, fitting]), np.ones((len(foreign) + len(fitting), 1))]).astype(np.float64)
    wanted = np.repeat([1.0, 0.0], [len(foreign), len(fitting)])
    share = np.repeat([0.5 / len(foreign), 0.5 / len(fitting)], [len(foreign), len(fitting)]) * len(rows)
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[-1] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (share * (chance - wanted)) + penalty * found
        curve = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        found -= np.linalg.solve(curve, slope)
    return Weights(found[:-1].astype(np.float32), float(found[-1]))


@cache
def _shipped() -> tuple[str, Weights]:
    found = json.loads(_WEIGHTS.read_text(encoding="utf8"))
    return found["embedder"], Weights(np.array(found["direction"], dtype=np.float32), found["bias"])


_learnt: dict[str, Weights] = {}


def weights_for(embedder: Embedder) -> Weights:
    """Give the weights for an embedder: shipped, or learnt now. Blocking."""
    name, weights = _shipped()
    if embedder.name == name:
        return weights
    if embedder.name not in _learnt:
        _learnt[embedder.name] = learn(embedder)
    return _learnt[embedder.name]


def main() -> None:
    """Learn with the default embedder and write the weights that are shipped."""
    from knowledge_base import registry
    from knowledge_base.settings import KnowledgeBaseSettings

    settings = KnowledgeBaseSettings()
    embedder: Embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    weights = learn(embedder)
    direction = [round(float(one), 4) for one in weights.direction]
    _WEIGHTS.write_text(json.dumps({"embedder": embedder.name, "bias": round(weights.bias, 4), "direction": direction}) + "\n")


if __name__ == "__main__":
    main()
