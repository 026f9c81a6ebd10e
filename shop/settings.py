"""What can be set about a shop."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from shop.models import Level, OperationName


class RefundTo(StrEnum):
    """Where money may go back to."""

    ORIGINAL = "original"
    """What the order was paid with, up to the amount it paid."""
    GIFT_CARD = "gift_card"
    """A gift card that the customer has."""
    ANY = "any"
    """Every payment method of the customer."""


class ShopSettings(BaseModel):
    """Where the shop is kept, and the figures in its rules.

    Attributes:
        backend: A module of `shop/backends`.
        url: Where the back end finds its data; for `sql` an async SQLAlchemy URL, for `shopify` the store's address.
        api_token: What a shop behind an API asks for.
        api_version: The version of that API.
        ledger_url: Where proposals, receipts and audit of a shop behind an API are kept; an async SQLAlchemy URL.
        token_secret: Signs confirmation tokens. Unset, the back end makes one and keeps it.
        order_id_prefix: What an order number starts with; customers may leave it out.
        timezone: An IANA name; the days in sentences are those of this zone.
        proposal_lifetime_s: Seconds in which a proposal can be confirmed.
        cancel_level: The identity that cancelling asks for; and so the other `…_level` for theirs. An account's own address asks for
            an account besides.
        cancel_reasons: The reasons for which an order is cancelled.
        cancel_after_items_changed: Whether an order whose items were changed can still be cancelled.
        cancel_refunds_shipping: Whether a cancellation gives the cost of delivery back.
        change_items_once: Whether items of an order can be changed once only.
        return_window_days: Days after delivery in which a return is accepted; None for no end.
        return_send_days: Days after the request in which the parcel has to be on its way; None for no such day.
        return_refund_to: Where a return's money may go.
        return_refunds_shipping: Whether the return of a whole order gives the cost of the first delivery back.
        exchange_window_days: Days after delivery in which an exchange is accepted; None for no end.
        exchange_same_variant: Whether an item can be swapped for the same once more.
        exchange_charges_at_once: Whether a difference to pay is taken with the request; otherwise when the new items are sent.
        difference_refund_to: Where the difference may go when new items cost less. A difference to pay may come from every method.
        zero_difference_needs_method: Whether a payment method has to be named even where there is no difference.
        refund_days: Words for how long a refund to a card or to PayPal takes.
        refund_business_days: The business days after which such a refund should have arrived.
        delivery_countries: ISO 3166 alpha-2 codes of the countries that an order may be sent to; None for all.
        approval_over_cents: For an operation, the amount above which a member of staff approves it. The amount is what is refunded or
            charged; for `change_address`, what the order costs; for `change_payment`, what was paid.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: str = "sql"
    url: str = "sqlite+aiosqlite:///var/shop.db"
    api_token: SecretStr | None = None
    api_version: str = "2026-07"
    ledger_url: str = "sqlite+aiosqlite:///var/shop.db"
    token_secret: SecretStr | None = None
    order_id_prefix: str = "CH-"
    timezone: str = "UTC"
    proposal_lifetime_s: int = Field(default=900, ge=1)
    cancel_level: Level = Level.GUEST
    cancel_reasons: tuple[str, ...] = Field(default=("no longer needed", "ordered by mistake"), min_length=1)
    cancel_after_items_changed: bool = True
    cancel_refunds_shipping: bool = True
    change_items_level: Level = Level.GUEST
    change_items_once: bool = True
    change_address_level: Level = Level.GUEST
    change_payment_level: Level = Level.GUEST
    change_default_address_level: Level = Level.GUEST
    return_level: Level = Level.GUEST
    return_window_days: int | None = Field(default=30, ge=1)
    return_send_days: int | None = Field(default=14, ge=1)
    return_refund_to: frozenset[RefundTo] = Field(default=frozenset({RefundTo.ORIGINAL, RefundTo.GIFT_CARD}), min_length=1)
    return_refunds_shipping: bool = False
    exchange_level: Level = Level.GUEST
    exchange_window_days: int | None = Field(default=30, ge=1)
    exchange_same_variant: bool = True
    exchange_charges_at_once: bool = True
    difference_refund_to: frozenset[RefundTo] = Field(default=frozenset({RefundTo.ORIGINAL, RefundTo.GIFT_CARD}), min_length=1)
    zero_difference_needs_method: bool = False
    refund_days: str = "5 to 7 business days"
    refund_business_days: int = Field(default=7, ge=0)
    delivery_countries: tuple[str, ...] | None = Field(default=("DE", "AT", "NL", "BE", "FR", "DK", "SE"), min_length=1)
    approval_over_cents: dict[OperationName, int] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the days in sentences."""
        return ZoneInfo(self.timezone)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            msg = f"No time zone {name!r}. Give an IANA name, such as Europe/Berlin."
            raise ValueError(msg) from None
        return name


def read_rules(path: Path) -> dict[str, Any]:
    """Read the figures of a shop's rules from a JSON file: fields of `ShopSettings` by name.

    Raises:
        ValueError: If the file cannot be read, is no object, or sets what is no rule.
    """
    try:
        rules = json.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        msg = f"The rules file {str(path)!r} cannot be read: {exc.strerror}."
        raise ValueError(msg) from exc
    if not isinstance(rules, dict):
        msg = f"The rules file {str(path)!r} holds no object of settings."
        raise ValueError(msg)  # noqa: TRY004 - a settings error like the others
    if places := {"backend", "url", "token_secret", "api_token", "api_version", "ledger_url"} & rules.keys():
        msg = f"The rules file {str(path)!r} sets {', '.join(sorted(places))}; those are no rules."
        raise ValueError(msg)
    return rules
