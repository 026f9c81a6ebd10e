"""What was bought, where it is, and which way its money went."""

from collections.abc import Collection
from enum import StrEnum

from pydantic import AwareDatetime, Field

from shop.models.nouns import Cents, Currency, CustomerId, LineId, Noun, OrderId, ProductId, VariantId
from shop.models.people import Address


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING = "pending"
    """Placed; can still be cancelled and changed."""
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
    options: dict[str, str] = Field(default={})
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
    events: list[TrackingEvent] = Field(default=[])


class PaymentEntryKind(StrEnum):
    """Which way money went."""

    PAYMENT = "payment"
    """From the customer."""
    REFUND = "refund"
    """To the customer."""


class PaymentEntry(Noun):
    """One movement of money on an order.

    Attributes:
        at: When; None where the shop does not keep it.
        settles_by: When a refund should have arrived; None where it is there at once.
    """

    kind: PaymentEntryKind
    amount_cents: Cents
    payment_method_id: str
    at: AwareDatetime | None = None
    settles_by: AwareDatetime | None = None


class ReturnRequest(Noun):
    """What is being sent back, and where its money goes."""

    line_ids: list[LineId]
    payment_method_id: str
    refund_cents: Cents
    requested_at: AwareDatetime
    send_by: AwareDatetime | None = None


class LineChange(Noun):
    """One line of an order, as it was and as it will be. Prices are those of one piece."""

    line_id: LineId
    product_id: ProductId
    name: str
    quantity: int = Field(ge=1)
    old_variant_id: VariantId
    old_options: dict[str, str] = Field(default={})
    old_price_cents: Cents
    new_variant_id: VariantId
    new_options: dict[str, str] = Field(default={})
    new_price_cents: Cents

    @property
    def new_label(self) -> str:
        """Name with the new options, such as "Trail shoe (42, black)"."""
        options = ", ".join(self.new_options.values())
        return f"{self.name} ({options})" if options else self.name

    @property
    def difference_cents(self) -> int:
        """What the whole line costs more than before; negative where it costs less."""
        return (self.new_price_cents - self.old_price_cents) * self.quantity


class ExchangeRequest(Noun):
    """What is being swapped for what.

    Attributes:
        difference_cents: What the new items cost more than the old ones; negative where they cost less.
        payment_method_id: Who pays the difference or gets it back; None where there is none.
        charged: Whether a difference to pay was taken with the request, so that a payment of the order shows it.
    """

    changes: list[LineChange] = Field(min_length=1)
    payment_method_id: str | None = None
    difference_cents: int
    charged: bool = False
    requested_at: AwareDatetime
    send_by: AwareDatetime | None = None


class Order(Noun):
    """Something bought: lines, parcels, money. Times that have not come yet, or that the shop does not keep, are None.

    Attributes:
        items_changed: Whether options of its items were changed after it was placed.
    """

    order_id: OrderId
    customer_id: CustomerId
    status: OrderStatus
    currency: Currency
    address: Address
    lines: list[OrderLine] = Field(min_length=1)
    shipping_cents: Cents = 0
    payments: list[PaymentEntry] = Field(default=[])
    fulfilments: list[Fulfilment] = Field(default=[])
    placed_at: AwareDatetime | None = None
    shipped_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    cancelled_at: AwareDatetime | None = None
    cancel_reason: str | None = None
    return_request: ReturnRequest | None = None
    exchange_request: ExchangeRequest | None = None
    exchange_note: str | None = None
    items_changed: bool = False
    note: str = ""

    @property
    def total_cents(self) -> int:
        """Goods and shipping."""
        return self.goods_cents() + self.shipping_cents

    def goods_cents(self, line_ids: Collection[str] | None = None) -> int:
        """What these lines cost, or all of them, without shipping."""
        wanted = [line for line in self.lines if line_ids is None or line.line_id in line_ids]
        return sum(line.price_cents * line.quantity for line in wanted)

    def find_line(self, line_id: str) -> OrderLine | None:
        """The line with this id."""
        return next((line for line in self.lines if line.line_id == line_id), None)


class RefundStatus(Noun):
    """Where the money of an order is on its way back.

    Attributes:
        booked: Refunds in the order's payment history, oldest first.
        expected_cents: What will be refunded once what is returned or exchanged is back; 0 where nothing is.
        payment_method_id: Where that will go.
        send_by: Until when the items have to be sent.
    """

    order_id: OrderId
    currency: Currency
    booked: list[PaymentEntry] = Field(default=[])
    expected_cents: Cents = 0
    payment_method_id: str | None = None
    send_by: AwareDatetime | None = None


class OrderContact(Noun):
    """Whom an order's proof code goes to. Never shown."""

    order_id: OrderId
    customer_id: CustomerId
    email: str
    first_name: str
    last_name: str
    postal_code: str
