"""Where an order stands, in the words of a refusal."""

from shop.models import Order, OrderStatus

_WHERE = {
    OrderStatus.PROCESSED: "is already being packed",
    OrderStatus.SHIPPED: "is already on its way",
    OrderStatus.DELIVERED: "has already been delivered",
    OrderStatus.CANCELLED: "was cancelled",
    OrderStatus.RETURN_REQUESTED: "is already being returned",
    OrderStatus.EXCHANGE_REQUESTED: "is already being exchanged",
}


def explain_not_pending(order: Order, so: str) -> str:
    """Say why something cannot be done to an order that is not pending: "… is already on its way, so <so>."."""
    return f"Order {order.order_id} {_WHERE.get(order.status, 'is no longer pending')}, so {so}."
