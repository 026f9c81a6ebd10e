"""Makes an installation of the data's shop in a folder of its own: records in our format, rules, settings, articles, a trained bot."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.store_transactions import source
from benchmarks.store_transactions.convert import BRAND, convert
from benchmarks.store_transactions.installation import (
    ARTICLES,
    PLAYS,
    RULES,
    SETTINGS,
    SHOP,
    SOURCE,
    Installation,
    open_installation,
    write_env,
)
from benchmarks.store_transactions.rules import GUEST_PROOF, shop_settings
from benchmarks.store_transactions.rules import RULES as FIGURES
from cli import prepare as installing
from cli.paths import EMBEDDING
from shop.models import ShopData
from shop.policy import list_paragraphs
from shop.transfer import write_shop

_PORT, _RASA_PORT = 8300, 5300
_TOPICS: Final = {
    "cancel": "Cancelling an order",
    "change_items": "Changing the items of a pending order",
    "change_address": "Changing the address of an order",
    "change_payment": "Changing how an order is paid",
    "change_default_address": "Changing the address of the account",
    "return": "Returning items",
    "exchange": "Exchanging items",
}


def prepare(data: Path, out: Path, say: Callable[[str], None]) -> Installation:
    """Make the installation; what is there already is replaced, plays excepted."""
    shop = convert(source.read_records(source.find_folder(data)))
    say(f"shop: {len(shop.products)} products, {len(shop.customers)} customers, {len(shop.orders)} orders")
    write_files(shop, data, out.resolve())
    installation = open_installation(out)
    asyncio.run(_install(installation, say))
    return installation


def write_files(shop: ShopData, data: Path, out: Path) -> None:
    """Write all that an installation is made of, its databases and its bot excepted."""
    write_shop(shop, out / SHOP)
    (out / RULES).write_text(json.dumps(FIGURES, indent=1) + "\n", "utf8")
    (out / PLAYS).mkdir(exist_ok=True)
    _write_articles(out / ARTICLES)
    (out / SETTINGS).write_text(write_env(_settings(out)), "utf8")
    (out / SOURCE).write_text(json.dumps({"data": str(source.find_folder(data).resolve())}) + "\n", "utf8")


async def _install(installation: Installation, say: Callable[[str], None]) -> None:
    await installing.migrate(installation.settings(), say)
    begun = time.monotonic()
    await installation.reload()
    say(f"shop loaded in {time.monotonic() - begun:.2f} s")
    say(f"bot: {await installing.train(installation.settings(), say)}")


def _settings(out: Path) -> dict[str, str]:
    """The installation's settings: nothing of the demo shop, and no limit that several players on one machine would meet."""
    return {
        "COUNTERHAND_DATA_DIR": str(out / "var"),
        "COUNTERHAND_EMBEDDING_DIR": str(EMBEDDING),
        "COUNTERHAND_MODELS_DIR": str(out / "models"),
        "COUNTERHAND_ARTICLES_DIR": str(out / ARTICLES),
        "COUNTERHAND_SHOP_RULES": str(out / RULES),
        "COUNTERHAND_GUEST_PROOF": GUEST_PROOF,
        "COUNTERHAND_DEMO": "0",
        "COUNTERHAND_BRAND_NAME": BRAND,
        "COUNTERHAND_TIMEZONE": str(FIGURES["timezone"]),
        "COUNTERHAND_PORT": str(_PORT),
        "COUNTERHAND_RASA_PORT": str(_RASA_PORT),
        "COUNTERHAND_RATE_MESSAGES": "1000000/minute",
        "COUNTERHAND_RATE_CONVERSATIONS": "1000000/minute",
    }


def _write_articles(folder: Path) -> None:
    """The rules as articles, a heading for each, so that questions about them are answered from what the shop does."""
    folder.mkdir(parents=True, exist_ok=True)
    by_topic: dict[str, list[str]] = defaultdict(list)
    for name, paragraph in list_paragraphs(shop_settings("")).items():
        topic, _, rule = name.partition(".")
        by_topic[topic].append(f"## {rule.replace('_', ' ').capitalize()}\n\n{paragraph}\n")
    for topic, paragraphs in by_topic.items():
        title = _TOPICS.get(topic, topic.replace("_", " ").capitalize())
        head = f"---\ntitle: {title}\nslug: {topic.replace('_', '-')}\ntopic: {_topic(topic)}\naudience: public\n"
        dates = "valid_from: 2026-01-01\nupdated: 2026-01-01\n---\n\n"
        (folder / f"{topic}.md").write_text(head + dates + "\n".join(paragraphs), "utf8")


def _topic(name: str) -> str:
    return "returns" if name in {"return", "exchange"} else "orders"
