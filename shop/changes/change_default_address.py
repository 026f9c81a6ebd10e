"""Change the address of an account."""

from shop.changes.addresses import AddressArguments
from shop.changes.base import AccountContext, Effect
from shop.models import Decision, Level
from shop.policy import change_default_address
from shop.settings import ShopSettings
from shop.wording import address_words


class ChangeDefaultAddress:
    """Implements `Operation`, on the actor's own account."""

    arguments = AddressArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for; an account has to be known besides."""
        return settings.change_default_address_level

    def decide(self, arguments: AddressArguments, context: AccountContext) -> Decision:
        """Ask `policy/change_default_address.py`."""
        return change_default_address.decide(context.customer, arguments.record, context.settings)

    def apply(self, arguments: AddressArguments, context: AccountContext) -> Effect:
        """The account with its new address; orders keep theirs.

        Raises:
            InvalidArguments: If the address is missing.
        """
        address = arguments.needed()
        old, new = address_words(context.customer.address), address_words(address)
        return Effect(
            customer=context.customer.model_copy(update={"address": address}),
            address=address,
            summary=f"Change the address of your account to {new} instead of {old}? Orders that are placed keep their address.",
            done=f"The address of your account is now {new}. Orders that are placed keep their address.",
        )
