"""The shop that the operations are asked of, over every back end, and short ways to ask."""

from datetime import timedelta
from typing import Any

import pytest

from shop.backends import build
from shop.errors import NotAllowed
from shop.models import Actor, OperationName, OrderStatus, PaymentEntryKind, Receipt, ShopData
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.shop.builders import (
    AS_ADA,
    BO,
    CARD,
    GIFT,
    NOW,
    order,
    paid,
)
from tests.shop.conftest import Clock

ITEMS, EXCHANGE, RETURN, CANCEL = (
    OperationName.CHANGE_ITEMS,
    OperationName.EXCHANGE_ITEMS,
    OperationName.RETURN_ITEMS,
    OperationName.CANCEL_ORDER,
)
ADDRESS, PAYMENT, ACCOUNT = OperationName.CHANGE_ADDRESS, OperationName.CHANGE_PAYMENT, OperationName.CHANGE_DEFAULT_ADDRESS
ELSEWHERE = {"line1": "Kanalgade 4", "line2": "", "city": "Odense", "region": "", "postal_code": "5000", "country": "DK"}
BY_STATUS = {
    "CH-20001": OrderStatus.PENDING,
    "CH-20002": OrderStatus.DELIVERED,
    "CH-20003": OrderStatus.PROCESSED,
    "CH-20004": OrderStatus.SHIPPED,
    "CH-20005": OrderStatus.CANCELLED,
    "CH-20006": OrderStatus.RETURN_REQUESTED,
    "CH-20007": OrderStatus.EXCHANGE_REQUESTED,
}
ORDERS = [
    *(order(number, status) for number, status in BY_STATUS.items()),
    order("CH-20008", items_changed=True),
    order("CH-20009", payments=[paid(15000), paid(5000, GIFT)]),
    order("CH-20010", OrderStatus.DELIVERED, delivered_at=NOW - timedelta(days=31)),
    order("CH-20011", payments=[paid(20000, GIFT)]),
    order("CH-20012", customer_id=BO.customer_id, payments=[paid(20000, BO.payment_methods[0])]),
]
PENDING, DELIVERED = "CH-20001", "CH-20002"


class Counter:
    """A shop with settings of its own, and short ways to ask it."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url, self.clock, self.shops = url, clock, list[Shop]()
        self.shop = self.under()

    def under(self, **rules: Any) -> Shop:
        """The same shop under other rules."""
        settings = ShopSettings(url=self.url, **rules)
        self.shops.append(Shop(build(settings), settings, self.clock))
        return self.shops[-1]

    async def do(self, operation: OperationName, arguments: dict[str, Any], actor: Actor = AS_ADA, shop: Shop | None = None) -> Receipt:
        """Propose and say yes."""
        door = shop or self.shop
        proposal = await door.propose(actor, "c1", operation, arguments)
        return await door.confirm(actor, "c1", proposal.proposal_id, proposal.token)

    async def rule_of(self, operation: OperationName, arguments: dict[str, Any], shop: Shop | None = None, actor: Actor = AS_ADA) -> str:
        """The rule that refuses, by all three ways of asking, which agree."""
        door, before = shop or self.shop, await self.shop.dump()
        decision = await door.check(actor, operation, arguments)
        with pytest.raises(NotAllowed) as refusal:
            await door.propose(actor, "refused", operation, arguments)
        with pytest.raises(NotAllowed):
            await door.quote(actor, operation, arguments)
        assert not decision.allowed
        assert (refusal.value.rule, refusal.value.explanation) == (decision.rule, decision.explanation)
        assert (refusal.value.needs_staff, refusal.value.already_done) == (decision.needs_staff, decision.already_done)
        assert await self.shop.dump() == before
        return decision.rule + ("!" if decision.already_done else "") + ("?" if decision.needs_staff else "")


def swap(order_id: str, variant_id: str | None, method: Any = CARD, line: int = 1) -> dict[str, Any]:
    """Another variant for one line."""
    wish = {"line_id": f"{order_id}-{line}", "variant_id": variant_id}
    return {"order_id": order_id, "changes": [wish], "payment_method_id": method.payment_method_id if method else None}


def entries(shop_data: ShopData, order_id: str) -> list[tuple[str, int, str]]:
    """What was booked after the first payment."""
    found = next(each for each in shop_data.orders if each.order_id == order_id)
    return [(entry.kind.value, entry.amount_cents, entry.payment_method_id) for entry in found.payments[1:]]


PAID, BACK = PaymentEntryKind.PAYMENT.value, PaymentEntryKind.REFUND.value
