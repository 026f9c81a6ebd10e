"""The customer beside the conversation: what the conversation's own proof of identity opens."""

from typing import Protocol

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.staff.schemas import CustomerDetails, CustomerPanel, FeedbackCounts, OrderLineView, TrackingView
from server.storage.models import Feedback
from shop.errors import ShopError
from shop.models import Actor, Customer, Level, Order
from shop.operations import Shop

log = structlog.get_logger(__name__)
_SHOWN_ORDERS = 10


class Identity(Protocol):
    """The server's own record of who a conversation's customer is."""

    async def get_actor(self, conversation_id: str) -> Actor:
        """Give the actor of a conversation; anonymous when nothing is proved."""


async def count_feedback(db: AsyncSession, conversation_id: str) -> FeedbackCounts:
    """Count the customer's ratings."""
    query = select(Feedback.rating, func.count()).where(Feedback.conversation_id == conversation_id).group_by(Feedback.rating)
    counts = dict((await db.execute(query)).tuples().all())
    return FeedbackCounts(up=counts.get("up", 0), down=counts.get("down", 0))


async def read_panel(shop: Shop, identity: Identity, conversation_id: str, feedback: FeedbackCounts) -> CustomerPanel:
    """Read what the shop knows of the customer, as far as the conversation's identity reaches.

    Without proof there is nothing: what somebody writes opens no record, not even for staff. A shop that does not answer
    leaves the panel empty and marked, so that the conversation can still be read and answered.
    """
    actor = await identity.get_actor(conversation_id)
    empty = CustomerPanel(level=actor.level, customer=None, orders=[], feedback=feedback)
    if actor.level is Level.ANONYMOUS:
        return empty
    try:
        customer = await shop.get_customer(actor) if actor.level is Level.CUSTOMER else None
        orders = await shop.list_orders(actor, limit=_SHOWN_ORDERS)
    except ShopError as exc:
        log.warning("staff.panel_unavailable", conversation_id=conversation_id, error=type(exc).__name__)
        return empty.model_copy(update={"unavailable": True})
    return empty.model_copy(update={"customer": _details(customer), "orders": [_line(order) for order in orders]})


def _details(customer: Customer | None) -> CustomerDetails | None:
    if customer is None:
        return None
    return CustomerDetails(
        customer_id=customer.customer_id, name=customer.name, email=customer.email, city=customer.address.city,
        country=customer.address.country,
    )  # fmt: skip


def _line(order: Order) -> OrderLineView:
    return OrderLineView(
        order_id=order.order_id, status=order.status, placed_at=order.placed_at, total_cents=order.total_cents,
        currency=order.currency, items=[line.label for line in order.lines], tracking=_tracking(order),
    )  # fmt: skip


def _tracking(order: Order) -> TrackingView | None:
    if not order.fulfilments:
        return None
    parcel = order.fulfilments[-1]
    return TrackingView(
        tracking_id=parcel.tracking_id, carrier=parcel.carrier, tracking_url=parcel.tracking_url, expected_at=parcel.expected_at,
        last_event=parcel.events[-1].text if parcel.events else None,
    )  # fmt: skip
