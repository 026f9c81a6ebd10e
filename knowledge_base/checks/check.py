"""All checks over all articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge_base.checks.contradictions import find_contradictions
from knowledge_base.checks.findings import Finding, Surroundings
from knowledge_base.checks.instructions import find_instructions
from knowledge_base.checks.links import Reach, find_dead_links
from knowledge_base.checks.prices import find_wrong_prices
from knowledge_base.checks.validity import find_expired
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Document
from knowledge_base.screening.screen import Screen


def check(
    documents: Sequence[Document],
    surroundings: Surroundings,
    today: date,
    reach: Reach | None = None,
    screen: Screen | None = None,
    embedder: Embedder | None = None,
) -> list[Finding]:
    """Look for what a customer must not be told.

    Args:
        documents: All of the knowledge base. What is out of date or withheld is looked at for its validity and links alone.
        surroundings: The shop's rules and catalogue.
        today: Decides what has run out.
        embedder: Compares meanings as well as words; without it, other words for the same matter are not seen.
        reach: Tries addresses of the web; without it links to other sites are left alone.
        screen: Tells what instructs a machine; without it nothing is looked at for that.

    Returns:
        By kind, then in the order of the articles.
    """
    told = [document for document in documents if document.is_public_on(today)]
    products = frozenset(product.product_id for product in surroundings.products)
    return [
        *find_contradictions(told, surroundings.rules, embedder),
        *find_wrong_prices(told, surroundings.products),
        *find_expired(documents, today),
        *find_dead_links(documents, products, reach),
        *(find_instructions(documents, screen) if screen else ()),
    ]
