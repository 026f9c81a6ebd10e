"""Orders and accounts within an actor's reach."""

from datetime import datetime

from shop.backends.base import ShopBackend
from shop.errors import NotPermitted, OrderNotFound
from shop.models import (
    Actor,
    Customer,
    CustomerId,
    Level,
    Order,
    OrderContact,
    OrderStatus,
    PaymentEntryKind,
    PaymentKind,
    PaymentMethod,
    RefundStatus,
)
from shop.order_ids import key_of
from shop.policy.payments import original_method_ids
from shop.settings import RefundTo, ShopSettings

# An order number that cannot be one is looked up all the same, so that it takes the same time to be found missing.
_NO_ORDER = "0"
_MOST_ORDERS = 1000


class Records:
    """Reads orders and accounts on an actor's behalf."""

    def __init__(self, backend: ShopBackend, settings: ShopSettings) -> None:
        self._backend = backend
        self._settings = settings

    async def get_order(self, actor: Actor, order_id: str) -> Order:
        """See `Shop.get_order`."""
        order = await self._backend.find_order(actor, self._key(order_id))
        if order is None:
            raise OrderNotFound(order_id)
        return order

    async def find_orders(
        self,
        actor: Actor,
        *,
        product_id: str | None,
        variant_id: str | None,
        status: OrderStatus | None,
        placed_from: datetime | None,
        placed_to: datetime | None,
    ) -> list[Order]:
        """See `Shop.find_orders`."""
        orders = await self._backend.list_orders(actor, _MOST_ORDERS)
        return [
            order
            for order in orders
            if (status is None or order.status is status)
            and any(product_id in (None, line.product_id) and variant_id in (None, line.variant_id) for line in order.lines)
            and _placed_within(order, placed_from, placed_to)
        ]

    async def find_last_order(self, actor: Actor) -> Order | None:
        """See `Shop.find_last_order`."""
        orders = await self._backend.list_orders(actor, _MOST_ORDERS)
        if len(orders) == 1 or all(order.placed_at for order in orders):
            return orders[0] if orders else None
        return None

    async def get_customer(self, actor: Actor) -> Customer:
        """See `Shop.get_customer`."""
        if actor.level is Level.ANONYMOUS or actor.customer_id is None:
            msg = "An account is shown to its customer only. Ask them to sign in."
            raise NotPermitted(msg)
        customer = await self._backend.find_customer(actor.customer_id)
        if customer is None:
            msg = f"No account {actor.customer_id!r}."
            raise NotPermitted(msg)
        return customer

    async def find_contact(self, order_id: str) -> OrderContact | None:
        """See `Shop.find_order_contact`."""
        return await self._backend.find_contact(self._key(order_id))

    async def list_payment_methods(self, actor: Actor, order_id: str | None) -> list[PaymentMethod]:
        """See `Shop.list_payment_methods`."""
        if order_id is None:
            return (await self.get_customer(actor)).payment_methods
        order = await self.get_order(actor, order_id)
        methods = await self.list_usable_methods(actor, order)
        if actor.customer_id == order.customer_id:
            return methods
        return [method.model_copy(update={"balance_cents": None}) for method in methods]

    async def list_refund_methods(self, actor: Actor, order_id: str) -> list[PaymentMethod]:
        """See `Shop.list_refund_methods`."""
        order = await self.get_order(actor, order_id)
        originals, places = original_method_ids(order), self._settings.return_refund_to
        methods = await self.list_usable_methods(actor, order)
        first = sorted((m for m in methods if m.payment_method_id in originals), key=lambda m: originals.index(m.payment_method_id))
        others = [m for m in methods if m.payment_method_id not in originals]
        return [m for m in first if places & {RefundTo.ORIGINAL, RefundTo.ANY} or _goes_to(m, places)] + [
            m for m in others if _goes_to(m, places)
        ]

    async def list_usable_methods(self, actor: Actor, order: Order) -> list[PaymentMethod]:
        """The payment methods of the order's customer that the actor may use for it: a guest, those that it was paid with."""
        customer = await self._backend.find_customer(order.customer_id)
        methods = customer.payment_methods if customer else []
        if actor.customer_id == order.customer_id:
            return methods
        return [method for method in methods if method.payment_method_id in original_method_ids(order)]

    async def get_refund_status(self, actor: Actor, order_id: str) -> RefundStatus:
        """See `Shop.get_refund_status`."""
        order = await self.get_order(actor, order_id)
        cents, method_id, send_by = _expected(order)
        return RefundStatus(
            order_id=order.order_id,
            currency=order.currency,
            booked=[entry for entry in order.payments if entry.kind is PaymentEntryKind.REFUND],
            expected_cents=cents,
            payment_method_id=method_id,
            send_by=send_by,
        )

    async def find_customer_by_email(self, email: str) -> Customer | None:
        """See `Shop.find_customer_by_email`."""
        return _only(await self._backend.list_customers_by_email(email))

    async def find_customer_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> Customer | None:
        """See `Shop.find_customer_by_name_zip`."""
        return _only(await self._backend.list_customers_by_name_zip(first_name, last_name, postal_code))

    async def find_customer(self, customer_id: str) -> Customer | None:
        """See `Shop.find_customer`."""
        return await self._backend.find_customer(CustomerId(customer_id))

    def _key(self, order_id: str) -> str:
        return key_of(order_id, self._settings.order_id_prefix) or _NO_ORDER


def _placed_within(order: Order, placed_from: datetime | None, placed_to: datetime | None) -> bool:
    if placed_from is None and placed_to is None:
        return True
    placed = order.placed_at
    return placed is not None and (placed_from is None or placed >= placed_from) and (placed_to is None or placed < placed_to)


def _goes_to(method: PaymentMethod, places: frozenset[RefundTo]) -> bool:
    return RefundTo.ANY in places or (RefundTo.GIFT_CARD in places and method.kind is PaymentKind.GIFT_CARD)


def _expected(order: Order) -> tuple[int, str | None, datetime | None]:
    if order.return_request:
        return order.return_request.refund_cents, order.return_request.payment_method_id, order.return_request.send_by
    exchange = order.exchange_request
    if exchange and exchange.difference_cents < 0:
        return -exchange.difference_cents, exchange.payment_method_id, exchange.send_by
    return 0, None, None


def _only(customers: list[Customer]) -> Customer | None:
    """Somebody who may be two is nobody: a proof that fits two accounts opens neither."""
    return customers[0] if len(customers) == 1 else None
