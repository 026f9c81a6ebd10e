"""The reference's calls through our shop: what passes, and what is found where it does not."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.store_transactions import source
from benchmarks.store_transactions.convert import convert
from benchmarks.store_transactions.reference import Compared, Comparison
from tests.benchmarks.small_shop import AWAY, Json, call, item, paid, records, task, write_data

FIND = call("find_user_id_by_name_zip", first_name="IDA", last_name="holm", zip="97301")


async def run(folder: Path, *tasks: Json) -> list[Compared]:
    data = write_data(folder / "data", list(tasks))
    read = source.read_tasks(source.list_task_files(data / "store_transactions", source.TASKS))
    (folder / "copies").mkdir()
    return await Comparison(convert(records()), folder / "copies").run(read)


def refunded(amount: float, method: str) -> Json:
    return {"transaction_type": "refund", "amount": amount, "payment_method_id": method}


METHODS = records()["users"]["ida_holm_1"]["payment_methods"]
CANCELLED = {
    "orders/#W102": {
        "status": "cancelled",
        "cancel_reason": "no longer needed",
        "payment_history": [*paid(5.05, "gift_card_1"), refunded(5.05, "gift_card_1")],
    },
    "users/ida_holm_1": {"payment_methods": {**METHODS, "gift_card_1": {**METHODS["gift_card_1"], "balance": 17.4}}},
}
CANCEL = call("cancel_pending_order", order_id="#W102", reason="no longer needed")


async def test_the_same_outcomes_and_the_same_end_state_pass(tmp_path: Path) -> None:
    away = {name: AWAY[name] for name in ("address1", "address2", "city", "state", "country", "zip")}
    exchange = call("exchange_delivered_order_items", order_id="#W101", item_ids=["71"], new_item_ids=["72"], payment_method_id="paypal_3")
    expected: Json = {
        **CANCELLED,
        "orders/#W100": {"address": AWAY},
        "orders/#W101": {
            "status": "exchange requested",
            "exchange_items": ["71"],
            "exchange_new_items": ["72"],
            "exchange_payment_method_id": "paypal_3",
            "exchange_price_difference": 10.1,
        },
    }
    calls = [FIND, CANCEL, call("modify_pending_order_address", order_id="#W100", **away), exchange]
    [compared] = await run(tmp_path, task("a", calls, expected))
    assert compared.faults == ()


async def test_a_refusal_of_the_reference_has_to_be_one_here(tmp_path: Path) -> None:
    poor = call("modify_pending_order_items", "error", order_id="#W102", item_ids=["81"], new_item_ids=["81"], payment_method_id="paypal_3")
    nobody = call("find_user_id_by_email", "error", email="nobody@post.test")
    strange = call("get_order_details", "error", order_id="#W200")
    [compared] = await run(tmp_path, task("a", [nobody, FIND, strange, poor], {}))
    assert compared.passed


async def test_what_differs_is_named(tmp_path: Path) -> None:
    wrongly = {**CANCELLED, "orders/#W102": {**CANCELLED["orders/#W102"], "cancel_reason": "ordered by mistake"}}
    processed = call("cancel_pending_order", order_id="#W101", reason="no longer needed")
    first, second = await run(tmp_path, task("a", [FIND, CANCEL], wrongly), task("b", [FIND, processed], {}))
    assert first.faults == ("orders/#W102.cancel_reason: expected 'ordered by mistake', found 'no longer needed'",)
    assert len(second.faults) == 1
    assert second.faults[0].startswith("call 2 cancel_pending_order: refused here")


async def test_several_changed_items_are_compared_by_their_ids_alone_and_that_is_said(tmp_path: Path) -> None:
    blue = item("72", 30.2, "blue")
    as_the_reference_writes_it = [{**blue, "price": 99.0}, {**blue, "options": {"color": "none"}}]
    expected = {
        "orders/#W100": {
            "status": "pending (item modified)",
            "items": as_the_reference_writes_it,
            "payment_history": [*paid(40.2, "credit_card_2"), *paid(20.2, "paypal_3")],
        }
    }
    swap: Json = {"order_id": "#W100", "item_ids": ["71", "71"], "new_item_ids": ["72", "72"], "payment_method_id": "paypal_3"}
    calls = [FIND, call("modify_pending_order_items", **swap)]
    one, other = await run(tmp_path, task("a", calls, expected, multi_item_modify=True), task("b", calls, expected))
    assert (one.passed, len(one.quirks)) == (True, 1)
    assert not other.passed


def test_the_command_ends_with_one_line_of_json(tmp_path: Path) -> None:
    practice: Json = task("p", [CANCEL], CANCELLED, user_id="ida_holm_1", instruction="Cancel the mug.")
    data = write_data(tmp_path, [task("a", [FIND, CANCEL], CANCELLED)], [practice])
    done = _command("--data", str(data))
    assert json.loads(done.stdout.splitlines()[-1]) == {"tasks_passed": 1, "tasks": 1, "practice_passed": 1, "practice": 1}


def test_without_data_the_command_says_so(tmp_path: Path) -> None:
    done = _command("--data", str(tmp_path))
    assert done.returncode == 2
    assert "--data DIR" in done.stdout


def _command(*arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.store_transactions", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)
