"""What is refused because something changed after it was shown."""

import pytest

from shop.errors import ConfirmationStale, NotAllowed
from shop.models import Proposal
from tests.contracts.operations.counter import ACCOUNT, DELIVERED, ELSEWHERE, EXCHANGE, ITEMS, ORDERS, PENDING, Counter, swap
from tests.shop.builders import AS_ADA, AS_BO, BO, GIFT


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
