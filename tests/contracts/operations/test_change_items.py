"""Other versions of items of a pending order."""

import pytest

from shop.errors import InvalidArguments
from shop.models import OrderStatus, ShopData
from tests.contracts.operations.counter import (
    ADDRESS,
    BACK,
    CANCEL,
    ELSEWHERE,
    ITEMS,
    ORDERS,
    PAID,
    PAYMENT,
    PENDING,
    Counter,
    entries,
    swap,
)
from tests.shop.builders import ADA, AS_ADA, BO, CARD, GIFT, PAYPAL, balance_of, order, paid, small_shop, stock_of


class TestChangeItems:
    async def test_a_dearer_option_is_charged_and_the_stock_moves(self, counter: Counter) -> None:
        receipt = await counter.do(ITEMS, swap(PENDING, "lamp-brass"))
        after = await counter.shop.dump()
        line = after.orders[0].lines[0]
        assert (line.variant_id, line.options, line.price_cents) == ("lamp-brass", {"colour": "brass"}, 2600)
        assert (after.orders[0].status, after.orders[0].items_changed) == (OrderStatus.PENDING, True)
        assert entries(after, PENDING) == [(PAID, 600, CARD.payment_method_id)]
        assert (stock_of(after, "lamp-black"), stock_of(after, "lamp-brass")) == (6, 0)
        assert (receipt.price_difference_cents, receipt.refunds) == (600, [])
        assert [(charge.amount_cents, charge.label) for charge in receipt.charges] == [(600, CARD.label)]
        assert receipt.text == (
            "The items of order CH-20001 are changed: 1 x Lamp for 20.00 EUR to Lamp (colour brass) for 26.00 EUR. "
            "The new items cost 6.00 EUR more. We charge 6.00 EUR to your Visa ending in 1111 at once."
        )

    async def test_the_proposal_says_everything_before_the_yes(self, counter: Counter) -> None:
        arguments = swap(PENDING, "shoes-black", None, line=2)
        arguments["changes"].append({"line_id": f"{PENDING}-1", "variant_id": "lamp-green"})
        arguments["payment_method_id"] = GIFT.payment_method_id
        proposal = await counter.shop.propose(AS_ADA, "c1", ITEMS, arguments)
        assert proposal.summary == (
            "Change in order CH-20001: 1 x Lamp for 20.00 EUR to Lamp (colour green) for 15.00 EUR and 2 x Shoes (colour white) for "
            "90.00 EUR each to Shoes (colour black) for 90.00 EUR each? The new items cost 5.00 EUR less. You get back 5.00 EUR to your "
            "gift card ending in 2222 at once. Items of an order can be changed once, so nothing can be changed later."
        )
        assert [change.line_id for change in proposal.changes] == [f"{PENDING}-1", f"{PENDING}-2"]
        assert proposal.price_difference_cents == -500

    async def test_a_cheaper_option_gives_back_at_once_to_a_gift_card(self, counter: Counter) -> None:
        await counter.do(ITEMS, swap(PENDING, "lamp-green", GIFT))
        after = await counter.shop.dump()
        assert balance_of(after) == 1500
        assert entries(after, PENDING) == [(BACK, 500, GIFT.payment_method_id)]

    async def test_a_gift_card_pays_at_once(self, counter: Counter) -> None:
        await counter.do(ITEMS, swap(PENDING, "lamp-brass", GIFT))
        assert balance_of(await counter.shop.dump()) == 400

    async def test_what_went_to_a_gift_card_does_not_come_back_twice_with_a_cancellation(self, counter: Counter) -> None:
        await counter.do(ITEMS, swap(PENDING, "lamp-green", GIFT))
        receipt = await counter.do(CANCEL, {"order_id": PENDING, "reason": "no longer needed"})
        assert [(refund.payment_method_id, refund.amount_cents) for refund in receipt.refunds] == [(CARD.payment_method_id, 19500)]
        assert balance_of(await counter.shop.dump()) == 1500

    async def test_where_there_is_no_difference_no_method_is_needed_unless_the_shop_says_so(self, counter: Counter) -> None:
        same_price = swap(PENDING, "lamp-white", None)
        with pytest.raises(InvalidArguments):
            await counter.do(ITEMS, same_price, shop=counter.under(zero_difference_needs_method=True))
        receipt = await counter.do(ITEMS, same_price)
        assert (receipt.charges, receipt.refunds, receipt.price_difference_cents) == ([], [], 0)
        assert entries(await counter.shop.dump(), PENDING) == []
        with pytest.raises(InvalidArguments):
            await counter.do(ITEMS, swap("CH-20009", "lamp-brass", None))

    async def test_uncounted_stock_stays_uncounted(self, counter: Counter) -> None:
        await counter.do(ITEMS, swap(PENDING, "lamp-cork"))
        after = await counter.shop.dump()
        assert stock_of(after, "lamp-cork") is None
        assert stock_of(after, "lamp-black") == 6

    async def test_everything_else_is_refused_with_its_rule(self, counter: Counter) -> None:
        white = swap(PENDING, "lamp-white")
        for number in ("CH-20002", "CH-20003", "CH-20004", "CH-20005", "CH-20006", "CH-20007"):
            assert await counter.rule_of(ITEMS, {"order_id": number}) == "change_items.only_pending"
        assert await counter.rule_of(ITEMS, {"order_id": "CH-20008"}) == "change_items.once"
        assert await counter.rule_of(ITEMS, swap("CH-20008", "lamp-black")) == "change_items.once!"
        assert await counter.rule_of(ITEMS, {**white, "changes": []}) == "change_items.lines"
        assert await counter.rule_of(ITEMS, {**white, "changes": white["changes"] * 2}) == "change_items.lines"
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-white", line=3)) == "change_items.lines"
        assert await counter.rule_of(ITEMS, swap(PENDING, "shoes-black")) == "change_items.variants"
        assert await counter.rule_of(ITEMS, swap(PENDING, "piano")) == "change_items.variants"
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-red")) == "change_items.variants"
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-black")) == "change_items.variants!"
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-white", BO.payment_methods[0])) == "change_items.method"
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-green", PAYPAL)) == "change_items.method"
        limited = counter.under(approval_over_cents={"change_items": 599})
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-brass"), limited) == "change_items.approval?"

    async def test_two_pieces_of_the_last_one_are_not_promised(self, counter: Counter) -> None:
        arguments = swap(PENDING, "lamp-brass")
        two = order(PENDING, lines=[line.model_copy(update={"quantity": 2}) for line in ORDERS[0].lines], payments=[paid(22000)])
        await counter.shop.load(small_shop(two), replace=True)
        assert await counter.rule_of(ITEMS, arguments) == "change_items.variants"
        assert "only 1" in (await counter.shop.check(AS_ADA, ITEMS, arguments)).explanation

    async def test_a_gift_card_has_to_cover_the_difference(self, counter: Counter) -> None:
        poor = ADA.model_copy(update={"payment_methods": [CARD, GIFT.model_copy(update={"balance_cents": 599}), PAYPAL]})
        await counter.shop.load(ShopData(products=small_shop().products, customers=[poor, BO], orders=ORDERS), replace=True)
        assert await counter.rule_of(ITEMS, swap(PENDING, "lamp-brass", GIFT)) == "change_items.method"
        assert (await counter.do(ITEMS, swap(PENDING, "lamp-brass", PAYPAL))).charges[0].label == "PayPal"

    async def test_a_line_is_judged_before_its_option_is_chosen(self, counter: Counter) -> None:
        assert (await counter.shop.check(AS_ADA, ITEMS, swap(PENDING, None, None))).allowed
        with pytest.raises(InvalidArguments):
            await counter.shop.propose(AS_ADA, "c1", ITEMS, swap(PENDING, None))

    async def test_afterwards_an_order_is_cancelled_only_where_the_shop_allows_it(self, counter: Counter) -> None:
        strict = counter.under(cancel_after_items_changed=False, change_items_once=False)
        await counter.do(ITEMS, swap(PENDING, "lamp-brass"))
        cancelling = {"order_id": PENDING, "reason": "no longer needed"}
        assert await counter.rule_of(CANCEL, cancelling, strict) == "cancel.after_change"
        await counter.do(ITEMS, swap(PENDING, "lamp-green"), shop=strict)
        await counter.do(CANCEL, cancelling)
        after = await counter.shop.dump()
        assert sum(cents if kind == PAID else -cents for kind, cents, _ in entries(after, PENDING)) == -20000
        assert (stock_of(after, "lamp-black"), stock_of(after, "lamp-brass"), stock_of(after, "lamp-green")) == (6, 1, 3 + 0)

    async def test_address_and_payment_of_a_changed_order_can_still_be_changed(self, counter: Counter) -> None:
        await counter.do(ADDRESS, {"order_id": "CH-20008", "address": ELSEWHERE})
        await counter.do(PAYMENT, {"order_id": "CH-20008", "payment_method_id": PAYPAL.payment_method_id})
