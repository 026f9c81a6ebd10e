"""How orders, lines and times are put in words. Every figure is copied from a record."""

from collections.abc import Sequence
from datetime import UTC, datetime
from textwrap import shorten

from actions.reply import Button, button
from actions.services import Services
from shop.models import Order, OrderLine, OrderStatus, PaymentEntryKind
from shop.wording import day, join, money, on_day

_LONGEST_TITLE = 80
STATUS_WORDS = {
    OrderStatus.PENDING: "pending",
    OrderStatus.PROCESSED: "being packed",
    OrderStatus.SHIPPED: "on its way",
    OrderStatus.DELIVERED: "delivered",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.RETURN_REQUESTED: "return requested",
    OrderStatus.EXCHANGE_REQUESTED: "exchange requested",
}


def now_of(services: Services) -> datetime:
    """The present, by the installation's clock, in UTC."""
    return services.settings.now() if services.settings.now else datetime.now(UTC)


def line_words(line: OrderLine) -> str:
    """A line with its quantity, such as "2 x Trail shoe (42, black)"."""
    return f"{line.quantity} x {line.label}" if line.quantity > 1 else line.label


def items_words(lines: Sequence[OrderLine], most: int = 10) -> str:
    """The lines of an order in a phrase; a long list is cut and counted."""
    named = [line_words(line) for line in lines[:most]]
    left = len(lines) - most
    return join([*named, f"{left} more"] if left > 0 else named)


def order_words(order: Order, *, state: bool = True) -> str:
    """One line on an order: number, day, state (where it is not said already), items, total."""
    told = f", {STATUS_WORDS[order.status]}" if state else ""
    return f"{order.order_id}{on_day(order.placed_at, 'of')}{told}: {items_words(order.lines)} ({money(order.total_cents, order.currency)})"


def list_words(orders: Sequence[Order]) -> str:
    """Orders as lines of a list."""
    return "\n".join(f"- {order_words(order)}" for order in orders)


def grouped_words(orders: Sequence[Order]) -> str:
    """Orders as a list under what has become of them; each group keeps their order."""
    groups = [(words, [order for order in orders if order.status is status]) for status, words in STATUS_WORDS.items()]
    return "\n".join(
        "\n".join([f"{words[:1].upper()}{words[1:]}:", *(f"- {order_words(order, state=False)}" for order in group)])
        for words, group in groups
        if group
    )


def order_buttons(orders: Sequence[Order], intent: str, most: int = 5) -> list[Button]:
    """A button for each order, which says `intent` for it."""
    titles = {str(order.order_id): _title(order) for order in orders[:most]}
    return [button(title, intent, order_id=order_id) for order_id, title in titles.items()]


def _title(order: Order) -> str:
    """An order in a line short enough for a button: number, state, and as many words of its items as fit."""
    return shorten(f"{order.order_id}, {STATUS_WORDS[order.status]}: {items_words(order.lines, 4)}", _LONGEST_TITLE, placeholder=" …")


def refund_words(order: Order) -> str:
    """What went back to the customer, by the order's payment history; empty where nothing did."""
    refunds = [entry for entry in order.payments if entry.kind is PaymentEntryKind.REFUND]
    if not refunds:
        return ""
    parts = [f"{money(entry.amount_cents, order.currency)}{on_day(entry.at)}" for entry in refunds]
    settles = max((entry.settles_by for entry in refunds if entry.settles_by), default=None)
    by = f" It should be with you by {day(settles)} at the latest." if settles else ""
    return f"Refunded: {join(parts)}.{by}"
