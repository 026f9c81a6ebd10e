"""Work that is cut off while it waits."""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any


@types.coroutine
def _cancelled_at(step: int, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, bool]:
    steps, to_throw, to_send = 0, None, None
    waiting = work.__await__()
    while True:
        try:
            awaited = waiting.throw(to_throw) if to_throw else waiting.send(to_send)
        except StopIteration:
            return steps >= step
        steps += 1
        if steps == step:
            task = asyncio.current_task()
            assert task
            task.cancel()
        to_throw = None
        try:
            to_send = yield awaited
        except BaseException as exc:
            to_throw = exc


async def interrupted(step: int, work: Coroutine[Any, Any, Any]) -> bool:
    """Do `work` and cancel it when it waits for the `step`th time; tells whether it came so far."""

    async def run() -> bool:
        return await _cancelled_at(step, work)

    try:
        return await asyncio.create_task(run())
    except asyncio.CancelledError:
        return True
