"""The pipelines under test: ours exactly as it ships, and the starter of Rasa's documentation with DIET."""

from pathlib import Path
from typing import Any

import yaml

_CONFIG = Path("config.yml")
_FALLBACK = "FallbackClassifier"
STARTER_EPOCHS = 100
"""What Rasa's starter project trains for."""


def shipped(**fallback: float) -> dict[str, Any]:
    """Give the NLU part of `config.yml`.

    Args:
        fallback: Settings of the FallbackClassifier that differ for one set, named where the figures are printed.
    """
    config = yaml.safe_load(_CONFIG.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if component["name"] == _FALLBACK:
            component.update(fallback)
    return {**config, "policies": []}


def starter(epochs: int = STARTER_EPOCHS) -> dict[str, Any]:
    """Give the starter pipeline with DIET, which is what a new Rasa project is trained with."""
    pipeline = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    return {"recipe": "default.v1", "assistant_id": "starter", "language": "en", "pipeline": pipeline, "policies": []}
