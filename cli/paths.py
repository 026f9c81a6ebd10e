"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
MODELS = ROOT / "bot" / "models"
EMBEDDING = ROOT / "var" / "embedding"

