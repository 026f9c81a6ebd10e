"""The rules, told a second time in the plainest way, agree with the policies on every order."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.changes.base import Context, Effect, Operation
from shop.changes.cancel import CancelArguments, CancelOrder
from shop.changes.change_items import ChangeItems
from shop.changes.change_payment import ChangePayment, PaymentArguments
from shop.changes.exchange import ExchangeItems
from shop.changes.return_ import ReturnArguments, ReturnItems
from shop.changes.swaps import SwapArguments
from shop.coherence import find_problems
from shop.errors import InvalidArguments
from shop.models import Order, OrderStatus, PaymentEntry, PaymentMethod, ShopData, Variant, WishedChange
from shop.settings import RefundTo, ShopSettings
from tests.shop.builders import ADA, GIFT, NOW, PRODUCTS, small_shop
from tests.shop.strategies import METHOD_IDS, OWN, orders, shop_settings, wishes

NOTHING = ShopData(products=[], customers=[], orders=[])
BY_ID = {each.product_id: each for each in PRODUCTS}
OWNERS = {variant.variant_id: (each.product_id, variant) for each in PRODUCTS for variant in each.variants}


def context_of(subject: Order, rules: ShopSettings) -> Context:
    return Context(subject, ADA.payment_methods, rules, NOW, {str(key): value for key, value in BY_ID.items()})


def signed(entry: PaymentEntry) -> int:
    return entry.amount_cents if entry.kind == "payment" else -entry.amount_cents


def net(subject: Order, method_id: str | None = None) -> int:
    return sum(signed(entry) for entry in subject.payments if method_id in (None, entry.payment_method_id))


def own(method_id: str) -> PaymentMethod | None:
    return {method.payment_method_id: method for method in OWN}.get(method_id)


def may_get(subject: Order, method_id: str, cents: int, places: frozenset[RefundTo]) -> bool:
    """Money may go to any own method, to a gift card, or to what paid, as the shop says."""
    method = own(method_id)
    if method is None:
        return False
    paid_with = {entry.payment_method_id for entry in subject.payments if entry.kind == "payment"}
    return (
        "any" in places
        or ("gift_card" in places and method is GIFT)
        or ("original" in places and method_id in paid_with and cents <= net(subject, method_id))
    )


def may_pay(method_id: str, cents: int) -> bool:
    method = own(method_id)
    return method is not None and (method.balance_cents is None or method.balance_cents >= cents)


def in_time(subject: Order, days: int | None) -> bool:
    return days is None or (subject.delivered_at is not None and subject.delivered_at + timedelta(days=days) >= NOW)


def fits(subject: Order, wanted: list[WishedChange], *, same: bool) -> bool:
    """Each line once, in the order, another variant of the same product, as many as there are."""
    lines = {line.line_id: line for line in subject.lines}
    needed = Counter[str]()
    for wish in wanted:
        line, (product_id, _) = lines.get(wish.line_id), OWNERS.get(wish.variant_id or "", ("", None))
        if line is None or line.product_id != product_id or (line.variant_id == wish.variant_id and not same):
            return False
        needed[wish.variant_id or ""] += line.quantity
    enough = all(left is None or left >= count for name, count in needed.items() for left in [variant(name).stock])
    return bool(wanted) and len({wish.line_id for wish in wanted}) == len(wanted) and enough


def variant(name: str) -> Variant:
    return OWNERS[name][1]


def difference(subject: Order, wanted: list[WishedChange]) -> int:
    lines = {line.line_id: line for line in subject.lines}
    return sum((variant(w.variant_id or "").price_cents - lines[w.line_id].price_cents) * lines[w.line_id].quantity for w in wanted)


def settled(subject: Order, cents: int, method_id: str | None, rules: ShopSettings) -> bool:
    if method_id is None:
        return True
    return may_get(subject, method_id, -cents, rules.difference_refund_to) if cents < 0 else may_pay(method_id, cents)


def run(operation: Operation, arguments: object, context: Context) -> Effect | None:
    """What is done, if it is allowed and complete."""
    if not operation.decide(arguments, context).allowed:
        return None
    try:
        return operation.apply(arguments, context)
    except InvalidArguments:
        return None


def assert_sound(effect: Effect, before: Order, rules: ShopSettings) -> Order:
    """The order that comes out fits the rest of the shop, and gift cards move by what is booked."""
    after = effect.order
    assert after is not None
    assert find_problems(small_shop(after), NOTHING, rules) == []
    assert after.payments[: len(before.payments)] == before.payments
    new = after.payments[len(before.payments) :]
    assert effect.balances.get(GIFT.payment_method_id, 0) == -sum(signed(e) for e in new if e.payment_method_id == GIFT.payment_method_id)
    assert set(effect.balances) <= {GIFT.payment_method_id}
    assert all(entry.amount_cents > 0 for entry in new)
    return after


@given(orders(), st.none() | wishes(), st.none() | METHOD_IDS, shop_settings())
@settings(max_examples=400, deadline=None)
def test_items_are_changed_when_the_rules_say_so(
    subject: Order, wanted: list[WishedChange] | None, method_id: str | None, rules: ShopSettings
) -> None:
    arguments = SwapArguments(order_id=subject.order_id, changes=wanted, payment_method_id=method_id)
    expected = (
        subject.status is OrderStatus.PENDING
        and not (subject.items_changed and rules.change_items_once)
        and (wanted is None or (fits(subject, wanted, same=False) and settled(subject, difference(subject, wanted), method_id, rules)))
    )
    assert ChangeItems().decide(arguments, context_of(subject, rules)).allowed == expected
    if effect := run(ChangeItems(), arguments, context_of(subject, rules)):
        after = assert_sound(effect, subject, rules)
        assert net(after) - net(subject) == after.total_cents - subject.total_cents == effect.price_difference_cents
        assert sum(effect.stock.values()) == 0
        assert after.items_changed


@given(orders(), st.none() | wishes(), st.none() | METHOD_IDS, shop_settings())
@settings(max_examples=400, deadline=None)
def test_items_are_exchanged_when_the_rules_say_so(
    subject: Order, wanted: list[WishedChange] | None, method_id: str | None, rules: ShopSettings
) -> None:
    arguments = SwapArguments(order_id=subject.order_id, changes=wanted, payment_method_id=method_id)
    same = rules.exchange_same_variant
    expected = (
        subject.status is OrderStatus.DELIVERED
        and in_time(subject, rules.exchange_window_days)
        and (wanted is None or (fits(subject, wanted, same=same) and settled(subject, difference(subject, wanted), method_id, rules)))
    )
    assert ExchangeItems().decide(arguments, context_of(subject, rules)).allowed == expected
    if effect := run(ExchangeItems(), arguments, context_of(subject, rules)):
        after = assert_sound(effect, subject, rules)
        taken = max(effect.price_difference_cents, 0) if rules.exchange_charges_at_once else 0
        assert net(after) - net(subject) == taken
        assert sum(charge.amount_cents for charge in effect.charges) - sum(r.amount_cents for r in effect.refunds) == difference(
            subject, wanted or []
        )
        assert all(count < 0 for count in effect.stock.values())


@given(orders(), st.none() | METHOD_IDS, shop_settings())
@settings(max_examples=200, deadline=None)
def test_the_payment_method_is_changed_when_the_rules_say_so(subject: Order, method_id: str | None, rules: ShopSettings) -> None:
    arguments = PaymentArguments(order_id=subject.order_id, payment_method_id=method_id)
    first = subject.payments[0]
    expected = (
        subject.status is OrderStatus.PENDING
        and len(subject.payments) == 1
        and (method_id is None or (method_id != first.payment_method_id and may_pay(method_id, first.amount_cents)))
    )
    assert ChangePayment().decide(arguments, context_of(subject, rules)).allowed == expected
    if effect := run(ChangePayment(), arguments, context_of(subject, rules)):
        after = assert_sound(effect, subject, rules)
        assert method_id is not None
        assert (net(after), net(after, method_id), net(after, first.payment_method_id)) == (net(subject), first.amount_cents, 0)


@given(orders(), st.none() | st.sampled_from(["no longer needed", "ordered by mistake", "bored"]), shop_settings())
@settings(max_examples=200, deadline=None)
def test_an_order_is_cancelled_when_the_rules_say_so(subject: Order, reason: str | None, rules: ShopSettings) -> None:
    arguments = CancelArguments(order_id=subject.order_id, reason=reason)
    expected = (
        subject.status is OrderStatus.PENDING
        and (rules.cancel_after_items_changed or not subject.items_changed)
        and reason in (None, *rules.cancel_reasons)
    )
    assert CancelOrder().decide(arguments, context_of(subject, rules)).allowed == expected
    if effect := run(CancelOrder(), arguments, context_of(subject, rules)):
        after = assert_sound(effect, subject, rules)
        assert net(after) == (0 if rules.cancel_refunds_shipping else subject.shipping_cents)
        assert all(net(after, method.payment_method_id) >= 0 for method in OWN)


LINE_IDS = st.lists(st.sampled_from(["CH-10001-1", "CH-10001-2", "CH-10001-3"]), max_size=3)


@given(orders(), st.none() | LINE_IDS, st.none() | METHOD_IDS, shop_settings())
@settings(max_examples=400, deadline=None)
def test_items_are_returned_when_the_rules_say_so(
    subject: Order, line_ids: list[str] | None, method_id: str | None, rules: ShopSettings
) -> None:
    arguments = ReturnArguments(order_id=subject.order_id, line_ids=line_ids, payment_method_id=method_id)
    back = sum(line.price_cents * line.quantity for line in subject.lines if line.line_id in (line_ids or []))
    if rules.return_refunds_shipping and set(line_ids or []) == {line.line_id for line in subject.lines}:
        back += subject.shipping_cents
    known = {line.line_id for line in subject.lines}
    expected = (
        subject.status is OrderStatus.DELIVERED
        and in_time(subject, rules.return_window_days)
        and (line_ids is None or (bool(line_ids) and len(set(line_ids)) == len(line_ids) and set(line_ids) <= known))
        and (method_id is None or may_get(subject, method_id, back, rules.return_refund_to))
    )
    assert ReturnItems().decide(arguments, context_of(subject, rules)).allowed == expected
    if effect := run(ReturnItems(), arguments, context_of(subject, rules)):
        assert_sound(effect, subject, rules)
        assert [refund.amount_cents for refund in effect.refunds] == [back]
        assert (effect.balances, effect.stock) == ({}, {})
