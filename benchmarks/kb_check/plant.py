"""Edits articles: plants a fault, or a sentence that only looks like one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from knowledge_base.checks.findings import PricedProduct, Surroundings
from knowledge_base.ingestion import files
from knowledge_base.models import Document
from shop.demo.products import generate_products
from shop.policy import list_paragraphs
from shop.settings import ShopSettings

HERE = Path(__file__).parent
ARTICLES = HERE.parents[1] / "knowledge_base" / "articles"
TODAY = date(2026, 11, 22)

Edit = dict[str, Any]


def read_articles() -> list[Document]:
    """The shipped articles."""
    return [document for path in sorted(ARTICLES.glob("*.md")) for document in files.read(path, "hash")]


def read_edits(name: str) -> list[Edit]:
    """`faults` or `harmless`."""
    found: list[Edit] = yaml.safe_load((HERE / f"{name}.yml").read_text("utf8"))
    return found


def apply(edit: Edit, documents: Sequence[Document]) -> list[Document]:
    """Give the articles with one edit. Fails when the words that it hangs on are no longer there."""
    assert edit["article"] in {document.slug for document in documents}, edit["id"]
    return [_change(document, edit) if document.slug == edit["article"] else document for document in documents]


def _change(document: Document, edit: Edit) -> Document:
    if "head" in edit:
        return replace(document, **{name: date.fromisoformat(day) for name, day in edit["head"].items()})
    old = edit.get("find") or edit["after"]
    assert document.text.count(old) == 1, f"{edit['id']}: {old!r} stands {document.text.count(old)} times in {document.slug}"
    return replace(document, text=document.text.replace(old, edit.get("put") or f"{old} {edit['add']}"))


def read_surroundings() -> Surroundings:
    """The demo shop's rules and catalogue."""
    products = generate_products(Random(1), now=_now())
    priced = tuple(
        PricedProduct(one.product_id, one.name, one.brand, frozenset(variant.price_cents for variant in one.variants)) for one in products
    )
    return Surroundings(list_paragraphs(ShopSettings()), priced)


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
