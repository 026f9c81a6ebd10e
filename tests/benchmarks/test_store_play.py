"""A play from its beginning to its score, over the public API of a real gateway; the dialogue is scripted, the shop is real."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.store_transactions import conversation, plays
from benchmarks.store_transactions.conversation import NotPlayed, Play
from benchmarks.store_transactions.convert import convert
from benchmarks.store_transactions.customers import shown
from benchmarks.store_transactions.installation import Installation, open_installation, read_env, write_env
from benchmarks.store_transactions.prepare import write_files
from benchmarks.store_transactions.source import NoData
from server.app import create_app
from server.dialogue.base import Reply, TurnInput
from server.dialogue.scripted import ScriptedDialogue
from server.gateway import Gateway
from shop.models import Actor, OperationName
from tests.benchmarks.small_shop import Json, call, paid, records, task, write_data
from tests.server.serving import serving

REFUND: Json = {"transaction_type": "refund", "amount": 40.2, "payment_method_id": "credit_card_2"}
FIND = call("find_user_id_by_email", email="ida@post.test")
CANCELLED = {
    "orders/#W100": {
        "status": "cancelled",
        "cancel_reason": "ordered by mistake",
        "payment_history": [*paid(40.2, "credit_card_2"), REFUND],
    }
}
IDAS: Json = task("7", [FIND], CANCELLED, reason_for_call="Cancel the kettles.", known_info="You are Ida.", communicate_info=["40.20"])
JONS: Json = task("8", [call("find_user_id_by_email", email="jon@post.test")], {}, reason_for_call="Say hello.", known_info="You are Jon.")


@dataclass
class Store:
    """The installation, with its gateway running."""

    installation: Installation
    gateway: Gateway

    async def begin(self, task_id: str, *, shared: bool = False) -> tuple[Path, Play, str]:
        return await plays.begin(self.installation, task_id, None, shared=shared, player="a test", temper="terse")

    async def judge(self, *states: Path) -> list[Any]:
        return await asyncio.to_thread(plays.judge, self.installation, list(states))

    async def status_of(self, order_id: str) -> str:
        data = await self.gateway.shop.dump()
        return next(order.status.value for order in data.orders if order.order_id == order_id)


class Clerk:
    """Cancels the kettles after a yes, and with "quietly" without one."""

    def __init__(self) -> None:
        self.gateway: Gateway | None = None
        self.proposal: Any = None

    async def answer(self, turn: TurnInput) -> list[Reply]:
        assert self.gateway
        shop, actor = self.gateway.shop, await self.gateway.identity.get_actor(turn.conversation_id)
        if "hello" in turn.text:
            return [Reply("Hello.")]
        if turn.payload == "/yes" or "quietly" in turn.text:
            proposal = self.proposal or await self._propose(turn, actor)
            receipt = await shop.confirm(actor, turn.conversation_id, proposal.proposal_id, proposal.token)
            return [Reply(f"{receipt.text} That was 40.2 USD.")]
        self.proposal = await self._propose(turn, actor)
        return [Reply(f"{self.proposal.summary} Shall I do that?", buttons=[{"title": "Yes, do it", "payload": "/yes"}])]

    async def _propose(self, turn: TurnInput, actor: Actor) -> Any:
        assert self.gateway
        wanted = {"order_id": "#W100", "reason": "ordered by mistake"}
        return await self.gateway.shop.propose(actor, turn.conversation_id, OperationName.CANCEL_ORDER, wanted)


@pytest.fixture
async def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    data = write_data(tmp_path / "data", [IDAS, JONS])
    out = tmp_path / "out"
    out.mkdir()
    write_files(convert(records()), data, out)
    (out / "var").mkdir()
    clerk = Clerk()
    settings = open_installation(out).settings().model_copy(update={"identity_secret": "x" * 32, "session_secret": "y" * 32})
    app = create_app(settings, dialogue=ScriptedDialogue(clerk.answer), with_actions=False)
    clerk.gateway = app.state.gateway
    async with app.router.lifespan_context(app), serving(app) as address:
        monkeypatch.setenv("COUNTERHAND_PUBLIC_URL", f"http://{address}")
        yield Store(open_installation(out), app.state.gateway)


async def test_a_play_is_opened_carried_on_from_its_file_ended_and_judged(store: Store) -> None:
    state, opened, brief = await store.begin("7")
    assert "Cancel the kettles." in brief
    assert "expected" not in brief
    await asyncio.to_thread(conversation.say, opened, "I'm ida@post.test, cancel the kettles")
    opened.write(state)
    again = Play.read(state)
    assert "1) Yes, do it" in shown([one for one in again.said if one.turn == 1])
    await asyncio.to_thread(conversation.press, again, 1)
    again.write(state)
    [judged] = await store.judge(state)
    assert (judged.score.wrong, judged.score.unsaid, judged.score.violations) == ((), (), ())
    assert (judged.score.turns, judged.player) == (2, "a test")
    with pytest.raises(NotPlayed, match="ended"):
        await asyncio.to_thread(conversation.say, Play.read(state), "one more thing")


async def test_the_next_play_begins_with_the_shop_as_it_was(store: Store) -> None:
    state, opened, _ = await store.begin("7")
    await asyncio.to_thread(conversation.say, opened, "ida@post.test, quietly cancel it")
    opened.write(state)
    assert await store.status_of("#W100") == "cancelled"
    [judged] = await store.judge(state)
    assert [one.split(":")[1].strip() for one in judged.score.violations] == ["no explicit yes before it"]
    await store.begin("7")
    assert await store.status_of("#W100") == "pending"


async def test_several_play_at_once_where_only_a_customers_own_records_are_put_back(store: Store) -> None:
    first, ida, _ = await store.begin("7", shared=True)
    await asyncio.to_thread(conversation.say, ida, "ida@post.test, quietly cancel it")
    ida.write(first)
    second, jon, _ = await store.begin("8", shared=True)
    await asyncio.to_thread(conversation.say, jon, "hello")
    jon.write(second)
    assert await store.status_of("#W100") == "cancelled", "the other's play goes on"
    found = await store.judge(second, first)
    assert [one.score.wrong for one in found] == [(), ()]


async def test_a_play_that_would_disturb_another_is_refused(store: Store) -> None:
    state, _, _ = await store.begin("7", shared=True)
    for task_id, shared in (("7", True), ("8", False)):
        with pytest.raises(NotPlayed, match="still open"):
            await store.begin(task_id, shared=shared)
    await store.judge(state)
    await store.begin("7")


async def test_an_unknown_task_or_button_is_told_plainly(store: Store) -> None:
    with pytest.raises(NoData, match="No task '99'"):
        await store.begin("99")
    _, opened, _ = await store.begin("8")
    with pytest.raises(NotPlayed, match="no button 3"):
        conversation.press(opened, 3)


def test_nothing_prepared_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="prepare DATA OUT"):
        open_installation(tmp_path)


def test_settings_survive_the_file(tmp_path: Path) -> None:
    env = {"COUNTERHAND_BRAND_NAME": "Two Words & Co", "COUNTERHAND_PORT": "8300"}
    assert read_env(write_env(env)) == env
