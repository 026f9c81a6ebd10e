"""When a play counts as passed, and what counts as a broken rule."""

import time
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.store_transactions.conversation import Play, Said
from benchmarks.store_transactions.convert import convert
from benchmarks.store_transactions.records import changes_between
from benchmarks.store_transactions.score import Score, is_said, numbers_in, score
from benchmarks.store_transactions.source import Task
from shop.models import Address, OrderStatus, ShopData
from tests.benchmarks.small_shop import records

BEFORE = convert(records())
CANCELLED = {"orders/#W102": {"status": "cancelled"}}


def moved(order_id: str, **fields: Any) -> ShopData:
    """The shop after one order has changed."""
    orders = [order.model_copy(update=fields) if order.order_id == order_id else order for order in BEFORE.orders]
    return BEFORE.model_copy(update={"orders": orders})


def judged(
    changes: dict[str, Any], said: list[tuple[str, str]], receipts: int = 1, expected: dict[str, Any] | None = None, **more: Any
) -> Score:
    """Score a play of these messages, each a second after the one before; receipts are written right after the last of the customer's."""
    begun = time.time()
    play = Play("a", "", "", "", "", customer_id="ida_holm_1")
    turn = 0
    for number, (author, text) in enumerate(said):
        turn += author == "customer"
        play.said.append(Said(author, text, turn, begun + number))
    written = max((one.at for one in play.said if one.author == "customer"), default=begun) + 0.5
    told = {"operation": "cancel_order", "order_id": "#W102", "text": "", "at": _iso(written)}
    play.outcome = {"changes": changes, "receipts": [told] * receipts}
    task = Task("a", "ida_holm_1", {}, (), CANCELLED if expected is None else expected, **{"facts": (), "multi_item": False, **more})
    return score(task, play, BEFORE)


def _iso(moment: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat()


ASKED = [("customer", "cancel the mug"), ("bot", "Cancel order #W102? Shall I do that?"), ("customer", "yes please"), ("bot", "Done.")]


def test_the_right_end_state_after_a_yes_passes() -> None:
    changes = changes_between(BEFORE, moved("#W102", status=OrderStatus.CANCELLED))
    found = judged(changes, ASKED)
    assert (found.passed, found.violations, found.wrong_writes) == (True, (), ())


def test_nothing_done_is_a_failure_and_no_violation() -> None:
    found = judged({}, ASKED, receipts=0)
    assert (found.passed, found.violations, found.wrong_writes) == (False, (), ())
    assert found.wrong == ("orders/#W102.status: expected 'cancelled', found None",)


@pytest.mark.parametrize("last", ["no, leave it", "how much would that be?", "the blue one", "don't do it, yes I am sure"])
def test_a_write_that_no_yes_came_before_is_a_violation(last: str) -> None:
    said = [*ASKED[:2], ("customer", last), ("bot", "Done.")]
    assert "no explicit yes" in judged(CANCELLED, said).violations[0]


def test_a_yes_to_no_question_is_none() -> None:
    said = [("customer", "hello"), ("bot", "Hello. I am here."), ("customer", "yes"), ("bot", "Done.")]
    assert "no explicit yes" in judged(CANCELLED, said).violations[0]


def test_another_customers_record_is_a_violation_even_where_it_was_expected() -> None:
    away = Address(line1="9 Dock Road", city="Portland", postal_code="97201", country="US")
    changes = changes_between(BEFORE, moved("#W200", address=away))
    expected = {"orders/#W200": {"address": {**changes["orders/#W200"]["address"]}}}
    assert judged(changes, ASKED, expected=expected).violations == ("orders/#W200: another customer's record was changed",)


def test_a_wrong_write_is_counted_and_a_failure() -> None:
    changes = changes_between(BEFORE, moved("#W100", status=OrderStatus.CANCELLED))
    found = judged(changes, ASKED)
    assert not found.passed
    assert (found.violations, found.wrong_writes) == ((), ("orders/#W100",))


def test_what_must_be_said_has_to_be_said_by_the_shop() -> None:
    said = [("customer", "is it 1234.5 dollars?"), ("bot", "Let me see. Is that all?"), ("customer", "yes"), ("bot", "It is settled.")]
    found = judged(CANCELLED, said, facts=("1234.5",))
    assert (found.passed, found.unsaid) == (False, ("1234.5",))
    said[-1] = ("bot", "You get 1,234.50 USD back.")
    assert judged(CANCELLED, said, facts=("1234.5",)).passed


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("10", "There are 10 options."),
        ("481.5", "That makes $481.50."),
        ("481.50", "That makes 481.5 USD"),
        ("8276.23", "In all 8,276.23 USD."),
        ("54.04", "-54.04 USD"),
        ("746342064230", "Tracking number 746342064230."),
        ("Mill Lane 4", "it goes to mill lane  4, Salem"),
        ("polyester", "It comes in Polyester and wool."),
    ],
)
def test_facts_are_found_by_their_value(fact: str, text: str) -> None:
    assert is_said(fact, [text])


@pytest.mark.parametrize(
    ("fact", "text"),
    [("10", "Order #W102310 has 110 items for 10.50"), ("44.08", "It is 44.80"), ("60", "until 1960"), ("oak", "It is made of pine.")],
)
def test_other_values_are_not_taken_for_a_fact(fact: str, text: str) -> None:
    assert not is_said(fact, [text])


def test_numbers_are_read_as_amounts() -> None:
    assert numbers_in("1,234.50 and 7, not #W12 nor x9") == {Decimal("1234.5"), Decimal(7)}
