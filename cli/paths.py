"""Where things lie in a checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
MODELS = ROOT / "bot" / "models"
EMBEDDING = ROOT / "var" / "embedding"
ARTICLES = ROOT / "knowledge_base" / "articles"


def data_dir() -> Path:
    """Give the folder of everything made at run time (`COUNTERHAND_DATA_DIR`, default `var`)."""
    place = Path(os.environ.get("COUNTERHAND_DATA_DIR", "var"))
    return place if place.is_absolute() else ROOT / place
