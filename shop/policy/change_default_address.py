"""When the address of an account may be changed."""

from shop.models import Address, Customer, Decision
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import address_words

DIFFERENT = Rule(
    "change_default_address.different",
    "A new address of the account differs from the one that it has.",
)
CHANGE = Rule(
    "change_default_address.change",
    "The new address takes the place of the whole old one in the account and holds for future orders. Orders that are placed keep theirs.",
)
RULES = (DIFFERENT, CHANGE)


def decide(customer: Customer, address: Address | None, settings: ShopSettings) -> Decision:
    """Say whether the account may get this address; None asks about the account alone."""
    if address is not None and address == customer.address:
        return DIFFERENT.refuses(settings, f"Your account has this address already: {address_words(address)}.", already_done=True)
    return CHANGE.allows(settings, "You can change the address of your account at any time.")
