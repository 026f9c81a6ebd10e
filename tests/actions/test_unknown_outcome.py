"""What a customer hears when the shop's system took their yes and did not answer."""

from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr
from rasa_sdk import Tracker

import shop as shop_package
from actions.confirmation import commit
from actions.turn import Turn
from shop.models import OperationName
from shop.settings import ShopSettings
from tests.actions.calls import call
from tests.actions.parts import Parts
from tests.fakes.shopify import FakeShopify
from tests.shop.builders import ADA, AS_ADA, small_shop


async def test_a_yes_whose_answer_is_lost_is_told_as_neither_done_nor_undone(parts: Parts, tmp_path: Path) -> None:
    parts.desk.sign_in("talk", ADA.customer_id)
    turn = Turn.of(Tracker.from_dict(call("action_ask_confirmation", "yes", "affirm")["tracker"]))
    async with FakeShopify() as server:
        server.fill(small_shop())
        ledger = f"sqlite+aiosqlite:///{tmp_path / 'ledger.db'}"
        store = shop_package.create(ShopSettings(backend="shopify", url=server.url, api_token=SecretStr(server.token), ledger_url=ledger))
        services = replace(parts.services, shop=store)
        wish = {"order_id": "CH-10001", "reason": "no longer needed"}
        proposal = await store.propose(AS_ADA, "talk", OperationName.CANCEL_ORDER, wish)
        outcome = {"proposal_id": proposal.proposal_id, "token": proposal.token}

        server.fail_next("orderCancel", "drop_before")
        lost = await commit(services, turn, outcome)
        done = await commit(services, turn, outcome)
        await store.close()

    assert "do not know yet whether it is done" in lost.text
    assert "proposal" not in lost.slots
    assert done.text.startswith("Order CH-10001 is cancelled.")
