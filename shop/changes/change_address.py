"""Send a pending order elsewhere."""

from shop.changes.addresses import AddressArguments
from shop.changes.base import Context, Effect, OrderArguments
from shop.models import Decision, Level
from shop.policy import change_address
from shop.settings import ShopSettings
from shop.wording import address_words


class OrderAddressArguments(AddressArguments, OrderArguments):
    """Which order, and where to."""


class ChangeAddress:
    """Implements `Operation`."""

    arguments = OrderAddressArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.change_address_level

    def decide(self, arguments: OrderAddressArguments, context: Context) -> Decision:
        """Ask `policy/change_address.py`."""
        return change_address.decide(context.order, arguments.record, context.settings)

    def apply(self, arguments: OrderAddressArguments, context: Context) -> Effect:
        """The order with its new address; nothing else changes.

        Raises:
            InvalidArguments: If the address is missing.
        """
        address = arguments.needed()
        order_id, old, new = context.order.order_id, address_words(context.order.address), address_words(address)
        return Effect(
            order=context.order.model_copy(update={"address": address}),
            address=address,
            summary=f"Send order {order_id} to {new} instead of {old}?",
            done=f"Order {order_id} now goes to {new}.",
        )
