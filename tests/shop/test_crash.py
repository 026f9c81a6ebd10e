import asyncio
import sys
from pathlib import Path

import pytest

from shop import create
from shop.models import OrderStatus
from shop.settings import ShopSettings
from tests.shop.builders import AS_ADA, GIFT, order, paid, small_shop

ROOT = Path(__file__).parents[2]
EACH_CENTS = 20000


@pytest.mark.parametrize("kill_after", [1, 4, 9])
async def test_a_killed_process_leaves_each_cancellation_done_with_its_receipt_or_not_begun(tmp_path: Path, kill_after: int) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"
    shop = create(ShopSettings(url=url))
    await shop.load(small_shop(*(order(f"CH-{number}", payments=[paid(EACH_CENTS, GIFT)]) for number in range(10001, 10061))))

    told = await _run_until_killed(url, kill_after)

    after = await shop.dump()
    cancelled = {each.order_id for each in after.orders if each.status is OrderStatus.CANCELLED}
    receipts = [await shop.list_receipts(each.order_id) for each in after.orders]
    assert set(told) <= cancelled
    assert cancelled == {receipt.order_id for each in receipts for receipt in each}
    assert len(cancelled) < len(after.orders)
    assert after.customers[0].payment_methods[1].balance_cents == 1000 + EACH_CENTS * len(cancelled)
    assert after.products[0].variants[0].stock == 5 + len(cancelled)
    assert await shop.list_orders(AS_ADA, 1)
    await shop.close()


async def _run_until_killed(url: str, kill_after: int) -> list[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.shop.cancel_all", url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    told = [(await process.stdout.readline()).decode().strip() for _ in range(kill_after)]
    process.kill()
    told += (await process.stdout.read()).decode().split()
    await process.wait()
    return told
