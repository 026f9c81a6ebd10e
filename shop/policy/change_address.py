"""When an order may be sent elsewhere."""

from shop.models import Address, Decision, OperationName, Order, OrderStatus
from shop.policy.approval import refuse_above
from shop.policy.rule import Rule
from shop.policy.standing import explain_not_pending
from shop.settings import ShopSettings
from shop.wording import address_words, join

ONLY_PENDING = Rule(
    "change_address.only_pending",
    "The delivery address can be changed while an order is pending, that is, before we start to pack it.",
)
COUNTRY = Rule(
    "change_address.country",
    "Orders are sent to {delivery_countries}.",
)
DIFFERENT = Rule(
    "change_address.different",
    "A new delivery address differs from the one that the order has.",
)
APPROVAL = Rule(
    "change_address.approval",
    "Changing the address, by what the order costs: {approval_change_address}.",
)
CHANGE = Rule(
    "change_address.change",
    "The new address takes the place of the whole old one, for this order alone. The address in the account stays as it is.",
)
RULES = (ONLY_PENDING, COUNTRY, DIFFERENT, APPROVAL, CHANGE)


def decide(order: Order, address: Address | None, settings: ShopSettings) -> Decision:
    """Say whether `order` may be sent to `address`.

    Args:
        order: As it stands now.
        address: The whole new address; None asks about the order alone.
        settings: The figures in the rules.
    """
    return (
        _refuse_order(order, settings)
        or (_refuse_address(order, address, settings) if address is not None else None)
        or refuse_above(APPROVAL, OperationName.CHANGE_ADDRESS, order.total_cents, order.currency, settings)
        or CHANGE.allows(settings, f"The delivery address of order {order.order_id} can still be changed.")
    )


def _refuse_order(order: Order, settings: ShopSettings) -> Decision | None:
    if order.status is OrderStatus.PENDING:
        return None
    return ONLY_PENDING.refuses(settings, explain_not_pending(order, "its delivery address can no longer be changed"))


def _refuse_address(order: Order, address: Address, settings: ShopSettings) -> Decision | None:
    if address == order.address:
        explanation = f"Order {order.order_id} goes there already: {address_words(address)}."
        return DIFFERENT.refuses(settings, explanation, already_done=True)
    countries = settings.delivery_countries
    if countries is not None and address.country not in countries:
        return COUNTRY.refuses(settings, f"We cannot send an order to {address.country}. We deliver to {join(countries)}.")
    return None
