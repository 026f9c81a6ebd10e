"""What holds for every order, not only for those we thought of."""

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.backends import build
from shop.changes.base import Context
from shop.changes.cancel import CancelArguments, CancelOrder
from shop.changes.return_ import ReturnArguments, ReturnItems
from shop.coherence import find_problems
from shop.errors import NotAllowed
from shop.models import OperationName, Order, OrderStatus, PaymentMethod, ShopData
from shop.operations import Shop
from shop.policy import cancel, return_
from shop.policy.payments import paid_cents
from shop.settings import ShopSettings
from tests.shop.builders import ADA, AS_ADA, CARD, GIFT, NOW, PAYPAL, SETTINGS, order, paid, small_shop

METHODS = [CARD, GIFT, PAYPAL]


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order of Ada's in any state, paid in any mix, delivered at any time."""
    status = draw(st.sampled_from(OrderStatus))
    parts = draw(st.lists(st.sampled_from(METHODS), min_size=1, max_size=3, unique=True))
    first = draw(st.integers(0, 20000))
    payments = [paid(first, parts[0]), *([paid(20000 - first, parts[1])] if len(parts) > 1 else [])]
    fields: dict[str, Any] = {"payments": payments}
    if status is OrderStatus.DELIVERED:
        fields["delivered_at"] = NOW - timedelta(days=draw(st.integers(0, 60)), minutes=draw(st.integers(0, 1440)))
    return order(status=status, **fields)


LINES = st.lists(st.sampled_from(["CH-10001-1", "CH-10001-2", "CH-10001-3"]), max_size=3)


def run_with_shop(held: Order, work: Any) -> Any:
    """Do `work` with a shop that has this order alone."""

    async def within() -> Any:
        with TemporaryDirectory() as folder:
            here = ShopSettings(url=f"sqlite+aiosqlite:///{Path(folder) / 'shop.db'}")
            shop = Shop(build(here), here, lambda: NOW)
            try:
                await shop.load(small_shop(held))
                return await work(shop)
            finally:
                await shop.close()

    return asyncio.run(within())


def money_of(data: ShopData) -> int:
    """What the customer holds or gets back: balances and refunds, less payments."""
    balances = sum(method.balance_cents or 0 for customer in data.customers for method in customer.payment_methods)
    gift_ids = {
        method.payment_method_id for customer in data.customers for method in customer.payment_methods if method.balance_cents is not None
    }
    entries = [entry for each in data.orders for entry in each.payments if entry.payment_method_id not in gift_ids]
    return balances + sum(entry.amount_cents * (1 if entry.kind == "refund" else -1) for entry in entries)


@given(orders(), LINES, st.sampled_from(METHODS))
def test_eligibility_is_what_guards_the_write(subject: Order, line_ids: list[str], method: PaymentMethod) -> None:
    context = Context(subject, ADA.payment_methods, SETTINGS, NOW)
    returning, cancelling = ReturnItems(), CancelOrder()
    arguments = ReturnArguments(order_id=subject.order_id, line_ids=line_ids, payment_method_id=method.payment_method_id)
    assert returning.decide(arguments, context) == return_.decide(subject, line_ids, method, SETTINGS, NOW)
    for reason in (*SETTINGS.cancel_reasons, "because"):
        parsed = CancelArguments(order_id=subject.order_id, reason=reason)
        assert cancelling.decide(parsed, context) == cancel.decide(subject, reason, SETTINGS)


@given(orders(), LINES, st.sampled_from(METHODS))
def test_an_allowed_return_gives_back_exactly_its_lines(subject: Order, line_ids: list[str], method: PaymentMethod) -> None:
    context = Context(subject, ADA.payment_methods, SETTINGS, NOW)
    arguments = ReturnArguments(order_id=subject.order_id, line_ids=line_ids, payment_method_id=method.payment_method_id)
    if ReturnItems().decide(arguments, context).allowed:
        effect = ReturnItems().apply(arguments, context)
        price = sum(line.price_cents * line.quantity for line in subject.lines if line.line_id in line_ids)
        assert [refund.amount_cents for refund in effect.refunds] == [price]
        assert effect.order.payments == subject.payments
        assert find_problems(small_shop(effect.order), ShopData(products=[], customers=[], orders=[]), SETTINGS) == []


@given(orders())
def test_a_cancellation_gives_back_exactly_what_was_paid(subject: Order) -> None:
    pending = subject.model_copy(update={"status": OrderStatus.PENDING})
    context = Context(pending, ADA.payment_methods, SETTINGS, NOW)
    effect = CancelOrder().apply(CancelArguments(order_id=pending.order_id, reason=SETTINGS.cancel_reasons[0]), context)
    assert sum(refund.amount_cents for refund in effect.refunds) == sum(entry.amount_cents for entry in pending.payments)
    assert all(paid_cents(effect.order, method.payment_method_id) == 0 for method in METHODS)
    assert set(effect.balances) <= {GIFT.payment_method_id}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders(), st.integers(1, 4))
def test_whatever_is_asked_money_and_stock_add_up(subject: Order, times: int) -> None:
    async def cancel_often(shop: Shop) -> tuple[ShopData, ShopData, bool]:
        before = await shop.dump()
        try:
            proposal = await shop.propose(
                AS_ADA, "c", OperationName.CANCEL_ORDER, {"order_id": subject.order_id, "reason": SETTINGS.cancel_reasons[0]}
            )
        except NotAllowed:
            return before, await shop.dump(), False
        await asyncio.gather(*(shop.confirm(AS_ADA, "c", proposal.proposal_id, proposal.token) for _ in range(times)))
        return before, await shop.dump(), True

    before, after, done = run_with_shop(subject, cancel_often)
    paid_back = sum(entry.amount_cents for entry in subject.payments) if done else 0
    assert done == (subject.status is OrderStatus.PENDING)
    assert money_of(after) - money_of(before) == paid_back
    assert _stock(after) - _stock(before) == (3 if done else 0)
    assert (before == after) != done


def _stock(data: ShopData) -> int:
    return sum(variant.stock or 0 for product in data.products for variant in product.variants)
