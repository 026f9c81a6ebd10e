"""The figures over plays."""

from math import isclose

from benchmarks.store_transactions.report import Played, figures, lines, pass_k, percentile, summary
from benchmarks.store_transactions.score import Score


def played(task_id: str, *, passed: bool, violations: int = 0, turns: int = 5, ms: float = 100.0) -> Played:
    wrong = () if passed else ("orders/#W1.status: wrong",)
    return Played(Score(task_id, wrong, (), ("x",) * violations, wrong, turns, (ms,) * turns), "a person", "terse")


def test_pass_k_is_the_chance_that_k_drawn_plays_all_passed() -> None:
    assert pass_k([True, True, True, False], 1) == 0.75
    assert pass_k([True] * 4, 4) == 1.0
    assert pass_k([True, True, True, False], 4) == 0.0
    assert isclose(pass_k([True] * 5 + [False], 4), 5 / 15)


def test_tasks_count_alike_however_often_they_were_played() -> None:
    plays = [*(played("a", passed=True) for _ in range(4)), played("b", passed=False), played("c", passed=True)]
    found = figures(plays)
    assert isclose(found.pass_1, 2 / 3)
    assert (found.plays, found.tasks, found.tasks_four_times, found.pass_4) == (6, 3, 1, 1.0)


def test_without_four_plays_of_a_task_there_is_no_pass_4() -> None:
    assert summary([played("a", passed=True)])["pass_4"] is None


def test_violations_turns_and_latency_are_summed_up() -> None:
    found = figures([played("a", passed=True, violations=2, turns=4, ms=50), played("b", passed=True, turns=6, ms=500)])
    assert (found.violations, found.wrong_writes, found.turns, found.p50_ms, found.p95_ms) == (2, 0, 5.0, 500, 500)
    assert [percentile([3, 1, 2], percent) for percent in (0, 50, 95)] == [1, 2, 3]
    assert percentile([], 95) == 0.0


def test_the_report_names_faults_players_and_the_published_figures() -> None:
    told = "\n".join(lines([played("a", passed=False)]))
    assert "task a (a person, terse): orders/#W1.status: wrong" in told
    assert "Here: a person." in told
    assert "0.844" in told
    assert "this agent" in told
