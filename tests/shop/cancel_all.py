"""A process that cancels one order after another until it is killed; says each order's number once its receipt is there."""

import asyncio
import sys

from shop import create
from shop.models import OperationName
from shop.settings import ShopSettings
from tests.shop.builders import AS_ADA


async def main(url: str) -> None:
    shop = create(ShopSettings(url=url))
    for order in reversed(await shop.list_orders(AS_ADA, 1000)):
        arguments = {"order_id": order.order_id, "reason": "no longer needed"}
        proposal = await shop.propose(AS_ADA, order.order_id, OperationName.CANCEL_ORDER, arguments)
        receipt = await shop.confirm(AS_ADA, order.order_id, proposal.proposal_id, proposal.token)
        print(receipt.order_id, flush=True)  # noqa: T201 - read by the test


asyncio.run(main(sys.argv[1]))
