"""Another address for the account."""

import pytest

from shop.errors import InvalidArguments, NotPermitted
from shop.models import Actor, Level
from tests.contracts.operations.counter import ACCOUNT, ELSEWHERE, ORDERS, PENDING, Counter
from tests.shop.builders import ADA, AS_ADA, BO, as_guest


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
