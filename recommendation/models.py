"""What is recommended, and what it is drawn from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Protocol

from shop.filtering import fits
from shop.models import Noun, Order, Product, ProductFilter, Variant


class Recommendation(Noun):
    """A product with the variant to buy, in stock, and why.

    Attributes:
        reasons: Short phrases, each of which can be checked against the shop's records.
        score: Higher is better; comparable within one answer only.
    """

    product: Product
    variant: Variant
    reasons: list[str]
    score: float


class Scored(Protocol):
    """A product that a search found."""

    @property
    def product_id(self) -> str:
        """Which product."""
        ...

    @property
    def score(self) -> float:
        """How well it fits the words; higher is better."""
        ...


class ProductSearch(Protocol):
    """Finds products by words; `knowledge_base.catalogue.CatalogueIndex` is one."""

    async def search(self, query: str, limit: int = 20, among: frozenset[str] | None = None) -> Sequence[Scored]:
        """Give the products that fit the words, best first, only out of `among` where given."""
        ...


@dataclass(frozen=True)
class Baskets:
    """Which products were bought in which orders."""

    orders: Sequence[tuple[str, ...]]

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many orders each product was bought."""
        return Counter(product_id for basket in self.orders for product_id in set(basket))

    @cached_property
    def pairs(self) -> Counter[frozenset[str]]:
        """In how many orders two products were bought together."""
        return Counter(frozenset(pair) for basket in self.orders for pair in combinations(sorted(set(basket)), 2))

    def together(self, one: str, other: str) -> int:
        """In how many orders these two were bought together."""
        return self.pairs[frozenset((one, other))]


@dataclass(frozen=True)
class Context:
    """What a recommender draws from.

    Attributes:
        pool: The products that may be recommended: in stock, within the filters, not just bought.
        filters: What the variant has to satisfy.
        baskets: What was bought together.
        search: Finds products by words.
        anchor: The product that was asked about, or None.
        need: The words of a need, or "".
        orders: The customer's orders, newest first; none for a stranger.
        bought: The products of those orders, by id.
        least_together: In how many orders two products must have met.
    """

    pool: Sequence[Product]
    filters: ProductFilter
    baskets: Baskets
    search: ProductSearch
    anchor: Product | None = None
    need: str = ""
    orders: Sequence[Order] = ()
    bought: dict[str, Product] = field(default_factory=dict)
    least_together: int = 2

    def sellable(self, product: Product) -> list[Variant]:
        """The variants in stock that satisfy the filters, cheapest first."""
        wanted = self.filters.model_copy(update={"in_stock": True})
        return sorted((variant for variant in product.variants if fits(variant, wanted)), key=lambda variant: variant.price_cents)
