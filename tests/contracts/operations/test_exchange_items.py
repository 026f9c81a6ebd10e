"""Other versions of items that have arrived."""

from shop.models import OrderStatus, ShopData
from shop.settings import RefundTo
from tests.contracts.operations.counter import DELIVERED, EXCHANGE, ORDERS, PAID, RETURN, Counter, entries, swap
from tests.shop.builders import ADA, AS_ADA, BO, CARD, GIFT, PAYPAL, balance_of, small_shop, stock_of


class TestExchangeItems:
    async def test_an_exchange_keeps_the_new_piece_and_charges_at_once(self, counter: Counter) -> None:
        receipt = await counter.do(EXCHANGE, swap(DELIVERED, "lamp-brass", GIFT))
        after = await counter.shop.dump()
        request = after.orders[1].exchange_request
        assert after.orders[1].status is OrderStatus.EXCHANGE_REQUESTED
        assert request is not None
        assert (request.difference_cents, request.charged, request.changes[0].new_variant_id) == (600, True, "lamp-brass")
        assert after.orders[1].lines == ORDERS[1].lines
        assert (balance_of(after), entries(after, DELIVERED)) == (400, [(PAID, 600, GIFT.payment_method_id)])
        assert (stock_of(after, "lamp-black"), stock_of(after, "lamp-brass")) == (5, 0)
        assert receipt.text == (
            "Your exchange from order CH-20002 is registered: 1 x Lamp for 20.00 EUR to Lamp (colour brass) for 26.00 EUR. "
            "The new items cost 6.00 EUR more. We charge 6.00 EUR to your gift card ending in 2222 at once. "
            "Please send the old items by 3 April 2026."
        )

    async def test_a_shop_may_charge_when_the_new_items_are_sent(self, counter: Counter) -> None:
        later = counter.under(exchange_charges_at_once=False, return_send_days=None)
        receipt = await counter.do(EXCHANGE, swap(DELIVERED, "lamp-brass", GIFT), shop=later)
        after = await counter.shop.dump()
        assert (balance_of(after), entries(after, DELIVERED)) == (1000, [])
        assert receipt.charges[0].settles == "when the new items are sent"
        assert receipt.text.endswith("when the new items are sent. Please send the old items.")

    async def test_a_refund_waits_for_the_old_items(self, counter: Counter) -> None:
        receipt = await counter.do(EXCHANGE, swap(DELIVERED, "lamp-green"))
        status = await counter.shop.get_refund_status(AS_ADA, DELIVERED)
        assert (status.booked, status.expected_cents, status.payment_method_id) == ([], 500, CARD.payment_method_id)
        assert receipt.refunds[0].settles == "within 5 to 7 business days after the items are back with us"

    async def test_the_same_may_be_had_once_more_where_the_shop_allows_it(self, counter: Counter) -> None:
        again = swap(DELIVERED, "lamp-black", None)
        assert await counter.rule_of(EXCHANGE, again, counter.under(exchange_same_variant=False)) == "exchange.variants!"
        receipt = await counter.do(EXCHANGE, again)
        assert "The price stays the same." in receipt.text
        assert stock_of(await counter.shop.dump(), "lamp-black") == 4

    async def test_everything_else_is_refused_with_its_rule(self, counter: Counter) -> None:
        white = swap(DELIVERED, "lamp-white")
        for number in ("CH-20001", "CH-20003", "CH-20004", "CH-20005", "CH-20006"):
            assert await counter.rule_of(EXCHANGE, {"order_id": number}) == "exchange.only_delivered"
        assert await counter.rule_of(EXCHANGE, {"order_id": "CH-20007"}) == "exchange.one_per_order"
        assert await counter.rule_of(EXCHANGE, {"order_id": "CH-20010"}) == "exchange.window"
        assert await counter.rule_of(EXCHANGE, {**white, "changes": []}) == "exchange.lines"
        assert await counter.rule_of(EXCHANGE, {**white, "changes": white["changes"] * 2}) == "exchange.lines"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-white", line=3)) == "exchange.lines"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "shoes-black")) == "exchange.variants"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-red")) == "exchange.variants"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-white", BO.payment_methods[0])) == "exchange.method"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-green", PAYPAL)) == "exchange.method"
        limited = counter.under(approval_over_cents={"exchange_items": 100}, exchange_window_days=None)
        assert await counter.rule_of(EXCHANGE, swap("CH-20010", "lamp-brass"), limited) == "exchange.approval?"
        poor = ADA.model_copy(update={"payment_methods": [CARD, GIFT.model_copy(update={"balance_cents": 599}), PAYPAL]})
        await counter.shop.load(ShopData(products=small_shop().products, customers=[poor, BO], orders=ORDERS), replace=True)
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-brass", GIFT)) == "exchange.method"

    async def test_it_is_asked_once_and_either_that_or_a_return(self, counter: Counter) -> None:
        white = swap(DELIVERED, "lamp-white", None)
        await counter.do(EXCHANGE, white)
        assert await counter.rule_of(EXCHANGE, white) == "exchange.one_per_order!"
        assert await counter.rule_of(EXCHANGE, swap(DELIVERED, "lamp-cork", None)) == "exchange.one_per_order"
        assert await counter.rule_of(RETURN, {"order_id": DELIVERED}) == "return.only_delivered"

    async def test_the_difference_goes_where_the_shop_allows_it(self, counter: Counter) -> None:
        anywhere = counter.under(difference_refund_to={RefundTo.ANY})
        assert (await counter.do(EXCHANGE, swap(DELIVERED, "lamp-green", PAYPAL), shop=anywhere)).refunds[0].label == "PayPal"
