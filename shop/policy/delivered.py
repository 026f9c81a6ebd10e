"""How long after its delivery something may be asked of an order."""

from datetime import datetime, timedelta

from shop.models import Decision, Order
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import day


def refuse_closed_window(rule: Rule, order: Order, done: str, days: int | None, settings: ShopSettings, now: datetime) -> Decision | None:
    """Say no once a delivered order's window is over; None while it is open, or where there is none.

    Args:
        rule: The rule that names the window.
        order: A delivered order.
        done: What would be done to its items, such as "returned".
        days: How long the window is; None for no end.
        settings: The figures in the rules.
        now: UTC.
    """
    if days is None:
        return None
    if order.delivered_at is None:
        explanation = f"I cannot see when order {order.order_id} was delivered. A member of staff has to look at it."
        return rule.refuses(settings, explanation, needs_staff=True)
    last = order.delivered_at + timedelta(days=days)
    if now <= last:
        return None
    return rule.refuses(
        settings,
        f"Order {order.order_id} was delivered on {day(order.delivered_at, settings.zone)}. Items can be {done} within "
        f"{days} days of delivery, so the last day was {day(last, settings.zone)}.",
    )
