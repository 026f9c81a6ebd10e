"""Another way to pay an order."""

from typing import Any

from shop.models import OrderStatus
from tests.contracts.operations.counter import BACK, PAID, PAYMENT, PENDING, Counter, entries
from tests.shop.builders import AS_ADA, BO, CARD, GIFT, PAYPAL, balance_of


class TestChangePayment:
    async def test_the_new_method_pays_everything_and_the_old_one_is_refunded(self, counter: Counter) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", PAYMENT, {"order_id": PENDING, "payment_method_id": PAYPAL.payment_method_id})
        assert proposal.summary == (
            "Pay order CH-20001 (200.00 EUR) with your PayPal instead of your Visa ending in 1111? We charge 200.00 EUR to your PayPal at "
            "once. You get back 200.00 EUR to your Visa ending in 1111 within 5 to 7 business days."
        )
        await counter.shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        after = await counter.shop.dump()
        assert entries(after, PENDING) == [(PAID, 20000, PAYPAL.payment_method_id), (BACK, 20000, CARD.payment_method_id)]
        assert after.orders[0].status is OrderStatus.PENDING

    async def test_gift_cards_move_at_once(self, counter: Counter) -> None:
        await counter.do(PAYMENT, {"order_id": "CH-20011", "payment_method_id": CARD.payment_method_id})
        assert balance_of(await counter.shop.dump()) == 21000
        await counter.do(PAYMENT, {"order_id": PENDING, "payment_method_id": GIFT.payment_method_id})
        assert balance_of(await counter.shop.dump()) == 1000

    async def test_everything_else_is_refused_with_its_rule(self, counter: Counter) -> None:
        def to(number: str, method: Any = PAYPAL) -> dict[str, Any]:
            return {"order_id": number, "payment_method_id": method.payment_method_id}

        for number in ("CH-20002", "CH-20003", "CH-20004", "CH-20005", "CH-20006", "CH-20007"):
            assert await counter.rule_of(PAYMENT, to(number)) == "change_payment.only_pending"
        assert await counter.rule_of(PAYMENT, to("CH-20009")) == "change_payment.one_payment"
        assert await counter.rule_of(PAYMENT, to(PENDING, CARD)) == "change_payment.method!"
        assert await counter.rule_of(PAYMENT, to(PENDING, GIFT)) == "change_payment.method"
        assert await counter.rule_of(PAYMENT, to(PENDING, BO.payment_methods[0])) == "change_payment.method"
        limited = counter.under(approval_over_cents={"change_payment": 0})
        assert await counter.rule_of(PAYMENT, to(PENDING), limited) == "change_payment.approval?"
        await counter.do(PAYMENT, to(PENDING))
        assert await counter.rule_of(PAYMENT, to(PENDING, CARD)) == "change_payment.one_payment"
        assert await counter.rule_of(PAYMENT, to(PENDING)) == "change_payment.one_payment!"
