"""What holds for every operation that writes."""

import asyncio
from typing import Any

import pytest

from shop.models import Actor, OperationName, Proposal
from tests.contracts.operations.counter import (
    ACCOUNT,
    ADDRESS,
    CANCEL,
    DELIVERED,
    ELSEWHERE,
    EXCHANGE,
    ITEMS,
    PAYMENT,
    PENDING,
    RETURN,
    Counter,
    swap,
)
from tests.shop.builders import AS_ADA, AS_BO, CARD, GIFT, PAYPAL, as_guest

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
