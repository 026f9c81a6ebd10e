"""Other options for items of a pending order."""

from collections.abc import Sequence

from shop.changes import money, swaps
from shop.changes.base import Context, Effect
from shop.models import Decision, Level, LineChange, Order, OrderLine, PaymentEntry
from shop.policy import change_items
from shop.settings import ShopSettings


class ChangeItems:
    """Implements `Operation`."""

    arguments = swaps.SwapArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.change_items_level

    def decide(self, arguments: swaps.SwapArguments, context: Context) -> Decision:
        """Ask `policy/change_items.py`."""
        return change_items.decide(swaps.asked(arguments, context), context.settings)

    def apply(self, arguments: swaps.SwapArguments, context: Context) -> Effect:
        """The lines changed, the difference settled, the old pieces back in stock and the new ones out of it.

        Raises:
            InvalidArguments: If lines, variants, or the payment method are missing.
        """
        changes = swaps.complete_changes(arguments, context)
        swap = swaps.asked(arguments, context)
        charges, refunds = swaps.difference(swap, context)
        words = swaps.settlement_words(swap.difference_cents, charges, refunds, context.order.currency)
        return Effect(
            order=_changed(changes, money.booked(charges, refunds, context), context.order),
            refunds=refunds,
            charges=charges,
            price_difference_cents=swap.difference_cents,
            changes=changes,
            balances=money.balances(charges, refunds, context),
            stock=swaps.pieces(changes, back=True),
            summary=_summary(changes, words, context),
            done=f"The items of order {context.order.order_id} are changed: {_lines(changes, context)}.{words}",
        )


def _changed(changes: Sequence[LineChange], entries: list[PaymentEntry], order: Order) -> Order:
    by_line = {change.line_id: change for change in changes}
    lines = [_changed_line(line, by_line.get(line.line_id)) for line in order.lines]
    return order.model_copy(update={"lines": lines, "payments": [*order.payments, *entries], "items_changed": True})


def _changed_line(line: OrderLine, change: LineChange | None) -> OrderLine:
    if change is None:
        return line
    new = {"variant_id": change.new_variant_id, "options": change.new_options, "price_cents": change.new_price_cents}
    return line.model_copy(update=new)


def _summary(changes: Sequence[LineChange], words: str, context: Context) -> str:
    once = " Items of an order can be changed once, so nothing can be changed later." if context.settings.change_items_once else ""
    return f"Change in order {context.order.order_id}: {_lines(changes, context)}?{words}{once}"


def _lines(changes: Sequence[LineChange], context: Context) -> str:
    return swaps.words_of(changes, context.order.currency)
