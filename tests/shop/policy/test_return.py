from datetime import timedelta

import pytest

from shop.models import Order, OrderStatus, PaymentKind, PaymentMethod
from shop.policy.return_ import decide
from tests.shop.builders import BO, CARD, GIFT, NOW, PAYPAL, SETTINGS, order, paid

DELIVERED = order(status=OrderStatus.DELIVERED)
BOTH = ["CH-10001-1", "CH-10001-2"]


def rule_of(subject: Order, line_ids: list[str] | None = BOTH, method: PaymentMethod | None = CARD) -> str:
    decision = decide(subject, line_ids, method, SETTINGS, NOW)
    assert decision.allowed == (decision.rule == "return.refund")
    return decision.rule


def test_a_delivered_order_can_be_returned_in_part_or_whole() -> None:
    assert rule_of(DELIVERED, BOTH[:1]) == rule_of(DELIVERED, BOTH) == rule_of(DELIVERED, None, None) == "return.refund"
    assert decide(DELIVERED, None, None, SETTINGS, NOW).explanation == "Order CH-10001 can be returned until 14 April 2026."


@pytest.mark.parametrize("status", sorted(set(OrderStatus) - {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED}))
def test_an_order_that_was_not_delivered_cannot(status: OrderStatus) -> None:
    assert rule_of(order(status=status)) == "return.only_delivered"


def test_there_is_one_return_per_order() -> None:
    assert rule_of(order(status=OrderStatus.RETURN_REQUESTED)) == "return.one_per_order"


def test_the_window_closes_thirty_days_after_delivery_to_the_second() -> None:
    last = order(status=OrderStatus.DELIVERED, delivered_at=NOW - timedelta(days=30))
    late = order(status=OrderStatus.DELIVERED, delivered_at=NOW - timedelta(days=30, seconds=1))
    assert rule_of(last) == "return.refund"
    assert rule_of(late) == "return.window"
    assert "18 February 2026" in decide(late, None, None, SETTINGS, NOW).explanation


@pytest.mark.parametrize("line_ids", [[], ["CH-10001-9"], ["CH-10001-1", "CH-10001-1"], [*BOTH, "CH-10002-1"]])
def test_lines_are_of_the_order_and_named_once(line_ids: list[str]) -> None:
    assert rule_of(DELIVERED, line_ids) == "return.lines"


def test_the_money_goes_to_what_paid_or_to_a_gift_card() -> None:
    assert rule_of(DELIVERED, method=GIFT) == "return.refund"
    assert rule_of(DELIVERED, method=PAYPAL) == rule_of(DELIVERED, method=BO.payment_methods[0]) == "return.refund_method"


def test_a_card_gets_no_more_than_it_paid() -> None:
    split = order(status=OrderStatus.DELIVERED, payments=[paid(15000), paid(5000, GIFT)])
    decision = decide(split, BOTH, CARD, SETTINGS, NOW)
    assert decision.rule == "return.refund_method"
    assert "200.00 EUR" in decision.explanation
    assert "150.00 EUR" in decision.explanation
    assert rule_of(split, BOTH[:1]) == rule_of(split, BOTH, GIFT) == "return.refund"


def test_a_gift_card_that_paid_takes_everything() -> None:
    assert GIFT.kind is PaymentKind.GIFT_CARD
    assert rule_of(order(status=OrderStatus.DELIVERED, payments=[paid(15000), paid(5000, GIFT)]), BOTH, GIFT) == "return.refund"
