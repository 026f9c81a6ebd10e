"""What every back end of the shop has to do; each runs here by being named in `urls`."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import create_async_engine

from shop.backends import build
from shop.backends.base import ProposalState, ShopBackend
from shop.changes.base import Change, Effect, fingerprint
from shop.demo.generate import generate
from shop.errors import BackendUnavailable, ConfirmationStale, InvalidShopData
from shop.models import (
    Actor,
    Decision,
    OperationName,
    Order,
    OrderId,
    OrderStatus,
    Proposal,
    ProposalId,
    Receipt,
    ShopData,
    VariantId,
)
from shop.settings import ShopSettings
from tests.fakes.shopify import FakeShopify
from tests.shop.builders import ADA, ANONYMOUS, AS_ADA, AS_BO, GIFT, NOW, PRODUCTS, as_guest, order, small_shop


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
async def backend(url: str) -> AsyncIterator[ShopBackend]:
    """A back end that is filled and emptied from here."""
    opened = build(ShopSettings(url=url))
    await opened.load(small_shop(), replace=False)
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql", "shopify"])
async def any_backend(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ShopBackend]:
    """Every back end, with the small shop in it however it came there."""
    if request.param == "shopify":
        async with FakeShopify() as server:
            server.fill(small_shop())
            ledger = f"sqlite+aiosqlite:///{tmp_path / 'ledger.db'}"
            opened = build(ShopSettings(backend="shopify", url=server.url, api_token=SecretStr(server.token), ledger_url=ledger))
            yield opened
            await opened.close()
        return
    in_postgres = request.param == "postgresql"
    opened = build(ShopSettings(url=request.getfixturevalue("postgres_url") if in_postgres else f"sqlite:///{tmp_path / 'shop.db'}"))
    await opened.load(small_shop(), replace=False)
    yield opened
    await opened.close()


def proposal(name: str = "p1", conversation_id: str = "c1") -> Proposal:
    return Proposal(
        proposal_id=ProposalId(name),
        conversation_id=conversation_id,
        operation=OperationName.CANCEL_ORDER,
        arguments={"order_id": "CH-10001", "reason": "no longer needed"},
        token="t",
        summary="Cancel?",
        currency="EUR",
        decision=Decision(allowed=True, rule="r", paragraph="p", explanation="e"),
        created_at=NOW,
        expires_at=NOW,
    )


def change(before: Order, name: str = "p1", conversation_id: str = "c1") -> Change:
    """Ada's order cancelled: 5.00 EUR to her gift card, one lamp back."""
    after = before.model_copy(update={"status": OrderStatus.CANCELLED, "cancelled_at": NOW})
    receipt = Receipt(
        receipt_id=f"r-{name}",
        proposal_id=ProposalId(name),
        conversation_id=conversation_id,
        operation=OperationName.CANCEL_ORDER,
        order_id=before.order_id,
        text="Done.",
        currency="EUR",
        committed_at=NOW,
    )
    effect = Effect(order=after, balances={GIFT.payment_method_id: 500}, stock={"lamp-black": 1}, summary="", done="Done.")
    return Change(effect=effect, expected_state=fingerprint(before), receipt=receipt)


async def get(backend: ShopBackend, key: str = "CH10001", actor: Actor = AS_ADA) -> Order:
    found = await backend.find_order(actor, key)
    assert found is not None
    return found


async def pieces_of_lamp(backend: ShopBackend) -> int | None:
    """The black lamps in stock."""
    lamp = next(product for product in await backend.list_products() if product.product_id == "lamp")
    return lamp.variants[0].stock


class TestReading:
    async def test_records_come_back_as_they_were_loaded(self, backend: ShopBackend) -> None:
        assert await backend.dump() == small_shop()
        assert await backend.list_products() == PRODUCTS
        assert await backend.find_customer(ADA.customer_id) == ADA

    async def test_an_order_comes_back_as_it_was_loaded(self, backend: ShopBackend) -> None:
        assert await get(backend) == order("CH-10001")

    async def test_an_order_is_found_by_its_customer_and_by_a_guest_who_proved_it(self, any_backend: ShopBackend) -> None:
        expected = order("CH-10001")
        for found in (await get(any_backend), await get(any_backend, actor=as_guest("CH-10001"))):
            assert (found.order_id, found.customer_id, found.status) == (expected.order_id, expected.customer_id, expected.status)
            assert (found.lines[1], found.address, found.total_cents) == (expected.lines[1], expected.address, expected.total_cents)

    @pytest.mark.parametrize("actor", [AS_BO, ANONYMOUS, as_guest("CH-10002"), Actor(order_ids=frozenset({OrderId("CH-10001")}))])
    async def test_an_order_is_not_found_by_anybody_else(self, any_backend: ShopBackend, actor: Actor) -> None:
        assert await any_backend.find_order(actor, "CH10001") is None
        assert "CH-10001" not in [found.order_id for found in await any_backend.list_orders(actor, 10)]

    async def test_orders_come_newest_first_and_no_more_than_asked_for(self, any_backend: ShopBackend) -> None:
        assert [found.order_id for found in await any_backend.list_orders(AS_ADA, 10)] == ["CH-10002", "CH-10001"]
        assert len(await any_backend.list_orders(AS_ADA, 1)) == 1

    async def test_a_contact_names_the_owner_of_an_order(self, any_backend: ShopBackend) -> None:
        contact = await any_backend.find_contact("CH10003")
        assert contact is not None
        assert (contact.email, contact.postal_code) == ("bo@example.com", "20457")
        assert await any_backend.find_contact("CH99999") is None

    async def test_baskets_leave_cancelled_orders_out(self, any_backend: ShopBackend) -> None:
        assert sorted(await any_backend.list_baskets()) == [("lamp", "shoes")] * 3
        await any_backend.open_proposal(proposal())
        await any_backend.commit(change(await get(any_backend)))
        assert len(await any_backend.list_baskets()) == 2

    async def test_the_secret_is_the_same_for_every_process(self, backend: ShopBackend, url: str) -> None:
        other = build(ShopSettings(url=url))
        assert await other.get_secret() == await backend.get_secret()
        assert len(await other.get_secret()) >= 32
        await other.close()


class TestProposals:
    async def test_a_later_proposal_makes_the_earlier_of_its_conversation_void(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal("p1"))
        await any_backend.open_proposal(proposal("other", "c2"))
        await any_backend.open_proposal(proposal("p2"))
        open_one, first = await any_backend.find_open_proposal("c1"), await any_backend.find_proposal(ProposalId("p1"))
        assert open_one == proposal("p2")
        assert first is not None
        assert first.state is ProposalState.VOID
        assert await any_backend.find_open_proposal("c2") == proposal("other", "c2")

    async def test_a_withdrawn_proposal_is_not_open(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal())
        await any_backend.withdraw("c1")
        await any_backend.withdraw("c1")
        assert await any_backend.find_open_proposal("c1") is None

    async def test_proposals_of_one_moment_leave_one_open(self, any_backend: ShopBackend) -> None:
        await asyncio.gather(*(any_backend.open_proposal(proposal(f"p{i}")) for i in range(3)))
        states = [await any_backend.find_proposal(ProposalId(f"p{i}")) for i in range(3)]
        assert sorted(stored.state for stored in states if stored) == ["open", "void", "void"]


class TestCommit:
    async def test_everything_is_written_with_the_receipt(self, backend: ShopBackend) -> None:
        await backend.open_proposal(proposal())
        receipt = await backend.commit(change(await get(backend)))
        customer, stock = await backend.find_customer(ADA.customer_id), await backend.list_moved_stock(0)
        assert not receipt.already_done
        assert (await get(backend)).status is OrderStatus.CANCELLED
        assert customer is not None
        assert customer.payment_methods[1].balance_cents == 1500
        assert stock[VariantId("lamp-black")] == 6
        assert await backend.list_receipts("c1") == [receipt]

    async def test_the_second_commit_of_a_proposal_gives_the_first_receipt(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal())
        first_change = change(await get(any_backend))
        receipt = await any_backend.commit(first_change)
        again = await any_backend.commit(first_change)
        pieces = await pieces_of_lamp(any_backend)
        assert again == receipt.model_copy(update={"already_done": True})
        assert pieces == 6

    async def test_commits_of_one_moment_happen_once(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal())
        same = change(await get(any_backend))
        receipts = await asyncio.gather(*(any_backend.commit(same) for _ in range(6)))
        pieces = await pieces_of_lamp(any_backend)
        assert [receipt.already_done for receipt in receipts].count(False) == 1
        assert {receipt.receipt_id for receipt in receipts} == {"r-p1"}
        assert pieces == 6

    async def test_two_conversations_cannot_both_change_one_order(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal("p1", "c1"))
        await any_backend.open_proposal(proposal("p2", "c2"))
        before = await get(any_backend)
        results = await asyncio.gather(
            any_backend.commit(change(before, "p1", "c1")), any_backend.commit(change(before, "p2", "c2")), return_exceptions=True
        )
        assert sorted(type(result).__name__ for result in results) == ["ConfirmationStale", "Receipt"]

    async def test_a_refused_commit_writes_nothing(self, backend: ShopBackend) -> None:
        await backend.open_proposal(proposal())
        stale = change(order("CH-10001", note="changed meanwhile"))
        with pytest.raises(ConfirmationStale):
            await backend.commit(stale)
        assert await backend.dump() == small_shop()
        assert await backend.list_receipts("c1") == []

    async def test_a_proposal_that_is_not_open_is_not_committed(self, any_backend: ShopBackend) -> None:
        await any_backend.open_proposal(proposal())
        await any_backend.withdraw("c1")
        with pytest.raises(ConfirmationStale):
            await any_backend.commit(change(await get(any_backend)))


class TestCatalogueVersion:
    async def test_stock_that_moves_counts_and_reading_does_not(self, backend: ShopBackend) -> None:
        before = await backend.get_catalogue_version()
        await backend.list_products()
        assert await backend.get_catalogue_version() == before
        await backend.open_proposal(proposal())
        await backend.commit(change(await get(backend)))
        after = await backend.get_catalogue_version()
        assert after.stock > before.stock
        assert after.products == before.products
        assert await backend.list_moved_stock(before.stock) == {"lamp-black": 6}
        assert await backend.list_moved_stock(after.stock) == {}


class TestLoading:
    async def test_ids_that_are_taken_are_refused_and_nothing_is_written(self, backend: ShopBackend) -> None:
        with pytest.raises(InvalidShopData) as refusal:
            await backend.load(ShopData(products=[], customers=[], orders=[order("ch 10001"), order("CH-10009")]), replace=False)
        assert refusal.value.problems == ["orders.json: ch 10001: this id is already in the shop"]
        assert await backend.find_order(AS_ADA, "CH10009") is None

    async def test_records_are_added_to_those_there_are(self, backend: ShopBackend) -> None:
        await backend.load(ShopData(products=[], customers=[], orders=[order("CH-10009")]), replace=False)
        assert await get(backend, "CH10009") == order("CH-10009")
        assert len(await backend.list_orders(AS_ADA, 10)) == 3

    async def test_a_replaced_shop_takes_its_proposals_along(self, backend: ShopBackend) -> None:
        await backend.open_proposal(proposal())
        await backend.commit(change(await get(backend)))
        await backend.load(small_shop(order("CH-20000")), replace=True)
        assert await backend.dump() == small_shop(order("CH-20000"))
        assert await backend.list_receipts("c1") == []

    async def test_the_demo_shop_is_replaced_in_under_two_seconds(self, backend: ShopBackend) -> None:
        data, clock, took = generate(now=NOW), asyncio.get_running_loop().time, []
        # The best of three, because tests share their machine.
        for _ in range(3):
            start = clock()
            await backend.load(data, replace=True)
            took.append(clock() - start)
        assert min(took) < 2
        assert await backend.dump() == data


async def test_a_url_without_a_driver_gets_ours(backend: ShopBackend, url: str) -> None:
    plain = build(ShopSettings(url=url.replace("+aiosqlite", "").replace("+asyncpg", "")))
    assert await plain.dump() == small_shop()
    await plain.close()


async def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear shop, this is no database. " * 40)
    for url in ("postgresql+asyncpg://nobody@127.0.0.1:1/none", f"sqlite+aiosqlite:///{tmp_path / 'letter.txt'}"):
        backend = build(ShopSettings(url=url))
        with pytest.raises(BackendUnavailable):
            await backend.list_products()
        await backend.close()


class TestSchema:
    async def test_tables_of_the_first_version_are_upgraded_and_keep_their_records(self, backend: ShopBackend, url: str) -> None:
        await backend.close()
        await _execute(
            url,
            "DROP INDEX ix_shop_customers_email_key",
            "DROP INDEX ix_shop_customers_name_key",
            "ALTER TABLE shop_customers DROP COLUMN email_key",
            "ALTER TABLE shop_customers DROP COLUMN name_key",
            "DROP INDEX ix_shop_variants_stock_version",
            "ALTER TABLE shop_variants DROP COLUMN stock_version",
            "UPDATE shop_meta SET value = '1' WHERE name = 'schema_version'",
        )
        assert await backend.dump() == small_shop()
        assert await backend.list_moved_stock(0) == {}
        assert await backend.list_customers_by_email("Ada@Example.com") == [ADA]

    async def test_tables_of_a_later_program_are_refused(self, backend: ShopBackend, url: str) -> None:
        await backend.close()
        await _execute(url, "UPDATE shop_meta SET value = '99' WHERE name = 'schema_version'")
        with pytest.raises(BackendUnavailable, match="'99'"):
            await backend.dump()


async def _execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as db:
        for statement in statements:
            await db.exec_driver_sql(statement)
    await engine.dispose()
