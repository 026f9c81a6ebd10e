"""SIGKILL of server and of Rasa in mid-turn under load, five times each: nothing lost, nothing doubled."""

import asyncio

import pytest

from benchmarks.kill.load import run
from tests.stack import running_stack


@pytest.mark.timeout(1500)
def test_nothing_is_lost_or_doubled_when_processes_are_killed(capsys: pytest.CaptureFixture[str]) -> None:
    with running_stack({"COUNTERHAND_LOG_LEVEL": "warning"}) as stack, capsys.disabled():
        outcome = asyncio.run(run(stack, server_kills=5, rasa_kills=5, say=lambda _: None))
    assert outcome.faults == []
    assert outcome.acknowledged == outcome.answered_once > 20
