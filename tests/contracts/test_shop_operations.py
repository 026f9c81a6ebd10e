"""What every operation of the shop does and refuses, over every back end."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shop.backends import build
from shop.coherence import find_problems
from shop.errors import ConfirmationStale, InvalidArguments, NotAllowed, NotPermitted
from shop.models import Actor, Level, OperationName, OrderStatus, PaymentEntryKind, Proposal, Receipt, ShopData
from shop.operations import Shop
from shop.settings import RefundTo, ShopSettings
from tests.shop.builders import (
    ADA,
    AS_ADA,
    AS_BO,
    BO,
    CARD,
    GIFT,
    NOW,
    PAYPAL,
    as_guest,
    balance_of,
    order,
    paid,
    small_shop,
    stock_of,
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


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


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


@pytest.fixture
async def counter(url: str, clock: Clock) -> AsyncIterator[Counter]:
    opened = Counter(url, clock)
    await opened.shop.load(small_shop(*ORDERS))
    yield opened
    assert find_problems(await opened.shop.dump(), ShopData(products=[], customers=[], orders=[]), ShopSettings()) == []
    for shop in opened.shops:
        await shop.close()


def swap(order_id: str, variant_id: str | None, method: Any = CARD, line: int = 1) -> dict[str, Any]:
    """Another variant for one line."""
    wish = {"line_id": f"{order_id}-{line}", "variant_id": variant_id}
    return {"order_id": order_id, "changes": [wish], "payment_method_id": method.payment_method_id if method else None}


def entries(shop_data: ShopData, order_id: str) -> list[tuple[str, int, str]]:
    """What was booked after the first payment."""
    found = next(each for each in shop_data.orders if each.order_id == order_id)
    return [(entry.kind.value, entry.amount_cents, entry.payment_method_id) for entry in found.payments[1:]]


PAID, BACK = PaymentEntryKind.PAYMENT.value, PaymentEntryKind.REFUND.value


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


class TestChangeAddress:
    async def test_the_whole_address_is_replaced_for_this_order_alone(self, counter: Counter) -> None:
        arguments = {"order_id": PENDING, "address": {**ELSEWHERE, "line1": " Kanalgade\u00a0 4\n"}}
        proposal = await counter.shop.propose(AS_ADA, "c1", ADDRESS, arguments)
        assert proposal.summary == "Send order CH-20001 to Kanalgade 4, 5000 Odense, DK instead of Hafenweg 1, 20457 Hamburg, DE?"
        receipt = await counter.shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        after = await counter.shop.dump()
        assert after.orders[0].address.model_dump() == ELSEWHERE
        assert (after.customers, after.products, after.orders[1:]) == (small_shop().customers, small_shop().products, ORDERS[1:])
        assert receipt.text == "Order CH-20001 now goes to Kanalgade 4, 5000 Odense, DK."
        assert receipt.address == after.orders[0].address
        assert await counter.rule_of(ADDRESS, arguments) == "change_address.different!"

    async def test_everything_else_is_refused_with_its_rule(self, counter: Counter) -> None:
        for number in ("CH-20002", "CH-20003", "CH-20004", "CH-20005", "CH-20006", "CH-20007"):
            assert await counter.rule_of(ADDRESS, {"order_id": number, "address": ELSEWHERE}) == "change_address.only_pending"
        assert await counter.rule_of(ADDRESS, {"order_id": PENDING, "address": ADA.address.model_dump()}) == "change_address.different!"
        abroad = {"order_id": PENDING, "address": {**ELSEWHERE, "country": "US"}}
        assert await counter.rule_of(ADDRESS, abroad) == "change_address.country"
        assert (await counter.under(delivery_countries=None).check(AS_ADA, ADDRESS, abroad)).allowed
        limited = counter.under(approval_over_cents={"change_address": 19999})
        assert await counter.rule_of(ADDRESS, {"order_id": PENDING, "address": ELSEWHERE}, limited) == "change_address.approval?"

    @pytest.mark.parametrize(
        "wrong", [{"line1": " "}, {"country": "Denmark"}, {"city": "Oden\u200bse"}, {"postal_code": "5" * 121}, {"planet": "Earth"}]
    )
    async def test_an_address_is_whole_and_of_one_line_each(self, counter: Counter, wrong: dict[str, str]) -> None:
        with pytest.raises(InvalidArguments):
            await counter.shop.check(AS_ADA, ADDRESS, {"order_id": PENDING, "address": ELSEWHERE | wrong})


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


class TestChangeDefaultAddress:
    async def test_the_account_changes_and_the_orders_do_not(self, counter: Counter) -> None:
        receipt = await counter.do(ACCOUNT, {"address": ELSEWHERE})
        after = await counter.shop.dump()
        assert after.customers[0].address.model_dump() == ELSEWHERE
        assert (after.customers[0].payment_methods, after.customers[1], after.orders) == (ADA.payment_methods, BO, ORDERS)
        assert (receipt.order_id, receipt.currency) == (None, None)
        assert await counter.rule_of(ACCOUNT, {"address": ELSEWHERE}) == "change_default_address.different!"

    async def test_it_needs_an_account_and_not_only_an_order(self, counter: Counter) -> None:
        with pytest.raises(NotPermitted):
            await counter.do(ACCOUNT, {"address": ELSEWHERE}, actor=as_guest(PENDING))
        weakly_proved = Actor(level=Level.GUEST, customer_id=ADA.customer_id)
        with pytest.raises(NotPermitted):
            await counter.do(ACCOUNT, {"address": ELSEWHERE}, weakly_proved, counter.under(change_default_address_level=Level.CUSTOMER))
        assert (await counter.do(ACCOUNT, {"address": ELSEWHERE}, weakly_proved)).address is not None

    async def test_nothing_else_is_taken_and_something_is_needed(self, counter: Counter) -> None:
        assert (await counter.shop.check(AS_ADA, ACCOUNT, {})).allowed
        for arguments in ({}, {"address": ELSEWHERE, "customer_id": BO.customer_id}):
            with pytest.raises(InvalidArguments):
                await counter.shop.propose(AS_ADA, "c1", ACCOUNT, arguments)

    async def test_it_is_found_by_the_new_postal_code(self, counter: Counter) -> None:
        await counter.do(ACCOUNT, {"address": ELSEWHERE})
        assert await counter.shop.find_customer_by_name_zip("ada", "BERG", "20457") is None
        found = await counter.shop.find_customer_by_name_zip("ada", "BERG", "5000")
        assert found is not None
        assert found.customer_id == ADA.customer_id


WRITES: list[tuple[OperationName, dict[str, Any]]] = [
    (CANCEL, {"order_id": PENDING, "reason": "ordered by mistake"}),
    (ITEMS, swap(PENDING, "lamp-brass", GIFT)),
    (ADDRESS, {"order_id": PENDING, "address": ELSEWHERE}),
    (PAYMENT, {"order_id": PENDING, "payment_method_id": PAYPAL.payment_method_id}),
    (RETURN, {"order_id": DELIVERED, "line_ids": [f"{DELIVERED}-1"], "payment_method_id": CARD.payment_method_id}),
    (EXCHANGE, swap(DELIVERED, "lamp-brass", GIFT)),
    (ACCOUNT, {"address": ELSEWHERE}),
]


@pytest.mark.parametrize(("operation", "arguments"), WRITES, ids=[operation for operation, _ in WRITES])
class TestEveryWrite:
    async def test_a_quote_says_what_the_proposal_will_say_and_keeps_nothing(
        self, counter: Counter, operation: OperationName, arguments: dict[str, Any]
    ) -> None:
        quote = await counter.shop.quote(AS_ADA, operation, arguments)
        assert await counter.shop.find_open_proposal("c1") is None
        proposal = await counter.shop.propose(AS_ADA, "c1", operation, arguments)
        shared = set(type(quote).model_fields) & set(Proposal.model_fields)
        assert all(getattr(quote, name) == getattr(proposal, name) for name in shared)

    async def test_said_many_times_at_once_it_is_done_once_and_told_so(
        self, counter: Counter, operation: OperationName, arguments: dict[str, Any]
    ) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", operation, arguments)
        doors = [counter.under() for _ in range(3)]
        yes = [door.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token) for door in doors for _ in range(2)]
        receipts = await asyncio.gather(*yes)
        once = await counter.shop.dump()
        assert [receipt.already_done for receipt in receipts].count(False) == 1
        again = await counter.shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        assert again.already_done
        assert {receipt.receipt_id for receipt in [*receipts, again]} == {receipts[0].receipt_id}
        assert await counter.shop.dump() == once

    async def test_the_same_change_proposed_again_is_refused_as_done(
        self, counter: Counter, operation: OperationName, arguments: dict[str, Any]
    ) -> None:
        await counter.do(operation, arguments)
        assert (await counter.rule_of(operation, arguments)).endswith("!")

    async def test_two_conversations_do_not_both_change_one_record(
        self, counter: Counter, operation: OperationName, arguments: dict[str, Any]
    ) -> None:
        shops = [counter.under(), counter.under()]
        shown = [await shop.propose(AS_ADA, f"c{i}", operation, arguments) for i, shop in enumerate(shops)]
        yes = [shop.confirm(AS_ADA, f"c{i}", shown[i].proposal_id, shown[i].token) for i, shop in enumerate(shops)]
        results = await asyncio.gather(*yes, return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["ConfirmationStale", "Receipt"]

    async def test_nobody_else_can_ask_for_it_or_say_yes_to_it(
        self, counter: Counter, operation: OperationName, arguments: dict[str, Any]
    ) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", operation, arguments)
        before = await counter.shop.dump()
        for actor in (as_guest("CH-20003"), Actor(), AS_BO):
            if operation is ACCOUNT and actor is AS_BO:
                continue
            with pytest.raises(Exception, match="No order|account") as refusal:
                await counter.shop.propose(actor, "c2", operation, arguments)
            assert type(refusal.value).__name__ in {"OrderNotFound", "NotPermitted"}
            with pytest.raises(Exception, match="No order|account"):
                await counter.shop.confirm(actor, "c1", proposal.proposal_id, proposal.token)
        assert await counter.shop.dump() == before


class TestStale:
    async def test_when_somebody_else_says_yes_to_a_change_of_an_account_before_or_after(self, counter: Counter) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", ACCOUNT, {"address": ELSEWHERE})
        for _ in range(2):
            with pytest.raises(ConfirmationStale):
                await counter.shop.confirm(AS_BO, "c1", proposal.proposal_id, proposal.token)
            await counter.shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        assert (await counter.shop.dump()).customers[1] == BO

    async def test_when_the_new_variant_costs_something_else_by_now(self, counter: Counter) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", ITEMS, swap(PENDING, "lamp-brass"))
        await self._reprice(counter, 2700)
        with pytest.raises(ConfirmationStale):
            await counter.shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        assert (await counter.shop.dump()).orders == ORDERS

    async def test_when_the_last_piece_is_gone_by_now(self, counter: Counter) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", ITEMS, swap(PENDING, "lamp-brass"))
        other = await counter.shop.propose(AS_ADA, "c2", EXCHANGE, swap(DELIVERED, "lamp-brass"))
        await counter.shop.confirm(AS_ADA, "c2", other.proposal_id, other.token)
        await self._still_open_but_refused(counter, proposal, "change_items.variants")

    async def test_when_the_gift_card_was_spent_by_now(self, counter: Counter) -> None:
        proposal = await counter.shop.propose(AS_ADA, "c1", ITEMS, swap(PENDING, "lamp-brass", GIFT))
        other = await counter.shop.propose(AS_ADA, "c2", ITEMS, swap("CH-20009", "lamp-brass", GIFT))
        await self._restock(counter)
        await counter.shop.confirm(AS_ADA, "c2", other.proposal_id, other.token)
        await self._still_open_but_refused(counter, proposal, "change_items.method")

    @staticmethod
    async def _still_open_but_refused(counter: Counter, proposal: Proposal, rule: str) -> None:
        before = await counter.shop.dump()
        with pytest.raises(NotAllowed) as refusal:
            await counter.shop.confirm(AS_ADA, proposal.conversation_id, proposal.proposal_id, proposal.token)
        assert refusal.value.rule == rule
        assert await counter.shop.dump() == before

    @staticmethod
    async def _reprice(counter: Counter, cents: int) -> None:
        await _write(counter, "UPDATE shop_variants SET price_cents = {} WHERE variant_id = 'lamp-brass'", cents, "products")

    @staticmethod
    async def _restock(counter: Counter) -> None:
        await _write(counter, "UPDATE shop_variants SET stock = {} WHERE variant_id = 'lamp-brass'", 9, "products")


async def _write(counter: Counter, statement: str, value: int, name: str) -> None:
    """Do what the shop's own warehouse would do beside us."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(counter.url)
    async with engine.begin() as db:
        await db.exec_driver_sql(statement.format(value))
        await db.exec_driver_sql(f"UPDATE shop_counters SET value = value + 1 WHERE name = '{name}'")  # noqa: S608 - a name of ours
    await engine.dispose()


class TestLookUps:
    async def test_orders_are_found_by_what_is_in_them_and_by_date(self, counter: Counter) -> None:
        shop = counter.shop
        assert len(await shop.find_orders(AS_ADA, product_id="lamp")) == 11
        assert await shop.find_orders(AS_ADA, product_id="lamp", variant_id="shoes-white") == []
        assert [o.order_id for o in await shop.find_orders(AS_ADA, variant_id="shoes-white", status=OrderStatus.SHIPPED)] == ["CH-20004"]
        assert await shop.find_orders(AS_ADA, placed_from=NOW) == []
        assert len(await shop.find_orders(AS_ADA, placed_to=NOW)) == 11
        assert await shop.find_orders(Actor(), product_id="lamp") == []
        assert len(await shop.find_orders(AS_BO)) == 1

    async def test_the_last_order_is_told_only_where_the_dates_tell(self, counter: Counter) -> None:
        await counter.shop.load(small_shop(order("CH-1", placed_at=NOW - timedelta(days=2)), order("CH-2")), replace=True)
        last = await counter.shop.find_last_order(AS_ADA)
        assert last is not None
        assert last.order_id == "CH-1"
        await counter.shop.load(small_shop(order("CH-1", placed_at=None), order("CH-2")), replace=True)
        assert await counter.shop.find_last_order(AS_ADA) is None
        assert [found.order_id for found in await counter.shop.list_orders(AS_ADA)] == ["CH-2", "CH-1"]
        assert await counter.shop.find_last_order(AS_BO) is None

    async def test_payment_methods_come_with_balances_to_their_owner_alone(self, counter: Counter) -> None:
        assert await counter.shop.list_payment_methods(AS_ADA) == [CARD, GIFT, PAYPAL]
        assert await counter.shop.list_payment_methods(AS_ADA, PENDING) == [CARD, GIFT, PAYPAL]
        assert await counter.shop.list_payment_methods(Actor(level=Level.GUEST, customer_id=ADA.customer_id)) == [CARD, GIFT, PAYPAL]
        [seen] = await counter.shop.list_payment_methods(as_guest("CH-20011"), "CH-20011")
        assert seen == GIFT.model_copy(update={"balance_cents": None})
        with pytest.raises(NotPermitted):
            await counter.shop.list_payment_methods(as_guest(PENDING))

    async def test_people_are_found_whatever_the_case_of_their_name(self, counter: Counter) -> None:
        shop = counter.shop
        assert await shop.find_customer_by_email("ADA@example.COM ") == ADA
        assert await shop.find_customer_by_email("nobody@example.com") is None
        assert await shop.find_customer_by_name_zip("ADA", "berg", "20457") == ADA
        assert await shop.find_customer_by_name_zip("ada", "berg", "2045") is None
        assert await shop.find_customer_by_name_zip("ada berg", "", "20457") is None

    async def test_who_may_be_two_is_nobody(self, counter: Counter) -> None:
        twin = ADA.model_copy(update={"customer_id": "cus_twin", "payment_methods": []})
        await counter.shop.load(ShopData(products=[], customers=[twin], orders=[]))
        assert await counter.shop.find_customer_by_email(ADA.email) is None
        assert await counter.shop.find_customer_by_name_zip("Ada", "Berg", "20457") is None

    async def test_the_catalogue_is_listed_by_type_name_and_variant(self, counter: Counter) -> None:
        shop = counter.shop
        assert await shop.list_product_types() == {"desk lamp": ["lamp"], "running shoes": ["shoes"]}
        found = await shop.find_variant("lamp-red")
        assert found is not None
        assert (found[0].name, found[1].available) == ("Lamp", False)
        assert await shop.find_variant("lamp") is None
        named = await shop.find_product_by_name(" lAMP ")
        assert named is not None
        assert named.product_id == "lamp"
        assert await shop.find_product_by_name("desk lamp") is None
