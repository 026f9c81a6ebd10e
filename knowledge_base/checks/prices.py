"""Finds prices of products that the catalogue does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge_base.checks.findings import Finding, FindingKind, Place, PricedProduct
from knowledge_base.checks.quantities import Quantity, find_quantities
from knowledge_base.ingestion.passages import sections
from knowledge_base.models import Document
from knowledge_base.text import sentences

_LOWEST = re.compile(r"\b(?:from|starts? at|starting at|begins? at)\s*(?:EUR|€)?\s*$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:less than|under|below|up to|not even)\s*(?:EUR|€)?\s*$", re.IGNORECASE)
# What stands between a price and the product behind it: "49 EUR for the …", "At 49 EUR, the …".
_LEADS = re.compile(r"\s*(?:,\s*)?(?:for|buys?(?: you)?|gets? you)?\s*(?:you get )?(?:the|our|a|an|this)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r";\s+|,\s+(?:and|but|while)\s+")


def find_wrong_prices(documents: Sequence[Document], products: Sequence[PricedProduct]) -> list[Finding]:
    """Compare the prices that stand beside products' names with those of their variants."""
    names = _name(products)
    if not names:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})\b", re.IGNORECASE)
    return [finding for document in documents for place in _sentences(document) for finding in _check(place, pattern, names)]


def _name(products: Sequence[PricedProduct]) -> dict[str, PricedProduct]:
    """Give products by what they are called: the whole name, and the name without its brand where no other is called so."""
    names: dict[str, list[PricedProduct]] = {}
    for product in products:
        short = product.name.removeprefix(product.brand).strip()
        for name in {product.name, *([short] if len(short.split()) > 1 else [])}:
            names.setdefault(name.casefold(), []).append(product)
    return {name: owners[0] for name, owners in names.items() if len(owners) == 1}


def _sentences(document: Document) -> Iterator[Place]:
    for section in sections(document):
        heading = section.headings[-1] if section.headings else ""
        for block in section.blocks:
            for sentence in sentences(block.removeprefix("- ")):
                yield Place(document.slug, heading, sentence)


def _check(place: Place, pattern: re.Pattern[str], names: dict[str, PricedProduct]) -> Iterator[Finding]:
    for clause in _CLAUSE.split(place.text):
        for product, price, before in _pairs(clause, list(pattern.finditer(clause)), names):
            if not _is_right(price, before, product):
                message = f"{product.name} costs {_write(product.prices_cents)} in the catalogue."
                yield Finding(FindingKind.PRICE, message, (place,))


def _pairs(clause: str, found: Sequence[re.Match[str]], names: dict[str, PricedProduct]) -> Iterator[tuple[PricedProduct, Quantity, str]]:
    """Give each price with the product that it belongs to, in front of it or behind ("49 EUR for the …"), and the words before it."""
    prices = [one for one in find_quantities(clause) if one.kind == "money"]
    for price in prices:
        led = next((match for match in found if _LEADS.fullmatch(clause[price.end : match.start()])), None)
        owner = led or next((match for match in reversed(found) if match.end() <= price.start), None)
        if owner is not None:
            yield names[owner.group().casefold()], price, clause[: price.start]


def _is_right(price: Quantity, before: str, product: PricedProduct) -> bool:
    low, high = round(price.low), round(price.high)
    if low != high:
        return low == min(product.prices_cents) and high == max(product.prices_cents)
    if _LIMIT.search(before):
        return min(product.prices_cents) <= low
    if _LOWEST.search(before):
        return low == min(product.prices_cents)
    return low in product.prices_cents


def _write(prices_cents: frozenset[int]) -> str:
    low, high = min(prices_cents) / 100, max(prices_cents) / 100
    return f"{low:.2f} EUR" if low == high else f"{low:.2f} to {high:.2f} EUR"
