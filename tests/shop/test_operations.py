import asyncio
from typing import Any

import pytest

from shop.backends import build
from shop.errors import ConfirmationStale, InvalidArguments, NotAllowed, NotPermitted, OrderNotFound, ProductNotFound
from shop.models import Actor, Level, OperationName, OrderStatus, Proposal, ShopData
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.shop.builders import ANONYMOUS, AS_ADA, AS_BO, CARD, GIFT, PAYPAL, as_guest, order, paid, small_shop
from tests.shop.conftest import Clock

CANCEL, RETURN = OperationName.CANCEL_ORDER, OperationName.RETURN_ITEMS
CANCELLING = {"order_id": "CH-10001", "reason": "no longer needed"}
RETURNING = {"order_id": "CH-10002", "line_ids": ["CH-10002-2"], "payment_method_id": CARD.payment_method_id}


async def propose(shop: Shop, conversation_id: str = "c1", actor: Actor = AS_ADA, **changed: Any) -> Proposal:
    return await shop.propose(actor, conversation_id, CANCEL, {**CANCELLING, **changed})


class TestGetOrder:
    @pytest.mark.parametrize("written", ["CH-10001", "ch10001", "#10001", "10001", "CH 10001"])
    async def test_an_order_is_found_however_its_number_is_written(self, shop: Shop, written: str) -> None:
        assert (await shop.get_order(AS_ADA, written)).order_id == "CH-10001"

    async def test_missing_anothers_and_malformed_look_the_same(self, shop: Shop) -> None:
        messages = set()
        for written in ("CH-10003", "CH-99999", "CH-10O01", "nonsense", ""):
            with pytest.raises(OrderNotFound) as refusal:
                await shop.get_order(AS_ADA, written)
            messages.add(str(refusal.value).replace(repr(written), "…"))
        assert len(messages) == 1

    async def test_nobody_reaches_an_order_without_proof(self, shop: Shop) -> None:
        for actor in (ANONYMOUS, AS_BO, as_guest("CH-10002"), as_guest()):
            with pytest.raises(OrderNotFound):
                await shop.get_order(actor, "CH-10001")
            with pytest.raises(OrderNotFound):
                await shop.propose(actor, "c1", CANCEL, CANCELLING)
            with pytest.raises(OrderNotFound):
                await shop.check(actor, CANCEL, {"order_id": "CH-10001"})

    async def test_lists_hold_what_the_actor_may_see(self, shop: Shop) -> None:
        assert [found.order_id for found in await shop.list_orders(AS_BO)] == ["CH-10003"]
        assert [found.order_id for found in await shop.list_orders(as_guest("CH-10002"))] == ["CH-10002"]
        assert await shop.list_orders(ANONYMOUS) == []


class TestGetCustomer:
    async def test_a_customer_sees_their_own_account(self, shop: Shop) -> None:
        assert (await shop.get_customer(AS_ADA)).name == "Ada Berg"

    @pytest.mark.parametrize("actor", [ANONYMOUS, as_guest("CH-10001"), Actor(level=Level.CUSTOMER, customer_id="cus_gone")])
    async def test_others_see_none(self, shop: Shop, actor: Actor) -> None:
        with pytest.raises(NotPermitted):
            await shop.get_customer(actor)


class TestRefundMethods:
    async def test_a_customer_may_choose_what_paid_or_a_gift_card(self, shop: Shop) -> None:
        assert await shop.list_refund_methods(AS_ADA, "CH-10002") == [CARD, GIFT]

    async def test_a_guest_gets_what_paid_alone(self, shop: Shop) -> None:
        guest = as_guest("CH-10002")
        assert await shop.list_refund_methods(guest, "CH-10002") == [CARD]
        with pytest.raises(NotAllowed) as refusal:
            await shop.propose(guest, "c1", RETURN, {**RETURNING, "payment_method_id": GIFT.payment_method_id})
        assert refusal.value.rule == "return.refund_method"


class TestPropose:
    async def test_it_says_exactly_what_would_happen_and_changes_nothing(self, shop: Shop) -> None:
        proposal = await propose(shop, order_id="10001")
        assert proposal.arguments == CANCELLING
        assert proposal.summary == (
            "Cancel order CH-10001 (1 x Lamp and 2 x Shoes (white))? "
            "You get back 200.00 EUR to your Visa ending in 1111 within 5 to 7 business days."
        )
        assert await shop.dump() == small_shop()
        assert await shop.find_open_proposal("c1") == proposal

    async def test_the_policy_refuses_with_its_rule_and_paragraph(self, shop: Shop) -> None:
        with pytest.raises(NotAllowed) as refusal:
            await propose(shop, order_id="CH-10002")
        assert refusal.value.rule == "cancel.only_pending"
        assert refusal.value.paragraph.startswith("An order can be cancelled while it is pending")

    @pytest.mark.parametrize(
        ("operation", "arguments"),
        [
            (CANCEL, {"order_id": "CH-10001"}),
            (CANCEL, {"reason": "no longer needed"}),
            (CANCEL, {**CANCELLING, "amount_cents": 1}),
            (CANCEL, {**CANCELLING, "order_id": 10001}),
            (RETURN, {"order_id": "CH-10002", "line_ids": ["CH-10002-1"]}),
            (RETURN, {**RETURNING, "line_ids": "CH-10002-1"}),
        ],
    )
    async def test_missing_and_strange_arguments_are_refused(self, shop: Shop, operation: OperationName, arguments: dict[str, Any]) -> None:
        with pytest.raises(InvalidArguments):
            await shop.propose(AS_ADA, "c1", operation, arguments)

    async def test_a_shop_can_ask_for_more_than_a_guest(self, shop: Shop, settings: ShopSettings) -> None:
        strict = Shop(build(settings), settings.model_copy(update={"cancel_level": Level.CUSTOMER}))
        with pytest.raises(NotPermitted):
            await propose(strict, actor=as_guest("CH-10001"))
        assert await propose(shop, actor=as_guest("CH-10001"))
        await strict.close()


class TestCheck:
    async def test_it_judges_what_is_known_so_far(self, shop: Shop) -> None:
        assert (await shop.check(AS_ADA, RETURN, {"order_id": "CH-10002"})).allowed
        assert (await shop.check(AS_ADA, CANCEL, {"order_id": "CH-10001"})).allowed
        assert (await shop.check(AS_ADA, RETURN, {**RETURNING, "line_ids": []})).rule == "return.lines"
        assert (
            await shop.check(AS_ADA, RETURN, {**RETURNING, "payment_method_id": PAYPAL.payment_method_id})
        ).rule == "return.refund_method"
        assert (await shop.check(AS_ADA, RETURN, {**RETURNING, "payment_method_id": "card_bo_3333"})).rule == "return.refund_method"


class TestConfirm:
    async def test_a_cancelled_order_gives_the_money_and_the_goods_back(self, shop: Shop, clock: Clock) -> None:
        await shop.load(small_shop(order(payments=[paid(15000), paid(5000, GIFT)])), replace=True)
        proposal = await propose(shop)
        receipt = await shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        after = await shop.dump()
        cancelled = after.orders[0]
        assert receipt.text == (
            "Order CH-10001 is cancelled. You get back 150.00 EUR to your Visa ending in 1111 within 5 to 7 business days "
            "and 50.00 EUR to your gift card ending in 2222 at once."
        )
        assert (cancelled.status, cancelled.cancelled_at, cancelled.cancel_reason) == (OrderStatus.CANCELLED, clock.now, "no longer needed")
        assert [entry.amount_cents for entry in cancelled.payments] == [15000, 5000, 15000, 5000]
        assert after.customers[0].payment_methods[1].balance_cents == 6000
        assert [variant.stock for product in after.products for variant in product.variants] == [6, 5, 1, 3, 0, None, 5, 7]
        assert (await shop.get_product("shoes")).variants[1].stock == 7

    async def test_a_return_is_registered_and_moves_no_money_yet(self, shop: Shop) -> None:
        proposal = await shop.propose(AS_ADA, "c1", RETURN, RETURNING)
        receipt = await shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        returned = await shop.get_order(AS_ADA, "CH-10002")
        assert returned.status is OrderStatus.RETURN_REQUESTED
        assert returned.return_request is not None
        assert (returned.return_request.line_ids, returned.return_request.refund_cents) == (["CH-10002-2"], 18000)
        assert len(returned.payments) == 1
        assert "2 x Shoes (white)" in receipt.text
        assert "3 April 2026" in receipt.text

    async def test_said_twice_it_is_done_once_and_told_so(self, shop: Shop, clock: Clock) -> None:
        proposal = await propose(shop)
        first = await shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        clock.advance(days=2)
        again = await shop.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token)
        assert again == first.model_copy(update={"already_done": True})
        assert await shop.list_receipts("c1") == [first]
        with pytest.raises(NotAllowed) as refusal:
            await propose(shop)
        assert refusal.value.explanation == "Order CH-10001 was already cancelled on 20 March 2026."

    async def test_said_many_times_at_once_it_is_done_once(self, shop: Shop, settings: ShopSettings, clock: Clock) -> None:
        proposal = await propose(shop)
        doors = [Shop(build(settings), settings, clock) for _ in range(4)]
        confirmed = [door.confirm(AS_ADA, "c1", proposal.proposal_id, proposal.token) for door in doors for _ in range(3)]
        receipts = await asyncio.gather(*confirmed)
        await asyncio.gather(*(door.close() for door in doors))
        assert [receipt.already_done for receipt in receipts].count(False) == 1
        assert len({receipt.receipt_id for receipt in receipts}) == 1
        assert (await shop.get_product("lamp")).variants[0].stock == 6


class TestConfirmIsStale:
    async def stays_open_for_nobody(self, shop: Shop, proposal: Proposal, token: str | None = None, conversation_id: str = "c1") -> None:
        with pytest.raises(ConfirmationStale):
            await shop.confirm(AS_ADA, conversation_id, proposal.proposal_id, token or proposal.token)
        assert await shop.list_receipts("c1") == []

    async def test_with_another_token(self, shop: Shop) -> None:
        proposal = await propose(shop)
        for token in ("0" * 64, proposal.token[:-1], proposal.token + "0", "tökén"):
            await self.stays_open_for_nobody(shop, proposal, token)

    async def test_with_the_token_of_other_arguments(self, shop: Shop) -> None:
        earlier = await propose(shop, reason="ordered by mistake")
        proposal = await propose(shop)
        assert earlier.token != proposal.token
        await self.stays_open_for_nobody(shop, proposal, earlier.token)

    async def test_in_another_conversation(self, shop: Shop) -> None:
        await self.stays_open_for_nobody(shop, await propose(shop), conversation_id="c2")

    async def test_when_a_later_proposal_took_its_place(self, shop: Shop) -> None:
        earlier = await propose(shop)
        await propose(shop, reason="ordered by mistake")
        await self.stays_open_for_nobody(shop, earlier)

    async def test_when_it_was_withdrawn(self, shop: Shop) -> None:
        proposal = await propose(shop)
        await shop.withdraw("c1")
        assert await shop.find_open_proposal("c1") is None
        await self.stays_open_for_nobody(shop, proposal)

    async def test_when_its_time_is_over(self, shop: Shop, clock: Clock) -> None:
        proposal = await propose(shop)
        clock.advance(seconds=899)
        assert await shop.find_open_proposal("c1") == proposal
        clock.advance(seconds=1)
        assert await shop.find_open_proposal("c1") is None
        await self.stays_open_for_nobody(shop, proposal)

    async def test_when_the_order_changed_meanwhile(self, shop: Shop) -> None:
        first, second = await propose(shop, "c1"), await propose(shop, "c2")
        await shop.confirm(AS_ADA, "c2", second.proposal_id, second.token)
        await self.stays_open_for_nobody(shop, first)

    async def test_when_the_rules_changed_meanwhile(self, shop: Shop, settings: ShopSettings, clock: Clock) -> None:
        proposal = await propose(shop)
        changed = Shop(build(settings), settings.model_copy(update={"refund_days": "3 weeks"}), clock)
        await self.stays_open_for_nobody(changed, proposal)
        await changed.close()

    async def test_when_another_secret_signs(self, shop: Shop, settings: ShopSettings, clock: Clock) -> None:
        proposal = await propose(shop)
        changed = Shop(build(settings), ShopSettings(url=settings.url, token_secret="another"), clock)
        await self.stays_open_for_nobody(changed, proposal)
        await changed.close()

    async def test_when_there_never_was_such_a_proposal(self, shop: Shop) -> None:
        with pytest.raises(ConfirmationStale):
            await shop.confirm(AS_ADA, "c1", "prop_unknown", "0" * 64)

    async def test_for_another_customer_the_order_is_not_there(self, shop: Shop) -> None:
        proposal = await propose(shop)
        for actor in (AS_BO, ANONYMOUS):
            with pytest.raises(OrderNotFound):
                await shop.confirm(actor, "c1", proposal.proposal_id, proposal.token)


class TestProducts:
    async def test_an_unknown_product_is_not_found(self, shop: Shop) -> None:
        with pytest.raises(ProductNotFound):
            await shop.get_product("piano")

    async def test_what_another_process_imports_is_seen_at_once(self, shop: Shop, settings: ShopSettings) -> None:
        assert (await shop.get_product("lamp")).name == "Lamp"
        other = Shop(build(settings), settings)
        data = small_shop()
        renamed = [product.model_copy(update={"name": "Beacon"}) for product in data.products]
        await other.load(ShopData(products=renamed, customers=data.customers, orders=data.orders), replace=True)
        await other.close()
        assert (await shop.get_product("lamp")).name == "Beacon"

    async def test_co_purchases_are_the_products_of_each_order(self, shop: Shop) -> None:
        assert await shop.list_co_purchases() == [("lamp", "shoes")] * 3
