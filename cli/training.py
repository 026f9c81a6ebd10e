"""Trains the bot when there is no model for the present data."""

import asyncio
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock

from cli.paths import BOT_PYTHON, EMBEDDING, MODELS, ROOT
from shop import create as create_shop
from shop.lookups import write_rasa_lookups
from shop.models import Product, ProductFilter
from shop.settings import ShopSettings

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "HF_HUB_OFFLINE": "1",
    "RASA_MAX_CACHE_SIZE": "0",
}
"""What every Rasa process is started with: no telemetry, no model hub, no warnings of libraries we cannot mend.

No training cache either: it looks at a component's class alone, so a change in a module beside it would bring back the old model.
Our own cache is `ensure_model`.
"""

_PAGE = 500


class TrainingFailed(Exception):
    """Rasa did not train; the message holds the end of what it printed."""


async def write_lookups(shop: ShopSettings, folder: Path) -> Path:
    """Write the catalogue's words (products, brands, options) as Rasa lookup tables.

    Returns:
        The folder to hand to Rasa beside `data/`.
    """
    door = create_shop(shop)
    try:
        products: list[Product] = []
        while page := await door.list_products(ProductFilter(), limit=_PAGE, offset=len(products)):
            products += page
    finally:
        await door.close()
    await asyncio.to_thread(_write, products, folder)
    return folder


def _write(products: list[Product], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_rasa_lookups(products, folder / "lookups.yml")


def _inputs(lookups: Path) -> Iterator[Path]:
    yield ROOT / "config.yml"
    yield ROOT / "requirements" / "bot.txt"
    for folder, pattern in ((ROOT / "data", "*.yml"), (ROOT / "bot" / "domain", "*.yml"), (ROOT / "bot" / "components", "*.py")):
        yield from sorted(folder.rglob(pattern))
    yield from sorted(lookups.glob("*.yml"))
    yield from sorted(EMBEDDING.glob("*.onnx"))


def fingerprint(lookups: Path) -> str:
    """Hash everything that a model is made from."""
    total = hashlib.sha256()
    for path in _inputs(lookups):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def ensure_model(lookups: Path, say: Callable[[str], None] = lambda _: None, models: Path = MODELS) -> Path:
    """Give the model for the present data, training it if there is none.

    Args:
        lookups: The folder made by `write_lookups`.
        say: Told when training starts.
        models: Where models are kept; the latest five are.

    Raises:
        TrainingFailed: If Rasa's training fails.
    """
    model = models / f"{fingerprint(lookups)}.tar.gz"
    if model.exists():
        return model
    models.mkdir(parents=True, exist_ok=True)
    # Two processes that start at once would both take all cores for the same model.
    with FileLock(models / ".training.lock"):
        if not model.exists():
            say("training the bot on the present data (one to three minutes)")
            _train(lookups, model)
            _forget_old(keep=model)
    return model


def _train(lookups: Path, model: Path) -> None:
    # Trained under another name and renamed, so that an interrupted training leaves no half model behind.
    unfinished = f"unfinished-{os.getpid()}"
    command = [
        str(BOT_PYTHON), "-m", "rasa", "train", "--config", "config.yml", "--domain", "bot/domain",
        "--data", "data", str(lookups), "--out", str(model.parent), "--fixed-model-name", unfinished,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True)
    made = model.parent / f"{unfinished}.tar.gz"
    if done.returncode or not made.exists():
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
        raise TrainingFailed(f"Rasa could not train the bot:\n{tail}")
    made.replace(model)


def _forget_old(keep: Path, most: int = 5) -> None:
    models = sorted(keep.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [m for m in models if m != keep][most - 1 :]:
        old.unlink()
