"""Reads the data set: the shop's records, and tasks with what has to come out of them. Nothing of it is kept in this tree."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "store_transactions"
RECORDS = "db.json.gz"
TASKS, PRACTICE = "tasks_*.jsonl.gz", "practice_tasks_*.jsonl.gz"

Record = dict[str, Any]


class NoData(Exception):
    """The data set is not where it was said to be; the message says what was looked for."""


@dataclass(frozen=True)
class Call:
    """One call of the reference: a tool, its arguments, and whether it succeeded there."""

    name: str
    arguments: dict[str, Any]
    ok: bool
    error: str = ""


@dataclass(frozen=True)
class Task:
    """What a customer wants, and what has to have changed in the end.

    Attributes:
        customer_id: Who they are, where the data says so outright; otherwise the calls find out.
        brief: All that whoever plays the customer may read: titles and texts.
        calls: What the reference did.
        expected: Changed records by "orders/<id>" or "users/<id>", each with its changed fields and their values afterwards.
        facts: Strings that have to reach the customer.
        multi_item: Whether several items of one order were changed; the reference then writes wrong prices and options.
    """

    task_id: str
    customer_id: str | None
    brief: dict[str, str]
    calls: tuple[Call, ...]
    expected: dict[str, Record]
    facts: tuple[str, ...]
    multi_item: bool


def find_folder(data: Path | None) -> Path:
    """The folder of this data set below `data`, or `data` itself.

    Raises:
        NoData: If the records are in neither.
    """
    for folder in (data / FOLDER, data) if data else ():
        if (folder / RECORDS).exists():
            return folder
    raise NoData(f"No {FOLDER}/{RECORDS} at {str(data)!r}. Name the folder that holds it: --data DIR")


def read_records(folder: Path) -> dict[str, dict[str, Record]]:
    """The shop as the data has it: users, products and orders by their ids."""
    with gzip.open(folder / RECORDS, "rt", encoding="utf8") as file:
        records: dict[str, dict[str, Record]] = json.load(file)
    return records


def list_task_files(folder: Path, pattern: str) -> list[Path]:
    """The files of tasks of one kind, whichever part of the set they hold."""
    return sorted(folder.glob(pattern))


def read_tasks(files: Sequence[Path]) -> list[Task]:
    """Every task of these files, in their order."""
    return [_task(json.loads(line)) for file in files for line in _lines(file)]


def find_task(files: Sequence[Path], task_id: str) -> Task:
    """The task with this id.

    Raises:
        NoData: If there is none.
    """
    for task in read_tasks(files):
        if task.task_id == task_id:
            return task
    raise NoData(f"No task {task_id!r} in {', '.join(file.name for file in files) or 'no file'}.")


def _lines(file: Path) -> Iterator[str]:
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode()
    yield from (line for line in text.splitlines() if line.strip())


def _task(record: Record) -> Task:
    told = ("reason_for_call", "known_info", "unknown_info", "task_instructions", "instruction")
    return Task(
        task_id=str(record["id"]),
        customer_id=record.get("user_id"),
        brief={name: str(record[name]) for name in told if record.get(name)},
        calls=tuple(_call(call) for call in record["reference_calls"]),
        expected=record["expected_db_diff"],
        facts=tuple(record.get("communicate_info") or ()),
        multi_item=bool(record.get("multi_item_modify")),
    )


def _call(record: Record) -> Call:
    return Call(record["name"], record["arguments"], record["outcome"] == "ok", record.get("error") or "")
