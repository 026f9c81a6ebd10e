"""Another address for an order."""

import pytest

from shop.errors import InvalidArguments
from tests.contracts.operations.counter import ADDRESS, ELSEWHERE, ORDERS, PENDING, Counter
from tests.shop.builders import ADA, AS_ADA, small_shop


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
