"""`counterhand kb check`: look at the articles before they speak."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from knowledge_base.checks.findings import Finding, PricedProduct, Surroundings
from knowledge_base.errors import KnowledgeBaseError, UnreadableDocument
from knowledge_base.models import Document
from server.settings import Settings
from shop.errors import ShopError

console = Console(highlight=False)

_PAGE = 1000


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders to check before they are ingested.")] = None,
    links: Annotated[bool, typer.Option("--links", help="Try links to other websites as well.")] = False,
) -> None:
    """Look for contradictions, wrong prices, what has run out, dead links and planted instructions; without paths, in what is ingested."""
    try:
        documents, surroundings = asyncio.run(_gather(Settings(), paths or []))
    except (KnowledgeBaseError, ShopError) as exc:
        console.print(str(exc), markup=False)
        raise typer.Exit(code=1) from exc
    found = _check(documents, surroundings, links=links)
    for finding in found:
        print_finding(finding)
    console.print(f"{len(documents)} documents checked, {len(found)} findings")
    raise typer.Exit(code=1 if found else 0)


def _check(documents: Sequence[Document], surroundings: Surroundings, *, links: bool) -> list[Finding]:
    from knowledge_base import registry
    from knowledge_base.checks.check import check as look
    from knowledge_base.ingestion.web.fetcher import Fetcher, tidy
    from knowledge_base.ingestion.web.rules import CrawlRules
    from knowledge_base.screening.screen import Screen

    settings = Settings().knowledge_base_settings()
    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    with closing(Fetcher(CrawlRules(allow=settings.crawl_allow))) as fetcher:

        def reach(url: str) -> str:
            try:
                fetcher.get(tidy(url), lambda _: None)
            except UnreadableDocument as exc:
                return f"{url}: {exc}"
            return ""

        return look(documents, surroundings, datetime.now(UTC).date(), reach if links else None, Screen(embedder), embedder)


async def _gather(settings: Settings, paths: Sequence[Path]) -> tuple[list[Document], Surroundings]:
    documents = _read(paths) if paths else await _load(settings)
    return documents, await read_surroundings(settings)


def _read(paths: Sequence[Path]) -> list[Document]:
    from knowledge_base.ingestion.files import FileSource, FolderListing

    found: list[Document] = []
    for source in FolderListing(paths):
        if isinstance(source, FileSource):
            try:
                found += source.read(source.fingerprint())
            except UnreadableDocument as exc:
                console.print(f"not read: {source.key}: {exc}", markup=False)
        else:
            console.print(f"not read: {source.path}: {source.reason}", markup=False)
    return found


async def _load(settings: Settings) -> list[Document]:
    from knowledge_base import create

    knowledge = create(settings.knowledge_base_settings())
    try:
        return [document for document, _ in await knowledge.list_everything()]
    finally:
        await knowledge.close()


async def read_surroundings(settings: Settings) -> Surroundings:
    """Read what articles are held against: the shop's rules and catalogue.

    Raises:
        ShopError: If the shop does not answer.
    """
    from shop import create as create_shop
    from shop.models import Product, ProductFilter
    from shop.policy import list_paragraphs

    shop_settings = settings.shop_settings()
    shop = create_shop(shop_settings)
    products: list[Product] = []
    try:
        while page := await shop.list_products(ProductFilter(), limit=_PAGE, offset=len(products)):
            products += page
    finally:
        await shop.close()
    priced = [PricedProduct(p.product_id, p.name, p.brand, frozenset(v.price_cents for v in p.variants)) for p in products if p.variants]
    return Surroundings(list_paragraphs(shop_settings), tuple(priced))


def print_finding(finding: Finding) -> None:
    """Show what was found and where."""
    console.print(f"[bold]{finding.kind}[/bold] ", end="")
    console.print(finding.message, markup=False)
    for place in finding.places:
        where = f"{place.slug} › {place.heading}" if place.heading else place.slug
        console.print(f"    {where}: {place.text}", markup=False)
