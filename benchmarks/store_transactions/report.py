"""The figures over many plays, beside those that others published for the same tasks."""

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from benchmarks.store_transactions.score import Score

PUBLISHED = (
    ("Qwen3.5-397B-A17B on vLLM", 0.844, 0.597),
    ("RAFT-30B-A3B (Qwen3-30B-A3B tuned)", 0.825, 0.614),
    ("GPT-5.2", 0.816, 0.518),
    ("Claude Opus 4.5", 0.796, 0.518),
    ("GPT-4.1", 0.740, 0.523),
    ("GLM-5", 0.737, 0.439),
    ("GPT-4.1-mini", 0.614, 0.369),
)
"""pass^1 and pass^4 of leaderboard submissions, on all 114 tasks of which half are shared here."""
TRIALS = 4
CUSTOMERS = (
    "Published figures: leaderboard submissions on all 114 tasks, 4 trials each; their customers were played by language models that "
    "differ from submission to submission. Here: {players}."
)


@dataclass(frozen=True)
class Played:
    """One play's score, and who played the customer."""

    score: Score
    player: str
    temper: str


@dataclass(frozen=True)
class Figures:
    """What a set of plays amounts to.

    Attributes:
        pass_1: Mean over tasks of the share of plays that passed.
        pass_4: Mean, over the tasks played four times or more, of the chance that four plays drawn from them all passed; None without any.
        violations: Broken rules in all plays.
        wrong_writes: Records changed otherwise than expected in all plays.
    """

    plays: int
    tasks: int
    pass_1: float
    tasks_four_times: int
    pass_4: float | None
    violations: int
    wrong_writes: int
    turns: float
    p50_ms: float
    p95_ms: float


def figures(plays: Sequence[Played]) -> Figures:
    """Sum up; there is at least one play."""
    by_task: dict[str, list[bool]] = defaultdict(list)
    for play in plays:
        by_task[play.score.task_id].append(play.score.passed)
    four = [passed for passed in by_task.values() if len(passed) >= TRIALS]
    latencies = [ms for play in plays for ms in play.score.latencies_ms]
    return Figures(
        plays=len(plays),
        tasks=len(by_task),
        pass_1=statistics.mean(pass_k(passed, 1) for passed in by_task.values()),
        tasks_four_times=len(four),
        pass_4=statistics.mean(pass_k(passed, TRIALS) for passed in four) if four else None,
        violations=sum(len(play.score.violations) for play in plays),
        wrong_writes=sum(len(play.score.wrong_writes) for play in plays),
        turns=statistics.mean(play.score.turns for play in plays),
        p50_ms=percentile(latencies, 50),
        p95_ms=percentile(latencies, 95),
    )


def pass_k(passed: Sequence[bool], k: int) -> float:
    """The chance that `k` plays, drawn from these without putting back, all passed: C(c, k) / C(n, k)."""
    return comb(sum(passed), k) / comb(len(passed), k)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of a hundred do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def lines(plays: Sequence[Played]) -> list[str]:
    """The report, line by line: every play that failed or broke a rule, the figures, and the published ones."""
    found = figures(plays)
    told = [line for play in plays for line in faults(play)]
    own = f"{'this agent':36}{found.pass_1:7.3f}{_or_dash(found.pass_4):>9}"
    told += ["", f"{'':36}{'pass^1':>7}{'pass^4':>9}", own]
    told += [f"{name:36}{one:7.3f}{four:9.3f}" for name, one, four in PUBLISHED]
    told += [
        "",
        f"{found.plays} plays of {found.tasks} tasks, {found.tasks_four_times} of them four times or more (pass^4 is over those); "
        f"{found.violations} policy violations, {found.wrong_writes} wrong writes",
        f"{found.turns:.1f} customer messages a play; answers p50 {found.p50_ms:.0f} ms, p95 {found.p95_ms:.0f} ms",
        CUSTOMERS.format(players=_players(plays)),
    ]
    return told


def summary(plays: Sequence[Played]) -> Mapping[str, float | int | None]:
    """The figures for a machine."""
    found = figures(plays)
    return {
        "pass_1": round(found.pass_1, 4),
        "pass_4": None if found.pass_4 is None else round(found.pass_4, 4),
        "plays": found.plays,
        "tasks": found.tasks,
        "tasks_four_times": found.tasks_four_times,
        "violations": found.violations,
        "wrong_writes": found.wrong_writes,
        "turns": round(found.turns, 1),
        "p50_ms": round(found.p50_ms),
        "p95_ms": round(found.p95_ms),
    }


def faults(play: Played) -> list[str]:
    """What went wrong in a play, a line each."""
    score = play.score
    found = [*score.wrong, *(f"not said: {fact}" for fact in score.unsaid), *(f"VIOLATION {one}" for one in score.violations)]
    head = f"task {score.task_id} ({play.player or 'unnamed'}{', ' + play.temper if play.temper else ''})"
    return [f"{head}: {fault}" for fault in found]


def _players(plays: Sequence[Played]) -> str:
    return ", ".join(sorted({play.player or "unnamed players" for play in plays}))


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
