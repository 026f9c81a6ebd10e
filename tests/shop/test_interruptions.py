"""Whatever interrupts a yes, at whatever moment: it is done wholly, with its receipt, or not at all."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from shop.backends import build
from shop.backends.base import ShopBackend
from shop.coherence import find_problems
from shop.errors import BackendUnavailable
from shop.models import OperationName, Order, OrderStatus, Proposal, ShopData, VariantId
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.shop.builders import ADA, AS_ADA, BO, CARD, GIFT, LAMP, SHOES, balance_of, order, paid, stock_of
from tests.shop.conftest import Clock
from tests.shop.interruption import interrupted

# A yes takes fewer steps than this; a test fails where it takes more.
MOST_STEPS = 60
EACH_CENTS = 600


def numbered(number: int) -> str:
    return f"CH-{10000 + number}"


def shop_of(status: OrderStatus) -> ShopData:
    """One order for each step at which a yes can be interrupted, a gift card and a stock that suffice for all of them."""
    rich = ADA.model_copy(update={"payment_methods": [CARD, GIFT.model_copy(update={"balance_cents": 100_000})]})
    many = LAMP.model_copy(update={"variants": [v.model_copy(update={"stock": 1000}) for v in LAMP.variants]})
    orders = [order(numbered(n), status, payments=[paid(20000)]) for n in range(1, MOST_STEPS + 1)]
    return ShopData(products=[many, SHOES], customers=[rich, BO], orders=orders)


def dearer(order_id: str) -> dict[str, Any]:
    """Brass instead of black, paid with the gift card."""
    return {
        "order_id": order_id,
        "changes": [{"line_id": f"{order_id}-1", "variant_id": "lamp-brass"}],
        "payment_method_id": GIFT.payment_method_id,
    }


@pytest.fixture
async def open_shop(settings: ShopSettings, clock: Clock) -> AsyncIterator[Callable[[OrderStatus], Awaitable[Shop]]]:
    shop = Shop(build(settings), settings, clock)

    async def opened(status: OrderStatus) -> Shop:
        await shop.load(shop_of(status))
        return shop

    yield opened
    await shop.close()


@pytest.mark.parametrize(
    ("operation", "status"),
    [(OperationName.CHANGE_ITEMS, OrderStatus.PENDING), (OperationName.EXCHANGE_ITEMS, OrderStatus.DELIVERED)],
)
async def test_a_yes_cancelled_at_any_step_is_done_wholly_or_not_at_all(
    open_shop: Callable[[OrderStatus], Awaitable[Shop]], operation: OperationName, status: OrderStatus
) -> None:
    shop = await open_shop(status)
    shown: list[Proposal] = []
    for step in range(1, MOST_STEPS + 1):
        order_id = numbered(step)
        shown.append(await shop.propose(AS_ADA, order_id, operation, dearer(order_id)))
        if not await interrupted(step, shop.confirm(AS_ADA, order_id, shown[-1].proposal_id, shown[-1].token)):
            break
    else:
        pytest.fail(f"A yes takes more than {MOST_STEPS} steps.")

    assert len(shown) > 5
    await shop.close()  # waits for what was left behind; the next call opens it again
    await assert_all_or_nothing(shop, operation)
    receipts = [await shop.confirm(AS_ADA, each.conversation_id, each.proposal_id, each.token) for each in shown]
    assert receipts[-1].already_done
    assert not receipts[0].already_done
    assert await assert_all_or_nothing(shop, operation) == len(shown)


class Faulty:
    """A back end that fails at the nth call: before it is made, or after, when only the answer is lost."""

    def __init__(self, inner: ShopBackend) -> None:
        self._inner = inner
        self.calls, self.fail_at, self.after = 0, 0, False

    def arm(self, fail_at: int, *, after: bool) -> None:
        self.calls, self.fail_at, self.after = 0, fail_at, after

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            failing = self.calls == self.fail_at
            if failing and not self.after:
                raise BackendUnavailable(name)
            result = await method(*args, **kwargs)
            if failing:
                raise BackendUnavailable(name)
            return result

        return call


@pytest.mark.parametrize("after", [False, True])
async def test_a_back_end_that_fails_at_any_call_leaves_nothing_half_done(settings: ShopSettings, clock: Clock, after: bool) -> None:
    faulty = Faulty(build(settings))
    shop = Shop(faulty, settings, clock)  # type: ignore[arg-type]
    await shop.load(shop_of(OrderStatus.PENDING))
    told: list[bool] = []
    for call in range(1, 40):
        order_id = numbered(call)
        proposal = await shop.propose(AS_ADA, order_id, OperationName.CHANGE_ITEMS, dearer(order_id))
        faulty.arm(call, after=after)
        try:
            await shop.confirm(AS_ADA, order_id, proposal.proposal_id, proposal.token)
        except BackendUnavailable:
            faulty.arm(0, after=False)
            told.append((await shop.confirm(AS_ADA, order_id, proposal.proposal_id, proposal.token)).already_done)
            continue
        break
    faulty.arm(0, after=False)
    # The commit is the last call: where only its answer is lost, the second yes hears that it is done.
    assert len(told) >= 4
    assert told == [False] * (len(told) - 1) + [after]
    assert await assert_all_or_nothing(shop, OperationName.CHANGE_ITEMS) == len(told) + 1
    await shop.close()


async def assert_all_or_nothing(shop: Shop, operation: OperationName) -> int:
    """Each order has its receipt, its payment, its stock and its lines, or none of them. Gives the number of those that have."""
    data = await shop.dump()
    changed = [each for each in data.orders if _is_changed(each, operation)]
    receipts = [await shop.list_receipts(each.order_id) for each in data.orders]
    assert find_problems(data, ShopData(products=[], customers=[], orders=[]), shop.settings) == []
    assert [len(each) for each in receipts] == [int(each in changed) for each in data.orders]
    assert all((len(each.payments) == 2) == (each in changed) for each in data.orders)
    assert balance_of(data) == 100_000 - EACH_CENTS * len(changed)
    assert stock_of(data, VariantId("lamp-brass")) == 1000 - len(changed)
    return len(changed)


def _is_changed(each: Order, operation: OperationName) -> bool:
    return each.items_changed if operation is OperationName.CHANGE_ITEMS else each.exchange_request is not None
