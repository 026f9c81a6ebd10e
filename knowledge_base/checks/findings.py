"""What a check is given and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FindingKind(StrEnum):
    """What is wrong."""

    CONTRADICTION = "contradiction"
    """Two articles say different things about one matter."""
    POLICY = "policy"
    """An article says otherwise than the shop's rules, which are what happens."""
    PRICE = "price"
    """A product's price in an article is not one that the catalogue has."""
    EXPIRED = "expired"
    """A date has passed, or dates make no sense."""
    LINK = "link"
    """A link leads nowhere, or to what customers cannot see."""
    INSTRUCTION = "instruction"
    """A sentence speaks to a machine, or does not belong where it stands: somebody else may have written it."""


@dataclass(frozen=True)
class Place:
    """A sentence and where it stands.

    Attributes:
        slug: The article; for a rule of the shop its name, such as `return.window`.
        heading: The heading above it; empty before the first.
    """

    slug: str
    heading: str
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing that somebody should look at.

    Attributes:
        places: The sentences in question; the article's own first.
    """

    kind: FindingKind
    message: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class PricedProduct:
    """A product as the price check sees it.

    Attributes:
        prices_cents: What its variants cost.
    """

    product_id: str
    name: str
    brand: str
    prices_cents: frozenset[int]


@dataclass(frozen=True)
class Surroundings:
    """What articles are held against.

    Attributes:
        rules: The paragraphs of the shop's rules, by name.
        products: The catalogue.
    """

    rules: dict[str, str] = field(default_factory=dict)
    products: tuple[PricedProduct, ...] = ()
