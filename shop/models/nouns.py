"""What every noun of the shop rests on: ids, money, time."""

from datetime import UTC, datetime
from typing import Annotated, NewType

from pydantic import BaseModel, ConfigDict, Field

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
