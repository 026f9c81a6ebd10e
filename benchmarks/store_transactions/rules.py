"""The rules of the data's shop, as our settings, and how much of a proof of identity it asks for."""

from typing import Any, Final

from shop.settings import ShopSettings

ORDER_ID_PREFIX: Final = "#W"
GUEST_PROOF: Final = "email,name_zip"

RULES: Final[dict[str, Any]] = {
    "order_id_prefix": ORDER_ID_PREFIX,
    "timezone": "EST",
    "cancel_reasons": ["no longer needed", "ordered by mistake"],
    "cancel_after_items_changed": False,
    "change_items_once": True,
    "return_window_days": None,
    "return_send_days": None,
    "return_refund_to": ["original", "gift_card"],
    "exchange_window_days": None,
    "exchange_same_variant": True,
    "exchange_charges_at_once": False,
    "difference_refund_to": ["any"],
    "zero_difference_needs_method": True,
    "refund_days": "5 to 7 business days",
    "refund_business_days": 7,
    "delivery_countries": None,
}
"""Fields of `ShopSettings`, as they stand in a rules file."""


def shop_settings(url: str) -> ShopSettings:
    """The shop's settings with these rules, its records at `url`."""
    return ShopSettings.model_validate({**RULES, "url": url})
