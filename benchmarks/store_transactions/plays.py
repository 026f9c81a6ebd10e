"""Begins, ends and judges plays on a prepared installation."""

import asyncio
import fcntl
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.store_transactions import customers, source
from benchmarks.store_transactions.calls import IDENTIFYING
from benchmarks.store_transactions.conversation import NotPlayed, Play, open_play
from benchmarks.store_transactions.installation import Installation
from benchmarks.store_transactions.report import Played
from benchmarks.store_transactions.score import outcome_of, score
from benchmarks.store_transactions.source import Task
from shop.models import ShopData


async def begin(
    installation: Installation, task_id: str, files: Sequence[Path] | None, *, shared: bool, player: str, temper: str
) -> tuple[Path, Play, str]:
    """Put the records back and open a conversation; gives the play's file, the play, and the brief.

    Raises:
        NotPlayed: If this customer is played already, or no server answers.
    """
    task_file, task = _find(installation, task_id, files)
    data = installation.read_shop()
    customer_id = customer_of(task, data) or ""
    if shared and not customer_id:
        raise NotPlayed(f"Task {task_id!r} names no customer, so it cannot be played beside others.")
    async with _alone(installation):
        _refuse_second(installation, customer_id, shared=shared)
        if shared:
            await installation.restore(data, customer_id)
        else:
            await installation.reload()
        more = {"player": player, "temper": temper, "customer_id": customer_id, "shared": shared}
        play = await asyncio.to_thread(open_play, installation.settings().base_url, task_id, task_file, **more)
        state = _new_file(installation, task_id)
        play.write(state)
    return state, play, customers.brief_words(task.brief)


async def end(installation: Installation, state: Path) -> Play:
    """End a play, keeping what it left behind. A play that has ended stays as it is."""
    play = Play.read(state)
    if play.ended_at is not None:
        return play
    shop = installation.open_shop()
    try:
        after, receipts = await shop.dump(), await shop.list_receipts(play.conversation_id)
    finally:
        await shop.close()
    play.outcome = outcome_of(play, installation.read_shop(), after, receipts)
    play.ended_at = max((one.at for one in play.said), default=play.began_at)
    play.write(state)
    return play


def judge(installation: Installation, states: Sequence[Path]) -> list[Played]:
    """Score plays, ending those that are open."""
    before = installation.read_shop()
    found = []
    for state in states:
        play = asyncio.run(end(installation, state))
        task = source.find_task([Path(play.task_file)], play.task_id)
        found.append(Played(score(task, play, before), play.player, play.temper))
    return found


def list_ended(installation: Installation) -> list[Path]:
    """The files of all plays that ended, oldest first."""
    return [path for path in sorted(installation.plays.glob("*.json")) if Play.read(path).ended_at is not None]


def customer_of(task: Task, data: ShopData) -> str | None:
    """Who the customer of a task is: said outright, identified by the reference, or owner of what it touches; None if nobody."""
    if task.customer_id:
        return task.customer_id
    for call in task.calls:
        if call.ok and call.name.startswith(IDENTIFYING):
            wanted = call.arguments
            for one in data.customers:
                by_name = (one.first_name.casefold(), one.last_name.casefold(), one.address.postal_code)
                if wanted.get("email", "").casefold() == one.email.casefold() or by_name == _name_of(wanted):
                    return one.customer_id
    touched = {call.arguments.get("order_id") for call in task.calls}
    return next((order.customer_id for order in data.orders if order.order_id in touched), None)


def _name_of(wanted: dict[str, str]) -> tuple[str, str, str]:
    return wanted.get("first_name", "").casefold(), wanted.get("last_name", "").casefold(), wanted.get("zip", "")


def _find(installation: Installation, task_id: str, files: Sequence[Path] | None) -> tuple[Path, Task]:
    listed = files or [
        *source.list_task_files(installation.data, source.TASKS),
        *source.list_task_files(installation.data, source.PRACTICE),
    ]
    for file in listed:
        for task in source.read_tasks([file]):
            if task.task_id == task_id:
                return file.resolve(), task
    raise source.NoData(f"No task {task_id!r} in {', '.join(file.name for file in listed) or 'no file'}.")


def _refuse_second(installation: Installation, customer_id: str, *, shared: bool) -> None:
    for path in installation.plays.glob("*.json"):
        other = Play.read(path)
        if other.ended_at is None and (other.customer_id == customer_id or not (shared and other.shared)):
            raise NotPlayed(f"{path} is still open and would be disturbed. End it first: end {path}")


def _new_file(installation: Installation, task_id: str) -> Path:
    name = re.sub(r"\W+", "-", task_id)
    taken = {path.stem for path in installation.plays.glob(f"{name}_*.json")}
    trial = next(number for number in range(1, len(taken) + 2) if f"{name}_{number}" not in taken)
    return installation.plays / f"{name}_{trial}.json"


@asynccontextmanager
async def _alone(installation: Installation) -> AsyncIterator[None]:
    """One player at a time begins."""
    installation.plays.mkdir(parents=True, exist_ok=True)
    with (installation.plays / ".lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        yield
