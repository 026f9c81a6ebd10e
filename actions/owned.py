"""The customer's own orders, and the products in them: what every order topic starts from."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.resolve import OrderMatch, match_orders
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import now_of
from shop.errors import ProductNotFound
from shop.models import Actor, Level, Order, Product


@dataclass(frozen=True)
class Owned:
    """Who is writing and which orders they may see, newest first."""

    actor: Actor
    orders: tuple[Order, ...]

    @property
    def is_proved(self) -> bool:
        """Whether we know anything about the customer at all."""
        return self.actor.level is not Level.ANONYMOUS

    def find_loosely(self, written: str) -> Order | None:
        """The order that a number means as a customer writes it, with or without its letters; None where there is none."""
        digits = "".join(sign for sign in written if sign.isdigit())
        return next((order for order in self.orders if "".join(sign for sign in str(order.order_id) if sign.isdigit()) == digits), None)

    def find(self, order_id: str | None) -> Order | None:
        """The order with exactly this id, or None."""
        return next((order for order in self.orders if order.order_id == order_id), None)


async def get_owned(services: Services, turn: Turn) -> Owned:
    """Look up whose conversation this is, and their orders."""
    actor = await services.identity.get_actor(turn.conversation_id)
    orders = await services.shop.list_orders(actor, limit=100) if actor.level is not Level.ANONYMOUS else []
    return Owned(actor, tuple(orders))


async def get_order_in_hand(services: Services, turn: Turn) -> Order:
    """The order that the open form is about.

    Raises:
        OrderNotFound: If it is not the customer's, or not there any more.
    """
    return await services.shop.get_order(await services.identity.get_actor(turn.conversation_id), str(turn.slot("order_choice")))


async def get_products(services: Services, orders: Sequence[Order]) -> dict[str, Product]:
    """The products of these orders that are still in the catalogue."""
    found: dict[str, Product] = {}
    for product_id in {line.product_id for order in orders for line in order.lines}:
        try:
            found[product_id] = await services.shop.get_product(product_id)
        except ProductNotFound:
            continue
    return found


async def find_meant(services: Services, request: Request, orders: Sequence[Order], current_id: str | None) -> OrderMatch:
    """Say which of these orders a request means."""
    products = await get_products(services, orders)
    return match_orders(request, orders, now_of(services).date(), products, current_id)
