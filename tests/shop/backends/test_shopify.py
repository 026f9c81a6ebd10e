"""The shop over a fake Shopify at the wire: what can be done, what goes to the staff, and what happens when the line is bad."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shop.backends import build
from shop.errors import BackendUnavailable, ConfirmationStale, InvalidShopData, NotAllowed, OrderNotFound, OutcomeUnknown
from shop.models import OperationName, OrderStatus, PaymentEntryKind, ProductFilter, Proposal, Receipt
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.fakes.shopify import FakeShopify, bag
from tests.shop.builders import ADA, AS_ADA, AS_BO, GIFT, as_guest, order, paid, small_shop
from tests.shop.conftest import Clock

CANCEL, RETURN, ADDRESS = OperationName.CANCEL_ORDER, OperationName.RETURN_ITEMS, OperationName.CHANGE_ADDRESS
PENDING, DELIVERED, SHIPPED, GIFTED = "CH-10001", "CH-10002", "CH-10004", "CH-10005"
ELSEWHERE = {"line1": "Kanalgade 4", "line2": "", "city": "Odense", "region": "", "postal_code": "5000", "country": "DK"}
WISHES: dict[OperationName, dict[str, Any]] = {
    CANCEL: {"order_id": PENDING, "reason": "no longer needed"},
    RETURN: {"order_id": DELIVERED, "line_ids": [f"{DELIVERED}-1"], "payment_method_id": "visa_1111"},
    ADDRESS: {"order_id": PENDING, "address": ELSEWHERE},
}
MUTATIONS = {CANCEL: "orderCancel", RETURN: "returnCreate", ADDRESS: "orderUpdate"}


class _Crash(Exception):
    """The process ends here."""


@pytest.fixture
async def shopify() -> AsyncIterator[FakeShopify]:
    async with FakeShopify() as server:
        orders = [order(PENDING), order(DELIVERED, OrderStatus.DELIVERED), order(SHIPPED, OrderStatus.SHIPPED)]
        server.fill(small_shop(*orders, order(GIFTED, OrderStatus.DELIVERED, payments=[paid(20000, GIFT)])))
        yield server


@pytest.fixture
def settings(shopify: FakeShopify, tmp_path: Path) -> ShopSettings:
    ledger = f"sqlite+aiosqlite:///{tmp_path / 'ledger.db'}"
    return ShopSettings(backend="shopify", url=shopify.url, api_token=shopify.token, ledger_url=ledger)


@pytest.fixture
async def shop(settings: ShopSettings, clock: Clock) -> AsyncIterator[Shop]:
    opened = Shop(build(settings), settings, clock)
    yield opened
    await opened.close()


async def propose(shop: Shop, operation: OperationName, conversation_id: str = "c1") -> Proposal:
    return await shop.propose(AS_ADA, conversation_id, operation, WISHES[operation])


async def yes(shop: Shop, proposal: Proposal) -> Receipt:
    return await shop.confirm(AS_ADA, proposal.conversation_id, proposal.proposal_id, proposal.token)


class TestReading:
    async def test_an_order_is_read_with_its_money_parcels_and_options(self, shop: Shop) -> None:
        found = await shop.get_order(AS_ADA, "10002")
        assert (found.status, found.total_cents, found.currency) == (OrderStatus.DELIVERED, 20000, "EUR")
        assert [(line.label, line.price_cents, line.quantity) for line in found.lines] == [("Lamp", 2000, 1), ("Shoes (white)", 9000, 2)]
        assert (found.fulfilments[0].tracking_id, found.fulfilments[0].events[0].text) == ("PO1", "In transit")
        assert found.delivered_at == order(DELIVERED, OrderStatus.DELIVERED).delivered_at

    @pytest.mark.parametrize("written", ["1001", "#1001", "order 1001"])
    async def test_shopify_s_own_numbers_are_found(self, shopify: FakeShopify, settings: ShopSettings, clock: Clock, written: str) -> None:
        shopify.order(PENDING)["name"] = "#1001"
        own = settings.model_copy(update={"order_id_prefix": "#"})
        shop = Shop(build(own), own, clock)
        assert (await shop.get_order(AS_ADA, written)).order_id == "#1001"
        await shop.close()

    async def test_discounts_and_taxes_on_top_are_in_the_price_of_a_piece(self, shop: Shop, shopify: FakeShopify) -> None:
        node = shopify.order(PENDING)
        shoes = node["lineItems"]["nodes"][1]
        shoes["discountAllocations"], shoes["taxLines"] = [{"allocatedAmountSet": bag(3000)}], [{"priceSet": bag(1500)}]
        node["taxesIncluded"], node["totalPriceSet"] = False, bag(18500)
        found = await shop.get_order(AS_ADA, PENDING)
        assert (found.lines[1].price_cents, found.total_cents) == (8250, 18500)

    async def test_orders_of_others_are_not_found(self, shop: Shop) -> None:
        for actor in (AS_BO, as_guest(DELIVERED)):
            with pytest.raises(OrderNotFound):
                await shop.get_order(actor, PENDING)
        assert await shop.list_orders(AS_BO) == []
        assert [found.order_id for found in await shop.list_orders(as_guest(DELIVERED))] == [DELIVERED]

    async def test_people_are_found_by_what_proves_them(self, shop: Shop) -> None:
        for found in (
            await shop.find_customer_by_email("ADA@example.com"),
            await shop.find_customer_by_name_zip("ada", "BERG", "20457"),
        ):
            assert found is not None
            assert found.customer_id == ADA.customer_id
        assert await shop.find_customer_by_name_zip("ada", "BERG", "20458") is None
        assert [method.label for method in await shop.list_payment_methods(AS_ADA)] == ["Visa ending in 1111"]

    async def test_an_order_without_an_account_belongs_to_whoever_proves_it(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.order(PENDING)["customer"] = None
        contact = await shop.find_order_contact(PENDING)
        proposal = await shop.propose(as_guest(PENDING), "c1", CANCEL, WISHES[CANCEL])
        assert contact is not None
        assert contact.email == "ada@example.com"
        assert proposal.refunds[0].label == "Visa ending in 1111"
        with pytest.raises(OrderNotFound):
            await shop.get_order(AS_ADA, PENDING)

    async def test_products_have_their_stock(self, shop: Shop) -> None:
        lamp = (await shop.list_products(ProductFilter(text="lamp")))[0]
        assert {variant.options["colour"]: variant.stock for variant in lamp.variants} == {
            "black": 5, "white": 5, "brass": 1, "green": 3, "red": 0, "cork": None,
        }  # fmt: skip

    async def test_a_store_is_not_filled_from_here(self, shop: Shop) -> None:
        with pytest.raises(InvalidShopData):
            await shop.load(small_shop())


class TestDone:
    async def test_a_cancellation_refunds_and_restocks_and_tells_when_it_is_so(self, shop: Shop, shopify: FakeShopify) -> None:
        receipt = await yes(shop, await propose(shop, CANCEL))
        after = await shop.get_order(AS_ADA, PENDING)
        refunds = [entry for entry in after.payments if entry.kind is PaymentEntryKind.REFUND]
        assert receipt.text.startswith(f"Order {PENDING} is cancelled. You get back 200.00 EUR to your Visa ending in 1111")
        assert (after.status, [(entry.amount_cents, entry.payment_method_id) for entry in refunds]) == (
            OrderStatus.CANCELLED,
            [(20000, "visa_1111")],
        )
        assert await shop.list_receipts("c1") == [receipt]

    async def test_a_return_names_the_pieces_that_were_sent(self, shop: Shop, shopify: FakeShopify) -> None:
        receipt = await yes(shop, await propose(shop, RETURN))
        status = await shop.get_refund_status(AS_ADA, DELIVERED)
        after = await shop.get_order(AS_ADA, DELIVERED)
        assert (receipt.refunds[0].amount_cents, status.expected_cents) == (2000, 2000)
        assert after.status is OrderStatus.RETURN_REQUESTED
        assert after.return_request is not None
        assert after.return_request.line_ids == [f"{DELIVERED}-1"]

    async def test_an_address_changes_and_keeps_the_name_on_it(self, shop: Shop, shopify: FakeShopify) -> None:
        await yes(shop, await propose(shop, ADDRESS))
        assert (await shop.get_order(AS_ADA, PENDING)).address.model_dump() == ELSEWHERE
        assert shopify.order(PENDING)["shippingAddress"]["lastName"] == "Berg"

    @pytest.mark.parametrize("operation", WISHES)
    async def test_it_is_written_once_however_often_it_is_confirmed(
        self, shop: Shop, shopify: FakeShopify, operation: OperationName
    ) -> None:
        proposal = await propose(shop, operation)
        receipts = await asyncio.gather(*(yes(shop, proposal) for _ in range(5)))
        assert [receipt.already_done for receipt in receipts].count(False) == 1
        assert (await yes(shop, proposal)).already_done
        assert shopify.count(MUTATIONS[operation]) == 1


class TestTwoProcesses:
    @pytest.mark.parametrize("operation", WISHES)
    async def test_the_same_yes_in_both_is_done_once(
        self, shop: Shop, shopify: FakeShopify, settings: ShopSettings, clock: Clock, operation: OperationName
    ) -> None:
        other, proposal = Shop(build(settings), settings, clock), await propose(shop, operation)
        receipts = await asyncio.gather(yes(shop, proposal), yes(other, proposal))
        assert sorted(receipt.already_done for receipt in receipts) == [False, True]
        assert receipts[0].receipt_id == receipts[1].receipt_id
        await other.close()

    @pytest.mark.parametrize("operation", WISHES)
    @pytest.mark.parametrize("step", ["read", "begin", "finish"])
    async def test_whoever_is_overtaken_at_any_step_tells_the_same(
        self, shop: Shop, shopify: FakeShopify, settings: ShopSettings, clock: Clock, operation: OperationName, step: str
    ) -> None:
        """The other process does all of it between two steps of this one: it was done by whose receipt is kept, and by nobody else."""
        backend, proposal = build(settings), await propose(shop, operation)
        told: list[Receipt] = []

        async def overtaken(part: object, name: str) -> None:
            original = getattr(part, name)

            async def slow(*given: object) -> object:
                if not told:
                    told.append(await yes(shop, proposal))
                return await original(*given)

            setattr(part, name, slow)

        writer = backend._writer  # type: ignore[attr-defined]
        await overtaken(writer._orders if step == "read" else writer._ledger, step)
        overtaken_shop = Shop(backend, settings, clock)
        told.append(await yes(overtaken_shop, proposal))
        assert [receipt.already_done for receipt in told] == ([True, False] if step == "finish" else [False, True])
        assert told[0].receipt_id == told[1].receipt_id
        assert shopify.count(MUTATIONS[operation]) == 1
        await overtaken_shop.close()

    async def test_a_cancellation_whose_money_is_still_on_its_way_elsewhere_is_waited_for(
        self, shop: Shop, shopify: FakeShopify, settings: ShopSettings, clock: Clock
    ) -> None:
        other, proposal = Shop(build(settings), settings, clock), await propose(shop, CANCEL)
        shopify.refund_after_s = 0.5
        first = asyncio.create_task(yes(shop, proposal))
        while not shopify.order(PENDING)["cancelledAt"]:
            await asyncio.sleep(0.005)
        assert (await yes(other, proposal)).already_done
        assert not (await first).already_done
        await other.close()

    async def test_two_conversations_cancel_one_order_once(
        self, shop: Shop, shopify: FakeShopify, settings: ShopSettings, clock: Clock
    ) -> None:
        other = Shop(build(settings), settings, clock)
        proposals = await propose(shop, CANCEL, "c1"), await propose(other, CANCEL, "c2")
        results = await asyncio.gather(yes(shop, proposals[0]), yes(other, proposals[1]), return_exceptions=True)
        refunds = [each for each in shopify.order(PENDING)["transactions"] if each["kind"] == "REFUND"]
        assert sum(isinstance(result, Receipt) for result in results) == 1
        assert sum(isinstance(result, (NotAllowed, ConfirmationStale)) for result in results) == 1
        assert len(refunds) == 1
        await other.close()

    @pytest.mark.parametrize("operation", WISHES)
    async def test_a_crash_after_the_note_and_before_the_receipt_is_told_truly(
        self, shop: Shop, shopify: FakeShopify, settings: ShopSettings, clock: Clock, operation: OperationName
    ) -> None:
        """The ledger dies once the order is changed; the next process finds the order changed and keeps the receipt."""
        crashing, proposal = build(settings), await propose(shop, operation)

        async def crash(*_: object) -> Receipt:
            raise _Crash

        crashing._writer._ledger.finish = crash  # type: ignore[attr-defined]
        with pytest.raises(_Crash):
            await yes(Shop(crashing, settings, clock), proposal)
        assert (await yes(shop, proposal)).already_done
        assert len(await shop.list_receipts("c1")) == 1
        assert shopify.count(MUTATIONS[operation]) == 1
        await crashing.close()


class TestBeyond:
    @pytest.mark.parametrize(
        ("operation", "arguments"),
        [
            (OperationName.CHANGE_ITEMS, {"order_id": PENDING}),
            (OperationName.CHANGE_PAYMENT, {"order_id": PENDING}),
            (OperationName.EXCHANGE_ITEMS, {"order_id": DELIVERED}),
            (OperationName.CHANGE_DEFAULT_ADDRESS, {"address": ELSEWHERE}),
            (RETURN, {"order_id": GIFTED}),
        ],
    )
    async def test_what_the_api_cannot_do_goes_to_the_staff(self, shop: Shop, operation: OperationName, arguments: dict[str, Any]) -> None:
        decision = await shop.check(AS_ADA, operation, arguments)
        assert (decision.allowed, decision.needs_staff) == (False, True)

    async def test_the_shop_s_own_rules_come_first(self, shop: Shop) -> None:
        decision = await shop.check(AS_ADA, OperationName.CHANGE_ITEMS, {"order_id": SHIPPED})
        assert (decision.rule, decision.needs_staff) == ("change_items.only_pending", False)
        assert (await shop.check(AS_ADA, CANCEL, {"order_id": SHIPPED})).rule == "cancel.only_pending"

    async def test_amounts_that_cannot_be_split_go_to_the_staff(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.order(DELIVERED)["totalPriceSet"] = bag(20500)
        with pytest.raises(NotAllowed) as refusal:
            await propose(shop, RETURN)
        assert (refusal.value.rule, refusal.value.needs_staff) == ("shopify.amounts", True)

    async def test_a_payment_that_shopify_does_not_refund_goes_to_the_staff(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.order(PENDING)["transactions"][0].update(gateway="Cash on Delivery (COD)", paymentDetails=None)
        assert (await shop.check(AS_ADA, CANCEL, WISHES[CANCEL])).needs_staff

    async def test_an_order_too_large_to_be_read_whole_goes_to_the_staff(self, shop: Shop, shopify: FakeShopify) -> None:
        items = shopify.order(PENDING)["lineItems"]["nodes"]
        items += [{**items[0], "id": f"{items[0]['id']}-{number}"} for number in range(30)]
        assert (await shop.check(AS_ADA, CANCEL, WISHES[CANCEL])).rule == "shopify.amounts"

    @pytest.mark.parametrize("operation", WISHES)
    async def test_what_shopify_declines_is_not_told_as_done(self, shop: Shop, shopify: FakeShopify, operation: OperationName) -> None:
        proposal = await propose(shop, operation)
        shopify.fail_next(MUTATIONS[operation], "declined")
        with pytest.raises(NotAllowed) as refusal:
            await yes(shop, proposal)
        assert refusal.value.needs_staff
        assert await shop.list_receipts("c1") == []


class TestBadLine:
    @pytest.mark.parametrize("kind", ["throttled", "http_429", "server_error", "internal_error", "drop_before", "drop_after"])
    async def test_a_read_is_made_again(self, shop: Shop, shopify: FakeShopify, kind: str) -> None:
        shopify.fail_next("orders", kind, kind)
        assert (await shop.get_order(AS_ADA, PENDING)).order_id == PENDING
        assert shopify.count("orders") == 3

    async def test_a_rate_limit_is_waited_for(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.points, shopify.restore_rate = 60.0, 400.0
        found = await asyncio.gather(*(shop.get_order(AS_ADA, PENDING) for _ in range(4)))
        assert len(found) == 4
        assert shopify.count("orders") > 4

    async def test_a_rate_limit_that_lasts_is_said(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.points, shopify.restore_rate = 0.0, 1.0
        with pytest.raises(BackendUnavailable, match="rate limit"):
            await shop.get_order(AS_ADA, PENDING)

    async def test_a_wrong_token_is_said(self, shop: Shop, shopify: FakeShopify) -> None:
        shopify.token = "another"
        with pytest.raises(BackendUnavailable, match="HTTP 401"):
            await shop.get_order(AS_ADA, PENDING)

    @pytest.mark.parametrize("operation", WISHES)
    @pytest.mark.parametrize("kind", ["throttled", "http_429"])
    async def test_a_write_that_the_limit_refused_is_made_again(
        self, shop: Shop, shopify: FakeShopify, operation: OperationName, kind: str
    ) -> None:
        proposal = await propose(shop, operation)
        shopify.fail_next(MUTATIONS[operation], kind)
        assert not (await yes(shop, proposal)).already_done
        assert shopify.count(MUTATIONS[operation]) == 2

    @pytest.mark.parametrize("operation", WISHES)
    async def test_a_write_whose_answer_is_lost_is_seen_in_the_order_and_not_sent_again(
        self, shop: Shop, shopify: FakeShopify, operation: OperationName
    ) -> None:
        proposal = await propose(shop, operation)
        shopify.fail_next(MUTATIONS[operation], "drop_after")
        receipt = await yes(shop, proposal)
        assert not receipt.already_done
        assert (await yes(shop, proposal)).receipt_id == receipt.receipt_id
        assert shopify.count(MUTATIONS[operation]) == 1

    async def test_a_write_that_never_arrived_is_not_told_as_done_and_can_be_asked_for_again(
        self, shop: Shop, shopify: FakeShopify
    ) -> None:
        proposal = await propose(shop, CANCEL)
        shopify.fail_next("orderCancel", "drop_before")
        with pytest.raises(OutcomeUnknown):
            await yes(shop, proposal)
        assert shopify.count("orderCancel") == 1
        assert not (await yes(shop, proposal)).already_done
        assert (await shop.get_order(AS_ADA, PENDING)).status is OrderStatus.CANCELLED

    async def test_a_slow_cancellation_is_told_once_it_is_done(self, shop: Shop, shopify: FakeShopify, settings: ShopSettings) -> None:
        proposal = await propose(shop, CANCEL)
        shopify.cancel_after_s = 3.0
        with pytest.raises(OutcomeUnknown):
            await yes(shop, proposal)
        await asyncio.sleep(1.0)
        later = Shop(build(settings), settings, Clock())
        assert (await yes(later, proposal)).already_done
        assert len(await later.list_receipts("c1")) == 1
        assert shopify.count("orderCancel") == 1
        await later.close()

    async def test_what_somebody_else_cancelled_is_not_our_receipt(self, shop: Shop, shopify: FakeShopify) -> None:
        proposal = await propose(shop, CANCEL)
        shopify.fail_next("orderCancel", "drop_before")
        with pytest.raises(OutcomeUnknown):
            await yes(shop, proposal)
        shopify.order(PENDING).update(cancelledAt="2026-03-20T12:00:00Z", cancellation={"staffNote": "By the merchant"})
        with pytest.raises(ConfirmationStale):
            await yes(shop, proposal)
        assert await shop.list_receipts("c1") == []

    async def test_a_yes_cancelled_in_the_middle_comes_to_its_end(self, shop: Shop, shopify: FakeShopify) -> None:
        proposal = await propose(shop, CANCEL)
        asked = asyncio.create_task(yes(shop, proposal))
        while not shopify.count("orderCancel"):
            await asyncio.sleep(0.005)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert (await yes(shop, proposal)).already_done
        assert shopify.count("orderCancel") == 1


class TestSettings:
    @pytest.mark.parametrize("url", ["", "sqlite:///var/shop.db", "http://store.example.com", "store.myshopify.com"])
    def test_an_address_that_is_none_or_in_the_clear_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match="COUNTERHAND_SHOP_URL"):
            build(ShopSettings(backend="shopify", url=url, api_token="x"))

    def test_a_missing_token_is_said(self) -> None:
        with pytest.raises(ValueError, match="COUNTERHAND_SHOP_TOKEN"):
            build(ShopSettings(backend="shopify", url="https://store.myshopify.com"))
