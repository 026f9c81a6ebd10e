"""Whatever is asked, in whatever order, however often, at once or interrupted: money and goods add up."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shop.backends import build
from shop.coherence import find_problems
from shop.errors import ConfirmationStale, InvalidArguments, NotAllowed, NotPermitted, OrderNotFound
from shop.models import Actor, Decision, OperationName, Order, OrderStatus, PaymentEntry, Proposal, Receipt, ShopData
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.shop.builders import ADDRESS, ANONYMOUS, AS_ADA, AS_BO, BO, CARD, GIFT, PAYPAL, as_guest, order, paid, small_shop
from tests.shop.conftest import Clock
from tests.shop.interruption import interrupted
from tests.shop.strategies import RULES, VARIANT_IDS, orders

T = TypeVar("T")
NUMBERS = ["CH-10001", "CH-10002", "CH-10003"]
# Mostly orders with which something can be done; what cannot be done to the others, `test_eligibility` covers.
STATES = dict(zip(NUMBERS, [[OrderStatus.PENDING], [OrderStatus.DELIVERED], list(OrderStatus)], strict=True))
WHICH = st.sampled_from([None, None, None, *NUMBERS])
BOS = order("CH-10009", customer_id=BO.customer_id, payments=[paid(20000, BO.payment_methods[0])])
WHERE = [ADDRESS.model_dump(), ADDRESS.model_dump() | {"line1": "Kanalgade 4"}, ADDRESS.model_dump() | {"country": "US"}]


def arguments_for(operation: OperationName, number: str, draw: dict[str, Any]) -> dict[str, Any]:
    """What a customer may have asked for, sensible or not."""
    lines = [f"{number}-{line}" for line in draw["lines"]]
    swap = {"changes": [{"line_id": f"{number}-{line}", "variant_id": draw["variants"][line]} for line in draw["lines"]]}
    chosen: dict[OperationName, dict[str, Any]] = {
        OperationName.CANCEL_ORDER: {"reason": draw["reason"]},
        OperationName.RETURN_ITEMS: {"line_ids": lines, "payment_method_id": draw["method"]},
        OperationName.CHANGE_ITEMS: {**swap, "payment_method_id": draw["method"]},
        OperationName.EXCHANGE_ITEMS: {**swap, "payment_method_id": draw["method"]},
        OperationName.CHANGE_ADDRESS: {"address": draw["address"]},
        OperationName.CHANGE_PAYMENT: {"payment_method_id": draw["method"]},
    }
    return {"order_id": number, **chosen[operation]} if operation in chosen else {"address": draw["address"]}


ASKED = st.fixed_dictionaries(
    {
        "lines": st.sampled_from([[1], [1], [2], [1, 2], [1, 1], []]),
        "variants": st.fixed_dictionaries({1: st.sampled_from(VARIANT_IDS[:6]), 2: st.sampled_from(["shoes-black", "shoes-white"])}),
        "method": st.sampled_from(
            [None, *[m.payment_method_id for m in [CARD, GIFT, PAYPAL] * 2], BO.payment_methods[0].payment_method_id]
        ),
        "reason": st.sampled_from(["no longer needed", "ordered by mistake"]),
        "address": st.sampled_from(WHERE),
    }
)


class ShopMachine(RuleBasedStateMachine):
    """Customers ask, say yes, say it again, all at once, are cut off, change their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.folder, self.clock = asyncio.Runner(), TemporaryDirectory(), Clock()
        self.shown: list[Proposal] = []
        self.receipts: dict[str, Receipt] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize(held=st.tuples(*(orders(number, STATES[number]) for number in NUMBERS)), rules=RULES)
    def open(self, held: tuple[Order, ...], rules: dict[str, Any]) -> None:
        url = f"sqlite+aiosqlite:///{Path(self.folder.name) / 'shop.db'}"
        self.settings = ShopSettings(url=url, **rules)
        self.shop, self.other = self.door(), self.door()
        self.run(self.shop.load(small_shop(*held, BOS)))
        self.before = self.run(self.shop.dump())

    def door(self) -> Shop:
        return Shop(build(self.settings), self.settings, self.clock)

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.run(self.shop.close())
            self.run(self.other.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(operation=st.sampled_from(OperationName), number=WHICH, asked=ASKED, conversation=st.sampled_from(["c1", "c2"]))
    def ask(self, operation: OperationName, number: str | None, asked: dict[str, Any], conversation: str) -> None:
        """What `check` states is what `quote` and `propose` do."""
        fitting = NUMBERS[operation in (OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS)]
        arguments = arguments_for(operation, number or fitting, asked)
        stated = self.run(self.shop.check(AS_ADA, operation, arguments))
        try:
            proposal = self.run(self.other.propose(AS_ADA, conversation, operation, arguments))
        except NotAllowed as exc:
            self.assert_same_refusal(stated, exc)
        except InvalidArguments:
            assert stated.allowed
            assert arguments["payment_method_id"] is None
        else:
            assert stated.allowed
            note(proposal.summary)
            self.shown.append(proposal)

    @rule(operation=st.sampled_from(OperationName), number=WHICH, asked=ASKED)
    def ask_and_say_yes(self, operation: OperationName, number: str | None, asked: dict[str, Any]) -> None:
        """The way it mostly goes."""
        shown = len(self.shown)
        self.ask(operation, number, asked, "c1")
        if len(self.shown) > shown:
            self.say_yes(shown, 1)

    @rule(operation=st.sampled_from(OperationName), asked=ASKED, actor=st.sampled_from([AS_BO, ANONYMOUS, as_guest(NUMBERS[1])]))
    def ask_for_anothers(self, operation: OperationName, asked: dict[str, Any], actor: Actor) -> None:
        if operation is OperationName.CHANGE_DEFAULT_ADDRESS and actor is AS_BO:
            return
        for door in (self.shop.check, self.shop.quote):
            try:
                self.run(door(actor, operation, arguments_for(operation, NUMBERS[0], asked)))
            except (OrderNotFound, NotPermitted):
                continue
            raise AssertionError(actor)

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 30), times=st.integers(1, 4))
    def say_yes(self, which: int, times: int) -> None:
        """To any proposal ever shown, once or many times at once, through two processes."""
        for proposal in self.chosen(which):
            doors = [self.shop, self.other]
            yes = [self.confirm(doors[i % 2], proposal) for i in range(times)]
            results = self.run(_gather(yes))
            done = [result for result in results if isinstance(result, Receipt)]
            assert len({receipt.receipt_id for receipt in done}) <= 1
            assert [receipt.already_done for receipt in done].count(False) <= 1
            for receipt in done:
                self.told(proposal, receipt)

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 30), step=st.integers(1, 8))
    def say_yes_and_be_cut_off(self, which: int, step: int) -> None:
        for proposal in self.chosen(which):
            self.run(interrupted(step, self.confirm(self.shop, proposal)))
            self.run(self.shop.close())

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 30))
    def say_yes_as_another(self, which: int) -> None:
        for proposal in self.chosen(which):
            for actor in (AS_BO, ANONYMOUS):
                try:
                    self.run(self.shop.confirm(actor, proposal.conversation_id, proposal.proposal_id, proposal.token))
                except (OrderNotFound, NotPermitted, ConfirmationStale):
                    continue
                raise AssertionError(proposal)

    @rule(conversation=st.sampled_from(["c1", "c2"]))
    def change_ones_mind(self, conversation: str) -> None:
        self.run(self.shop.withdraw(conversation))

    @rule(minutes=st.sampled_from([1, 16, 60 * 24]))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @invariant()
    def everything_adds_up(self) -> None:
        if not hasattr(self, "before"):
            return
        after = self.run(self.shop.dump())
        receipts = [receipt for conversation in ("c1", "c2") for receipt in self.run(self.shop.list_receipts(conversation))]
        assert find_problems(after, ShopData(products=[], customers=[], orders=[]), self.settings) == []
        assert (after.customers[1], after.orders[-1]) == (self.before.customers[1], self.before.orders[-1])
        assert all(receipt == next(r for r in receipts if r.receipt_id == receipt.receipt_id) for receipt in self.receipts.values())
        self.assert_balances(after)
        self.assert_stock(after)
        for was, now in zip(self.before.orders, after.orders, strict=True):
            self.assert_history(was, now, [receipt for receipt in receipts if receipt.order_id == now.order_id])

    # ── how it is checked ───────────────────────────────────────────────────────────────────────────────────────────

    def chosen(self, which: int) -> Iterator[Proposal]:
        yield from self.shown[which % len(self.shown) :][:1] if self.shown else []

    async def confirm(self, door: Shop, proposal: Proposal) -> Receipt | None:
        try:
            return await door.confirm(AS_ADA, proposal.conversation_id, proposal.proposal_id, proposal.token)
        except (ConfirmationStale, NotAllowed):
            return None

    def told(self, proposal: Proposal, receipt: Receipt) -> None:
        """The receipt says what the proposal said, and says it for ever."""
        assert (receipt.charges, receipt.refunds, receipt.changes) == (proposal.charges, proposal.refunds, proposal.changes)
        first = receipt.model_copy(update={"already_done": False})
        assert self.receipts.setdefault(proposal.proposal_id, first) == first

    @staticmethod
    def assert_same_refusal(stated: Decision, refusal: NotAllowed) -> None:
        assert not stated.allowed
        assert (refusal.rule, refusal.explanation) == (stated.rule, stated.explanation)

    def assert_balances(self, after: ShopData) -> None:
        for was, now in zip(self.before.customers[0].payment_methods, after.customers[0].payment_methods, strict=True):
            booked = [entry for each in _pairs(self.before, after) for entry in _new(*each)]
            moved = -sum(_signed(entry) for entry in booked if entry.payment_method_id == was.payment_method_id)
            assert now.balance_cents == (None if was.balance_cents is None else was.balance_cents + moved)
            assert now.balance_cents is None or now.balance_cents >= 0

    def assert_stock(self, after: ShopData) -> None:
        gone = Counter[str]()
        for was, now in _pairs(self.before, after):
            cancelled = now.status is OrderStatus.CANCELLED and was.status is not OrderStatus.CANCELLED
            for line in was.lines:
                gone[line.variant_id] -= line.quantity
            for line in [] if cancelled else now.lines:
                gone[line.variant_id] += line.quantity
            if now.exchange_request and not was.exchange_request:
                for change in now.exchange_request.changes:
                    gone[change.new_variant_id] += change.quantity
        for was_variant, now_variant in zip(_variants(self.before), _variants(after), strict=True):
            expected = None if was_variant.stock is None else was_variant.stock - gone[was_variant.variant_id]
            assert now_variant.stock == expected
            assert expected is None or expected >= 0

    def assert_history(self, was: Order, now: Order, receipts: list[Receipt]) -> None:
        """Each movement of money has its receipt, and the order is paid for what it is."""
        assert now.payments[: len(was.payments)] == was.payments
        at_once = [receipt for receipt in receipts if receipt.operation is not OperationName.RETURN_ITEMS]
        exchanges = [receipt for receipt in receipts if receipt.operation is OperationName.EXCHANGE_ITEMS]
        owed = sum(charge.amount_cents for receipt in at_once for charge in receipt.charges)
        owed -= sum(back.amount_cents for receipt in at_once if receipt not in exchanges for back in receipt.refunds)
        if not self.settings.exchange_charges_at_once:
            owed -= sum(charge.amount_cents for receipt in exchanges for charge in receipt.charges)
        assert sum(_signed(entry) for entry in _new(was, now)) == owed
        counts = Counter(receipt.operation for receipt in receipts)
        final = (OperationName.CANCEL_ORDER, OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS)
        assert sum(counts[name] for name in final) <= 1
        assert counts[OperationName.CHANGE_PAYMENT] <= 1
        assert counts[OperationName.CHANGE_ITEMS] <= 1 or not self.settings.change_items_once
        if receipts and now.status is OrderStatus.CANCELLED:
            assert sum(map(_signed, now.payments)) == (0 if self.settings.cancel_refunds_shipping else now.shipping_cents)


async def _gather(work: list[Coroutine[Any, Any, T]]) -> list[T]:
    return list(await asyncio.gather(*work))


def _pairs(before: ShopData, after: ShopData) -> Iterator[tuple[Order, Order]]:
    return zip(before.orders, after.orders, strict=True)


def _variants(data: ShopData) -> list[Any]:
    return [variant for each in data.products for variant in each.variants]


def _new(was: Order, now: Order) -> list[PaymentEntry]:
    return now.payments[len(was.payments) :]


def _signed(entry: PaymentEntry) -> int:
    return entry.amount_cents if entry.kind == "payment" else -entry.amount_cents


TestShop = ShopMachine.TestCase
TestShop.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
