"""`make bench-degradation`: the same twelve dialogues while parts are dead or slow; what each yields, as a matrix.

full: what was asked for; part: an honest line and a person within reach; -: an error or no reply. Exits with 1 when an order's status or a
person cannot be had while the database is up, or when something does not recover.
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import dataclass

from benchmarks.degradation import dialogues
from benchmarks.degradation.dialogues import DIALOGUES, Customer, Outcome, Yield
from benchmarks.degradation.proxy import Wire
from benchmarks.degradation.services import System, running_system

SINGLE = ("llm", "chroma", "rasa", "database", "redis")
PAIRS = (("llm", "rasa"), ("llm", "chroma"), ("rasa", "redis"))
CASES: dict[str, dict[str, Wire]] = {"all well": {}}
CASES |= {f"{name} {wire}": {name: wire} for wire in (Wire.DEAD, Wire.SLOW) for name in SINGLE}
CASES |= {f"{one}+{other} {wire}": {one: wire, other: wire} for wire in (Wire.DEAD, Wire.SLOW) for one, other in PAIRS}
_RECOVERS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Result:
    """One row of the matrix.

    Attributes:
        model_asked: How often the language model's server was asked; the breaker keeps it low.
        recovered_s: How long after the mending everything was full again; None when it was not.
    """

    case: str
    outcomes: list[Outcome]
    model_asked: int
    recovered_s: float | None

    @property
    def broken(self) -> list[Outcome]:
        """Promises that were not kept."""
        if "database" in self.case:
            return []
        return [outcome for outcome in self.outcomes if outcome.dialogue.promise and outcome.got is not Yield.FULL]


async def run_case(system: System, case: str, customer: Customer) -> Result:
    """Break, hold the dialogues, mend, and wait until all is well again."""
    asked = len(system.model.requests)
    system.break_down(CASES[case])
    outcomes = await dialogues.hold(system.stack.url, customer)
    asked = len(system.model.requests) - asked
    system.break_down({})
    return Result(case, outcomes, asked, await _recover(system, customer))


async def _recover(system: System, customer: Customer) -> float | None:
    begun = time.monotonic()
    wanted = [dialogue for dialogue in DIALOGUES if dialogue.name in {"order", "written"}]
    while time.monotonic() - begun < _RECOVERS_WITHIN_S:
        before = len(system.model.requests)
        outcomes = await dialogues.hold(system.stack.url, customer, wanted)
        if (
            all(outcome.got is Yield.FULL and dialogues.TROUBLE not in outcome.said for outcome in outcomes)
            and len(system.model.requests) > before
        ):
            return time.monotonic() - begun
        await asyncio.sleep(1)
    return None


def show(result: Result) -> None:
    """Print a row of the matrix."""
    cells = "".join(f"{outcome.got:>9}" for outcome in result.outcomes)
    slowest = max(outcome.seconds for outcome in result.outcomes)
    recovered = "never" if result.recovered_s is None else f"{result.recovered_s:.1f} s"
    print(f"{result.case:<18}{cells}   {slowest:5.1f} s  {result.model_asked:11d}  {recovered:>9}", flush=True)


def explain(results: list[Result], *, words: bool) -> None:
    """Print what was said where a promise was broken, or everywhere."""
    for result in results:
        for outcome in result.outcomes if words else result.broken:
            print(f"  {result.case} / {outcome.dialogue.name}: {outcome.got} after {outcome.seconds:.1f} s: {outcome.said[:160]}")


async def run(cases: list[str], *, words: bool) -> int:
    """Run cases and print them; gives the exit code."""
    with running_system() as system:
        customer = await dialogues.find_customer(system.stack.url)
        results = []
        print(f"\n{'':<18}" + "".join(f"{dialogue.name:>9}" for dialogue in DIALOGUES) + "   slowest  model asked  recovered")
        for case in cases:
            results.append(await run_case(system, case, customer))
            show(results[-1])
    explain(results, words=words)
    broken = sum(len(result.broken) for result in results)
    unrecovered = [result.case for result in results if result.recovered_s is None]
    print(json.dumps({"cases": len(results), "promises_broken": broken, "not_recovered": unrecovered}))
    return 1 if broken or unrecovered else 0


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        prog="make bench-degradation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", choices=CASES, help="some cases instead of all")
    parser.add_argument("--words", action="store_true", help="also print what was said")
    parser.add_argument("--data", help=argparse.SUPPRESS)
    given = parser.parse_args()
    return asyncio.run(run(given.only or list(CASES), words=given.words))


if __name__ == "__main__":
    sys.exit(main())
