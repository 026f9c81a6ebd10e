"""The shop's nouns. Money is integer cents in an ISO 4217 currency; times are UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, NewType

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

ProductId = NewType("ProductId", str)
VariantId = NewType("VariantId", str)
CustomerId = NewType("CustomerId", str)
OrderId = NewType("OrderId", str)
LineId = NewType("LineId", str)
ProposalId = NewType("ProposalId", str)

Cents = Annotated[int, Field(ge=0)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Noun(BaseModel):
    """A record of the shop: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(StrEnum):
    """How well we know who is writing."""

    ANONYMOUS = "anonymous"
    """Nobody we know."""
    GUEST = "guest"
    """Proved one or more orders, not an account."""
    CUSTOMER = "customer"
    """Signed in: a verified token names the account."""


class Actor(Noun):
    """On whose behalf something is asked. Made by the server, never from text.

    Attributes:
        level: How well we know them.
        customer_id: Set at level `customer`, or at `guest` where the shop's settings allow a weak proof of the account.
        order_ids: The orders that a guest proved.
    """

    level: Level = Level.ANONYMOUS
    customer_id: CustomerId | None = None
    order_ids: frozenset[OrderId] = frozenset()


class Address(Noun):
    """A postal address. `country` is ISO 3166 alpha-2."""

    line1: str = Field(min_length=1)
    line2: str = ""
    city: str = Field(min_length=1)
    region: str = ""
    postal_code: str = Field(min_length=1)
    country: str = Field(pattern=r"^[A-Z]{2}$")


class PaymentKind(StrEnum):
    """What an amount can be paid with."""

    CARD = "card"
    """A credit or debit card."""
    PAYPAL = "paypal"
    """A PayPal account."""
    GIFT_CARD = "gift_card"
    """A gift card with a balance at this shop."""


class PaymentMethod(Noun):
    """One way a customer pays. `balance_cents` is set for gift cards alone."""

    payment_method_id: str
    kind: PaymentKind
    brand: str = ""
    last_four: str = Field(default="", pattern=r"^(\d{4})?$")
    balance_cents: Cents | None = None

    @property
    def label(self) -> str:
        """The words a customer knows it by, such as "Visa ending in 4242"."""
        match self.kind:
            case PaymentKind.CARD:
                return f"{self.brand or 'card'} ending in {self.last_four}"
            case PaymentKind.PAYPAL:
                return "PayPal"
            case PaymentKind.GIFT_CARD:
                return f"gift card ending in {self.payment_method_id[-4:]}"


class Customer(Noun):
    """A person with an account."""

    customer_id: CustomerId
    first_name: str = Field(min_length=1)
    last_name: str = Field(min_length=1)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    address: Address
    payment_methods: list[PaymentMethod] = []

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


class Review(Noun):
    """What a buyer wrote. Untrusted text."""

    author: str
    rating: int = Field(ge=1, le=5)
    title: str = ""
    text: str
    written_at: AwareDatetime


class Variant(Noun):
    """One buyable form of a product: its options, price and stock."""

    variant_id: VariantId
    options: dict[str, str] = {}
    price_cents: Cents
    stock: int = Field(ge=0)


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
    attributes: dict[str, str] = {}
    keywords: list[str] = []
    variants: list[Variant] = Field(min_length=1)
    reviews: list[Review] = []
    image_url: str = ""
    url: str = ""

    @property
    def in_stock(self) -> bool:
        """Whether any variant can be bought now."""
        return any(variant.stock > 0 for variant in self.variants)

    @property
    def from_price_cents(self) -> int:
        """The lowest price among variants in stock, or among all when none is."""
        sellable = [v for v in self.variants if v.stock > 0] or self.variants
        return min(v.price_cents for v in sellable)


class ProductFilter(Noun):
    """What a product has to satisfy. Empty fields do not restrict. Text compares case-insensitively.

    Attributes:
        options: Option values that one variant has to carry, such as {"size": "42"}.
        attributes: Attribute values that the product has to carry.
        text: Words that name, type, brand or keywords have to hold.
    """

    product_type: str | None = None
    brand: str | None = None
    options: dict[str, str] = {}
    attributes: dict[str, str] = {}
    min_price_cents: int | None = None
    max_price_cents: int | None = None
    in_stock: bool = False
    text: str | None = None
    product_ids: frozenset[str] | None = None


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING = "pending"
    """Placed; can still be cancelled."""
    PROCESSED = "processed"
    """Being packed; can no longer be cancelled."""
    SHIPPED = "shipped"
    """Handed to the carrier."""
    DELIVERED = "delivered"
    """With the customer."""
    CANCELLED = "cancelled"
    """Cancelled; money returned."""
    RETURN_REQUESTED = "return_requested"
    """The customer sends something back."""
    EXCHANGE_REQUESTED = "exchange_requested"
    """The customer swaps something."""


class OrderLine(Noun):
    """One article of an order, as it was bought."""

    line_id: LineId
    product_id: ProductId
    variant_id: VariantId
    name: str
    options: dict[str, str] = {}
    price_cents: Cents
    quantity: int = Field(default=1, ge=1)

    @property
    def label(self) -> str:
        """Name with options, such as "Trail shoe (size 42, black)"."""
        options = ", ".join(self.options.values())
        return f"{self.name} ({options})" if options else self.name


class TrackingEvent(Noun):
    """One stage of a parcel's way."""

    at: AwareDatetime
    place: str = ""
    text: str


class Fulfilment(Noun):
    """A parcel: who carries it, its number, what is in it, where it has been."""

    tracking_id: str
    carrier: str
    tracking_url: str = ""
    line_ids: list[LineId]
    expected_at: AwareDatetime | None = None
    events: list[TrackingEvent] = []


class PaymentEntryKind(StrEnum):
    """Which way money went."""

    PAYMENT = "payment"
    """From the customer."""
    REFUND = "refund"
    """To the customer."""


class PaymentEntry(Noun):
    """One movement of money on an order. `settles_by` is when a refund should have arrived; None where it is there at once."""

    kind: PaymentEntryKind
    amount_cents: Cents
    payment_method_id: str
    at: AwareDatetime
    settles_by: AwareDatetime | None = None


class ReturnRequest(Noun):
    """What is being sent back, and where its money goes."""

    line_ids: list[LineId]
    payment_method_id: str
    refund_cents: Cents
    requested_at: AwareDatetime
    send_by: AwareDatetime


class Order(Noun):
    """Something bought: lines, parcels, money. Times that have not come yet are None."""

    order_id: OrderId
    customer_id: CustomerId
    status: OrderStatus
    currency: Currency
    address: Address
    lines: list[OrderLine] = Field(min_length=1)
    shipping_cents: Cents = 0
    payments: list[PaymentEntry] = []
    fulfilments: list[Fulfilment] = []
    placed_at: AwareDatetime
    shipped_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    cancelled_at: AwareDatetime | None = None
    cancel_reason: str | None = None
    return_request: ReturnRequest | None = None
    exchange_note: str | None = None
    note: str = ""

    @property
    def total_cents(self) -> int:
        """Goods and shipping."""
        return sum(line.price_cents * line.quantity for line in self.lines) + self.shipping_cents


class OrderContact(Noun):
    """Whom an order's proof code goes to. Never shown."""

    order_id: OrderId
    customer_id: CustomerId
    email: str
    first_name: str
    last_name: str
    postal_code: str


class OperationName(StrEnum):
    """What can be changed on the customer's behalf."""

    CANCEL_ORDER = "cancel_order"
    """Cancel a pending order; arguments order_id, reason."""
    RETURN_ITEMS = "return_items"
    """Return lines of a delivered order; arguments order_id, line_ids, payment_method_id."""


class Decision(Noun):
    """What a policy says, with the rule it applied and the paragraph that the rule implements."""

    allowed: bool
    rule: str
    paragraph: str
    explanation: str


class Refund(Noun):
    """Money that goes back, and how."""

    payment_method_id: str
    label: str
    amount_cents: Cents
    settles: str


class Proposal(Noun):
    """What would be changed, exactly, waiting for a yes.

    Attributes:
        token: Hash over operation, arguments, conversation, policy version and the order's state. It dies when any changes.
        summary: The sentence shown to the customer before they confirm, built from records.
    """

    proposal_id: ProposalId
    conversation_id: str
    operation: OperationName
    arguments: dict[str, Any]
    token: str
    summary: str
    currency: Currency
    refunds: list[Refund] = []
    decision: Decision
    created_at: AwareDatetime
    expires_at: AwareDatetime


class Receipt(Noun):
    """Proof that something was done. The only source of "done" sentences.

    Attributes:
        already_done: Whether this is the receipt of an earlier commit, told again.
        text: The sentence for the customer, built from records.
    """

    receipt_id: str
    proposal_id: ProposalId
    conversation_id: str
    operation: OperationName
    order_id: OrderId
    text: str
    currency: Currency
    refunds: list[Refund] = []
    committed_at: AwareDatetime
    already_done: bool = False


class ShopData(Noun):
    """A whole shop, as imported and exported."""

    products: list[Product]
    customers: list[Customer]
    orders: list[Order]


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def utc(value: datetime) -> datetime:
    """Give `value` back in UTC; a naive time is refused.

    Raises:
        ValueError: If `value` has no time zone.
    """
    if value.tzinfo is None:
        msg = f"A time without a zone: {value!r}. Give UTC times, such as 2026-01-31T09:00:00Z."
        raise ValueError(msg)
    return value.astimezone(UTC)
