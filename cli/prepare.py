"""Brings an installation's data to where the parts can start: databases, demo shop, knowledge, a trained bot."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cli.paths import ARTICLES
from cli.training import ensure_model, write_lookups
from server.settings import Settings

Say = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """What was made ready.

    Attributes:
        model: The trained bot.
        one_time_password: Of the first staff account, when it was made now.
    """

    model: Path
    one_time_password: str | None
    staff_email: str


async def migrate(settings: Settings, _: Say) -> None:
    """Bring the gateway's tables to the present version."""
    from server.storage.migrate import migrate as upgrade

    await asyncio.to_thread(upgrade, settings.database_url)


async def load_demo_shop(settings: Settings, say: Say) -> None:
    """Fill an empty shop database with the demo shop, unless the installation brings its own."""
    from shop.backends.sql import is_empty, replace_all
    from shop.demo.generate import generate

    shop = settings.shop_settings()
    if not settings.demo or shop.backend != "sql" or not await is_empty(shop.url):
        return
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    data = generate(now=midnight)
    await replace_all(shop.url, data)
    say(f"demo shop loaded: {len(data.products)} products, {len(data.customers)} customers, {len(data.orders)} orders")


async def ingest(settings: Settings, say: Say) -> None:
    """Bring the index to the present articles; the shop's own folders come by `counterhand kb ingest`."""
    from knowledge_base import create as create_knowledge_base

    knowledge = create_knowledge_base(settings.knowledge_base_settings())
    try:
        report = await knowledge.ingest([ARTICLES])
    finally:
        await knowledge.close()
    say(f"knowledge: {report}")


async def train(settings: Settings, say: Say) -> Path:
    """Give the model for the present data and catalogue."""
    lookups = await write_lookups(settings.shop_settings(), settings.data_dir / "training")
    return await asyncio.to_thread(ensure_model, lookups, say)


async def first_account(settings: Settings, _: Say) -> tuple[str, str] | None:
    """Make the first staff account; give its e-mail and one-time password when it was made now."""
    from server.staff.service import ensure_first_account
    from server.storage.engine import Database

    database = Database(settings.database_url)
    try:
        async with database.write() as db:
            made = await ensure_first_account(db)
    finally:
        await database.close()
    return (made.email, made.password) if made else None
