"""The reference's calls against our operations: every outcome and every end state, each task on a fresh copy of the shop."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shop as shop_package
from benchmarks.store_transactions.calls import Desk, open_desk
from benchmarks.store_transactions.records import Changes, changes_between, differences, normalised, without_prices
from benchmarks.store_transactions.rules import shop_settings
from benchmarks.store_transactions.source import Task
from shop.models import Order, ShopData
from shop.operations import Shop

_ROWS = {
    "orders": "SELECT order_id, document FROM shop_orders",
    "users": "SELECT customer_id, document FROM shop_customers",
    "methods": "SELECT customer_id, document, balance_cents FROM shop_payment_methods ORDER BY position",
}
_LAST_WINS = "several items changed at once: the reference writes the last one's price and options on every line"
_REFUNDED = "cancelled after a change of payment: the reference refunds the refund too"

State = dict[str, dict[str, tuple[object, ...]]]


@dataclass(frozen=True)
class Compared:
    """How one task came out.

    Attributes:
        faults: Outcomes and fields that differ; empty where all is as expected.
        quirks: What was left out of the comparison, because the reference is known to get it wrong or we are more forgiving.
    """

    task_id: str
    faults: tuple[str, ...]
    quirks: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.faults


class Comparison:
    """Runs tasks, each on a copy of the same prepared database."""

    def __init__(self, data: ShopData, folder: Path) -> None:
        self._data = data
        self._folder = folder
        self._origin = folder / "origin.db"
        self._before: State = {}

    async def run(self, tasks: Sequence[Task]) -> list[Compared]:
        """Run every task, one after the other."""
        shop = _open(self._origin)
        try:
            await shop.load(self._data, replace=True)
        finally:
            await shop.close()
        self._before = _read_state(self._origin)
        return [await self.compare(task) for task in tasks]

    async def compare(self, task: Task) -> Compared:
        """Run one task."""
        copy = self._folder / "task.db"
        for part in self._folder.glob("task.db*"):
            part.unlink()
        shutil.copyfile(self._origin, copy)
        shop = _open(copy)
        try:
            desk = await open_desk(shop, task)
            faults = await _play(desk, task)
            actual = await self._changes(shop, copy)
        finally:
            await shop.close()
        return _judged(task, faults, actual, desk.notes)

    async def _changes(self, shop: Shop, database: Path) -> Changes:
        """What changed in the whole shop; only rows that differ are read as records."""
        after = _read_state(database)
        orders = {key for key in after["orders"] if after["orders"][key] != self._before["orders"].get(key)}
        users = {key for kind in ("users", "methods") for key in after[kind] if after[kind][key] != self._before[kind].get(key)}
        changed = ShopData(
            products=[],
            customers=[found for key in sorted(users) if (found := await shop.find_customer(key))],
            orders=[Order.model_validate_json(str(after["orders"][key][0])) for key in sorted(orders)],
        )
        return changes_between(self._data, changed)


def _judged(task: Task, faults: list[str], actual: Changes, notes: Sequence[str]) -> Compared:
    expected, quirks = normalised(task.expected), list(notes)
    if task.multi_item:
        expected, actual = without_prices(expected), without_prices(actual)
        quirks.append(_LAST_WINS)
    if cancelled := _cancelled_after_payment_change(task):
        quirks.append(f"{', '.join(cancelled)} {_REFUNDED}")
        expected, actual = _without_payments(expected, cancelled), _without_payments(actual, cancelled)
    return Compared(task.task_id, (*faults, *differences(expected, actual)), tuple(quirks))


def _open(database: Path) -> Shop:
    return shop_package.create(shop_settings(f"sqlite+aiosqlite:///{database}"))


def _read_state(database: Path) -> State:
    with closing(sqlite3.connect(database)) as db:
        state: State = {}
        for kind, query in _ROWS.items():
            rows = state.setdefault(kind, {})
            for key, *values in db.execute(query):
                rows[key] = (*rows.get(key, ()), *values)
        return state


async def _play(desk: Desk, task: Task) -> list[str]:
    faults = []
    for number, call in enumerate(task.calls, 1):
        refused = await desk.make(call)
        if call.ok and refused is not None:
            faults.append(f"call {number} {call.name}: refused here ({refused}), done by the reference")
        elif not call.ok and refused is None:
            faults.append(f"call {number} {call.name}: done here, refused by the reference ({call.error})")
    return faults


def _cancelled_after_payment_change(task: Task) -> list[str]:
    changed: set[str] = set()
    cancelled = []
    for call in task.calls:
        order_id = str(call.arguments.get("order_id"))
        if call.ok and call.name == "modify_pending_order_payment":
            changed.add(order_id)
        if call.ok and call.name == "cancel_pending_order" and order_id in changed:
            cancelled.append(order_id)
    return cancelled


def _without_payments(changes: Changes, order_ids: Sequence[str]) -> Changes:
    """The changes without these orders' payments, and without balances, which follow from them."""
    left = {
        key: {field: value for field, value in fields.items() if not _follows(key, field, order_ids)} for key, fields in changes.items()
    }
    return {key: fields for key, fields in left.items() if fields}


def _follows(key: str, field: str, order_ids: Sequence[str]) -> bool:
    return field == "payment_methods" or (field == "payment_history" and key.removeprefix("orders/") in order_ids)
