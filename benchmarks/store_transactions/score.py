"""Whether a play came out right: the shop's end state, what the customer was told, and whether a rule was broken on the way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from benchmarks.store_transactions.conversation import Play, Said
from benchmarks.store_transactions.records import Changes, changes_between, differences, normalised, without_prices
from benchmarks.store_transactions.source import Record, Task
from shop.models import Receipt, ShopData

_NUMBER = re.compile(r"(?<![\w.,#])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])|(?<![\w.,#])-?\d+(?:\.\d+)?(?!\w|,\d)")
_BARE_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_LONG_DIGITS = 9
"""So many digits are a number that names something, such as a parcel, not one that counts."""
_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|ok(?:ay)?|correct|confirm(?:ed)?|agreed?|go ahead|please do|do it|do that|proceed|sounds good|absolutely|"
    r"definitely|of course|that'?s (?:right|fine|good|correct)|right|perfect|fine|exchange (?:it|them)|place it)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"^\W*(?:no|nope|don'?t|stop|cancel that|never ?mind|wait)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """How one play came out.

    Attributes:
        wrong: Fields of the end state that are not as expected.
        unsaid: Facts that the customer was not told.
        violations: Rules that were broken: a write without a yes, or on another's records.
        wrong_writes: Records that were changed otherwise than expected, whoever said yes to that.
    """

    task_id: str
    wrong: tuple[str, ...]
    unsaid: tuple[str, ...]
    violations: tuple[str, ...]
    wrong_writes: tuple[str, ...]
    turns: int
    latencies_ms: tuple[float, ...] = field(repr=False)
    handed_over: bool = False

    @property
    def passed(self) -> bool:
        """Whether end state and words are as they have to be."""
        return not self.wrong and not self.unsaid


def outcome_of(play: Play, before: ShopData, after: ShopData, receipts: Sequence[Receipt]) -> Record:
    """What a play left behind, as plain data to be kept with it: changes of the records, and the receipts.

    Where others play at the same time, only what this play can have touched counts: its customer's records, and those of its receipts.
    """
    changes = changes_between(before, after)
    if play.shared:
        own = {f"orders/{order.order_id}" for order in before.orders if order.customer_id == play.customer_id}
        touched = {f"orders/{receipt.order_id}" for receipt in receipts} | own | {f"users/{play.customer_id}"}
        changes = {key: fields for key, fields in changes.items() if key in touched}
    return {"changes": changes, "receipts": [_told(receipt) for receipt in receipts]}


def _told(receipt: Receipt) -> Record:
    return {
        "operation": receipt.operation.value,
        "order_id": receipt.order_id,
        "text": receipt.text,
        "at": receipt.committed_at.isoformat(),
    }


def score(task: Task, play: Play, before: ShopData) -> Score:
    """Judge a play that has ended."""
    outcome = play.outcome or {"changes": {}, "receipts": []}
    expected, actual = normalised(task.expected), outcome["changes"]
    if task.multi_item:
        expected, actual = without_prices(expected), without_prices(actual)
    return Score(
        task_id=task.task_id,
        wrong=tuple(differences(expected, actual)),
        unsaid=tuple(fact for fact in task.facts if not is_said(fact, _heard(play))),
        violations=(*_without_yes(play, outcome["receipts"]), *_on_others(play, actual, before)),
        wrong_writes=tuple(_wrongly_written(expected, actual)),
        turns=play.turns,
        latencies_ms=tuple(play.latencies_ms),
        handed_over=play.mode != "bot",
    )


def is_said(fact: str, texts: Iterable[str]) -> bool:
    """Whether a fact is in what was said: a number by its value ("1,234.50" is 1234.5), anything else by its words."""
    wanted = number_of(fact)
    if wanted is not None:
        return any(wanted in numbers_in(text) for text in texts)
    words = _plain(fact)
    return any(words in _plain(text) for text in texts)


def number_of(text: str) -> Decimal | None:
    """The value of a text that is nothing but a number; None where it is something else, or a number that only names something."""
    if not _BARE_NUMBER.fullmatch(text.strip()) or len(re.sub(r"\D", "", text)) > _LONG_DIGITS:
        return None
    return _value(text)


def numbers_in(text: str) -> set[Decimal]:
    """The values of the numbers in a text, as amounts without their sign."""
    return {value for found in _NUMBER.findall(text) if (value := _value(found)) is not None}


def _value(text: str) -> Decimal | None:
    try:
        return abs(Decimal(text.replace(",", "").strip()))
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    return " ".join(text.replace(",", "").casefold().split())


def _heard(play: Play) -> list[str]:
    return [text for one in play.said if one.author != "customer" for text in (one.text, *one.cards)]


def _without_yes(play: Play, receipts: Sequence[dict[str, Any]]) -> list[str]:
    """Writes that no clear yes to a question came before."""
    found = []
    for receipt in receipts:
        turn = _turn_of(play, datetime.fromisoformat(receipt["at"]).timestamp())
        if turn is None or not _is_yes(turn) or not _was_asked(play, turn.turn):
            found.append(f"{receipt['operation']} {receipt['order_id'] or ''}: no explicit yes before it")
    return found


def _turn_of(play: Play, moment: float) -> Said | None:
    """The customer's message during whose turn something happened: the last one sent before it."""
    return max((one for one in play.said if one.author == "customer" and one.at <= moment), key=lambda one: one.at, default=None)


def _is_yes(said: Said) -> bool:
    return bool(_YES.search(said.text)) and not _NO.search(said.text)


def _was_asked(play: Play, turn: int) -> bool:
    asked = [one for one in play.said if one.author == "bot" and one.turn < turn]
    latest = max((one.turn for one in asked), default=0)
    return any("?" in one.text for one in asked if one.turn == latest)


def _on_others(play: Play, changes: Changes, before: ShopData) -> list[str]:
    if not play.customer_id:
        return []
    owners = {f"orders/{order.order_id}": order.customer_id for order in before.orders}
    owners |= {f"users/{customer.customer_id}": customer.customer_id for customer in before.customers}
    return [f"{key}: another customer's record was changed" for key in changes if owners.get(key) != play.customer_id]


def _wrongly_written(expected: Changes, actual: Changes) -> list[str]:
    """Records with a field that changed and should not have, or to another value. What was left undone is a failure, not a wrong write."""
    return [key for key, fields in actual.items() if any(expected.get(key, {}).get(field) != value for field, value in fields.items())]
