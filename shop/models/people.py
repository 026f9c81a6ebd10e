"""Who writes to us, and how they pay."""

from enum import StrEnum

from pydantic import Field

from shop.models.nouns import Cents, CustomerId, Noun, OrderId


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
    payment_methods: list[PaymentMethod] = Field(default=[])

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"
