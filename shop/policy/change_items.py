"""When other options may be chosen for the items of a pending order."""

from shop.models import Decision, OperationName, OrderStatus
from shop.policy import swaps
from shop.policy.rule import Rule
from shop.policy.standing import explain_not_pending
from shop.settings import ShopSettings

ONLY_PENDING = Rule(
    "change_items.only_pending",
    "Options such as size or colour can be changed while an order is pending, that is, before we start to pack it.",
)
ONCE = Rule(
    "change_items.once",
    "The options of the items of an order can be changed {change_items_times}.",
)
LINES = Rule(
    "change_items.lines",
    "A change names items of the order, each of them once and with its whole quantity. Items cannot be added or taken out.",
)
VARIANTS = Rule(
    "change_items.variants",
    "An item can be changed for another option of the same product that can be bought now, never for another product.",
)
METHOD = Rule(
    "change_items.method",
    "If the new options cost more, the difference is charged at once to a payment method of the customer, and a gift card has to "
    "cover it. If they cost less, the difference goes back {difference_to}. A method is named {zero_difference}.",
)
APPROVAL = Rule(
    "change_items.approval",
    "Changing items, by the difference: {approval_change_items}.",
)
CHANGE = Rule(
    "change_items.change",
    "Changed items ship with the order. A refund of a difference is credited at once to a gift card, and within {refund_days} to a card "
    "or to PayPal.",
)
RULES = (ONLY_PENDING, ONCE, LINES, VARIANTS, METHOD, APPROVAL, CHANGE)

_SWAP = swaps.SwapRules(OperationName.CHANGE_ITEMS, LINES, VARIANTS, METHOD, APPROVAL, done="changed")


def decide(swap: swaps.Swap, settings: ShopSettings) -> Decision:
    """Say whether these items of a pending order may be changed, and their difference settled so."""
    return (
        _refuse_order(swap, settings)
        or swaps.refuse_wishes(_SWAP, swap, settings, same_variant=False)
        or CHANGE.allows(settings, f"The items of order {swap.order.order_id} can still be changed.")
    )


def _refuse_order(swap: swaps.Swap, settings: ShopSettings) -> Decision | None:
    order = swap.order
    if order.status is not OrderStatus.PENDING:
        return ONLY_PENDING.refuses(settings, explain_not_pending(order, "its items can no longer be changed"))
    if order.items_changed and settings.change_items_once:
        explanation = f"The items of order {order.order_id} were changed already, and that can be done once per order."
        return ONCE.refuses(settings, explanation, already_done=_is_so(swap))
    return None


def _is_so(swap: swaps.Swap) -> bool:
    present: dict[str, str | None] = {line.line_id: line.variant_id for line in swap.order.lines}
    return bool(swap.wishes) and all(present.get(wish.line_id) == wish.variant_id for wish in swap.wishes or [])
