"""Brings an installation's data to where the parts can start: databases, demo shop, knowledge, a trained bot."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from cli.paths import MODELS
from cli.training import ensure_model, write_lookups
from knowledge_base.settings import SHIPPED_ARTICLES
from server.settings import Settings

Say = Callable[[str], None]


async def migrate(settings: Settings, _: Say) -> None:
    """Bring the gateway's tables to the present version."""
    from server.storage.migrate import migrate as upgrade

    await asyncio.to_thread(upgrade, settings.database_url)


async def load_demo_shop(settings: Settings, say: Say) -> None:
    """Fill an empty shop with the demo shop, unless the installation brings its own."""
    from shop import create as create_shop
    from shop.demo.loading import load_demo
    from shop.models import ProductFilter

    if not settings.demo:
        return
    shop = create_shop(settings.shop_settings())
    try:
        if await shop.list_products(ProductFilter(), limit=1):
            return
        data = await load_demo(shop, replace=False)
    finally:
        await shop.close()
    say(f"demo shop loaded: {len(data.products)} products, {len(data.customers)} customers, {len(data.orders)} orders")


async def ingest(settings: Settings, say: Say) -> None:
    """Bring the index to the present articles and uploads; the shop's other folders come by `counterhand kb ingest`.

    The demo shop's articles are no promises of a shop that brings its own, nor of one that is no demo: they are taken out then.
    """
    from knowledge_base import create as create_knowledge_base

    knowledge = create_knowledge_base(settings.knowledge_base_settings())
    try:
        # Uploads are in the index already, unless they came back with a backup.
        uploads = [settings.documents_dir] if settings.documents_dir.is_dir() else []
        own = [settings.articles_dir] if settings.articles_dir else []
        demo = [SHIPPED_ARTICLES] if settings.demo and not own else []
        report = await knowledge.ingest([*own, *demo, *uploads], without=[] if demo else _without(own))
    finally:
        await knowledge.close()
    articles = len(report.added) + len(report.changed) + len(report.unchanged)
    gone = f", {len(report.removed)} removed" if report.removed else ""
    say(f"knowledge base: {articles} articles, {report.passages} passages; {len(report.added) + len(report.changed)} read now{gone}")
    for failure in report.failed:
        say(f"not read: {failure}")


def _without(own: list[Path]) -> list[Path]:
    """Name the demo's folder, unless the shop's own articles lie there."""
    return [] if any(SHIPPED_ARTICLES.resolve().is_relative_to(folder.resolve()) for folder in own) else [SHIPPED_ARTICLES]


async def train(settings: Settings, say: Say) -> Path:
    """Give the model for the present data and catalogue."""
    lookups = await write_lookups(settings.shop_settings(), settings.data_dir / "training")
    return await asyncio.to_thread(ensure_model, lookups, say, settings.models_dir or MODELS)


async def first_account(settings: Settings, _: Say) -> tuple[str, str] | None:
    """Make the first staff account; give its e-mail and one-time password when it was made now."""
    from server.staff.accounts import ensure_first_account
    from server.storage.engine import Database

    database = Database(settings.database_url)
    try:
        made = await ensure_first_account(database, settings.first_staff_email, settings.first_staff_name or f"{settings.brand_name} team")
    finally:
        await database.close()
    return (made.email, made.password) if made else None
