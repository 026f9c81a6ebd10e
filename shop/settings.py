"""What can be set about a shop."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from shop.models import Level


class ShopSettings(BaseModel):
    """Where the shop is kept, and the figures in its rules.

    Attributes:
        backend: A module of `shop/backends`.
        url: Where the back end finds its data; for `sql` an async SQLAlchemy URL.
        token_secret: Signs confirmation tokens. Unset, the back end makes one and keeps it.
        order_id_prefix: What an order number starts with; customers may leave it out.
        return_window_days: Days after delivery in which a return is accepted.
        return_send_days: Days after the request in which the parcel has to be on its way.
        refund_days: Words for how long a refund to a card or to PayPal takes.
        refund_business_days: The business days after which such a refund should have arrived.
        proposal_lifetime_s: Seconds in which a proposal can be confirmed.
        cancel_level: The identity that cancelling asks for.
        return_level: The identity that returning asks for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: str = "sql"
    url: str = "sqlite+aiosqlite:///var/shop.db"
    token_secret: SecretStr | None = None
    order_id_prefix: str = "CH-"
    return_window_days: int = Field(default=30, ge=1)
    return_send_days: int = Field(default=14, ge=1)
    refund_days: str = "5 to 7 business days"
    refund_business_days: int = Field(default=7, ge=0)
    proposal_lifetime_s: int = Field(default=900, ge=1)
    cancel_level: Level = Level.GUEST
    return_level: Level = Level.GUEST
