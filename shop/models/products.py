"""What the shop sells."""

from pydantic import AwareDatetime, Field

from shop.models.nouns import Cents, Currency, Noun, ProductId, VariantId


class Review(Noun):
    """What a buyer wrote. Untrusted text."""

    author: str
    rating: int = Field(ge=1, le=5)
    title: str = ""
    text: str
    written_at: AwareDatetime


class Variant(Noun):
    """One buyable form of a product: its options, price and stock.

    Attributes:
        stock: Pieces to sell; 0 is sold out; None where the shop knows that there are some and does not count them.
    """

    variant_id: VariantId
    options: dict[str, str] = Field(default={})
    price_cents: Cents
    stock: int | None = Field(default=None, ge=0)

    @property
    def available(self) -> bool:
        """Whether it can be bought now."""
        return self.stock is None or self.stock > 0

    def has(self, pieces: int) -> bool:
        """Whether so many pieces can be bought now."""
        return self.stock is None or self.stock >= pieces


class Product(Noun):
    """Something the shop sells, in one or more variants.

    Attributes:
        attributes: Facts by name, such as {"material": "wool", "weight": "420 g"}.
        keywords: Words customers use for it that its name lacks.
    """

    product_id: ProductId
    name: str = Field(min_length=1)
    product_type: str = Field(min_length=1)
    brand: str = Field(min_length=1)
    description: str
    currency: Currency
    attributes: dict[str, str] = Field(default={})
    keywords: list[str] = Field(default=[])
    variants: list[Variant] = Field(min_length=1)
    reviews: list[Review] = Field(default=[])
    image_url: str = ""
    url: str = ""

    @property
    def in_stock(self) -> bool:
        """Whether any variant can be bought now."""
        return any(variant.available for variant in self.variants)

    @property
    def from_price_cents(self) -> int:
        """The lowest price among variants in stock, or among all when none is."""
        sellable = [v for v in self.variants if v.available] or self.variants
        return min(v.price_cents for v in sellable)

    def find_variant(self, variant_id: str) -> Variant | None:
        """The variant with this id."""
        return next((v for v in self.variants if v.variant_id == variant_id), None)


class ProductFilter(Noun):
    """What a product has to satisfy. Empty fields do not restrict. Text compares case-insensitively.

    Attributes:
        options: Option values that one variant has to carry, such as {"size": "42"}.
        attributes: Attribute values that the product has to carry.
        text: Words that name, type, brand or keywords have to hold.
    """

    product_type: str | None = None
    brand: str | None = None
    options: dict[str, str] = Field(default={})
    attributes: dict[str, str] = Field(default={})
    min_price_cents: int | None = None
    max_price_cents: int | None = None
    in_stock: bool = False
    text: str | None = None
    product_ids: frozenset[str] | None = None
