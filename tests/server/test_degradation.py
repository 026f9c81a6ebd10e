"""The small sister of `make bench-degradation`: without the language model, Rasa, or both, orders and a person are in reach."""

from collections.abc import Iterator

import pytest

from benchmarks.degradation.__main__ import run_case
from benchmarks.degradation.dialogues import Yield, find_customer
from benchmarks.degradation.services import System, running_system

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    with running_system(services=()) as running:
        yield running


@pytest.mark.parametrize(
    ("case", "full"),
    [
        ("llm dead", {"order", "newest", "person", "button", "audited", "article", "written", "products", "greeting"}),
        ("rasa dead", {"order", "newest", "person", "button"}),
        ("llm+rasa dead", {"order", "newest", "person", "button"}),
    ],
)
async def test_what_is_promised_works_whatever_is_down_and_all_comes_back(system: System, case: str, full: set[str]):
    result = await run_case(system, case, await find_customer(system.stack.url))
    got = {outcome.dialogue.name: outcome for outcome in result.outcomes}
    assert full <= {name for name, outcome in got.items() if outcome.got is Yield.FULL}, got
    assert Yield.NOTHING not in {outcome.got for outcome in result.outcomes}, got
    assert result.model_asked == 0
    assert result.recovered_s is not None
