"""What a customer gets while the dialogue manager is away: an honest line, an order's status, and a person."""

import re
from typing import Protocol

import structlog

from server.dialogue.base import HandoverWish, Reply, TurnInput
from shop.errors import ShopError
from shop.models import Actor, Level, Order

log = structlog.get_logger()

PERSON_PAYLOAD = "/request_human"
_PERSON = {"title": "Talk to a person", "payload": PERSON_PAYLOAD}
_WANTS_PERSON = re.compile(r"\b(human|person|agent|representative|someone|somebody|staff|colleague|advisor)\b", re.IGNORECASE)
_ORDER_ID = re.compile(r"\b([A-Za-z]{2,4}[-\s]?\d{4,8})\b|#\s?(\d{4,8})\b|\border\s+(?:number\s+|no\.?\s+)?(\d{4,8})\b", re.IGNORECASE)
_MY_ORDER = re.compile(r"\b(order|parcel|package|delivery|shipment|tracking)\b", re.IGNORECASE)
_TROUBLE = "I have trouble with part of my systems right now, so I can't answer that."


class Orders(Protocol):
    """What the fallback needs of the shop."""

    async def get_order(self, actor: Actor, order_id: str) -> Order:
        """Read one order."""

    async def list_orders(self, actor: Actor, limit: int = 20) -> list[Order]:
        """List orders, newest first."""


async def answer(turn: TurnInput, actor: Actor, shop: Orders | None) -> list[Reply]:
    """Answer without the dialogue manager. Never fails, never with nothing."""
    if (turn.payload or "").startswith(PERSON_PAYLOAD) or _WANTS_PERSON.search(turn.text):
        return [
            Reply(
                "I'm passing you on to a person of our team.",
                handover=HandoverWish("asked for a person", "The assistant was not available."),
            )
        ]
    try:
        order = await _find_order(turn.text, actor, shop) if shop else None
    except ShopError as exc:
        log.warning("fallback.shop_failed", turn_id=turn.turn_id, error=type(exc).__name__)
        order = None
    if order is not None:
        return [Reply(f"{_TROUBLE} What I can tell you: {_status(order)}", buttons=[_PERSON])]
    return [Reply(f"{_TROUBLE} Your message is kept. Please try again in a few minutes, or I can get a person for you.", buttons=[_PERSON])]


async def _find_order(text: str, actor: Actor, shop: Orders) -> Order | None:
    named = _ORDER_ID.search(text)
    if actor.level is Level.ANONYMOUS:
        return None
    if named:
        return await shop.get_order(actor, next(group for group in named.groups() if group))
    orders = await shop.list_orders(actor, limit=1) if _MY_ORDER.search(text) else []
    return orders[0] if orders else None


def _status(order: Order) -> str:
    words = order.status.value.replace("_", " ")
    tracked = [f"It travels with {parcel.carrier}, number {parcel.tracking_id}." for parcel in order.fulfilments[:1]]
    return " ".join([f"order {order.order_id} is {words}.", *tracked])
