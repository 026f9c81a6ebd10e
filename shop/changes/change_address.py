"""Send a pending order elsewhere."""

from shop.changes.addresses import NewAddress
from shop.changes.base import Context, Effect, OrderArguments
from shop.errors import InvalidArguments
from shop.models import Address, Decision, Level
from shop.policy import change_address
from shop.settings import ShopSettings
from shop.wording import address_words


class AddressArguments(OrderArguments):
    """Which order, and where to."""

    address: NewAddress | None = None

    @property
    def record(self) -> Address | None:
        """The new address as the shop keeps it."""
        return self.address.record() if self.address else None


class ChangeAddress:
    """Implements `Operation`."""

    arguments = AddressArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.change_address_level

    def decide(self, arguments: AddressArguments, context: Context) -> Decision:
        """Ask `policy/change_address.py`."""
        return change_address.decide(context.order, arguments.record, context.settings)

    def apply(self, arguments: AddressArguments, context: Context) -> Effect:
        """The order with its new address; nothing else changes.

        Raises:
            InvalidArguments: If the address is missing.
        """
        address = arguments.record
        if address is None:
            msg = "address is needed: line1, city, postal_code and country at least."
            raise InvalidArguments(msg)
        order_id, old, new = context.order.order_id, address_words(context.order.address), address_words(address)
        return Effect(
            order=context.order.model_copy(update={"address": address}),
            address=address,
            summary=f"Send order {order_id} to {new} instead of {old}?",
            done=f"Order {order_id} now goes to {new}.",
        )
