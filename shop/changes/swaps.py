"""What changing items and exchanging them have in common: other variants, a difference, who settles it."""

from collections.abc import Mapping, Sequence

from shop.changes import money
from shop.changes.base import Context, OrderArguments
from shop.errors import InvalidArguments
from shop.models import Charge, LineChange, Refund, WishedChange
from shop.policy.swaps import Swap
from shop.wording import join, options_words
from shop.wording import money as amount


class SwapArguments(OrderArguments):
    """Which lines of which order become what, and what settles the difference."""

    changes: list[WishedChange] | None = None
    payment_method_id: str | None = None


def asked(arguments: SwapArguments, context: Context) -> Swap:
    """What is asked, for the policies."""
    return Swap(context.order, arguments.changes, arguments.payment_method_id, context.methods, context.products)


def complete_changes(arguments: SwapArguments, context: Context) -> list[LineChange]:
    """The changes that were decided on, all of them.

    Raises:
        InvalidArguments: If lines, variants, or the payment method are missing.
    """
    swap = asked(arguments, context)
    changes = swap.changes
    if not changes or len(changes) != len(arguments.changes or []):
        msg = "changes is needed, with line_id and variant_id for each item."
        raise InvalidArguments(msg)
    settled = context.settings.zero_difference_needs_method or swap.difference_cents != 0
    if settled and arguments.payment_method_id is None:
        msg = "payment_method_id is needed to settle the difference."
        raise InvalidArguments(msg)
    return changes


def difference(swap: Swap, context: Context) -> tuple[list[Charge], list[Refund]]:
    """What is charged and what goes back at once for a difference in price."""
    cents, method_id = swap.difference_cents, swap.payment_method_id
    if method_id is None or cents == 0:
        return [], []
    return ([money.charge(method_id, cents, context)], []) if cents > 0 else ([], [money.refund(method_id, -cents, context)])


def words_of(changes: Sequence[LineChange], currency: str) -> str:
    """Say each change, such as "1 x Shirt (size M) for 20.00 EUR to Shirt (size L) for 25.00 EUR"."""
    return join([_words(change, currency) for change in changes])


def settlement_words(difference_cents: int, charges: Sequence[Charge], refunds: Sequence[Refund], currency: str) -> str:
    """Say what the new items cost more or less and how that is settled, with a space before it."""
    if difference_cents == 0:
        return " The price stays the same."
    more = f" The new items cost {amount(abs(difference_cents), currency)} {'more' if difference_cents > 0 else 'less'}."
    return more + money.money_taken(charges, currency) + money.money_back(refunds, currency)


def pieces(changes: Sequence[LineChange], *, back: bool) -> dict[str, int]:
    """The pieces that the new items take out of stock; with `back`, the old ones go into it."""
    moved: dict[str, int] = {}
    for change in changes:
        moved[change.new_variant_id] = moved.get(change.new_variant_id, 0) - change.quantity
        if back:
            moved[change.old_variant_id] = moved.get(change.old_variant_id, 0) + change.quantity
    return {variant_id: count for variant_id, count in moved.items() if count}


def _words(change: LineChange, currency: str) -> str:
    each = " each" if change.quantity > 1 else ""
    old, new = _label(change.name, change.old_options), _label(change.name, change.new_options)
    return (
        f"{change.quantity} x {old} for {amount(change.old_price_cents, currency)}{each} "
        f"to {new} for {amount(change.new_price_cents, currency)}{each}"
    )


def _label(name: str, options: Mapping[str, str]) -> str:
    return f"{name} ({options_words(options)})" if options else name
